"""Connections to SQLite and to PostgreSQL, and how a transaction begins on each (数据库连接)."""

import sqlalchemy as sa
from sqlalchemy import event

from ziping.persistence.address import DatabaseAddress

WAIT_S = 30
"""Longest wait for another writer."""
READ_ONLY = "ziping_read_only"
"""Execution option of a connection that only reads."""
ASIDE = "ziping_aside"
"""Execution option of a connection that writes a counter or a heart-beat only."""
WRITERS_LOCK = 0x5A504C4F
"""Key of the advisory lock that writers of all processes take in turn; any fixed number does."""

_CONNECT_S = 5
_IDLE_S = 60
"""A process that hangs inside a transaction holds the others up no longer than this."""


def make_engine(address: DatabaseAddress) -> sa.Engine:
    """Return an engine whose errors never quote what people typed."""
    return _postgres(address) if address.is_postgres else _sqlite(address)


def _sqlite(address: DatabaseAddress) -> sa.Engine:
    """Return an engine over a file."""
    engine = sa.create_engine(
        address.url, connect_args={"timeout": WAIT_S}, pool_size=10, hide_parameters=True
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: object, _record: object) -> None:
    """Set WAL and full durability, and leave BEGIN to us."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3 attribute
    cursor = connection.cursor()  # type: ignore[attr-defined]  # sqlite3 method
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin writers with the write lock in hand, so that two never deadlock half way."""
    connection.exec_driver_sql("BEGIN" if _only_reads(connection) else "BEGIN IMMEDIATE")


def _postgres(address: DatabaseAddress) -> sa.Engine:
    """Return an engine over a server that may go away and come back."""
    engine = sa.create_engine(
        address.url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": _CONNECT_S,
            "application_name": "ziping",
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": WAIT_S * 1000,
        },
    )
    event.listen(engine, "connect", _configure_postgres)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _configure_postgres(connection: object, _record: object) -> None:
    """Bound every wait."""
    with connection.cursor() as cursor:  # type: ignore[attr-defined]  # psycopg method
        cursor.execute(f"SET lock_timeout = '{WAIT_S}s'")
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_S}s'")
    connection.commit()  # type: ignore[attr-defined]  # psycopg method


def _begin_postgres(connection: sa.Connection) -> None:
    """Let writers of all processes take turns, as SQLite does.

    What a use case read is then still true when it writes, and the audit log has one order. Each
    statement after the lock sees what the writer before has committed.
    """
    if not (_only_reads(connection) or connection.get_execution_options().get(ASIDE, False)):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")


def _only_reads(connection: sa.Connection) -> bool:
    """Whether a connection was opened for reading."""
    return bool(connection.get_execution_options().get(READ_ONLY, False))
