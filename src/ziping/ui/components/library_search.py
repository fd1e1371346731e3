"""Asking the library, and what it found (检索)."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.domain.library import LibraryFilter, Origin, SearchResult
from ziping.services.library import STATUSES, LibraryDocument, search
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.components.library_html import hit_html
from ziping.ui.components.library_reading import open_document

_QUERY = "library-query"
_COUNTS = (10, 20, 50)
_EXAMPLES = 5
_ANY = "全部"


def show_search(documents: tuple[LibraryDocument, ...]) -> None:
    """Show the question, the filters, and the clauses found."""
    query = st.text_input(
        "检索",
        key=_QUERY,
        placeholder="问一句话，或写文号、条号、关键词，如：执行率没到80%要写原因吗；10号文第十六条",
        autocomplete="off",
        label_visibility="collapsed",
    )
    where, count = _filters(documents)
    if not query.strip():
        _show_examples()
        return
    try:
        with st.spinner("正在检索……", show_time=False):
            found = search(resources.library(), query, count, where)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    _show_found(found)


def _filters(documents: tuple[LibraryDocument, ...]) -> tuple[LibraryFilter, int]:
    """Ask which clauses may be found, and how many."""
    places = sorted({one.jurisdiction for one in documents} - {"全国", "中央", "地方", ""})
    status, place, origin, count = st.columns([3, 2, 2, 1])
    statuses = status.multiselect(
        "状态",
        STATUSES,
        key="library-status",
        placeholder="全部，不含已废止",
        help="不选时已废止的文件不出现；要查旧文件请选“已废止”",
    )
    chosen = place.selectbox(
        "地区",
        [_ANY, *places],
        key="library-place",
        help="选一个地区后，只看全国、中央和这个地区的文件",
    )
    source = origin.segmented_control(
        "来源",
        [_ANY, *(one.value for one in Origin)],
        default=_ANY,
        required=True,
        key="library-origin",
        help="原文是本单位添加的文件；转述是本系统用自己的话写的要点",
    )
    k = count.selectbox("条数", _COUNTS, key="library-count")
    return (
        LibraryFilter(
            statuses=tuple(statuses),
            jurisdictions=() if chosen == _ANY else (chosen,),
            origins=() if source == _ANY else (Origin(source),),
        ),
        k,
    )


def _show_found(found: SearchResult) -> None:
    """Show the hits, best first, with what the reader must know."""
    for notice in found.notices:
        (st.info if found.hits else st.warning)(notice)
    for number, hit in enumerate(found.hits):
        with st.container(border=True, gap=None):
            st.html(hit_html(hit))
            if st.button(
                "看整份文件",
                key=f"library-open:{number}:{hit.clause.id}",
                icon=":material/menu_book:",
                type="tertiary",
            ):
                open_document(hit.clause.document_id, hit.clause.id)
    if found.hits:
        st.caption("转述是本系统用自己的话写的要点，引用前请核对文件原文；原文以添加的文件为准。")


def _show_examples() -> None:
    """Show ways to ask, taken from the library itself."""
    st.caption("可以这样问：")
    with st.container(horizontal=True):
        for question in _examples():
            st.button(
                question,
                key=f"library-example:{question}",
                on_click=state.set_widget_value,
                args=(_QUERY, question),
            )


def _examples() -> list[str]:
    """Return a question of each of the first documents that have some."""
    questions = [
        clause.questions[0]
        for document in resources.workspace().content.documents().values()
        for clause in document.clauses[1:2]
        if clause.questions
    ]
    return questions[:_EXAMPLES]
