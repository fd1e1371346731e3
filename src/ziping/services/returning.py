"""A Word file that came back after editing: read against what was exported, taken over in parts.

Nothing is changed until somebody takes a change over; then it is saved like any other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ziping.documents.manifest import input_hash
from ziping.documents.returned import Exported, exported_from, is_as_exported, read_returned
from ziping.domain.access import Right
from ziping.domain.draft import SectionText
from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.evaluation import FundRow, FundSource, Indicator, Objective, Report
from ziping.domain.fields import ORDER, flatten, project_key, unflatten
from ziping.domain.merge import FieldConflict
from ziping.domain.package import ReportPackage
from ziping.domain.reconciliation import Reconciliation
from ziping.domain.returned import ReturnedChange, ReturnedFile, ReturnedKind, WordComment
from ziping.domain.stored import StoredReport
from ziping.persistence import reports as report_store
from ziping.persistence import sections as section_store
from ziping.review.reconciling import reconcile
from ziping.services.access import needs
from ziping.services.citing import citations_of
from ziping.services.commenting import add_comment
from ziping.services.drafting import save_section
from ziping.services.packaging import package_of
from ziping.services.reconciling import with_computed
from ziping.services.reports import save_report
from ziping.services.returned_state import contradictions_of, taken_of
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

STORED, RETURNED = "系统中的报告", "Word 回稿"
"""What the two sides are called."""
_TABLE = frozenset({ReturnedKind.CELL, ReturnedKind.ROW_ADDED, ReturnedKind.ROW_REMOVED})
_ANOTHER = "这个文件不是从当前打开的报告导出的"


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back, and how it stands to the report as stored now (回稿)."""

    file: ReturnedFile
    reconciliation: Reconciliation
    """The stored figures against those of the file."""
    current: Mapping[str, str]
    """Text of each changed section as it is stored now, by section id."""
    moved_on: frozenset[str]
    """Sections that were changed here, too, since the file was exported."""
    taken: frozenset[str]
    """Ids of the changes that the report shows already."""
    contradictions: Mapping[str, tuple[str, ...]]
    """What a changed text newly says against the tables, its file's own included, by change id."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of taking changes over (采纳结果)."""

    count: int
    conflicts: tuple[FieldConflict, ...]
    """Cells that somebody changed here meanwhile; theirs stays until a person decides."""


@needs(Right.REVIEW)
def read_back(workspace: Workspace, report_id: int, data: bytes, file_name: str) -> Returned:
    """Return every change of a file that was exported from a report.

    Raises:
        InputError: It is no readable .docx, or was not exported from this report.
    """
    exported, package, stored = _package_of_export(workspace, report_id, data)
    found = read_returned(data, file_name, package)
    with workspace.read() as connection:
        newest = section_store.newest_sections(connection, report_id)
    ids = {one.section_id for one in found.changes if one.kind is ReturnedKind.TEXT}
    current = {key: newest[key].section.text if key in newest else "" for key in ids}
    moved_on = frozenset(
        key
        for key in ids
        if not is_as_exported(
            package, exported, key, newest[key].section if key in newest else None
        )
    )
    scored = score_report(workspace.content, stored.report)
    reconciliation = reconcile(
        with_computed(stored.report, scored.sheets),
        _as_returned(with_computed(package.report, package.sheets), found),
        workspace.content.lexicon(),
        titles=(STORED, RETURNED),
    )
    changes = found.changes
    tables = applied(
        stored.report, [one for one in changes if one.kind in _TABLE and one.can_be_taken]
    )
    return Returned(
        found,
        reconciliation,
        current,
        moved_on,
        taken_of(stored.report, current, changes),
        contradictions_of(workspace.content, tables, changes),
    )


def _package_of_export(
    workspace: Workspace, report_id: int, data: bytes
) -> tuple[Exported, ReportPackage, StoredReport]:
    """Return what a file was exported from, as it was, and the report as it is now."""
    exported = exported_from(data)
    with workspace.read() as connection:
        stored = report_store.get_report(connection, report_id)
        try:
            report = report_store.get_report_version(connection, report_id, exported.version)
        except NotFoundError:
            report = None
        history = section_store.every_section_version(connection, report_id)
    if report is None or input_hash(report) != exported.manifest.input_hash:
        raise InputError(
            _ANOTHER,
            why="文件里的导出记录与这份报告的各个版本都对不上",
            remedy="请打开导出这个文件的那份报告再上传",
        )
    scored = score_report(workspace.content, report)
    stated = [(one.id, one.heading) for one in exported.manifest.sections]
    if stated != [(one.id, one.heading) for one in scored.outline.sections]:
        raise InputError(
            "导出以后报告提纲改过，这个文件不能逐处读回",
            remedy="请重新导出一份，把改动誊到新文件上",
        )
    package = package_of(
        scored,
        {},
        status="定稿" if exported.manifest.status == "定稿" else "送审稿",
        at=workspace.clock(),
        citations=citations_of(workspace.content, scored),
        version=exported.version,
    )
    texts: dict[str, SectionText] = {}
    for section_id, version in history:
        if is_as_exported(package, exported, section_id, version.section):
            texts[section_id] = version.section
    return exported, package.model_copy(update={"sections": texts}), stored


def _as_returned(report: Report, found: ReturnedFile) -> Report:
    """Return a report as the tables of a file state it, computed cells included."""
    return applied(report, [one for one in found.changes if one.kind in _TABLE])


def applied(report: Report, changes: Collection[ReturnedChange]) -> Report:
    """Return a report with changes of its tables in it."""
    leaves = flatten(report)
    for change in changes:
        project = next((one for one in report.projects if one.id == change.project_id), None)
        if project is None:
            continue
        prefix = project_key(project.id)
        if change.kind is ReturnedKind.CELL:
            for path in change.paths:
                _make_room(leaves, prefix, path)
                leaves[f"{prefix}/{path}"] = change.new
        elif change.kind is ReturnedKind.ROW_REMOVED and change.paths:
            _take_out(leaves, f"{prefix}/indicators", change.paths[0].split("/")[1])
        elif change.kind is ReturnedKind.ROW_ADDED and change.paths:
            _put_in(leaves, f"{prefix}/indicators", change.paths[0].split("/")[1], change.cells)
    return unflatten(leaves)


def _make_room(leaves: dict[str, str], prefix: str, path: str) -> None:
    """Add the row of a cell that the form prints and the report does not hold."""
    parts = path.split("/")
    if len(parts) < 2 or parts[0] not in ("funds", "objectives"):  # noqa: PLR2004 - kind and key
        return
    order = f"{prefix}/{parts[0]}/{ORDER}"
    keys = leaves.get(order, "").split()
    if parts[1] in keys:
        return
    leaves[order] = " ".join([*keys, parts[1]])
    blank = (
        FundRow(source=FundSource(parts[1])) if parts[0] == "funds" else Objective()
    ).model_dump(mode="json")
    leaves |= {
        f"{prefix}/{parts[0]}/{parts[1]}/{key}": str(value) for key, value in _flat(blank).items()
    }


def _flat(record: Mapping[str, object], above: str = "") -> dict[str, str]:
    """Return the leaves of a dumped record that holds no lists."""
    leaves: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            leaves |= _flat(value, f"{above}{key}/")
        else:
            leaves[f"{above}{key}"] = str(value)
    return leaves


def _take_out(leaves: dict[str, str], where: str, key: str) -> None:
    """Take a row out of a list."""
    order = f"{where}/{ORDER}"
    leaves[order] = " ".join(one for one in leaves.get(order, "").split() if one != key)
    for path in [one for one in leaves if one.startswith(f"{where}/{key}/")]:
        del leaves[path]


def _put_in(leaves: dict[str, str], where: str, after: str, cells: Mapping[str, str]) -> None:
    """Put a new indicator behind another one, of whose levels it is unless it names its own."""
    order = f"{where}/{ORDER}"
    keys = leaves.get(order, "").split()
    key = next(f"i{n}" for n in range(1, len(keys) + 2) if f"i{n}" not in keys)
    at = keys.index(after) + 1 if after in keys else len(keys)
    leaves[order] = " ".join([*keys[:at], key, *keys[at:]])
    levels = {name: leaves.get(f"{where}/{after}/{name}", "") for name in ("level1", "level2")}
    line = Indicator(id=key).model_dump(mode="json", exclude={"evidence"})
    values = {**_flat(line), f"evidence/{ORDER}": "", **levels, **cells}
    leaves |= {f"{where}/{key}/{name}": text for name, text in values.items()}


@needs(Right.EDIT)
def take_over(
    workspace: Workspace, report_id: int, data: bytes, file_name: str, chosen: Collection[str]
) -> Taken:
    """Save the chosen changes of a file like any other change; those that cannot be are refused.

    Raises:
        InputError: A chosen change is not in the file, or cannot be taken over.
        FrozenError: The report is under review or final.
    """
    _, package, stored = _package_of_export(workspace, report_id, data)
    found = {one.id: one for one in read_returned(data, file_name, package).changes}
    changes = [_chosen(found, one) for one in chosen]
    note = f"采纳 Word 文件“{file_name}”中的改动"
    figures = [one for one in changes if one.kind in _TABLE]
    conflicts: tuple[FieldConflict, ...] = ()
    if figures:
        with workspace.read() as connection:
            report_store.require_editable(connection, report_id)
            base = report_store.get_report_version(connection, report_id, package.version)
        report = applied(base, figures)
        saved = save_report(workspace, report_id, report, base_version=package.version, note=note)
        conflicts = saved.conflicts
    for one in changes:
        if one.kind is ReturnedKind.TEXT:
            _save_text(workspace, stored.id, one, note)
    return Taken(len(changes), conflicts)


def _chosen(found: Mapping[str, ReturnedChange], change_id: str) -> ReturnedChange:
    """Return a change that can be taken over."""
    change = found.get(change_id)
    if change is None:
        raise InputError("文件里没有这处改动", remedy="请重新上传文件")
    if change.refusal:
        raise InputError(f"{change.place}不能直接采纳", why=change.refusal)
    return change


def _save_text(workspace: Workspace, report_id: int, change: ReturnedChange, note: str) -> None:
    """Save a section's text as its next version."""
    with workspace.read() as connection:
        history = section_store.list_section_versions(connection, report_id, change.section_id)
    base = history[0].version if history else 0
    save_section(workspace, report_id, change.section_id, change.new, base_version=base, note=note)


@needs(Right.REVIEW)
def take_comment(workspace: Workspace, report_id: int, comment: WordComment) -> int:
    """Keep a comment made in Word as one of ours, with its author's name in it."""
    text = f"{comment.text}\n（{comment.by or '未署名'}在 Word 中批注）"
    return add_comment(workspace, report_id, text, anchor=comment.anchor, quote=comment.quote)
