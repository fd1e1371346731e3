"""The dialog for fields that two people changed at once."""

import streamlit as st

from ziping.domain.merge import FieldConflict, with_mine
from ziping.ui import editing, state
from ziping.ui.components.inert import inert


def show_conflicts() -> None:
    """Ask for a decision while collisions wait."""
    if state.open_conflicts() and state.open_report_id() is not None:
        _decide()


@st.dialog("有人同时改了这些内容", width="large", dismissible=False)
def _decide() -> None:
    """Show both texts of each collision and let the person choose."""
    st.write(
        "您保存时，别人已先保存了同一处内容。系统保留了先保存的内容，"
        "您的内容也记在历史里，没有丢失。请逐项选择。"
    )
    for conflict in state.open_conflicts():
        with st.container(border=True):
            _show(conflict)


def _show(conflict: FieldConflict) -> None:
    """Show one collision."""
    st.markdown(f"**{inert(conflict.label)}**")
    theirs, mine = st.columns(2)
    with theirs:
        st.caption("现在保存的（对方）")
        st.text("（这一行已被对方删除）" if conflict.removed else conflict.theirs or "（空）")
        if st.button("保留对方的", key=f"theirs:{conflict.path}", width="stretch"):
            state.settle_conflict(conflict.path)
            st.rerun()
    with mine:
        st.caption("您输入的")
        st.text(conflict.mine or "（空）")
        if st.button("改用我的", key=f"mine:{conflict.path}", width="stretch"):
            state.settle_conflict(conflict.path)
            editing.save_report_change(
                lambda report: with_mine(report, conflict), note="冲突时选用本人内容"
            )
            st.rerun()
