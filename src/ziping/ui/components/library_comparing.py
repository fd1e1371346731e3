"""A digest beside its original, for a policy officer to verify (核对转述)."""

from html import escape

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.services.comparing import (
    ComparedClause,
    Comparison,
    compare_with_digest,
    mark_verified,
    withdraw_verification,
)
from ziping.services.library import LibraryDocument
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.components.library_html import chip, clause_html


def show_comparing(documents: tuple[LibraryDocument, ...]) -> None:
    """Show the originals that have a digest, and the one chosen beside it."""
    originals = {one.id: one for one in documents if one.original and one.linked}
    if not originals:
        st.info(
            "还没有可以核对的原文。先在“添加原文”里加入一份系统里有转述的文件，"
            "如《项目支出绩效评价管理办法》，再来逐条对照。"
        )
        return
    ids = list(originals)
    asked = state.library_document()
    chosen = st.selectbox(
        "原文",
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda one: f"{originals[one].title}　{originals[one].number}　{one}",
        key=f"library-original:{asked}",
    )
    try:
        compared = compare_with_digest(resources.workspace(), chosen)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    _show_state(compared)
    st.html(
        '<div class="zp-pair zp-pair-head"><div>转述（本系统）</div><div>原文</div></div>'
        + "".join(map(pair_html, compared.rows))
    )
    with st.expander(f"原文另有 {len(compared.undigested)} 条没有转述"):
        st.html("".join(map(clause_html, compared.undigested)) or "没有")


def _show_state(compared: Comparison) -> None:
    """Show whether the digest is verified, and the buttons that record it."""
    check = compared.check
    told = _told(compared)
    if compared.is_verified and check:
        st.success(
            f"已核对：{inert(check.by)}，{check.at[:10]}。检索时对应到原文的 "
            f"{len(check.articles)} 条按“已见原文”显示。{inert(check.note)}"
        )
    elif check and check.holds:
        st.warning(
            f"{inert(check.by)} 于 {check.at[:10]} 核对过，但转述后来有改动，请重新核对。{told}"
        )
    else:
        st.info(f"还没有核对。{told}")
    original_id = compared.original.id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        note = st.text_input(
            "核对说明（可不填）", key=f"library-note:{original_id}", autocomplete="off", width=420
        )
        if compared.is_verified:
            if st.button("撤销核对", icon=":material/undo:", key=f"library-undo:{original_id}"):
                withdraw_verification(resources.workspace(), original_id, note)
                state.notify("已撤销核对")
                st.rerun()
        elif st.button(
            "逐条看过，转述与原文一致",
            type="primary",
            icon=":material/verified:",
            key=f"library-verify:{original_id}",
        ):
            mark_verified(resources.workspace(), original_id, note)
            state.notify("已记为核对")
            st.rerun()


def _told(compared: Comparison) -> str:
    """Return how many clauses answer to the original, and how many want a look."""
    absent = sum(row.original is None for row in compared.rows)
    doubtful = sum(bool(row.figures) or row.is_guess for row in compared.rows)
    told = f"共 {len(compared.rows)} 条转述，{len(compared.rows) - absent} 条对应到了原文"
    if absent:
        told += f"；{absent} 条在原文里没有对应，核对后把握程度不变"
    return f"{told}；{doubtful} 条有疑点，已标出。" if doubtful else f"{told}。"


def pair_html(row: ComparedClause) -> str:
    """Return a digest's clause and the original's side by side, doubts first."""
    original = row.original
    if original is None:
        right = '<p class="zp-hit-text zp-absent">原文里没有找到对应的条款，请人工核对。</p>'
        place = ""
    else:
        right = f'<p class="zp-hit-text">{escape(original.text)}</p>'
        place = f"<b>{escape(original.article)}</b>"
        place += f'<span class="zp-quiet">{escape(original.title)}</span>'
        if row.is_guess:
            place += chip("按内容对应，请核对", "zp-chip-warning")
    doubt = ""
    if row.figures:
        doubt = chip(f"{'、'.join(row.figures)} 在原文这一条里没有找到", "zp-chip-warning")
    return (
        '<div class="zp-pair zp-hit"><div>'
        f'<div class="zp-hit-head"><b>{escape(row.digest.article)}</b>'
        f'<span class="zp-quiet">{escape(row.digest.title)}</span>{doubt}</div>'
        f'<p class="zp-hit-text">{escape(row.digest.text)}</p></div>'
        f'<div><div class="zp-hit-head">{place}</div>{right}</div></div>'
    )
