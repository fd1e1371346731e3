"""Which database is meant: a SQLite file, or PostgreSQL by DATABASE_URL (数据库地址)."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from ziping.domain.errors import StorageError

FILE_NAME = "ziping.db"
_DRIVER = "postgresql+psycopg"
_SCHEMES = frozenset({"postgres", "postgresql", _DRIVER})
_PORT = 5432


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where the data lie (数据库地址); its text and representation never show a password."""

    url: sa.URL
    where: str
    """As people read it: the file, or PostgreSQL's host, port and database."""

    @property
    def is_postgres(self) -> bool:
        """Whether it is a PostgreSQL server."""
        return self.url.drivername == _DRIVER

    @property
    def is_on_this_machine(self) -> bool:
        """Whether nothing has to go over a network."""
        host = self.url.host or ""
        return not self.is_postgres or host in {"", "localhost", "127.0.0.1", "::1"}

    def secret_text(self) -> str:
        """Return the whole address with its password, for libraries that want a text."""
        return self.url.render_as_string(hide_password=False)


def database_address(home: Path, url: str = "") -> DatabaseAddress:
    """Return the address of DATABASE_URL; blank: the SQLite file in the data directory."""
    if not url:
        path = home / FILE_NAME
        return DatabaseAddress(sa.URL.create("sqlite", database=str(path)), str(path))
    try:
        parsed = sa.make_url(url)
        port = parsed.port or _PORT
    except (ArgumentError, ValueError):
        raise _not_understood() from None  # the cause would quote the address
    if parsed.drivername not in _SCHEMES or not parsed.database:
        raise _not_understood()
    where = f"PostgreSQL {parsed.host or '本机'}:{port}/{parsed.database}"
    return DatabaseAddress(parsed.set(drivername=_DRIVER), where)


def _not_understood() -> StorageError:
    """Return the refusal of an address; it is not quoted, since it may hold a password."""
    return StorageError(
        "DATABASE_URL 写得不对",
        remedy="应写成 postgresql://用户:密码@主机:5432/数据库名，密码里的特殊字符按网址规则转义"
        "（如 @ 写成 %40）；不用 PostgreSQL 时请不要设置它",
    )
