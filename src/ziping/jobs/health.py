"""How the program is: what the database tells, and the jobs (运行状况)."""

from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

from dbos import DBOSClient

from ziping.domain.access import Right
from ziping.domain.activity import Health, JobCounts
from ziping.jobs.engine import QUEUE, has_jobs, job_state, report_of, system_address
from ziping.jobs.progress import JobState
from ziping.services.access import needs, right_to_look
from ziping.services.activity import activity
from ziping.services.reports import list_reports
from ziping.services.workspace import Workspace

_UNFINISHED = ["PENDING", "ENQUEUED", "DELAYED"]
_DAY = timedelta(days=1)


@needs(Right.USE)
def health(workspace: Workspace, home: Path) -> Health:
    """Return how the program is; the job engine need not run in this process."""
    found = activity(workspace)
    jobs = count_jobs(workspace, home)
    problems = []
    if jobs.waiting + jobs.running and not found.processes:
        problems.append(
            f"有 {jobs.waiting + jobs.running} 个任务没有做完，但没有进程在处理；"
            "请打开一份报告的“起草”页，或启动 ziping worker"
        )
    return found.model_copy(update={"jobs": jobs, "ok": not problems, "problems": tuple(problems)})


@needs(Right.USE)
def count_jobs(workspace: Workspace, home: Path) -> JobCounts:
    """Return how many jobs stand where."""
    if not has_jobs(home, workspace.database):
        return JobCounts()
    url = system_address(home, workspace.database)
    since = (workspace.clock() - _DAY).isoformat()
    with workspace.database.told():
        client = DBOSClient(system_database_url=url, retry_connection_errors=False)
        try:
            listed = partial(
                client.list_workflows, queue_name=QUEUE, load_input=False, load_output=False
            )
            found = (*listed(status=_UNFINISHED), *listed(start_time=since))
        finally:
            client.destroy()
    states = {one.workflow_id: job_state(one.status) for one in found}
    if not workspace.reach(right_to_look(workspace)).is_everything:
        known = {one.id for one in list_reports(workspace)}
        states = {key: one for key, one in states.items() if report_of(key) in known}
    counts = Counter(states.values())
    return JobCounts(
        waiting=counts[JobState.WAITING],
        running=counts[JobState.RUNNING],
        done=counts[JobState.DONE],
        failed=counts[JobState.FAILED],
        cancelled=counts[JobState.CANCELLED],
    )
