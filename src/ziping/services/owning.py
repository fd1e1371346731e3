"""Reports made before a login was set up belong to no unit until somebody says so (报告归属)."""

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.errors import InputError
from ziping.domain.stored import ReportOverview
from ziping.persistence import reports as store
from ziping.services.access import needs
from ziping.services.workspace import Workspace


@needs(Right.MANAGE)
def unowned_reports(workspace: Workspace) -> tuple[ReportOverview, ...]:
    """Return the reports that belong to no unit, which nobody with a login finds."""
    with workspace.read(Right.MANAGE) as connection:
        return store.list_unowned(connection)


@needs(Right.MANAGE)
def assign_unit(workspace: Workspace, report_id: int, unit: str) -> None:
    """Give a report that belongs to no unit to one; it is never given on.

    Raises:
        InputError: The unit is blank.
        NotFoundError: No such report waits for a unit.
    """
    if not unit.strip():
        raise InputError("没有写单位", remedy="请写单位的全称，与人员登记的一致")
    with workspace.write(Right.MANAGE) as work:
        store.assign_unit(work.rows, report_id, unit.strip())
        work.record(AuditAction.ASSIGN_UNIT, report_id, unit=unit.strip())
