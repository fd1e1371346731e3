"""The job engine on DBOS Transact: queues, steps that are recorded, recovery after a kill."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from dbos import DBOS, SetWorkflowID
from dbos import error as dbos_error

from ziping.domain.draft import Author
from ziping.domain.errors import NotFoundError, StorageError, ZipingError
from ziping.drafting import order_sections
from ziping.jobs.progress import JobProgress, JobState
from ziping.services import drafting, reports
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

FILE_NAME = "jobs.db"
_QUEUE = "ziping-drafting"
_EVENT = "progress"
_VERSION = "1"
"""Changes only when the steps of a job change; jobs of another version are not resumed."""
_WORKERS = 4
_POLLING_S = 0.1

_STATES = {
    "ENQUEUED": JobState.WAITING,
    "DELAYED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "CANCELLED": JobState.CANCELLED,
}

_workspaces: dict[str, Workspace] = {}
"""The workspace of the running engine; DBOS calls workflows by name, so it cannot be passed."""


class JobEngine:
    """The one running engine of this process."""

    def __init__(self, home: Path, workspace: Workspace) -> None:
        """Start the engine; jobs that a killed process left behind go on."""
        _workspaces["current"] = workspace
        DBOS(
            config={
                "name": "ziping",
                "system_database_url": f"sqlite:///{home / FILE_NAME}",
                "application_version": _VERSION,
                "executor_id": "local",
                "enable_otlp": False,
                "log_level": "ERROR",
                "notification_listener_polling_interval_sec": _POLLING_S,
            }
        )
        try:
            DBOS.launch()
        except dbos_error.DBOSException as error:
            raise StorageError(
                "任务引擎没有启动", where=str(home / FILE_NAME), remedy="请检查数据目录后重新启动"
            ) from error
        DBOS.register_queue(_QUEUE, worker_concurrency=_WORKERS, polling_interval_sec=_POLLING_S)

    def close(self) -> None:
        """Stop; jobs under way are resumed by the next engine on the same directory."""
        DBOS.destroy(workflow_completion_timeout_sec=1)
        _workspaces.clear()

    def draft_report(self, report_id: int, *, keep_edited: bool = False) -> str:
        """Start drafting the sections of a report and return the job's id.

        With `keep_edited`, sections that a person edited are left as they are.
        """
        job_id = f"{_prefix(report_id)}{uuid4().hex}"
        with SetWorkflowID(job_id):
            DBOS.enqueue_workflow(_QUEUE, _draft_report, report_id, keep_edited)
        return job_id

    def progress(self, job_id: str) -> JobProgress:
        """Return how far a job is; NotFoundError when there is none."""
        status = DBOS.get_workflow_status(job_id)
        if status is None:
            raise NotFoundError("没有这个任务", remedy="请重新开始")
        event: dict[str, Any] = DBOS.get_event(job_id, _EVENT, timeout_seconds=0) or {}
        return JobProgress(
            job_id=job_id,
            state=_STATES.get(status.status, JobState.FAILED),
            done=event.get("done", 0),
            total=event.get("total", 0),
            current=event.get("current", ""),
            error=_told(status.error),
        )

    def latest_draft(self, report_id: int) -> JobProgress | None:
        """Return the newest drafting job of a report."""
        found = DBOS.list_workflows(
            workflow_id_prefix=_prefix(report_id), sort_desc=True, limit=1, load_output=False
        )
        return self.progress(found[0].workflow_id) if found else None

    def cancel(self, job_id: str) -> None:
        """Stop a job after the step it is in; what is drafted stays."""
        DBOS.cancel_workflow(job_id)


def _prefix(report_id: int) -> str:
    """Return what the ids of a report's drafting jobs begin with."""
    return f"draft-{report_id}-"


def _told(error: object) -> str:
    """Return an error as people read it."""
    if error is None:
        return ""
    return str(error) if isinstance(error, ZipingError) else "出现意外错误，已起草的章节都已保存"


@DBOS.step(name="plan-draft")
def _plan(report_id: int, keep_edited: bool) -> list[list[str]]:  # noqa: FBT001 - a recorded input
    """Return the sections to draft, as [id, heading], in the order they depend on each other."""
    workspace = _workspaces["current"]
    report = reports.open_report(workspace, report_id).report
    scored = score_report(workspace.content, report)
    views = drafting.sections_of(workspace, report_id, scored)
    kept = {
        one.outline.id
        for one in views
        if keep_edited and one.newest and one.newest.section.author is Author.HUMAN
    }
    return [[one.id, one.heading] for one in order_sections(scored.outline) if one.id not in kept]


@DBOS.step(name="draft-section")
def _draft_section(report_id: int, section_id: str) -> int:
    """Draft one section, keep it, and return its version."""
    return drafting.draft_section(_workspaces["current"], report_id, section_id).version


@DBOS.workflow(name="draft-report")
def _draft_report(report_id: int, keep_edited: bool) -> int:  # noqa: FBT001 - as above
    """Draft the sections of a report; return how many."""
    plan = _plan(report_id, keep_edited)
    for done, (section_id, heading) in enumerate(plan):
        DBOS.set_event(_EVENT, {"done": done, "total": len(plan), "current": heading})
        _draft_section(report_id, section_id)
    DBOS.set_event(_EVENT, {"done": len(plan), "total": len(plan), "current": ""})
    return len(plan)
