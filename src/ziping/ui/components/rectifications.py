"""Problems of last year's report, and what became of each."""

import streamlit as st

from ziping.domain.evaluation import Report
from ziping.domain.previous import Rectification, RectificationState
from ziping.ui import editing
from ziping.ui.components.fields import choice_field, text_box
from ziping.ui.components.inert import inert

_STATES = [one.value for one in RectificationState]


def show_rectifications(report: Report) -> None:
    """Show a block for each problem of last year, and a button that adds one."""
    found = report.rectifications
    left = sum(not (one.state and one.result.strip()) for one in found)
    title = f"上年问题整改情况（{len(found)} 条，{left} 条还没写）" if found else "上年问题整改情况"
    with st.expander(title, expanded=bool(left)):
        if not found:
            st.caption("上年报告、审计或检查提出过问题的，在这里列出来；没有就不用填。")
        for number, one in enumerate(found, 1):
            with st.container(border=True):
                _show_one(number, one)
        st.button("添加一条", icon=":material/add:", type="tertiary", on_click=_add)


def _show_one(number: int, one: Rectification) -> None:
    """Show one problem with its boxes."""
    path = f"rectifications/{number}"
    left, right = st.columns(2)
    with left:
        text_box(f"上年问题 {number}", f"{path}/problem", one.problem, lines=3)
        if one.suggestion:
            st.caption(inert(f"上年建议：{one.suggestion}"))
    with right:
        choice_field("整改状态", f"{path}/state", one.state.value, _STATES)
        text_box(
            "整改情况",
            f"{path}/result",
            one.result,
            lines=2,
            placeholder="例：3月修订验收办法，改为到货后15日内由业务科牵头验收，全年没有再超期",
        )
    st.button(
        "删去这一条", icon=":material/delete:", type="tertiary", key=f"drop:{path}",
        on_click=_drop, args=(number,),
    )  # fmt: skip


def _add() -> None:
    """Add an empty problem."""
    editing.save_report_change(
        lambda report: report.model_copy(
            update={"rectifications": (*report.rectifications, Rectification(problem=""))}
        )
    )


def _drop(number: int) -> None:
    """Take a problem away."""

    def without(report: Report) -> Report:
        kept = tuple(one for at, one in enumerate(report.rectifications, 1) if at != number)
        return report.model_copy(update={"rectifications": kept})

    editing.save_report_change(without, note="删去一条上年问题")
