"""A batch as a durable job of the page (批量任务的执行).

The job is one workflow with one step. What is done file by file is recorded in the batch's own
journal, keyed by each file's inputs, and not a second time by the engine: a step that a kill cut
off is begun again by the next engine and goes on where the journal ends.
"""

import contextlib
import os
from pathlib import Path
from threading import Event

from dbos import DBOS

from ziping.domain.errors import NotFoundError
from ziping.drafting.model.attempts import Cancelled
from ziping.jobs.batching.run import BatchRequest, run_batch
from ziping.jobs.progress import BatchProgress
from ziping.jobs.runs import Closing
from ziping.services.batching.batches import Batches
from ziping.services.batching.journal import Journal

PREFIX = "batch-"
"""What the ids of these jobs begin with."""
_IDLE = BatchProgress(0, 0, 0, "")


class _Run:
    """A batch that goes on in this process."""

    def __init__(self) -> None:
        self.stop = Event()
        self.is_closing = False
        self.progress = _IDLE

    def tell(self, progress: BatchProgress) -> None:
        """Keep how far it is for pages that ask."""
        self.progress = progress


_runs: dict[str, _Run] = {}
shelf: dict[str, Batches] = {}
"""The batches of the running engine; DBOS calls workflows by name, so they cannot be passed."""


def batch_progress(batch_id: str) -> BatchProgress:
    """Return how far a batch is: as its run tells, else as its journal does."""
    if run := _runs.get(batch_id):
        return run.progress
    path = shelf["current"].folder(batch_id).journal
    if not path.is_file():
        return _IDLE
    with contextlib.closing(Journal(path, is_read_only=True)) as journal:
        made, failed = journal.totals()
    return BatchProgress(made, failed, made + failed, "")


def stop_batch(batch_id: str) -> None:
    """Stop a batch; what is made stays."""
    if run := _runs.get(batch_id):
        run.stop.set()


def close_batches() -> None:
    """Break off every batch, so that the next engine takes it up."""
    for run in list(_runs.values()):
        run.is_closing = True
        run.stop.set()


@DBOS.step(name="make-batch")
def _make_batch(batch_id: str) -> int:
    """Make what is left of a batch and return how many reports it has."""
    batches = shelf["current"]
    batch = batches.get(batch_id)
    run = _runs.setdefault(batch_id, _Run())
    request = BatchRequest(
        given=batches.given(batch_id),
        output=batches.folder(batch_id).path,
        options=batch.options,
        workers=len(os.sched_getaffinity(0)),
        at=batches.workspace.clock(),
        resume=True,
        is_background=True,
    )
    try:
        results = run_batch(batches.workspace.content, request, run.tell, run.stop.is_set)
        if results is None:
            raise Closing if run.is_closing else Cancelled
        batches.pack(batch_id)
    except NotFoundError:
        raise Cancelled from None  # removed while it was being made
    finally:
        _runs.pop(batch_id, None)
    return results.reports


@DBOS.workflow(name="batch")
def make_batch(batch_id: str) -> int:
    """Make a batch; return how many reports it has."""
    return _make_batch(batch_id)


def batches_in(home: Path) -> Path:
    """Return where the batches of a data directory lie."""
    return home / "batches"
