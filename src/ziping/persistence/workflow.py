"""Reading and writing the moves of a report, and who had a hand in it."""

from datetime import datetime

import sqlalchemy as sa

from ziping.domain.workflow import Action, WorkflowStep
from ziping.persistence.moments import aware
from ziping.persistence.reports import set_state
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import (
    comments,
    own_figures,
    report_versions,
    reports,
    section_versions,
    workflow_steps,
)


def insert_step(connection: Scoped, report_id: int, step: WorkflowStep) -> None:
    """Record a move and let the report stand where it leads."""
    connection.execute(
        workflow_steps.insert().values(
            report_id=report_id,
            round=step.round,
            action=step.action.value,
            start_state=step.start.value,
            end_state=step.end.value,
            role=step.role.value,
            reason=step.reason,
            report_version=step.report_version,
            sections=step.sections,
            saved_at=step.at,
            saved_by=step.by,
        )
    )
    set_state(connection, report_id, step.end)


def list_steps(connection: Scoped, report_id: int) -> tuple[WorkflowStep, ...]:
    """Return the moves of a report, the first one first."""
    query = (
        sa.select(workflow_steps)
        .where(workflow_steps.c.report_id == report_id)
        .order_by(workflow_steps.c.id)
    )
    return tuple(
        WorkflowStep(
            id=row["id"],
            round=row["round"],
            action=row["action"],
            start=row["start_state"],
            end=row["end_state"],
            role=row["role"],
            reason=row["reason"],
            report_version=row["report_version"],
            sections=row["sections"],
            at=aware(row["saved_at"]),
            by=row["saved_by"],
        )
        for row in connection.execute(query).mappings()
    )


def authors_since(connection: Scoped, report_id: int, since: datetime | None) -> frozenset[str]:
    """Return who saved figures or texts, or submitted, since a moment; None: since ever."""
    queries = [
        sa.select(table.c.saved_by)
        .where(table.c.report_id == report_id)
        .where(table.c.saved_at >= since if since else sa.true())
        for table in (report_versions, section_versions)
    ]
    queries.append(
        sa.select(workflow_steps.c.saved_by)
        .where(
            workflow_steps.c.report_id == report_id, workflow_steps.c.action == Action.SUBMIT.value
        )
        .where(workflow_steps.c.saved_at >= since if since else sa.true())
    )
    return frozenset(one for query in queries for one in connection.execute(query).scalars())


def known_people(connection: Scoped, report_id: int) -> frozenset[str]:
    """Return the names of everybody who left a trace on any report."""
    queries = [
        sa.select(table.c.saved_by) for table in (reports, workflow_steps, comments, own_figures)
    ]
    queries += [
        sa.select(table.c.saved_by).where(table.c.report_id == report_id)
        for table in (report_versions, section_versions)
    ]
    return frozenset(one for query in queries for one in connection.execute(query).scalars())
