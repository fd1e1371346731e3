"""Opening the database, its transactions, and its errors told in Chinese."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from ziping.domain.errors import StorageError
from ziping.persistence.location import prepare_home

HEAD = "0004"
"""Newest migration; a test compares it with the scripts."""

FILE_NAME = "ziping.db"
_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_S = 30

_REASONS = {
    "database or disk is full": (
        "磁盘已满，未能保存",
        "请清理磁盘后再点一次保存；已输入的内容仍在页面上",
    ),
    "attempt to write a readonly database": (
        "数据库是只读的，未能保存",
        "请检查数据目录的写入权限",
    ),
    "database is locked": ("数据库正被其他程序占用，未能保存", "请稍候重试"),
    "unable to open database file": ("打不开数据库文件", "请检查数据目录是否存在、能否写入"),
    "file is not a database": ("数据文件已损坏或不是本系统的数据库", "请从备份恢复该文件"),
    "malformed": ("数据文件已损坏", "请从备份恢复该文件"),
    "disk i/o error": ("读写磁盘出错，未能保存", "请检查磁盘后重试"),
}


class Database:
    """A database that is open and at the newest schema."""

    def __init__(self, engine: sa.Engine, where: str) -> None:
        """Keep the engine; `where` is told in error messages."""
        self._engine = engine
        self._where = where

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Yield a connection inside one write transaction; all of it is kept, or nothing."""
        with _told(self._where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Yield a connection inside a read transaction, which never waits for writers."""
        reader = self._engine.execution_options(ziping_read_only=True)
        with _told(self._where), reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def open_database(home: Path) -> Database:
    """Open the database under a directory, creating or migrating it as needed."""
    prepare_home(home)
    path = home / FILE_NAME
    engine = sa.create_engine(
        f"sqlite:///{path}", connect_args={"timeout": _BUSY_TIMEOUT_S}, pool_size=10
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin)
    with _told(str(path)):
        _migrate(engine)
    return Database(engine, str(path))


def _configure_sqlite(connection: object, _record: object) -> None:
    """Set WAL and full durability, and leave BEGIN to us."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3 attribute
    cursor = connection.cursor()  # type: ignore[attr-defined]  # sqlite3 method
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """Begin writers with the write lock in hand, so that two never deadlock half way."""
    read_only = connection.get_execution_options().get("ziping_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _migrate(engine: sa.Engine) -> None:
    """Run the migrations that the database has not seen."""
    with engine.begin() as connection:
        if sa.inspect(connection).has_table("alembic_version"):
            at = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            if at == HEAD:
                return
        from alembic import command  # noqa: PLC0415 - needed once a version, slow to import
        from alembic.config import Config  # noqa: PLC0415 - as above

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Tell a failure of the database in Chinese, with what to do."""
    try:
        yield
    except DatabaseError as error:
        text = str(error.orig).lower()
        for known, (what, remedy) in _REASONS.items():
            if known in text:
                raise StorageError(what, where=where, remedy=remedy) from error
        raise
