"""Tables as lines of text and back, the same for SQLite and PostgreSQL (表的导出与导入)."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ziping.domain.errors import InputError
from ziping.persistence.migrating import HEAD, migrate
from ziping.persistence.moments import aware
from ziping.persistence.tables import metadata, processes

_BATCH = 500
_PASSING = frozenset({processes.name, "alembic_version"})
"""Tables that tell of the running program, not of what people entered."""

Rows = Mapping[str, Iterable[bytes]]
"""Lines of each table by its name."""


def dumped_tables() -> tuple[sa.Table, ...]:
    """Return the tables of a backup, each after those that it refers to."""
    return tuple(one for one in metadata.sorted_tables if one.name not in _PASSING)


def dump_table(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """Yield a table's rows, one a line."""
    query = sa.select(table).order_by(*table.primary_key)
    streamed = connection.execution_options(yield_per=_BATCH).execute(query)
    for row in streamed.mappings():
        told = {one.name: _told(one.type, row[one.name]) for one in table.columns}
        yield json.dumps(told).encode("ascii") + b"\n"


def last_ids(connection: sa.Connection) -> dict[str, int]:
    """Return the highest ids ever given, of tables that never give one twice."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
        return {str(name): int(last) for name, last in rows}
    found = {}
    for table, sequence in _sequences(connection, metadata):
        query = sa.text(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - a name the server gave
        last, is_called = connection.execute(query).one()
        found[table] = int(last) if is_called else 0
    return found


def load_tables(connection: sa.Connection, schema: str, rows: Rows, ids: Mapping[str, int]) -> None:
    """Fill an empty database with the rows of a schema, then bring it to the newest."""
    migrate(connection, schema)
    known = sa.MetaData()
    known.reflect(connection)
    if {*known.tables} - _PASSING != {*rows}:
        raise _inconsistent("表不全，或有不认识的表")
    for table in known.sorted_tables:
        if table.name in rows:
            if connection.execute(sa.select(sa.literal(1)).select_from(table)).first():
                connection.execute(table.delete())  # what the migrations themselves put in
            try:
                _fill(connection, table, rows[table.name])
            except (KeyError, TypeError, ValueError, IntegrityError) as error:
                raise _inconsistent(f"{table.name} 的内容不合规定") from error
    _set_ids(connection, known, ids)
    migrate(connection, HEAD)


def _inconsistent(why: str) -> InputError:
    """Return the refusal of rows that this schema cannot hold."""
    return InputError("备份里的数据前后不一致，没有恢复任何内容", why=why, remedy="请换一份备份")


def _fill(connection: sa.Connection, table: sa.Table, lines: Iterable[bytes]) -> None:
    """Insert rows in batches."""
    batch: list[dict[str, Any]] = []
    for line in lines:
        told = json.loads(line)
        batch.append({one.name: _read(one.type, told[one.name]) for one in table.columns})
        if len(batch) == _BATCH:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)


def _set_ids(connection: sa.Connection, known: sa.MetaData, ids: Mapping[str, int]) -> None:
    """Let new rows be numbered after the highest id ever given."""
    if connection.dialect.name == "sqlite":
        numbered = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"
        for (name,) in connection.exec_driver_sql(numbered).all():
            noted = connection.exec_driver_sql(
                "DELETE FROM sqlite_sequence WHERE name = ? RETURNING seq", (name,)
            ).scalar()
            last = max(int(noted or 0), ids.get(name, 0))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, last))
        return
    for table, sequence in _sequences(connection, known):
        highest = connection.execute(sa.select(sa.func.max(known.tables[table].c.id))).scalar()
        last = max(int(highest or 0), ids.get(table, 0))
        connection.execute(sa.select(sa.func.setval(sequence, max(last, 1), last > 0)))


def _sequences(connection: sa.Connection, known: sa.MetaData) -> Iterator[tuple[str, str]]:
    """Yield each table of PostgreSQL that numbers its rows, with the sequence it does so by."""
    for table in known.sorted_tables:
        if "id" in table.columns and isinstance(table.c.id.type, sa.Integer):
            asked = sa.func.pg_get_serial_sequence(table.name, "id")
            if sequence := connection.execute(sa.select(asked)).scalar():
                yield table.name, str(sequence)


def _told(kind: sa.types.TypeEngine[Any], value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Return a cell as JSON holds it."""
    if isinstance(value, datetime):
        return aware(value).astimezone(UTC).isoformat()
    if isinstance(kind, sa.LargeBinary) and value is not None:
        return base64.b64encode(value).decode("ascii")
    return value


def _read(kind: sa.types.TypeEngine[Any], value: Any) -> Any:  # noqa: ANN401 - as above
    """Return a cell as the database takes it."""
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, sa.LargeBinary) else value
