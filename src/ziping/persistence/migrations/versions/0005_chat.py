"""The conversation about each report and what became of its proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _when() -> tuple[sa.Column[object], sa.Column[object]]:
    """Return the columns that say when and by whom a row was saved."""
    return (
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )


def _report_id() -> sa.Column[object]:
    """Return the key column that names the report."""
    return sa.Column("report_id", sa.Integer, sa.ForeignKey("reports.id"), primary_key=True)


def upgrade() -> None:
    """Create the conversation's tables."""
    op.create_table(
        "chat_turns",
        _report_id(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("reply", sa.JSON, nullable=True),
        *_when(),
    )
    op.create_table(
        "chat_patches",
        _report_id(),
        sa.Column("turn", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("decision", sa.JSON, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
    )
