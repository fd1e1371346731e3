"""Bringing a database to a schema: to the newest one on opening, to an earlier one on restoring."""

from pathlib import Path

import sqlalchemy as sa

from ziping.domain.errors import StorageError

HEAD = "0007"
"""Newest migration; a test compares it with the scripts."""

MIGRATIONS = Path(__file__).parent / "migrations"


def schema_of(connection: sa.Connection) -> str:
    """Return which migration a database is at; blank: it has none of our tables."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(found or "")


def known_schemas() -> frozenset[str]:
    """Return every schema that this program can bring to the newest."""
    return frozenset(one.stem.partition("_")[0] for one in (MIGRATIONS / "versions").glob("0*.py"))


def migrate(connection: sa.Connection, to: str = HEAD) -> None:
    """Run the migrations that a database has not seen, inside the caller's transaction."""
    at = schema_of(connection)
    if at == to:
        return
    from alembic import command  # noqa: PLC0415 - needed once a version, slow to import
    from alembic.config import Config  # noqa: PLC0415 - as above
    from alembic.util import CommandError  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StorageError(
            "数据库是由更新版本的程序建立的，这个版本不认识",
            why=f"数据库结构为 {at}，本程序到 {HEAD}",
            remedy="请升级程序后再打开",
        ) from error
