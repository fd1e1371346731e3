"""Reports with their versions, texts, overrides and Word templates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


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
    """Create the first schema."""
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("overview", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_when(),
    )
    op.create_table(
        "report_versions",
        _report_id(),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        *_when(),
    )
    op.create_table(
        "section_versions",
        _report_id(),
        sa.Column("section_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("section", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        *_when(),
    )
    op.create_table(
        "overrides",
        _report_id(),
        sa.Column("finding_id", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        *_when(),
    )
    op.create_table(
        "word_templates",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        *_when(),
    )
