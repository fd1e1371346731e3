"""Opening the database and its transactions, the same on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import ExecutionContext

from ziping.persistence.address import DatabaseAddress, database_address
from ziping.persistence.engines import ASIDE, READ_ONLY, WAIT_S, make_engine
from ziping.persistence.location import prepare_home
from ziping.persistence.migrating import migrate
from ziping.persistence.refusals import busy, told

_CHANGES = "ziping_changes"


class Database:
    """A database that is open and at the newest schema."""

    def __init__(self, engine: sa.Engine, address: DatabaseAddress) -> None:
        """Keep the engine; the address is told in error messages."""
        self._engine = engine
        self.address = address
        self._turn = Lock()
        event.listen(engine, "after_cursor_execute", _count_change)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Yield a connection inside one write transaction; all of it is kept, or nothing.

        Writers take turns, those of this process here and those of others at the database.
        """
        if not self._turn.acquire(timeout=WAIT_S):
            raise busy(self.address.where)
        try:
            with told(self.address.where), self._engine.begin() as connection:
                connection.info[_CHANGES] = 0
                yield connection
        finally:
            self._turn.release()

    @contextmanager
    def write_aside(self) -> Iterator[sa.Connection]:
        """Yield a connection for one short statement that concerns no report.

        On PostgreSQL it waits for no turn, so that a busy writer does not silence a process.
        """
        aside = self._engine.execution_options(**{ASIDE: True})
        with told(self.address.where), aside.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Yield a connection that sees one moment of the data and never waits for writers."""
        reader = self._engine.execution_options(**{READ_ONLY: True})
        if self.address.is_postgres:
            reader = reader.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with told(self.address.where), reader.connect() as connection:
            yield connection

    def dedicated(self) -> sa.Connection:
        """Return a connection outside of transactions, to be closed by whoever asked for it."""
        aside = self._engine.execution_options(**{READ_ONLY: True}, isolation_level="AUTOCOMMIT")
        return aside.connect()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell in Chinese what the database refuses another library that uses it."""
        with told(self.address.where):
            yield

    def ask(self) -> None:
        """Raise StorageError when the database does not answer."""
        with self.read() as connection:
            connection.execute(sa.select(1))

    def has_table(self, name: str, schema: str) -> bool:
        """Whether another library has made a table of its own in this database."""
        with self.read() as connection:
            return sa.inspect(connection).has_table(name, schema)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def has_changes(connection: sa.Connection) -> bool:
    """Whether something was inserted, updated or deleted in a write transaction."""
    return bool(connection.info[_CHANGES])


def _count_change(
    connection: sa.Connection,
    _cursor: object,
    _statement: str,
    _parameters: object,
    context: ExecutionContext,
    _many: bool,  # noqa: FBT001 - the event's signature
) -> None:
    """Count what a transaction changes."""
    if context.isinsert or context.isupdate or context.isdelete:  # type: ignore[attr-defined]
        connection.info[_CHANGES] = connection.info.get(_CHANGES, 0) + 1


def open_database(home: Path, url: str = "") -> Database:
    """Open the database of a data directory, or of DATABASE_URL, creating or migrating it."""
    prepare_home(home)
    address = database_address(home, url)
    engine = make_engine(address)
    try:
        with told(address.where), engine.begin() as connection:
            migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, address)
