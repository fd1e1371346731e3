"""Backups: made while people work, restored into an empty place, of this or an earlier version."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

import ziping
from ziping.domain.access import Right
from ziping.domain.audit import AuditAction, Detail
from ziping.domain.backup import BackupManifest
from ziping.domain.errors import InputError
from ziping.domain.model import Record
from ziping.domain.stored import Stamp
from ziping.persistence.audit import append_entry
from ziping.persistence.backup_file import BackupReader, BackupWriter
from ziping.persistence.dump import dump_table, dumped_tables, last_ids
from ziping.persistence.migrating import known_schemas, schema_of
from ziping.persistence.restoring import Restore, restore_database
from ziping.services.access import needs
from ziping.services.whole_files import new_file
from ziping.services.workspace import Workspace


class BackupAnswer(Record):
    """What `backup` and `restore` print (备份结果)."""

    file: str
    schema_version: str
    made_at: datetime
    rows: int
    reports: int
    replaced: str = ""
    """Where the data before a restore are kept; blank: there were none."""


@needs(Right.MANAGE)
def back_up(workspace: Workspace, path: Path) -> BackupAnswer:
    """Write everything that people entered into a new file, as of one moment."""
    stamp = workspace.stamp()
    with new_file(path) as file, workspace.database.read() as connection:
        writer = BackupWriter(file)
        for table in dumped_tables():
            writer.add(table.name, dump_table(connection, table))
        manifest = BackupManifest(
            program=ziping.__version__,
            schema_version=schema_of(connection),
            made_at=stamp.at.astimezone(UTC),
            made_by=stamp.by,
            source=connection.dialect.name,
            tables=tuple(writer.tables),
            last_ids=last_ids(connection),
        )
        writer.finish(manifest)
    answer = _answer(path, manifest)
    with workspace.write() as work:
        work.record(AuditAction.BACK_UP, rows=answer.rows, reports=answer.reports)
    return answer


def restore(path: Path, home: Path, url: str, stamp: Stamp, *, replace: bool) -> BackupAnswer:
    """Restore a backup into an empty data directory or database; see `restore_database`."""
    with BackupReader(path) as reader:
        manifest = reader.manifest
        if manifest.schema_version not in known_schemas():
            raise InputError(
                "备份由更新版本的程序生成，这个版本不能恢复",
                where=str(path),
                why=f"数据库结构为 {manifest.schema_version}，程序版本为 {manifest.program}",
                remedy="请先升级程序",
            )
        answer = _answer(path, manifest)

        def finish(connection: sa.Connection) -> None:
            details: dict[str, Detail] = {"rows": answer.rows, "schema": manifest.schema_version}
            append_entry(connection, stamp, AuditAction.RESTORE_BACKUP, None, details)

        what = Restore(
            schema=manifest.schema_version,
            rows={one.name: reader.lines(one.name) for one in manifest.tables},
            last_ids=manifest.last_ids,
            finish=finish,
        )
        aside = f"{stamp.at.astimezone(UTC):replaced_%Y%m%d_%H%M%S}" if replace else ""
        kept = restore_database(home, url, what, replaced=aside)
    return answer.model_copy(update={"replaced": kept})


def _answer(path: Path, manifest: BackupManifest) -> BackupAnswer:
    """Return what a backup holds."""
    rows = {one.name: one.rows for one in manifest.tables}
    return BackupAnswer(
        file=str(path),
        schema_version=manifest.schema_version,
        made_at=manifest.made_at,
        rows=sum(rows.values()),
        reports=rows.get("reports", 0),
    )
