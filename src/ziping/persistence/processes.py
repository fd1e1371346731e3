"""Which processes are at work; each says again and again that it is there (心跳)."""

from collections.abc import Collection

import sqlalchemy as sa

from ziping.domain.processes import WorkingProcess
from ziping.persistence.moments import aware
from ziping.persistence.tables import processes
from ziping.persistence.upserts import upsert

_STATED = ("executor_id", "kind", "host", "machine", "pid", "born", "version")


def say_hello(connection: sa.Connection, process: WorkingProcess) -> None:
    """Say that a process is there, for the first time or again."""
    now = sa.func.current_timestamp()
    stated = process.model_dump(include={*_STATED})
    upsert(connection, processes, {**stated, "started_at": now, "seen_at": now}, {"seen_at": now})


def forget(connection: sa.Connection, executor_ids: Collection[str]) -> None:
    """Take processes that are gone off the list."""
    connection.execute(processes.delete().where(processes.c.executor_id.in_(executor_ids)))


def list_processes(connection: sa.Connection) -> tuple[WorkingProcess, ...]:
    """Return every process on the list, the oldest first."""
    # Both moments come from the database, so that clocks of machines may differ.
    now = sa.func.current_timestamp(type_=sa.DateTime(timezone=True)).label("now")
    query = sa.select(processes, now).order_by(processes.c.started_at)
    return tuple(
        WorkingProcess(
            **{name: row[name] for name in _STATED},
            started_at=aware(row["started_at"]),
            silent_s=(aware(row["now"]) - aware(row["seen_at"])).total_seconds(),
        )
        for row in connection.execute(query).mappings()
    )
