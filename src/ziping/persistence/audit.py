"""The audit log: appended within each change, never altered, verifiable (审计日志)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa

from ziping.domain.audit import AuditEntry, Detail
from ziping.domain.stored import Stamp
from ziping.persistence.moments import aware
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import audit_head, audit_log


def append_entry(
    connection: sa.Connection,
    stamp: Stamp,
    action: str,
    report_id: int | None,
    details: Mapping[str, Detail],
) -> None:
    """Add an entry after the last; writers take turns, so that no two follow the same one."""
    last_id, last_hash = head(connection)
    entry = AuditEntry(
        id=last_id + 1,
        at=stamp.at.astimezone(UTC),
        by=stamp.by,
        action=action,
        report_id=report_id,
        details=dict(details),
        previous=last_hash,
    ).sealed()
    connection.execute(audit_log.insert().values(entry.model_dump()))
    connection.execute(audit_head.update().values(last_id=entry.id, last_hash=entry.hash))


def head(connection: sa.Connection | Scoped) -> tuple[int, str]:
    """Return number and hash of the last entry as they were noted when it was written."""
    row = connection.execute(sa.select(audit_head.c.last_id, audit_head.c.last_hash)).first()
    return (row.last_id, row.last_hash) if row else (0, "")


def read_entries(connection: Scoped) -> Iterator[AuditEntry]:
    """Yield every entry, the first first."""
    for row in connection.execute(sa.select(audit_log).order_by(audit_log.c.id)).mappings():
        yield _entry(row)


def newest_entries(
    connection: Scoped, limit: int, report_id: int | None = None
) -> tuple[AuditEntry, ...]:
    """Return the last entries, of all reports or of one, the newest first."""
    query = sa.select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
    if report_id is not None:
        query = query.where(audit_log.c.report_id == report_id)
    return tuple(_entry(row) for row in connection.execute(query).mappings())


def count_actions(connection: Scoped, since: datetime) -> dict[str, int]:
    """Return how often each action was done since a moment, the most frequent first."""
    number = sa.func.count().label("number")
    query = (
        sa.select(audit_log.c.action, number)
        .where(audit_log.c.at >= since)
        .group_by(audit_log.c.action)
        .order_by(number.desc(), audit_log.c.action)
    )
    return {row.action: row.number for row in connection.execute(query)}


def _entry(row: sa.RowMapping) -> AuditEntry:
    """Return a row as an entry, at the moment in UTC that its hash was made with."""
    return AuditEntry.model_validate({**row, "at": aware(row["at"]).astimezone(UTC)})
