"""The job engine on DBOS Transact: a queue, steps that are recorded, recovery after a kill.

On PostgreSQL any number of processes work on one queue; on SQLite one does.
"""

import re
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from dbos import DBOS, SetWorkflowID, WorkflowStatus
from dbos import error as dbos_error

from ziping.domain.access import Right, is_local
from ziping.domain.errors import NotFoundError, StorageError, ZipingError
from ziping.domain.people import Person
from ziping.jobs.batching.jobs import BatchJobs
from ziping.jobs.keeper import Keeper
from ziping.jobs.liveness import this_process
from ziping.jobs.planning import Plan, plan_draft
from ziping.jobs.progress import JobProgress, JobState
from ziping.jobs.runs import close_runs, known_run, running_jobs, stop_run
from ziping.jobs.sections import STEP, Starter, desk_of, desks, draft_sections
from ziping.persistence.database import Database
from ziping.services import drafting
from ziping.services.access import needs, require
from ziping.services.model_drafting import ModelDesk
from ziping.services.workspace import Workspace

FILE_NAME = "jobs.db"
QUEUE = "ziping-drafting"
_EVENT = "progress"
_JOB_ID = re.compile(r"draft-(\d{1,15})-")
_VERSION = "4"
"""Changes only when the steps of a job change; jobs of another version are not resumed."""
_POLLING_S = 0.1
_CONNECTIONS = 10
"""Most connections of the engine to PostgreSQL, besides those of the database."""
_UNFINISHED = ["PENDING", "ENQUEUED"]

_STATES = {
    "ENQUEUED": JobState.WAITING,
    "DELAYED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "CANCELLED": JobState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How a process works on jobs (任务设置)."""

    home: Path
    kind: str = "网页"
    """What the process is for, as 设置 and `ziping health` show it."""
    at_once: int = 4
    """Most reports drafted at the same time, over all processes."""


class JobEngine:
    """The one running engine of this process."""

    def __init__(
        self, settings: EngineSettings, workspace: Workspace, desk: ModelDesk | None = None
    ) -> None:
        """Start the engine; jobs that a killed process left behind go on."""
        self.workspace = workspace
        self._database = workspace.database
        desks["current"] = desk or ModelDesk(workspace)
        me = this_process(settings.kind, _VERSION)
        self._keeper = Keeper(self._database, me, self._look_after)
        self.batching = BatchJobs(settings.home, workspace)
        try:
            _launch(settings.home, self._database, me.executor_id)
            DBOS.register_queue(
                QUEUE,
                worker_concurrency=settings.at_once,
                global_concurrency=settings.at_once,
                polling_interval_sec=_POLLING_S,
            )
            self.batching.listen(_POLLING_S)
            self._look_after()
        except BaseException:
            self.close()
            raise
        self._keeper.start()

    def acting_as(self, person: Person) -> "JobEngine":
        """Return the engine as a person uses it, for whom the jobs they start then act."""
        twin = copy(self)
        twin.workspace = self.workspace.acting_as(person)
        twin.batching = self.batching.acting_as(person)
        return twin

    def close(self) -> None:
        """Stop; jobs under way are resumed by another process or the next engine."""
        close_runs()
        DBOS.destroy(workflow_completion_timeout_sec=1)
        self._keeper.stop()
        desks.clear()
        self.batching.close()

    def _look_after(self) -> None:
        """Take up what dead processes left behind, and stop what was cancelled elsewhere."""
        at_work = self._keeper.at_work()
        left = DBOS.list_workflows(status=_UNFINISHED, load_input=False, load_output=False)
        versions = {one.version for one in at_work}
        for one in left:
            if one.app_version not in versions:
                # Nobody would ever take it up.
                DBOS.cancel_workflow(one.workflow_id)
        alive = {one.executor_id for one in at_work}
        dead = {one.executor_id for one in left if one.status == "PENDING"} - alive
        if dead:
            DBOS._recover_pending_workflows(sorted(filter(None, dead)))  # noqa: SLF001 - the only way to name the dead; it puts each job back into the queue once
        if running := running_jobs():
            for gone in DBOS.list_workflows(
                workflow_ids=running, status="CANCELLED", load_input=False, load_output=False
            ):
                stop_run(gone.workflow_id)

    @needs(Right.EDIT)
    def draft_report(self, report_id: int, *, keep_edited: bool = False) -> str:
        """Start drafting the sections of a report and return the job's id.

        With `keep_edited`, sections that a person edited are left as they are. The job acts for
        the person who started it, whoever's process works on it.
        """
        self._database.ask()  # the engine itself would wait for a database that is away
        job_id = f"{_prefix(report_id)}{uuid4().hex}"
        by = self.workspace.person.model_dump(mode="json")
        with SetWorkflowID(job_id):
            DBOS.enqueue_workflow(QUEUE, _draft_report, report_id, keep_edited, by)
        return job_id

    @needs(Right.READ)
    def progress(self, job_id: str) -> JobProgress:
        """Return how far a job is; NotFoundError when there is none."""
        self._database.ask()
        self._require(Right.READ, job_id)
        status = DBOS.get_workflow_status(job_id)
        if status is None:
            raise _no_job()
        event: dict[str, Any] = DBOS.get_event(job_id, _EVENT, timeout_seconds=0) or {}
        done, current = event.get("done", 0), event.get("current", "")
        if event.get("by_model"):
            done, current = _of_sections(job_id)
        return JobProgress(
            job_id=job_id,
            state=job_state(status.status),
            done=done,
            total=event.get("total", 0),
            current=current,
            ahead=_ahead_of(status) if status.status == "ENQUEUED" else 0,
            error=_told(status.error),
        )

    @needs(Right.READ)
    def latest_draft(self, report_id: int) -> JobProgress | None:
        """Return the newest drafting job of a report."""
        self._database.ask()
        found = DBOS.list_workflows(
            workflow_id_prefix=_prefix(report_id), sort_desc=True, limit=1, load_output=False
        )
        return self.progress(found[0].workflow_id) if found else None

    @needs(Right.EDIT)
    def cancel(self, job_id: str) -> None:
        """Stop a job after the step it is in, or in the middle of a model's answer.

        What is drafted stays.
        """
        self._database.ask()
        self._require(Right.EDIT, job_id)
        DBOS.cancel_workflow(job_id)
        stop_run(job_id)

    def _require(self, right: Right, job_id: str) -> None:
        """Raise unless the person has a right over the report of a job; one answer for no job."""
        if is_local(self.workspace.person):
            return
        try:
            require(self.workspace, right, report_of(job_id))
        except NotFoundError:
            raise _no_job() from None


def report_of(job_id: str) -> int:
    """Return which report a drafting job is about; 0, which no report is, when it is none."""
    found = _JOB_ID.match(job_id)
    return int(found[1]) if found else 0


def _no_job() -> NotFoundError:
    """Return the one answer for every job that cannot be looked at."""
    return NotFoundError("没有找到这个任务", remedy="请重新开始")


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


def _ahead_of(job: WorkflowStatus) -> int:
    """Return how many jobs wait in the queue before one."""
    waiting = DBOS.list_workflows(
        queue_name=QUEUE, status="ENQUEUED", load_input=False, load_output=False
    )
    return sum((one.created_at or 0) < (job.created_at or 0) for one in waiting)


def job_state(status: str) -> JobState:
    """Return what DBOS calls a job's status as people read it."""
    return _STATES.get(status, JobState.FAILED)


def system_address(home: Path, database: Database) -> str:
    """Return where jobs are kept: beside the data; holds the password of PostgreSQL."""
    address = database.address
    return address.secret_text() if address.is_postgres else f"sqlite:///{home / FILE_NAME}"


def has_jobs(home: Path, database: Database) -> bool:
    """Whether the engine was ever started on these data."""
    if database.address.is_postgres:
        return database.has_table("workflow_status", "dbos")
    return (home / FILE_NAME).exists()


def _launch(home: Path, database: Database, executor_id: str) -> None:
    """Start DBOS on the same PostgreSQL as the data, or on a file beside the data's."""
    DBOS(
        config={
            "name": "ziping",
            "system_database_url": system_address(home, database),
            "sys_db_pool_size": _CONNECTIONS,
            "application_version": _VERSION,
            "executor_id": executor_id,
            "enable_otlp": False,
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": _POLLING_S,
        }
    )
    try:
        with database.told():
            DBOS.launch()
    except dbos_error.DBOSException as error:
        address = database.address
        where = address.where if address.is_postgres else str(home / FILE_NAME)
        raise StorageError(
            "任务引擎没有启动", where=where, remedy="请检查数据目录或数据库后重新启动"
        ) from error


@DBOS.step(name="plan-draft")
def _plan(report_id: int, keep_edited: bool, by: Starter) -> Plan:  # noqa: FBT001 - a recorded input
    """Return what the job does."""
    return plan_draft(desk_of(by), report_id, keep_edited=keep_edited)


@DBOS.step(name="draft-section")
def _draft_section(report_id: int, section_id: str, by: Starter) -> int:
    """Draft one section by template, keep it, and return its version."""
    return drafting.draft_section(desk_of(by).workspace, report_id, section_id).version


@DBOS.workflow(name="draft-report")
def _draft_report(report_id: int, keep_edited: bool, by: Starter) -> int:  # noqa: FBT001 - as above
    """Draft the sections of a report; return how many."""
    plan = _plan(report_id, keep_edited, by)
    told = {"done": 0, "total": len(plan.sections), "current": "", "by_model": plan.by_model}
    DBOS.set_event(_EVENT, told)
    if plan.by_model:
        return draft_sections(report_id, str(DBOS.workflow_id), plan, by)
    for done, section in enumerate(plan.sections):
        DBOS.set_event(_EVENT, told | {"done": done, "current": section.heading})
        _draft_section(report_id, section.id, by)
    DBOS.set_event(_EVENT, told | {"done": len(plan.sections)})
    return len(plan.sections)
