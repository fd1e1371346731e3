"""Review: the moves of a report, comments, and figures of reviewers' own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _texts(*names: str) -> list[sa.Column[object]]:
    """Return text columns that must be filled."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _report_id() -> sa.Column[object]:
    """Return the column that names the report."""
    return sa.Column(
        "report_id", sa.Integer, sa.ForeignKey("reports.id"), nullable=False, index=True
    )


def _when() -> tuple[sa.Column[object], sa.Column[object]]:
    """Return the columns that say when and by whom a row was saved."""
    return (
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )


def upgrade() -> None:
    """Create the tables of the review."""
    op.create_table(
        "workflow_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        _report_id(),
        sa.Column("round", sa.Integer, nullable=False),
        *_texts("action", "start_state", "end_state", "role", "reason"),
        sa.Column("report_version", sa.Integer, nullable=False),
        sa.Column("sections", sa.JSON, nullable=False),
        *_when(),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, primary_key=True),
        _report_id(),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("comments.id")),
        *_texts("kind", "anchor", "place", "quote", "text", "role"),
        sa.Column("report_version", sa.Integer, nullable=False),
        *_when(),
    )
    op.create_table(
        "own_figures",
        sa.Column("id", sa.Integer, primary_key=True),
        _report_id(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        *_texts("origin", "role"),
        sa.Column("is_blind", sa.Boolean, nullable=False),
        *_when(),
        sa.UniqueConstraint("report_id", "saved_by", "version"),
    )
