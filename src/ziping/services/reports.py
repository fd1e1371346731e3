"""Opening, saving and the history of reports."""

from dataclasses import dataclass

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.evaluation import (
    FundRow,
    FundSource,
    Indicator,
    Objective,
    Report,
    SelfEvaluation,
)
from ziping.domain.fields import flatten, refuse_overlong
from ziping.domain.merge import Change, FieldConflict, Merge, merge
from ziping.domain.stored import ReportOverview, ReportVersion, StoredReport
from ziping.domain.workflow import State
from ziping.persistence import reports as store
from ziping.services.access import needs
from ziping.services.importing import load_example
from ziping.services.scored import overview, score_report
from ziping.services.workspace import UnitOfWork, Workspace


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of a save (保存结果)."""

    stored: StoredReport
    changes: tuple[Change, ...]
    """Fields that were saved."""
    conflicts: tuple[FieldConflict, ...]
    """Fields that somebody else changed meanwhile; theirs stays until a person decides."""


def blank_project(project_id: str = "p1", unit: str = "") -> SelfEvaluation:
    """Return an empty self-evaluation with the rows of the national form."""
    sources = (FundSource.TOTAL, FundSource.APPROPRIATION, FundSource.CARRYOVER, FundSource.OTHER)
    levels = (
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
    )
    return SelfEvaluation(
        id=project_id,
        implementing_unit=unit,
        funds=tuple(FundRow(source=source) for source in sources),
        objectives=(Objective(),),
        indicators=tuple(
            Indicator(id=f"i{number}", level1=level1, level2=level2)
            for number, (level1, level2) in enumerate(levels, 1)
        ),
    )


@needs(Right.EDIT)
def create_report(workspace: Workspace, report: Report, *, note: str = "新建") -> int:
    """Store a new report and return its id."""
    refuse_overlong(flatten(report), report)
    line = overview(score_report(workspace.content, report))
    with workspace.write() as work:
        report_id = store.insert_report(
            work.rows,
            report,
            state=State.DRAFTING,
            overview=line,
            stamp=work.stamp(note),
            owner_unit=workspace.person.unit,
        )
        work.record(AuditAction.CREATE_REPORT, report_id)
    return report_id


@needs(Right.EDIT)
def create_example(workspace: Workspace) -> int:
    """Store a fresh copy of the worked example and return its id."""
    return create_report(workspace, load_example(workspace.content), note="打开示例")


@needs(Right.READ)
def open_report(workspace: Workspace, report_id: int) -> StoredReport:
    """Return the newest version of a report; NotFoundError when there is none."""
    with workspace.read() as connection:
        return store.get_report(connection, report_id)


@needs(Right.EDIT)
def open_editable(workspace: Workspace, report_id: int) -> StoredReport:
    """Return a report that may be changed; FrozenError while it is under review or final."""
    with workspace.read() as connection:
        store.require_editable(connection, report_id)
        return store.get_report(connection, report_id)


@needs(Right.READ)
def list_reports(workspace: Workspace) -> tuple[ReportOverview, ...]:
    """Return the overviews of all reports, the newest saved first."""
    with workspace.read() as connection:
        return store.list_reports(connection)


@needs(Right.READ)
def report_history(workspace: Workspace, report_id: int) -> tuple[ReportVersion, ...]:
    """Return every version of a report, the newest first."""
    with workspace.read() as connection:
        return store.list_versions(connection, report_id)


@needs(Right.READ)
def report_at(workspace: Workspace, report_id: int, version: int) -> Report:
    """Return a report as it was at one version."""
    with workspace.read() as connection:
        return store.get_report_version(connection, report_id, version)


@needs(Right.EDIT)
def save_report(
    workspace: Workspace, report_id: int, report: Report, *, base_version: int, note: str = ""
) -> SaveResult:
    """Save the changes made since `base_version`, next to what others saved meanwhile.

    Where somebody else changed the same field, theirs stays, the conflict is returned, and the
    text that was not taken is kept in the history.
    """
    refuse_overlong(flatten(report), report)
    wanted = _wanted(workspace, report, note, AuditAction.SAVE_REPORT)
    with workspace.write() as work:
        return _saved(work, report_id, wanted, base_version)


@needs(Right.EDIT)
def restore_report(workspace: Workspace, report_id: int, version: int) -> SaveResult:
    """Make an earlier version the newest one again; the versions between are kept."""
    current = open_report(workspace, report_id)
    earlier = report_at(workspace, report_id, version)
    wanted = _wanted(workspace, earlier, f"恢复到第{version}版", AuditAction.RESTORE_REPORT)
    with workspace.write() as work:
        return _saved(work, report_id, wanted, current.version)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A report to be saved, why, and as what it is recorded."""

    report: Report
    line: ReportOverview
    note: str
    action: AuditAction


def _wanted(workspace: Workspace, report: Report, note: str, action: AuditAction) -> _Wanted:
    """Return a report scored before the writer's turn, which all others wait for."""
    return _Wanted(report, overview(score_report(workspace.content, report)), note, action)


def _saved(work: UnitOfWork, report_id: int, wanted: _Wanted, base_version: int) -> SaveResult:
    """Merge a report into the newest version and return what became of it."""
    stored = store.get_report(work.rows, report_id)
    base = stored.report
    if base_version != stored.version:
        base = store.get_report_version(work.rows, report_id, base_version)
    merged = merge(base, wanted.report, stored.report)
    if merged.changes or merged.conflicts:
        stored = _append(work, stored, merged, wanted)
        work.record(
            wanted.action,
            report_id,
            version=stored.version,
            fields=len(merged.changes),
            conflicts=len(merged.conflicts),
        )
    return SaveResult(stored=stored, changes=merged.changes, conflicts=merged.conflicts)


def _append(work: UnitOfWork, stored: StoredReport, merged: Merge, wanted: _Wanted) -> StoredReport:
    """Store a merge as the next version and return it."""
    stamp = work.stamp()
    newer = stored.model_copy(
        update={
            "version": stored.version + 1,
            "report": merged.report,
            "saved_at": stamp.at,
            "saved_by": stamp.by,
        }
    )
    line = wanted.line
    if merged.report != wanted.report:
        line = overview(score_report(work.workspace.content, merged.report))
    lost = "；".join(f"{one.label}：{one.mine}" for one in merged.conflicts)
    told = "；".join(
        part for part in (wanted.note, lost and f"与他人修改冲突，未采用：{lost}") if part
    )
    store.append_version(work.rows, newer, line, merged.changes, told)
    return newer
