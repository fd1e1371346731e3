"""Originals of the policy library with their clauses, and who compared digests with them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _texts(*names: str) -> list[sa.Column[object]]:
    """Return text columns that must be filled."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _when() -> tuple[sa.Column[object], sa.Column[object]]:
    """Return the columns that say when and by whom a row was saved."""
    return (
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )


def upgrade() -> None:
    """Create the library's tables."""
    op.create_table(
        "originals",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts("title", "number", "issuer", "date", "status", "jurisdiction", "file_name"),
        sa.Column("file_hash", sa.Text, nullable=False, unique=True),
        sa.Column("clause_count", sa.Integer, nullable=False),
        *_when(),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "original_clauses",
        sa.Column("original_id", sa.Integer, sa.ForeignKey("originals.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *_texts("article", "title", "text"),
        sa.Column("page", sa.Integer, nullable=False),
    )
    op.create_table(
        "digest_checks",
        sa.Column("id", sa.Integer, primary_key=True),
        *_texts("digest_id", "digest_hash", "original_id", "original_title"),
        sa.Column("articles", sa.JSON, nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
        *_texts("note"),
        *_when(),
    )
    state = op.create_table(
        "library_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "revision": 0}])
