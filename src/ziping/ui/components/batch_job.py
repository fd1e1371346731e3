"""A batch under way: progress that is polled, stopping, going on, removing."""

import streamlit as st

from ziping.jobs.progress import BatchJob, JobState
from ziping.services.batching.batches import Batch
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.telling import mistakes_told, told


def show_job(batch: Batch, job: BatchJob) -> None:
    """Show how far a batch is while it runs, and what can be done once it does not."""
    if not job.is_over:
        _follow(batch.id)
        return
    made = job.progress.made
    if job.state is JobState.FAILED:
        st.error(inert(f"没有做完：{job.error}"))
    elif job.state is JobState.CANCELLED:
        st.warning(f"已停止，做好的 {made} 份都在；接着做不会重做。")
    if job.state is not JobState.DONE:
        st.button(
            "接着做",
            icon=":material/play_arrow:",
            type="primary",
            on_click=_go_on,
            args=(batch.id,),
        )


def show_removal(batch: Batch) -> None:
    """Show the button that removes a batch."""
    if st.button("删除这一批", icon=":material/delete:"):
        _confirm_removal(batch)


@st.fragment(run_every=1)
@mistakes_told()
def _follow(batch_id: str) -> None:
    """Show how far the batch is; redraw the page when it is over."""
    job = resources.engine().batching.look(batch_id)
    if job.is_over:
        if job.state is JobState.DONE:
            count = job.progress.failed
            left = f"，{count} 份没有生成，原因见列表" if count else ""
            state.notify(f"批量完成：{job.progress.made} 份报告{left}")
        st.rerun()
    progress = job.progress
    done = progress.made + progress.failed
    share = min(done / progress.total, 1.0) if progress.total else 0.0
    failed = f"，{progress.failed} 份没有生成" if progress.failed else ""
    waiting = "排队中，等前一批做完" if job.state is JobState.WAITING else "正在准备"
    text = (
        f"已完成 {done}/{progress.total}{failed}　{inert(progress.current)}"
        if progress.total
        else waiting
    )
    st.progress(share, text=text)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("停止", icon=":material/stop_circle:"):
            resources.engine().batching.stop(batch_id)
            st.rerun()
        st.caption("可以关掉页面，任务照常进行；再打开这一页就能看到进度。")


@told
def _go_on(batch_id: str) -> None:
    """Go on with a batch that was stopped or failed."""
    resources.engine().batching.start(batch_id)


@st.dialog("删除这一批")
def _confirm_removal(batch: Batch) -> None:
    """Ask before a batch is removed."""
    st.write(f"将删除“{inert(batch.title)}”交上来的文件和生成的全部结果，删除后不能恢复。")
    st.write("已经打开到工作台的报告不受影响。")
    if st.button("删除", type="primary"):
        resources.engine().batching.batches.remove(batch.id)
        state.show_batch("")
        state.notify("已删除")
        st.rerun()
