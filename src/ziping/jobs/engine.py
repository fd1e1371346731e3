"""The job engine on DBOS Transact: queues, steps that are recorded, recovery after a kill."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from dbos import DBOS, SetWorkflowID
from dbos import error as dbos_error

from ziping.domain.errors import NotFoundError, StorageError, ZipingError
from ziping.jobs.planning import Plan, plan_draft
from ziping.jobs.progress import JobProgress, JobState
from ziping.jobs.runs import close_runs, known_run, stop_run
from ziping.jobs.sections import STEP, desk_of, desks, draft_sections
from ziping.services import drafting
from ziping.services.model_drafting import ModelDesk
from ziping.services.workspace import Workspace

FILE_NAME = "jobs.db"
_QUEUE = "ziping-drafting"
_EVENT = "progress"
_VERSION = "3"
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


class JobEngine:
    """The one running engine of this process."""

    def __init__(self, home: Path, workspace: Workspace, desk: ModelDesk | None = None) -> None:
        """Start the engine; jobs that a killed process left behind go on."""
        desks["current"] = desk or ModelDesk(workspace)
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
        _cancel_other_versions()
        DBOS.register_queue(_QUEUE, worker_concurrency=_WORKERS, polling_interval_sec=_POLLING_S)

    def close(self) -> None:
        """Stop; jobs under way are resumed by the next engine on the same directory."""
        close_runs()
        DBOS.destroy(workflow_completion_timeout_sec=1)
        desks.clear()

    def draft_report(self, report_id: int, *, keep_edited: bool = False, by: str = "") -> str:
        """Start drafting the sections of a report and return the job's id.

        With `keep_edited`, sections that a person edited are left as they are. `by` names who
        asked for it; blank: the user of this machine.
        """
        job_id = f"{_prefix(report_id)}{uuid4().hex}"
        with SetWorkflowID(job_id):
            DBOS.enqueue_workflow(_QUEUE, _draft_report, report_id, keep_edited, by)
        return job_id

    def progress(self, job_id: str) -> JobProgress:
        """Return how far a job is; NotFoundError when there is none."""
        status = DBOS.get_workflow_status(job_id)
        if status is None:
            raise NotFoundError("没有这个任务", remedy="请重新开始")
        event: dict[str, Any] = DBOS.get_event(job_id, _EVENT, timeout_seconds=0) or {}
        done, current = event.get("done", 0), event.get("current", "")
        if event.get("by_model"):
            done, current = _of_sections(job_id)
        return JobProgress(
            job_id=job_id,
            state=_STATES.get(status.status, JobState.FAILED),
            done=done,
            total=event.get("total", 0),
            current=current,
            error=_told(status.error),
        )

    def latest_draft(self, report_id: int) -> JobProgress | None:
        """Return the newest drafting job of a report."""
        found = DBOS.list_workflows(
            workflow_id_prefix=_prefix(report_id), sort_desc=True, limit=1, load_output=False
        )
        return self.progress(found[0].workflow_id) if found else None

    def cancel(self, job_id: str) -> None:
        """Stop a job after the step it is in, or in the middle of a model's answer.

        What is drafted stays.
        """
        DBOS.cancel_workflow(job_id)
        stop_run(job_id)


def _prefix(report_id: int) -> str:
    """Return what the ids of a report's drafting jobs begin with."""
    return f"draft-{report_id}-"


def _told(error: object) -> str:
    """Return an error as people read it."""
    if error is None:
        return ""
    return str(error) if isinstance(error, ZipingError) else "出现意外错误，已起草的章节都已保存"


def _of_sections(job_id: str) -> tuple[int, str]:
    """Return how many sections of a job are done, and the headings of those being written."""
    if run := known_run(job_id):
        return len(run.done), "、".join(list(run.headings.values()))
    steps = DBOS.list_workflow_steps(job_id)
    return sum(one["function_name"].startswith(STEP) for one in steps if not one["error"]), ""


def _cancel_other_versions() -> None:
    """Cancel what another version of the program left behind; nobody would ever take it up."""
    left = DBOS.list_workflows(status=["PENDING", "ENQUEUED"], load_input=False, load_output=False)
    for one in left:
        if one.app_version != _VERSION:
            DBOS.cancel_workflow(one.workflow_id)


@DBOS.step(name="plan-draft")
def _plan(report_id: int, keep_edited: bool) -> Plan:  # noqa: FBT001 - a recorded input
    """Return what the job does."""
    return plan_draft(desks["current"], report_id, keep_edited=keep_edited)


@DBOS.step(name="draft-section")
def _draft_section(report_id: int, section_id: str, by: str) -> int:
    """Draft one section by template, keep it, and return its version."""
    return drafting.draft_section(desk_of(by).workspace, report_id, section_id).version


@DBOS.workflow(name="draft-report")
def _draft_report(report_id: int, keep_edited: bool, by: str) -> int:  # noqa: FBT001 - as above
    """Draft the sections of a report; return how many."""
    plan = _plan(report_id, keep_edited)
    told = {"done": 0, "total": len(plan.sections), "current": "", "by_model": plan.by_model}
    DBOS.set_event(_EVENT, told)
    if plan.by_model:
        return draft_sections(report_id, str(DBOS.workflow_id), plan, by)
    for done, section in enumerate(plan.sections):
        DBOS.set_event(_EVENT, told | {"done": done, "current": section.heading})
        _draft_section(report_id, section.id, by)
    DBOS.set_event(_EVENT, told | {"done": len(plan.sections)})
    return len(plan.sections)
