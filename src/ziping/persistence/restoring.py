"""Filling a database from a backup: at once or not at all, and nothing is thrown away (恢复)."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from ziping.domain.errors import InputError, StorageError
from ziping.domain.processes import SILENT_S
from ziping.persistence.address import DatabaseAddress, database_address
from ziping.persistence.dump import Rows, dumped_tables, load_tables
from ziping.persistence.engines import make_engine
from ziping.persistence.location import prepare_home
from ziping.persistence.processes import list_processes
from ziping.persistence.refusals import told

JOBS_FILE = "jobs.db"
_JOBS_SCHEMA = "dbos"
_SIDES = ("", "-wal", "-shm")
_ALL = tuple(one.name for one in dumped_tables())
_FILLED = tuple(one for one in _ALL if one not in {"library_state", "audit_head", "audit_log"})
"""Tables that have rows only when somebody has entered something."""


@dataclass(frozen=True)
class Restore:
    """What is to be restored (恢复内容)."""

    schema: str
    rows: Rows
    last_ids: Mapping[str, int]
    finish: Callable[[sa.Connection], None]
    """Called last, in the same transaction: the restore is recorded."""

    def into(self, connection: sa.Connection) -> None:
        """Fill an empty database."""
        load_tables(connection, self.schema, self.rows, self.last_ids)
        self.finish(connection)


def restore_database(home: Path, url: str, restore: Restore, *, replaced: str) -> str:
    """Restore into an empty database; with a name, what is there is kept aside under it.

    Returns:
        Where the data before are now; blank: there were none.
    """
    prepare_home(home)
    address = database_address(home, url)
    if address.is_postgres:
        return _restore_postgres(address, restore, replaced)
    return _restore_sqlite(home, address, restore, replaced)


def _restore_sqlite(home: Path, address: DatabaseAddress, restore: Restore, replaced: str) -> str:
    """Make a new file beside the old one, and swap them in one step."""
    path = home / Path(address.where).name
    kept = ""
    if path.exists():
        _refuse_in_use(path)
        with closing(sqlite3.connect(path)) as before, told(address.where):
            has_data = _has_data(before, address)
        if has_data and not replaced:
            raise _not_empty(address)
        kept = f"{path}.{replaced}" if has_data else ""
    made = home / f".restoring-{uuid4().hex[:12]}.db"
    try:
        _make(made, restore)
        if kept:
            os.link(path, kept)
        _put_jobs_aside(home, replaced)
        made.replace(path)
    finally:
        for side in _SIDES:
            with suppress(OSError):
                made.with_name(f"{made.name}{side}").unlink()
    return kept


def _make(path: Path, restore: Restore) -> None:
    """Make a database file of its own."""
    address = DatabaseAddress(sa.URL.create("sqlite", database=str(path)), str(path))
    engine = make_engine(address)
    try:
        with told(str(path)), engine.begin() as connection:
            restore.into(connection)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(path)) as made:
        # One file without a log beside it, so that it can be moved.
        made.execute("PRAGMA journal_mode=DELETE")
        if made.execute("PRAGMA foreign_key_check").fetchone():
            raise InputError("备份里的数据前后不一致，没有恢复任何内容", remedy="请换一份备份")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _has_data(connection: sqlite3.Connection, address: DatabaseAddress) -> bool:
    """Whether somebody has entered something in a file."""
    try:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        there = {row[0] for row in found}
        return any(
            connection.execute(f"SELECT 1 FROM {one} LIMIT 1").fetchone()  # noqa: S608 - our names
            for one in _FILLED
            if one in there
        )
    except sqlite3.DatabaseError as error:
        raise StorageError(
            "现有的数据文件已损坏",
            where=address.where,
            remedy="请先把它移到别处，再恢复",
        ) from error


def _refuse_in_use(path: Path) -> None:
    """Refuse while another process has the file open; its log is taken into the file."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise StorageError(
            "数据库正在使用，不能恢复", where=str(path), remedy="请先停止自评通的所有进程"
        ) from error
    except sqlite3.DatabaseError:
        return  # no database at all: told when it is looked into


def _put_jobs_aside(home: Path, replaced: str) -> None:
    """Move jobs away that belong to the data before."""
    for side in _SIDES:
        jobs = home / f"{JOBS_FILE}{side}"
        if jobs.exists():
            jobs.replace(home / f"{JOBS_FILE}.{replaced or 'before-restore'}{side}")


def _restore_postgres(address: DatabaseAddress, restore: Restore, replaced: str) -> str:
    """Move our tables into a schema of their own and fill new ones, in one transaction."""
    engine = make_engine(address)
    try:
        with told(address.where), engine.begin() as connection:
            kept = _clear(connection, address, replaced)
            restore.into(connection)
    finally:
        engine.dispose()
    return kept


def _clear(connection: sa.Connection, address: DatabaseAddress, replaced: str) -> str:
    """Make room; return the schema that holds what was there."""
    names = {*sa.inspect(connection).get_table_names()}
    ours = [one for one in (*_ALL, "processes", "alembic_version") if one in names]
    if not ours:
        return ""
    _refuse_running(connection, address, names)
    has_data = any(
        connection.exec_driver_sql(f"SELECT 1 FROM {one} LIMIT 1").first()  # noqa: S608 - as above
        for one in _FILLED
        if one in names
    )
    if has_data and not replaced:
        raise _not_empty(address)
    if not has_data:
        for one in ours:
            connection.exec_driver_sql(f"DROP TABLE {one} CASCADE")
        return ""
    aside = f"ziping_{replaced}"
    connection.exec_driver_sql(f"CREATE SCHEMA {aside}")
    for one in ours:
        connection.exec_driver_sql(f"ALTER TABLE {one} SET SCHEMA {aside}")
    if _JOBS_SCHEMA in sa.inspect(connection).get_schema_names():
        connection.exec_driver_sql(f"ALTER SCHEMA {_JOBS_SCHEMA} RENAME TO {aside}_jobs")
    return aside


def _refuse_running(connection: sa.Connection, address: DatabaseAddress, names: set[str]) -> None:
    """Refuse while processes work on the database."""
    if "processes" not in names:
        return
    running = [one for one in list_processes(connection) if one.silent_s < SILENT_S]
    if running:
        told_ones = "、".join(f"{one.host} 的进程 {one.pid}" for one in running)
        raise StorageError(
            f"还有 {len(running)} 个进程在使用数据库，不能恢复",
            where=address.where,
            why=told_ones,
            remedy="请先停止自评通的所有进程，刚刚停止的请等 15 秒",
        )


def _not_empty(address: DatabaseAddress) -> InputError:
    """Return the refusal to restore over data."""
    return InputError(
        "数据库里已有数据，没有恢复",
        where=address.where,
        why="恢复只能放进空的数据目录或空的数据库",
        remedy="确要替换时加 --replace，现有数据会另存在旁边",
    )
