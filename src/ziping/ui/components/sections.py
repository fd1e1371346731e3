"""Sections as people read and edit them: badge, text, history, comparison."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ziping.domain.draft import Author
from ziping.domain.stored import SectionVersion
from ziping.services.drafting import (
    SectionView,
    restore_section,
    save_section,
    section_history,
)
from ziping.services.model_drafting import draft_section_by_model
from ziping.ui import resources, state
from ziping.ui.components.band import OpenReport, local_time
from ziping.ui.components.clauses import clause_button
from ziping.ui.components.differences import diff_html
from ziping.ui.components.grounds import show_grounds
from ziping.ui.components.inert import inert
from ziping.ui.components.rewriting import ask_for_rewriting
from ziping.ui.telling import mistakes_told, told

_BADGES = {
    Author.TEMPLATE: ("green", ":material/draft:"),
    Author.MODEL: ("violet", ":material/smart_toy:"),
    Author.HUMAN: ("blue", ":material/person:"),
}


def show_stale(report_id: int, views: Sequence[SectionView]) -> None:
    """Say how many sections the data have left behind, with one button that mends them.

    What a person edited is listed, never rewritten unasked.
    """
    behind = [one for one in views if one.stale or one.outdated]
    if not behind:
        return
    ours = [one for one in behind if one.newest and one.newest.section.author is not Author.HUMAN]
    st.warning(f"数据变了，{len(behind)} 节需要更新。", icon=":material/sync_problem:")
    if ours:
        st.button(
            f"按新数据更新 {len(ours)} 节",
            key="update-stale",
            width="stretch",
            on_click=_redraft_all,
            args=(report_id, tuple(one.outline.id for one in ours)),
        )
    if len(ours) < len(behind):
        st.caption(f"人工修改过的 {len(behind) - len(ours)} 节不自动改，请到该节查看。")


@told
def _redraft_all(report_id: int, section_ids: tuple[str, ...]) -> None:
    """Draft sections anew from today's data."""
    for one in section_ids:
        draft_section_by_model(resources.desk(), report_id, one)
    state.notify(f"已更新 {len(section_ids)} 节")


def _chapter_of(views: Sequence[SectionView]) -> dict[str, str]:
    """Return the chapter id of each section id."""
    chapters, current = {}, ""
    for one in views:
        current = one.outline.id if one.outline.level == 1 else current
        chapters[one.outline.id] = current
    return chapters


def show_chapter(opened: OpenReport, views: Sequence[SectionView], chapter: str) -> None:
    """Show a chapter's headings and texts as a document."""
    chapters = _chapter_of(views)
    with st.container(border=True, key="paper"):
        for one in views:
            if chapters[one.outline.id] == chapter:
                _show_section(opened, one)


def _show_section(opened: OpenReport, view: SectionView) -> None:
    """Show one section: heading with badge and tools, then text or editor."""
    section = view.outline
    level = min(section.level + 1, 5)
    if not section.fallback:
        st.markdown(f"{'#' * level} {inert(section.heading)}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{'#' * level} {inert(section.heading)}", width="stretch")
        if view.newest is not None:
            colour, icon = _BADGES[view.newest.section.author]
            st.badge(
                view.newest.section.author.value,
                icon=icon,
                color=colour,  # type: ignore[arg-type]  # one of Streamlit's colour names
                help=view.newest.section.reason or None,
            )
            show_grounds(opened, view.newest.section.text, key=section.id)
        _show_tools(opened.id, view)
    if state.editing_section() == section.id:
        _show_editor(opened.id, view)
    elif view.newest is None:
        st.caption("还没有起草。")
    else:
        _show_text(view.newest)
        _show_stale(opened.id, view)


def _show_tools(report_id: int, view: SectionView) -> None:
    """Show the buttons of a section."""
    section_id = view.outline.id
    if resources.desk().endpoint is None:
        st.button(
            "重写", key=f"redraft:{section_id}", icon=":material/refresh:", type="tertiary",
            help="按现在的数据重新起草这一节；原文保留在历史里",
            on_click=_redraft, args=(report_id, section_id), disabled=not state.is_editable(),
        )  # fmt: skip
    elif st.button(
        "重写", key=f"rewrite:{section_id}", icon=":material/refresh:", type="tertiary",
        help="由模型或模板重新起草，与原文比较后再决定", disabled=not state.is_editable(),
    ):  # fmt: skip
        state.set_rewritten(section_id, None)
        ask_for_rewriting(report_id, view)
    st.button(
        "编辑", key=f"edit:{section_id}", icon=":material/edit:", type="tertiary",
        help="直接修改这一节的文字", on_click=state.edit_section, args=(section_id,),
        disabled=not state.is_editable(),
    )  # fmt: skip
    if st.button(
        "历史", key=f"history:{section_id}", icon=":material/history:", type="tertiary",
        help="看以前的版本，比较、恢复", disabled=view.newest is None,
    ):  # fmt: skip
        _show_history(report_id, view)


@told
def _redraft(report_id: int, section_id: str) -> None:
    """Draft one section anew by the writer in use."""
    draft_section_by_model(resources.desk(), report_id, section_id)


def _show_text(version: SectionVersion) -> None:
    """Show a text as official prose, placeholders marked."""
    paragraphs = []
    for line in version.section.text.splitlines():
        marked = escape(line).replace("【待补充", '<mark class="zp-todo">【待补充')
        paragraphs.append(f"<p>{_closed(marked)}</p>")
    st.html(f'<div class="zp-prose">{"".join(paragraphs)}</div>')
    if version.section.clauses:
        with st.container(horizontal=True):
            for number, clause in enumerate(version.section.clauses):
                clause_button(clause, key=f"cite:{version.section.section_id}:{number}")


def _closed(marked: str) -> str:
    """Return a line with each opened mark closed behind its bracket."""
    head, *rest = marked.split('<mark class="zp-todo">')
    return head + "".join(
        f'<mark class="zp-todo">{inner.replace("】", "】</mark>", 1)}' for inner in rest
    )


def _show_stale(report_id: int, view: SectionView) -> None:
    """Say which stated figures have changed since, with the way to mend them."""
    if not (view.stale or view.outdated):
        return
    told = "；".join(f"{one.title} 写的是 {one.stated}，现在是 {one.now}" for one in view.stale[:4])
    told = told or "按现在的数据，这一节会写得不一样"
    st.warning(inert(f"数据已变：{told}。"), icon=":material/sync_problem:")
    st.button(
        "按新数据重写这一节",
        key=f"stale:{view.outline.id}",
        on_click=_redraft,
        args=(report_id, view.outline.id),
    )


def _show_editor(report_id: int, view: SectionView) -> None:
    """Show a text box; what is typed is saved as a new version."""
    section_id, newest = view.outline.id, view.newest
    base = newest.version if newest else 0
    key = f"text:{section_id}:{state.editing_base(base)}"
    text = st.text_area(
        view.outline.heading,
        value=state.kept_text(key, newest.section.text if newest else ""),
        height=260,
        key=key,
        on_change=state.keep_text,
        args=(key,),
        label_visibility="collapsed",
        placeholder="一段写一行。",
    )
    with st.container(horizontal=True):
        if st.button("保存", type="primary", key=f"save:{section_id}"):
            with mistakes_told():
                _save(report_id, section_id, text or "")
        st.button("放弃修改", key=f"cancel:{section_id}", on_click=state.edit_section, args=("",))


def _save(report_id: int, section_id: str, text: str) -> None:
    """Save an edited text, or show both when somebody saved first."""
    base = state.editing_base(0)
    saved = save_section(resources.workspace(), report_id, section_id, text, base_version=base)
    if saved.conflict is None:
        state.edit_section("")
        state.notify("已保存")
        st.rerun()
    st.warning("别人先保存了这一节。两份文字都在历史里，请看差异后决定。")
    mine, theirs = st.columns(2)
    mine.caption("您的文字")
    mine.text(text)
    theirs.caption(inert(f"{saved.conflict.saved_by} 保存的文字（现在的版本）"))
    theirs.text(saved.conflict.section.text)
    state.rebase_editing(saved.newest.version)
    st.caption("再点一次“保存”用您的文字；点“放弃修改”保留对方的。")


@st.dialog("历史版本", width="large")
def _show_history(report_id: int, view: SectionView) -> None:
    """Show a section's versions, the difference to the newest, and the way back."""
    history = section_history(resources.workspace(), report_id, view.outline.id)
    titles = {one.version: _version_title(one) for one in history}
    chosen = st.selectbox(
        "版本", list(titles), format_func=titles.__getitem__, key="history-version"
    )
    version = next(one for one in history if one.version == chosen)
    if chosen == history[0].version:
        _show_text(version)
        return
    st.caption("与现在的版本比较：删除线是这一版有、现在没有的；下划线是现在新增的。")
    st.html(
        f'<div class="zp-prose">{diff_html(version.section.text, history[0].section.text)}</div>'
    )
    if st.button("恢复这一版", type="primary"):
        with mistakes_told():
            restore_section(resources.workspace(), report_id, view.outline.id, version.version)
            state.notify(f"已恢复到第{version.version}版")
            st.rerun()


def _version_title(one: SectionVersion) -> str:
    """Return a version as a choice."""
    who = f"{one.section.author.value}　{one.saved_by}"
    return f"第{one.version}版　{local_time(one.saved_at)}　{who}　{one.note}"
