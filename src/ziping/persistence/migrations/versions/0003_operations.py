"""The audit log, the processes that work on jobs, and how often a model was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_REFUSED = "audit_log is append only"


def _texts(*names: str) -> list[sa.Column[object]]:
    """Return text columns that must be filled."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moment(name: str) -> sa.Column[object]:
    """Return a column of moments."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        _moment("at"),
        *_texts("by", "action"),
        sa.Column("report_id", sa.Integer, nullable=True),
        sa.Column("details", sa.JSON, nullable=False),
        *_texts("previous", "hash"),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    op.create_index("ix_audit_log_report_id", "audit_log", ["report_id"])
    _refuse_changes()
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("last_id", sa.Integer, nullable=False),
        *_texts("last_hash"),
    )
    op.bulk_insert(head, [{"id": 1, "last_id": 0, "last_hash": ""}])
    op.create_table(
        "processes",
        sa.Column("executor_id", sa.Text, primary_key=True),
        *_texts("kind", "host", "machine"),
        sa.Column("pid", sa.Integer, nullable=False),
        *_texts("born", "version"),
        _moment("started_at"),
        _moment("seen_at"),
    )
    op.create_table(
        "model_calls",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("outcome", sa.Text, primary_key=True),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.BigInteger, nullable=False),
    )


def _refuse_changes() -> None:
    """Let the database itself refuse to alter or remove what the audit log holds."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON audit_log EXECUTE FUNCTION audit_log_refuse()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_log_no_{change.lower()} BEFORE {change} ON audit_log "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )
