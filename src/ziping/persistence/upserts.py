"""Inserting a row, or changing the one that is there, in one statement on either database."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: sa.Connection,
    table: sa.Table,
    row: Mapping[str, object],
    changes: Mapping[str, object],
) -> None:
    """Insert a row; where one of its key is there, make the changes to that one."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes)
    )
