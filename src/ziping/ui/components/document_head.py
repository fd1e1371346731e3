"""The head of the live document: which chapter, how much is drafted, drafting all of it."""

from collections.abc import Sequence

import streamlit as st

from ziping.jobs.progress import JobProgress
from ziping.services.drafting import SectionView
from ziping.ui.components.drafting_job import show_draft_all


def show_document_head(
    report_id: int, views: Sequence[SectionView], job: JobProgress | None
) -> str:
    """Show the chapters and the way to draft all; return the chosen chapter's id.

    `job` is the newest drafting job, as it was before the texts were read.
    """
    titles = {one.outline.id: one.outline.heading for one in views if one.outline.level == 1}
    written = [one for one in views if one.outline.fallback]
    done = sum(one.newest is not None for one in written)
    choice, draft, preview = st.columns([5, 3, 2], gap="small", vertical_alignment="center")
    with choice:
        chosen = st.selectbox(
            "章节",
            list(titles),
            format_func=titles.__getitem__,
            key="chapter",
            label_visibility="collapsed",
        )
    with draft:
        show_draft_all(report_id, views, job)
    with preview:
        st.caption(f"已起草 {done}/{len(written)} 节")
    return chosen or next(iter(titles), "")
