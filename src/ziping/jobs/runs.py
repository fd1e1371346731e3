"""What a running job shares between its sections in this process (运行中的任务)."""

from dataclasses import dataclass, field
from threading import Event, Lock

from ziping.drafting.model import ModelWriter
from ziping.jobs.progress import BatchProgress
from ziping.services.model_drafting import ModelDesk


class Closing(BaseException):
    """The engine closes: the step is left as it is, to be begun again by the next engine.

    No `Exception`, so that the engine records no outcome for it.
    """


@dataclass
class JobRun:
    """One job in this process; a killed one begins with a new run."""

    stop: Event = field(default_factory=Event)
    """Set when somebody stops the job, or the engine closes."""
    is_closing: bool = False
    headings: dict[str, str] = field(default_factory=dict)
    """What is being written, by section id."""
    done: set[str] = field(default_factory=set)
    """Ids of the sections that are over."""
    batch: BatchProgress | None = None
    """How far a batch is; None: no batch, or it has not told yet."""
    _writer: ModelWriter | None = None
    _lock: Lock = field(default_factory=Lock)

    def writer(self, desk: ModelDesk) -> ModelWriter | None:
        """Return the one writer of the job, which learns whether the endpoint answers."""
        with self._lock:
            if self._writer is None:
                self._writer = desk.writer(self.stop.is_set)
            return self._writer


_runs: dict[str, JobRun] = {}
_lock = Lock()


def run_of(job_id: str) -> JobRun:
    """Return the run of a job, begun when there is none."""
    with _lock:
        return _runs.setdefault(job_id, JobRun())


def known_run(job_id: str) -> JobRun | None:
    """Return the run of a job that goes on in this process."""
    return _runs.get(job_id)


def running_jobs() -> list[str]:
    """Return the ids of the jobs that go on in this process."""
    return list(_runs)


def end_run(job_id: str) -> None:
    """Forget a job that is over."""
    with _lock:
        _runs.pop(job_id, None)


def stop_run(job_id: str) -> None:
    """Stop what a job is doing."""
    if run := known_run(job_id):
        run.stop.set()


def close_runs() -> None:
    """Break off every job, so that the next engine takes it up."""
    with _lock:
        for run in _runs.values():
            run.is_closing = True
            run.stop.set()
        _runs.clear()
