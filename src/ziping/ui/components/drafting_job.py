"""起草全部: a durable job whose progress the page polls."""

from collections.abc import Sequence

import streamlit as st

from ziping.jobs.progress import JobProgress, JobState
from ziping.services.drafting import SectionView
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.telling import mistakes_told

_MOST_NAMED = 2
"""Headings named while more sections are written at once."""


def show_draft_all(report_id: int, views: Sequence[SectionView], job: JobProgress | None) -> None:
    """Show the button that drafts every section, and the job's progress while it runs."""
    running = job if job is not None and not job.is_over else None
    edited = [one for one in views if one.newest and one.newest.section.author.value == "人工"]
    if st.button(
        "起草全部",
        type="primary",
        icon=":material/edit_document:",
        disabled=running is not None or not state.is_editable(),
        width="stretch",
    ):
        if edited:
            _confirm(report_id, len(edited))
        else:
            _start(report_id)
    if running is not None:
        _follow(report_id, running.done)
    elif job is not None and job.error:
        st.error(inert(job.error))


@st.dialog("有人工修改过的章节")
def _confirm(report_id: int, count: int) -> None:
    """Ask before sections that a person edited get a new version."""
    st.write(f"有 {count} 节是人工修改过的。")
    st.write("全部重写会在它们上面生成新版本，原来的文字保留在历史里，可以随时恢复。")
    keep, rewrite = st.columns(2)
    if keep.button("只起草其余章节", type="primary", width="stretch"):
        _start(report_id, keep_edited=True)
    if rewrite.button("全部重写", width="stretch"):
        _start(report_id)


def _start(report_id: int, *, keep_edited: bool = False) -> None:
    """Start the job."""
    resources.engine().draft_report(report_id, keep_edited=keep_edited)
    st.rerun()


def _told(job: JobProgress) -> str:
    """Return how far a job is, or how long its queue."""
    if job.state is JobState.WAITING:
        before = f"前面还有 {job.ahead} 个任务" if job.ahead else "下一个就是本报告"
        return f"{job.state.value}：{before}"
    current = _shortened(job.current) or "准备"
    return f"{job.state.value}：{current}（{job.done}/{job.total}）"


@st.fragment(run_every=0.5)
@mistakes_told()
def _follow(report_id: int, shown: int) -> None:
    """Show how far the job is; redraw the page when it is over, or has more than is shown.

    While somebody edits a section the page is left alone until the end.
    """
    job = resources.engine().latest_draft(report_id)
    if job is None or job.is_over:
        if job is not None and not job.error:
            state.notify(f"已起草 {job.done} 节")
        st.rerun()
    if job.done > shown and not state.editing_section():
        st.rerun()
    share = job.done / job.total if job.total else 0.0
    st.progress(share, text=_told(job))
    if st.button("停止", icon=":material/stop_circle:"):
        resources.engine().cancel(job.job_id)


def _shortened(headings: str) -> str:
    """Return the first headings of those being written, and how many there are."""
    every = headings.split("、")
    if len(every) <= _MOST_NAMED:
        return headings
    return f"{'、'.join(every[:_MOST_NAMED])}等 {len(every)} 节"
