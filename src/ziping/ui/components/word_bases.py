"""The unit's own Word files that serve as a base for exports."""

import streamlit as st

from ziping.domain.access import Right
from ziping.domain.errors import ZipingError
from ziping.services.exporting import add_word_template, delete_word_template, list_word_templates
from ziping.ui import resources, state
from ziping.ui.components.band import local_time
from ziping.ui.components.inert import inert
from ziping.ui.telling import told


def show_word_bases() -> None:
    """Show the bases that were added, and take a new one."""
    workspace = resources.workspace()
    st.write(
        "上传本单位的 Word 文件作为底稿：导出时保留它的页面设置、页眉页脚和样式，正文换成报告内容。"
    )
    manages = workspace.may(Right.MANAGE)
    for one in list_word_templates(workspace):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{one.name}　{local_time(one.saved_at)}　{one.saved_by}", width="stretch")
            if manages:
                st.button("删除", key=f"base:{one.name}", on_click=_delete, args=(one.name,))
    if not manages:
        st.caption("底稿由管理员上传和删除。")
        return
    upload = st.file_uploader("底稿（.docx）", type=["docx"], key="base:file")
    if upload is not None and st.button("加入底稿", type="primary"):
        try:
            add_word_template(workspace, upload.name, upload.getvalue())
        except ZipingError as error:
            st.error(inert(str(error)))
            return
        state.notify(f"已加入底稿 {upload.name}")
        st.rerun()


@told
def _delete(name: str) -> None:
    """Take a base away."""
    delete_word_template(resources.workspace(), name)
