"""A process of the program that works on jobs, as the others see it."""

from datetime import datetime

from ziping.domain.model import Record

SILENT_S = 15.0
"""A process that says nothing for so long is taken to be gone where nobody can look for it."""


class WorkingProcess(Record):
    """A process that works on jobs (工作进程)."""

    executor_id: str
    """Its name in the job engine, used once."""
    kind: str
    """What it is for: 网页 or 任务."""
    host: str
    """The machine's name, for people."""
    machine: str
    """What tells one machine, or one container, from another until it is restarted."""
    pid: int
    born: str
    """When the process began, as its machine counts; a pid may be used again."""
    version: str
    """Version of the jobs that it can take up."""
    started_at: datetime | None = None
    """By the database's clock."""
    silent_s: float = 0.0
    """Seconds since it last said that it is there, by the database's clock."""
