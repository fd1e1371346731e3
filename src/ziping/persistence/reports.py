"""Reading and writing reports and their versions."""

import sqlalchemy as sa

from ziping.domain.errors import FrozenError
from ziping.domain.evaluation import Report
from ziping.domain.merge import Change
from ziping.domain.stored import ReportOverview, ReportVersion, Stamp, StoredReport
from ziping.domain.workflow import State
from ziping.persistence.moments import aware
from ziping.persistence.scoped import Scoped, not_found
from ziping.persistence.tables import report_versions, reports


def insert_report(  # noqa: PLR0913 - what is stored, of whom, by whom
    connection: Scoped,
    report: Report,
    *,
    state: State,
    overview: ReportOverview,
    stamp: Stamp,
    owner_unit: str = "",
) -> int:
    """Store a new report of a unit as its version 1 and return its id."""
    result = connection.execute(
        reports.insert().values(
            version=1,
            state=state.value,
            title=overview.title,
            overview=overview.model_dump(mode="json"),
            owner_unit=owner_unit,
            created_at=stamp.at,
            saved_at=stamp.at,
            saved_by=stamp.by,
        )
    )
    report_id = int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert has one
    stored = StoredReport(
        id=report_id, version=1, state=state, report=report, saved_at=stamp.at, saved_by=stamp.by
    )
    _insert_version(connection, stored, (), stamp.note)
    return report_id


def append_version(
    connection: Scoped,
    stored: StoredReport,
    overview: ReportOverview,
    changes: tuple[Change, ...],
    note: str,
) -> None:
    """Store `stored` as the next version of a report and make it the newest.

    Raises:
        FrozenError: The report is under review or final.
    """
    require_editable(connection, stored.id)
    _insert_version(connection, stored, changes, note)
    connection.execute(
        reports.update()
        .where(reports.c.id == stored.id)
        .values(
            version=stored.version,
            state=stored.state.value,
            title=overview.title,
            overview=overview.model_dump(mode="json"),
            saved_at=stored.saved_at,
            saved_by=stored.saved_by,
        )
    )


def _insert_version(
    connection: Scoped, stored: StoredReport, changes: tuple[Change, ...], note: str
) -> None:
    """Write one row of the history."""
    connection.execute(
        report_versions.insert().values(
            report_id=stored.id,
            version=stored.version,
            report=stored.report.model_dump(mode="json", exclude_defaults=True),
            changes=[change.model_dump() for change in changes],
            note=note,
            saved_at=stored.saved_at,
            saved_by=stored.saved_by,
        )
    )


def get_report(connection: Scoped, report_id: int) -> StoredReport:
    """Return the newest version of a report; NotFoundError when there is none."""
    query = (
        sa.select(reports, report_versions.c.report)
        .join(
            report_versions,
            sa.and_(
                report_versions.c.report_id == reports.c.id,
                report_versions.c.version == reports.c.version,
            ),
        )
        .where(reports.c.id == report_id)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise not_found()
    return StoredReport(
        id=row["id"],
        version=row["version"],
        state=row["state"],
        report=Report.model_validate(row["report"]),
        saved_at=aware(row["saved_at"]),
        saved_by=row["saved_by"],
    )


def get_state(connection: Scoped, report_id: int) -> State:
    """Return where a report stands; NotFoundError when there is none."""
    state = connection.execute(sa.select(reports.c.state).where(reports.c.id == report_id)).scalar()
    if state is None:
        raise not_found()
    return State(state)


def set_state(connection: Scoped, report_id: int, state: State) -> None:
    """Let a report stand somewhere else."""
    connection.execute(reports.update().where(reports.c.id == report_id).values(state=state.value))


def require_editable(connection: Scoped, report_id: int) -> None:
    """Raise FrozenError while a report is under review or final; every save passes here."""
    state = get_state(connection, report_id)
    if state.is_editable:
        return
    if state is State.FINAL:
        raise FrozenError(
            "报告已经定稿，不能再修改",
            remedy="确需修改，请由经办人在“审核”页点“重新起草”，写明原因，形成新的一版",
        )
    raise FrozenError(
        f"报告正在{state}，不能修改",
        remedy="请由经办人撤回，或由审核人退回以后再改",
    )


def get_report_version(connection: Scoped, report_id: int, version: int) -> Report:
    """Return one version of a report; NotFoundError when there is none."""
    query = sa.select(report_versions.c.report).where(
        report_versions.c.report_id == report_id, report_versions.c.version == version
    )
    data = connection.execute(query).scalar()
    if data is None:
        raise not_found()
    return Report.model_validate(data)


def list_reports(connection: Scoped) -> tuple[ReportOverview, ...]:
    """Return the overviews of all reports, the newest saved first."""
    query = sa.select(reports).order_by(reports.c.saved_at.desc(), reports.c.id.desc())
    return tuple(_overview(row) for row in connection.execute(query).mappings())


def list_unowned(connection: Scoped) -> tuple[ReportOverview, ...]:
    """Return the overviews of the reports that belong to no unit."""
    query = sa.select(reports).where(reports.c.owner_unit == "").order_by(reports.c.id)
    return tuple(_overview(row) for row in connection.execute(query).mappings())


def assign_unit(connection: Scoped, report_id: int, unit: str) -> None:
    """Give a report that belongs to no unit to one; NotFoundError when none waits for it."""
    waiting = sa.and_(reports.c.id == report_id, reports.c.owner_unit == "")
    if not connection.execute(reports.update().where(waiting).values(owner_unit=unit)).rowcount:
        raise not_found()


def count_reports(connection: Scoped) -> int:
    """Return how many reports there are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one())


def list_versions(connection: Scoped, report_id: int) -> tuple[ReportVersion, ...]:
    """Return the history of a report, the newest version first."""
    query = (
        sa.select(report_versions)
        .where(report_versions.c.report_id == report_id)
        .order_by(report_versions.c.version.desc())
    )
    return tuple(
        ReportVersion(
            version=row["version"],
            changes=tuple(Change.model_validate(change) for change in row["changes"]),
            note=row["note"],
            saved_at=aware(row["saved_at"]),
            saved_by=row["saved_by"],
        )
        for row in connection.execute(query).mappings()
    )


def _overview(row: sa.RowMapping) -> ReportOverview:
    """Return a row of the list of reports."""
    return ReportOverview.model_validate(
        {
            **row["overview"],
            "id": row["id"],
            "version": row["version"],
            "state": row["state"],
            "saved_at": aware(row["saved_at"]),
            "saved_by": row["saved_by"],
        }
    )
