"""Data of every earlier version are there after an upgrade, and after restoring its backup."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.integration.conftest import MORNING, TickingClock

from ziping.bootstrap import open_content, open_workspace
from ziping.config import load_settings
from ziping.domain.audit import AuditAction
from ziping.domain.backup import BackupManifest
from ziping.domain.errors import StorageError
from ziping.domain.stored import Stamp
from ziping.persistence.address import database_address
from ziping.persistence.audit import append_entry
from ziping.persistence.backup_file import BackupWriter
from ziping.persistence.dump import dump_table, dumped_tables
from ziping.persistence.engines import make_engine
from ziping.persistence.migrating import HEAD, known_schemas, migrate
from ziping.services.auditing import verify_audit
from ziping.services.backing_up import restore
from ziping.services.drafted import draft_texts
from ziping.services.drafting import section_history
from ziping.services.importing import load_example
from ziping.services.reports import create_example, list_reports, open_report, report_history
from ziping.services.scored import overview, score_report
from ziping.services.workspace import Workspace

EARLIER = sorted(known_schemas() - {HEAD})
SECTION = "basic.fund_use"

Row = dict[str, Any]


@pytest.fixture
def old_engine(ziping_home: Path, database_url: str) -> Iterator[sa.Engine]:
    """Yield an engine over an empty database."""
    engine = make_engine(database_address(ziping_home, database_url))
    yield engine
    engine.dispose()


def known_texts() -> Row:
    """Return what columns of these names must hold for the program to read them."""
    content = open_content()
    scored = score_report(content, load_example(content))
    section = draft_texts(content, scored)[SECTION]
    return {
        "report": scored.report.model_dump(mode="json", exclude_defaults=True),
        "overview": overview(scored).model_dump(mode="json"),
        "section": section.model_dump(mode="json"),
        "section_id": SECTION,
        "changes": [],
        "articles": ["第一条"],
        "state": "起草",
        "start_state": "起草",
        "end_state": "部室审核",
        "role": "经办人",
    }


def sample(column: sa.Column[Any], texts: Row) -> Any:  # noqa: ANN401 - of the column's type
    """Return something that a column may hold."""
    if column.name in texts:
        return texts[column.name]
    kind = column.type
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.DateTime):
        return MORNING
    if isinstance(kind, sa.LargeBinary):
        return b"\x00PK\xff"
    return True if isinstance(kind, sa.Boolean) else 1 if isinstance(kind, sa.Integer) else "某"


def filled(engine: sa.Engine, schema: str) -> dict[str, list[Row]]:
    """Bring a database to a schema, put a row into every table, and return all rows."""
    texts = known_texts()
    rows: dict[str, list[Row]] = {}
    with engine.begin() as connection:
        migrate(connection, schema)
        known = sa.MetaData()
        known.reflect(connection)
        if "audit_log" in known.tables:  # its lines are bound to each other; any row will not do
            stamp = Stamp(at=MORNING, by="某")
            append_entry(connection, stamp, AuditAction.CREATE_REPORT, 1, {})
        for table in known.sorted_tables:
            if table.name == "alembic_version":
                continue
            if connection.execute(sa.select(table)).first() is None:
                # PostgreSQL numbers the rows itself, and must know that it did.
                wanted = [one for one in table.columns if one.server_default is None]
                row = {one.name: sample(one, texts) for one in wanted}
                connection.execute(table.insert().values(row))
            rows[table.name] = [
                dict(one) for one in connection.execute(sa.select(table)).mappings()
            ]
    return rows


def plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Return a cell as it can be compared; SQLite forgets the zone."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def assert_nothing_is_lost(workspace: Workspace, before: dict[str, list[Row]]) -> None:
    """Compare every row with what is there now, and use the data as people do."""
    with workspace.database.read() as connection:
        known = sa.MetaData()
        known.reflect(connection)
        for name, rows in before.items():
            if name == "audit_head":
                continue  # it moves on when a backup is restored; the log is verified below
            now = connection.execute(sa.select(known.tables[name])).mappings()
            kept = [{key: plain(value) for key, value in one.items()} for one in now]
            for row in rows:
                wanted = {key: plain(value) for key, value in row.items()}
                assert any(wanted.items() <= one.items() for one in kept), (name, wanted, kept)
    [line] = list_reports(workspace)
    assert line.projects[0].total == "98.00"
    assert open_report(workspace, 1).report.projects
    assert len(report_history(workspace, 1)) == 1
    assert "619.52万元" in section_history(workspace, 1, SECTION)[0].section.text
    assert create_example(workspace) == 2
    assert verify_audit(workspace).ok


@pytest.mark.parametrize("schema", EARLIER)
def test_an_upgrade_loses_nothing(old_engine: sa.Engine, schema: str) -> None:
    before = filled(old_engine, schema)
    workspace = open_workspace(load_settings(), TickingClock())
    assert_nothing_is_lost(workspace, before)
    workspace.database.close()


@pytest.mark.parametrize("schema", EARLIER)
def test_a_backup_of_an_earlier_version_is_restored_and_upgraded(
    old_engine: sa.Engine, schema: str, tmp_path: Path
) -> None:
    kept = {one.name for one in dumped_tables()}
    before = {name: rows for name, rows in filled(old_engine, schema).items() if name in kept}
    path = tmp_path / "旧版备份.zip"
    with old_engine.connect() as connection, path.open("wb") as file:
        known = sa.MetaData()
        known.reflect(connection)
        writer = BackupWriter(file)
        for name in before:
            writer.add(name, dump_table(connection, known.tables[name]))
        writer.finish(
            BackupManifest(
                program="0.0.1",
                schema_version=schema,
                made_at=MORNING,
                made_by="某人",
                source=connection.dialect.name,
                tables=tuple(writer.tables),
                last_ids={},
            )
        )
    home = tmp_path / "新"
    restore(path, home, "", Stamp(at=MORNING, by="管理员"), replace=False)
    settings = load_settings({"ZIPING_HOME": str(home)})
    workspace = open_workspace(settings, TickingClock())
    assert_nothing_is_lost(workspace, before)
    workspace.database.close()


def test_a_database_of_a_newer_version_is_told(old_engine: sa.Engine) -> None:
    with old_engine.begin() as connection:
        migrate(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"更新版本的程序.*请升级程序"):
        open_workspace(load_settings())
