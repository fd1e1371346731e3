"""Adding an original: upload, correct what was recognised, confirm (添加原文)."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.domain.library import Original
from ziping.services.originals import (
    OriginalDetails,
    OriginalPreview,
    add_original,
    preview_original,
    versions_of,
)
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.components.library_details import ask_details

_REPLACE = "新版：旧版标为已废止"
_KEEP = "两版都保留现在的状态"
_ROW = 35
_MOST = 520


def show_adding() -> None:
    """Show the upload, and then what was read from the file."""
    st.write(
        "把文件原文加进知识库，就能逐条检索、引用，也能用来核对系统里的转述。"
        "收 Word（.docx）、带文字的 PDF、Markdown 和纯文本。"
    )
    upload = st.file_uploader(
        "文件原文（.docx、.pdf、.md、.txt）",
        type=["docx", "pdf", "md", "txt"],
        key=f"library-file:{state.drawn_key('library')}",
    )
    if upload is None:
        return
    try:
        preview = _preview(upload.getvalue(), upload.name)
    except ZipingError as error:
        st.error(f"**{inert(error.what)}**")
        for name, told in (("文件", error.where), ("原因", error.why), ("怎么办", error.remedy)):
            if told:
                st.text(f"{name}：{told}")
        return
    _show_preview(preview)


def _preview(data: bytes, name: str) -> OriginalPreview:
    """Return what a file holds; the same upload is read once."""
    with st.spinner("正在读取文件……"):
        return preview_original(resources.workspace(), data, name)


def _show_preview(preview: OriginalPreview) -> None:
    """Show what was recognised beside the clauses, and the button that adds it."""
    left, right = st.columns([2, 3], gap="large")
    prefix = f"library-add:{preview.file_hash[:12]}"
    with left:
        st.subheader("请核对识别结果")
        details = ask_details(preview.details, prefix=prefix)
        older = versions_of(resources.workspace(), details.title, details.number)
        repeal = _ask_versions(older, prefix)
        if st.button(
            "核对无误，加入知识库", type="primary", icon=":material/done_all:", key=f"{prefix}:go"
        ):
            _add(preview, details, repeal)
    with right:
        st.subheader(f"拆出 {len(preview.parts)} 条")
        for note in preview.notes:
            st.caption(inert(note))
        if preview.digest_id:
            st.info("系统里有这份文件的转述，加入后可在“核对转述”里逐条对照。")
        rows = [
            {
                "条": one.article,
                "章节或标题": one.title,
                "内容": one.text,
                "页": str(one.page) if one.page else "",
            }
            for one in preview.parts
        ]
        height = min(_ROW * (len(rows) + 1) + 3, _MOST)
        st.dataframe(rows, hide_index=True, height=height, alt="拆出的条款")


def _ask_versions(older: tuple[Original, ...], prefix: str) -> tuple[str, ...]:
    """Ask what becomes of versions that are in the library already."""
    current = [one for one in older if one.status != "已废止"]
    if not current:
        return ()
    named = "；".join(f"{one.id}《{one.title}》{one.number} {one.date}" for one in current)
    st.warning("知识库里已有同一文件的另一版，请选择怎么处理。")
    st.text(named)
    choice = st.radio("怎么处理", (_REPLACE, _KEEP), key=f"{prefix}:versions")
    return tuple(one.id for one in current) if choice == _REPLACE else ()


def _add(preview: OriginalPreview, details: OriginalDetails, repeal: tuple[str, ...]) -> None:
    """Add the original, and show it on the list."""
    try:
        with st.spinner("正在加入知识库并建立索引……"):
            added = add_original(resources.library(), preview, details, repeal=repeal)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    state.notify(f"已加入知识库：{added.title}，{added.clause_count} 条")
    state.draw_anew("library")
    state.show_library_view("文件", added.id)
    st.rerun()
