"""How far a job is, as pages read it; free of the engine's libraries."""

from dataclasses import dataclass
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands (任务状态)."""

    WAITING = "排队中"
    RUNNING = "进行中"
    DONE = "已完成"
    FAILED = "未完成"
    CANCELLED = "已取消"


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is (任务进度)."""

    job_id: str
    state: JobState
    done: int
    """Steps finished."""
    total: int
    current: str
    """What is being worked on, e.g. a section's heading."""
    ahead: int = 0
    """While it waits: how many jobs wait before it (排队位置)."""
    error: str = ""
    """Why it failed, in Chinese."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is (批量进度)."""

    made: int
    failed: int
    """Reports that could not be made, and sources that could not be read."""
    total: int
    """Reports known so far, a source not read yet counted as one."""
    current: str
    """What was finished last."""


@dataclass(frozen=True, slots=True)
class BatchJob:
    """A batch's job and how far it is (批量任务的进度)."""

    job_id: str
    """Blank: it was never started."""
    state: JobState
    progress: BatchProgress
    error: str = ""
    """Why it failed, in Chinese."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
