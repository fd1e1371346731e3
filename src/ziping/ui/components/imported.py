"""What was read from a file, cell by cell, and what was not."""

import streamlit as st

from ziping.domain.imported import ImportedFile
from ziping.ui.components.inert import inert


def show_imported(imported: ImportedFile) -> None:
    """Show every read cell beside its source, the doubtful ones first, then what was not read."""
    doubtful = sum(one.certainty != "确定" for one in imported.cells)
    st.subheader(f"读到 {len(imported.cells)} 格，其中 {doubtful} 格请核对")
    for note in imported.notes:
        st.info(inert(note))
    table = [
        {
            "把握": one.certainty,
            "字段": one.label,
            "写入的值": one.value_text,
            "原文": one.raw,
            "出处": one.source,
            "说明": one.note,
        }
        for one in sorted(imported.cells, key=lambda cell: cell.certainty == "确定")
    ]
    st.dataframe(table, hide_index=True, height=min(36 * len(table) + 40, 460), alt="读到的单元格")
    if imported.unread:
        st.subheader(f"没有读的内容 {len(imported.unread)} 处")
        st.caption("这些内容没有写入报告，请看看有没有需要手工补录的。")
        unread = [{"出处": u.source, "内容": u.text, "原因": u.reason} for u in imported.unread]
        st.dataframe(unread, hide_index=True, alt="没有读的内容")
