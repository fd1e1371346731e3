"""Which unit a report belongs to, and who from outside is invited to it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let every report name its unit; those made without a login belong to none."""
    op.add_column("reports", sa.Column("owner_unit", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_reports_owner_unit", "reports", ["owner_unit"])
    op.create_table(
        "invitations",
        sa.Column("report_id", sa.Integer, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("login", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )
