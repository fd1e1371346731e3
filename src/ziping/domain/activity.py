"""What the program was busy with, in counts (运行情况)."""

from datetime import date

from ziping.domain.model import Record
from ziping.domain.processes import WorkingProcess


class ModelCalls(Record):
    """Requests to one model on one day that ended the same way (模型调用)."""

    day: date
    """By UTC, like every moment that is kept."""
    model: str
    outcome: str
    """成功, 停止, or what failed."""
    calls: int = 1
    milliseconds: int = 0
    """All together."""


class JobCounts(Record):
    """Jobs that are not over, and those that ended within a day (任务数)."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0


class Health(Record):
    """How the program is, in counts (运行状况)."""

    ok: bool
    problems: tuple[str, ...] = ()
    """What an administrator should look at, in Chinese."""
    database: str = ""
    answered_ms: int = 0
    """How long the database took to answer."""
    reports: int = 0
    processes: tuple[WorkingProcess, ...] = ()
    jobs: JobCounts = JobCounts()
    changes_hour: int = 0
    """Changes saved within an hour."""
    changes_day: dict[str, int] = {}
    """Changes saved within a day, by action."""
    model_calls: tuple[ModelCalls, ...] = ()
    """Requests to models within a week, by day and outcome."""
