"""批量: many projects at once, with progress that goes on without the page."""

import streamlit as st

from ziping.ui import resources, state
from ziping.ui.components.band import local_time
from ziping.ui.components.batch_job import show_job, show_removal
from ziping.ui.components.batch_results import show_results
from ziping.ui.components.batch_starting import show_starting

st.header("批量")
batches = resources.engine().batching.batches.all()
if not batches:
    st.write(
        "把全单位、全县的自评表一次交上来：每个项目生成一份 Word 报告和一份 Excel 自评表，"
        "另有一张汇总表，和每个单位的待办清单（还缺什么、找谁要，哪里要更正）。"
    )
with st.expander("新的批量任务", expanded=not batches, icon=":material/add:"):
    show_starting()
if not batches:
    st.stop()
names = {one.id: one for one in batches}
shown = state.shown_batch() if state.shown_batch() in names else batches[0].id
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.selectbox(
        "批量任务",
        list(names),
        index=list(names).index(shown),
        format_func=lambda one: f"{names[one].title}　{local_time(names[one].created_at)}",
        key=f"batch:chosen:{batches[0].id}",
    )
    batch = names[chosen]
    job = resources.engine().batching.look(batch.id)
    if job.is_over:
        show_removal(batch)
state.show_batch(batch.id)
show_job(batch, job)
results = resources.engine().batching.batches.results(batch.id)
if job.is_over and results is not None:
    show_results(batch, results)
