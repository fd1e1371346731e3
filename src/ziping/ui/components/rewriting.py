"""Rewriting one section: by which writer, with what wish, what is sent, and old beside new."""

import streamlit as st

from ziping.domain.draft import Author
from ziping.drafting.model import DraftEvent, Finished, Restarted, SentenceDrafted, Staged
from ziping.services.drafting import SectionView, draft_section, restore_section, section_history
from ziping.services.model_drafting import preview_messages, stream_section
from ziping.ui import resources, state
from ziping.ui.components.differences import diff_html
from ziping.ui.components.inert import inert
from ziping.ui.telling import mistakes_told

_TEMPLATE = "离线模板"


@st.dialog("重写这一节", width="large")
def ask_for_rewriting(report_id: int, view: SectionView) -> None:
    """Ask for writer and wish, show the draft as it comes, then old beside new."""
    st.markdown(f"**{inert(view.outline.heading)}**")
    with mistakes_told():
        base = state.rewritten(view.outline.id)
        if base is not None:
            _show_result(report_id, view.outline.id, base)
        else:
            _ask(report_id, view)


def _ask(report_id: int, view: SectionView) -> None:
    """Ask by whom and how, and write."""
    section_id = view.outline.id
    endpoint = resources.desk().endpoint
    writers = [_TEMPLATE] if endpoint is None else [endpoint.model, _TEMPLATE]
    writer = st.radio("由谁写", writers, horizontal=True, key=f"writer:{section_id}")
    wish = ""
    if writer != _TEMPLATE:
        wish = st.text_area(
            "有什么要求（可以不填）",
            key=f"wish:{section_id}",
            height=90,
            placeholder="如：写短一些；把原因写在前面",
        )
        with st.expander("看看将要发给模型的内容"):
            for one in preview_messages(resources.desk(), report_id, section_id, wish or ""):
                st.caption("系统要求" if one.role == "system" else "本节材料")
                st.text(one.content)
    st.caption("重写后可以与原文比较，再决定用哪一份；两份都留在历史里。")
    if not st.button("开始重写", type="primary", key=f"begin:{section_id}"):
        return
    if writer == _TEMPLATE:
        draft_section(resources.workspace(), report_id, section_id)
    else:
        _write(report_id, section_id, wish or "")
    state.set_rewritten(section_id, view.newest.version if view.newest else 0)
    st.rerun(scope="fragment")


def _write(report_id: int, section_id: str, wish: str) -> None:
    """Show grounded sentences as they come; leaving or stopping keeps the text that was there."""
    st.button("停止", icon=":material/stop_circle:", key=f"stop:{section_id}")
    stage, paper = st.empty(), st.empty()
    stage.caption("正在检索依据……")
    shown = ""
    for event in stream_section(resources.desk(), report_id, section_id, wish):
        shown = _after(shown, event)
        if isinstance(event, Staged):
            stage.caption(f"{event.title}……")
        elif isinstance(event, Restarted):
            stage.caption(inert(f"重新来过：{event.reason}"))
        paper.text(shown)


def _after(shown: str, event: DraftEvent) -> str:
    """Return what is on the paper after an event."""
    if isinstance(event, SentenceDrafted):
        return shown + ("\n" if event.opens_paragraph and shown else "") + event.text
    if isinstance(event, Finished):
        return event.section.text
    return "" if isinstance(event, Restarted) else shown


def _show_result(report_id: int, section_id: str, base: int) -> None:
    """Show what changed, and let the person keep either."""
    history = section_history(resources.workspace(), report_id, section_id)
    newest = history[0]
    if newest.section.author is Author.TEMPLATE and newest.section.reason:
        st.info(inert(f"这一节由模板写成：{newest.section.reason}"))
    before = next((one for one in history if one.version == base), None)
    old = before.section.text if before else ""
    st.caption("删除线是原文有、新文没有的；下划线是新写的。")
    st.html(f'<div class="zp-prose">{diff_html(old, newest.section.text)}</div>')
    take, keep = st.columns(2)
    if take.button("采用新文", type="primary", width="stretch", key=f"take:{section_id}"):
        state.set_rewritten(section_id, None)
        st.rerun()
    if before is not None and keep.button("保留原文", width="stretch", key=f"keep:{section_id}"):
        restore_section(resources.workspace(), report_id, section_id, base)
        state.set_rewritten(section_id, None)
        st.rerun()
