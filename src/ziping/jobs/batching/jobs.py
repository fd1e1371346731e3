"""A batch as a durable job of the page (批量任务的执行).

The job is one workflow with one step. What is done file by file is recorded in the batch's own
journal, keyed by each file's inputs, and not a second time by the engine: a step that a kill cut
off is begun again by the next engine and goes on where the journal ends.

A batch lies in a folder of one machine, so its queue is named after that folder: only processes
over the same data directory take it up.
"""

import contextlib
import hashlib
import os
import socket
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from dbos import DBOS, SetWorkflowID

from ziping.domain.access import Right
from ziping.domain.errors import NotFoundError, ZipingError
from ziping.domain.people import Person
from ziping.drafting.model.attempts import Cancelled
from ziping.jobs.batching.run import BatchRequest, run_batch
from ziping.jobs.progress import BatchJob, BatchProgress, JobState
from ziping.jobs.runs import Closing, JobRun, end_run, known_run, run_of, stop_run
from ziping.services.access import needs
from ziping.services.batching.batches import Batches
from ziping.services.batching.journal import Journal
from ziping.services.workspace import Workspace

_PREFIX = "batch-"
"""What the ids of these jobs begin with."""
_FOLDER = "batches"
_KEPT = "出现意外错误，已生成的报告都已保存，可以接着做"
_IDLE = BatchProgress(0, 0, 0, "")
_STATES = {
    "ENQUEUED": JobState.WAITING,
    "DELAYED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "CANCELLED": JobState.CANCELLED,
}
_shelf: dict[str, Batches] = {}
"""The batches of the running engine; DBOS calls workflows by name, so they cannot be passed."""


class BatchJobs:
    """The batches of a data directory as jobs of the engine (批量任务)."""

    def __init__(self, home: Path, workspace: Workspace) -> None:
        """Name the directory; nothing is taken up yet."""
        self.batches = Batches(home / _FOLDER, workspace)
        place = f"{socket.gethostname()}:{self.batches.root.resolve()}"
        self._queue = f"ziping-batches-{hashlib.sha256(place.encode()).hexdigest()[:12]}"
        self._database = workspace.database
        _shelf["current"] = self.batches

    @property
    def workspace(self) -> Workspace:
        """What the person works with who looks at the batches."""
        return self.batches.workspace

    def acting_as(self, person: Person) -> "BatchJobs":
        """Return the batches as a person uses them."""
        twin = copy(self)
        twin.batches = replace(self.batches, workspace=self.workspace.acting_as(person))
        return twin

    def listen(self, polling_s: float) -> None:
        """Take up batches of this directory, one after the other; the engine is running."""
        DBOS.register_queue(
            self._queue,
            worker_concurrency=1,
            global_concurrency=1,
            polling_interval_sec=polling_s,
        )

    @staticmethod
    def close() -> None:
        """Let go of the batches; those under way were broken off."""
        _shelf.clear()

    @needs(Right.EDIT)
    def start(self, batch_id: str) -> None:
        """Start making a batch, or go on where it was stopped."""
        self._database.ask()
        self.batches.get(batch_id)
        with SetWorkflowID(f"{_PREFIX}{batch_id}-{uuid4().hex[:8]}"):
            DBOS.enqueue_workflow(self._queue, _make_batch, batch_id)

    @needs(Right.READ)
    def look(self, batch_id: str) -> BatchJob:
        """Return where a batch stands."""
        self._database.ask()
        self.batches.get(batch_id)
        found = DBOS.list_workflows(
            workflow_id_prefix=f"{_PREFIX}{batch_id}-", sort_desc=True, limit=1, load_output=False
        )
        if not found:
            return BatchJob("", JobState.WAITING, _IDLE)
        job = found[0]
        error = job.error
        told = str(error) if isinstance(error, ZipingError) else _KEPT if error else ""
        state = _STATES.get(job.status, JobState.FAILED)
        return BatchJob(job.workflow_id, state, self._progress(batch_id, job.workflow_id), told)

    @needs(Right.EDIT)
    def stop(self, batch_id: str) -> None:
        """Stop a batch; what is made stays, and it can be started again."""
        if job_id := self.look(batch_id).job_id:
            DBOS.cancel_workflow(job_id)
            stop_run(job_id)

    def _progress(self, batch_id: str, job_id: str) -> BatchProgress:
        """Return how far a batch is: as its run tells, else as its journal does."""
        run = known_run(job_id)
        if run is not None and run.batch is not None:
            return run.batch
        path = self.batches.folder(batch_id).journal
        if not path.is_file():
            return _IDLE
        with contextlib.closing(Journal(path, is_read_only=True)) as journal:
            made, failed = journal.totals()
            total = journal.known_items() + self.batches.get(batch_id).files
        return BatchProgress(made, failed, max(total, made + failed), "")


@DBOS.step(name="make-batch")
def _make(batch_id: str, job_id: str) -> int:
    """Make what is left of a batch and return how many reports it has."""
    batches = _shelf["current"]
    run = run_of(job_id)
    try:
        request = BatchRequest(
            given=batches.given(batch_id),
            output=batches.folder(batch_id).path,
            options=batches.get(batch_id).options,
            workers=len(os.sched_getaffinity(0)),
            at=batches.workspace.clock(),
            resume=True,
            is_background=True,
        )
        results = run_batch(
            batches.workspace.content, request, partial(_keep, run), run.stop.is_set
        )
        if results is None:
            raise Closing if run.is_closing else Cancelled
        batches.pack(batch_id)
    except NotFoundError:
        raise Cancelled from None  # removed while it was being made
    finally:
        end_run(job_id)
    return results.reports


def _keep(run: JobRun, progress: BatchProgress) -> None:
    """Keep how far a batch is for pages that ask."""
    run.batch = progress


@DBOS.workflow(name="batch")
def _make_batch(batch_id: str) -> int:
    """Make a batch; return how many reports it has."""
    return _make(batch_id, str(DBOS.workflow_id))
