"""The documents of the library, and what can be done with each (文件清单)."""

import streamlit as st

from ziping.domain.access import Right
from ziping.domain.errors import ZipingError
from ziping.domain.library import Origin, Original
from ziping.services.library import LibraryDocument
from ziping.services.originals import OriginalDetails, edit_original, remove_original
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.components.library_details import ask_details
from ziping.ui.components.library_reading import show_document

_ANY = "全部"
_ROW = 35
_WIDTHS = {"标题": 280, "状态": 90, "核对": 70}
_MOST = 460


def show_documents(documents: tuple[LibraryDocument, ...]) -> None:
    """Show the list, and the document chosen from it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        word = st.text_input("按标题或文号筛选", key="library-word", autocomplete="off", width=320)
        origin = st.segmented_control(
            "来源",
            [_ANY, *(one.value for one in Origin)],
            default=_ANY,
            required=True,
            key="library-list-origin",
        )
    shown = [
        one
        for one in documents
        if word.strip() in f"{one.title}{one.number}" and origin in (_ANY, one.origin.value)
    ]
    if not shown:
        st.warning("没有符合条件的文件。")
        return
    picked = st.dataframe(
        [_row(one) for one in shown],
        hide_index=True,
        height=min(_ROW * (len(shown) + 1) + 3, _MOST),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            title: st.column_config.TextColumn(width=width) for title, width in _WIDTHS.items()
        },
        key=f"library-list:{state.drawn_key('library-list')}",
        alt="知识库的文件",
    )
    chosen = _chosen(shown, picked.selection.rows)
    if chosen is None:
        st.caption("点一行最左边的方框，看这份文件的全部条款。")
        return
    _show_chosen(chosen)


def _chosen(shown: list[LibraryDocument], rows: list[int]) -> LibraryDocument | None:
    """Return the document picked on the list, else the one just added."""
    if rows and rows[0] < len(shown):
        return shown[rows[0]]
    return next((one for one in shown if one.id == state.library_document()), None)


def _row(one: LibraryDocument) -> dict[str, str]:
    """Return a document's line."""
    checked = f"{one.check.at[:10]} {one.check.by}" if one.check else ""
    return {
        "标题": one.title,
        "文号": one.number,
        "状态": one.status,
        "来源": one.origin.value,
        "核对": checked or ("可核对" if one.linked else ""),
        "条数": str(one.clause_count),
        "把握": one.certainty,
        "地区": one.jurisdiction,
        "日期": one.date,
        "编号": one.id,
    }


def _show_chosen(one: LibraryDocument) -> None:
    """Show a document with what can be done with it."""
    with st.container(border=True):
        if one.linked and st.button(
            "与原文对照" if one.origin is Origin.DIGEST else "与转述对照",
            icon=":material/compare:",
            key=f"library-compare:{one.id}",
        ):
            original = one.id if one.origin is Origin.ORIGINAL else one.linked[0]
            state.show_library_view("核对转述", original)
            st.rerun()
        if one.original is not None and resources.workspace().may(Right.MANAGE):
            _show_editing(one.original)
        show_document(one.id)


def _show_editing(one: Original) -> None:
    """Show the details of an original for correcting, and the way to remove it."""
    st.caption(
        inert(f"{one.file_name} · {one.added_at[:10]} 由 {one.added_by} 添加 · 编号 {one.id}")
    )
    with st.expander("修改信息、状态，或移除"):
        stated = OriginalDetails(
            title=one.title,
            number=one.number,
            issuer=one.issuer,
            date=one.date,
            status=one.status,
            jurisdiction=one.jurisdiction,
        )
        details = ask_details(stated, prefix=f"library-edit:{one.id}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("保存", type="primary", key=f"library-save:{one.id}"):
                _save(one, details)
            sure = st.checkbox("确认移除这份原文", key=f"library-sure:{one.id}")
            if st.button(
                "移除", icon=":material/delete:", disabled=not sure, key=f"library-remove:{one.id}"
            ):
                _remove(one)


def _save(one: Original, details: OriginalDetails) -> None:
    """Save corrected details."""
    try:
        edit_original(resources.library(), one.id, details)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    state.notify("已保存")
    state.show_library_view("文件", one.id)
    st.rerun()


def _remove(one: Original) -> None:
    """Remove an original."""
    try:
        remove_original(resources.library(), one.id)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    state.notify(f"已移除：{one.title}")
    state.draw_anew("library-list")
    st.rerun()
