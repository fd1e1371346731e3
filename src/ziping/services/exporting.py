"""Preflight, Word and Excel files, and verifying a file."""

import io
import zipfile
from dataclasses import dataclass
from hashlib import sha256

from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.draft import SectionText
from ziping.domain.errors import InputError
from ziping.domain.findings import Finding, Severity
from ziping.domain.package import ReportPackage
from ziping.domain.stored import Override, StoredReport, WordTemplate
from ziping.domain.workflow import State
from ziping.persistence import reports as report_store
from ziping.persistence import sections as store
from ziping.services.access import needs
from ziping.services.citing import citations_of
from ziping.services.drafted import placeholders
from ziping.services.importing import load_example
from ziping.services.packaging import (
    EXCEL_MIME,
    WORD_MIME,
    ZIP_MIME,
    ExportedFile,
    Status,
    name_of,
    package_of,
)
from ziping.services.scored import ScoredReport, score_report
from ziping.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Preflight:
    """What stands between a report and 定稿 (导出前检查)."""

    errors: tuple[Finding, ...]
    """Findings of severity 错误 that nobody has overridden as they stand."""
    overridden: tuple[tuple[Finding, Override], ...]
    lapsed: frozenset[str]
    """Ids of errors that were overridden before their figures changed."""
    placeholders: tuple[tuple[str, str], ...]
    """(section heading, 【待补充：…】) left in the texts."""
    undrafted: tuple[str, ...]
    """Headings of sections without a text."""

    @property
    def can_be_final(self) -> bool:
        """Whether 定稿 may be exported."""
        return not self.errors


@needs(Right.READ)
def preflight(workspace: Workspace, report_id: int) -> Preflight:
    """Return what stands between a stored report and 定稿."""
    _, scored, sections, overrides = _loaded(workspace, report_id)
    errors = [one for one in scored.findings if one.severity is Severity.ERROR]
    written = [one for one in scored.outline.sections if one.fallback]
    return Preflight(
        errors=tuple(one for one in errors if _override_key(one) not in overrides),
        overridden=tuple(
            (one, overrides[key]) for one in errors if (key := _override_key(one)) in overrides
        ),
        lapsed=frozenset(
            one.id
            for one in errors
            if _override_key(one) not in overrides
            and any(key.startswith(f"{one.id}@") for key in overrides)
        ),
        placeholders=placeholders(scored, sections),
        undrafted=tuple(one.heading for one in written if one.id not in sections),
    )


@needs(Right.DECIDE)
def override_finding(workspace: Workspace, report_id: int, finding: Finding, reason: str) -> None:
    """Record why a finding does not hold 定稿 back; a blank reason takes it back.

    The override holds for the finding as it stands: with other figures in it, it lapses.
    """
    key = _override_key(finding)
    why = reason.strip()
    done = AuditAction.OVERRIDE_FINDING if why else AuditAction.WITHDRAW_OVERRIDE
    with workspace.write() as work:
        if report_store.get_state(work.rows, report_id) is State.FINAL:
            report_store.require_editable(work.rows, report_id)
        store.put_override(work.rows, report_id, key, work.stamp(why))
        work.record(done, report_id, finding=finding.id)


def _override_key(finding: Finding) -> str:
    """Return what an override is kept under: the finding and the figures in its message."""
    return f"{finding.id}@{sha256(finding.message.encode()).hexdigest()[:16]}"


@needs(Right.READ)
def export_word(
    workspace: Workspace, report_id: int, *, status: Status, template: str = ""
) -> ExportedFile:
    """Return the report as a Word file, on a unit's own template when one is named."""
    base = None
    if template:
        with workspace.database.read() as connection:
            base = store.get_word_template(connection, template)
        if base is None:
            raise InputError(f"没有名为 {template} 的底稿", remedy="请在设置中上传，或改用系统版式")
    package = _package(workspace, report_id, status)
    return ExportedFile(name_of(package, "docx"), write_word(package, base=base), WORD_MIME)


@needs(Right.READ)
def export_excel(workspace: Workspace, report_id: int, *, status: Status) -> ExportedFile:
    """Return the tables of the report as an Excel file."""
    package = _package(workspace, report_id, status)
    return ExportedFile(name_of(package, "xlsx"), write_excel(package), EXCEL_MIME)


@needs(Right.READ)
def export_zip(
    workspace: Workspace, report_id: int, *, status: Status, template: str = ""
) -> ExportedFile:
    """Return Word and Excel together."""
    files = (
        export_word(workspace, report_id, status=status, template=template),
        export_excel(workspace, report_id, status=status),
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            archive.writestr(one.name, one.data)
    name = files[0].name.removesuffix(".docx") + ".zip"
    return ExportedFile(name, buffer.getvalue(), ZIP_MIME)


@needs(Right.MANAGE)
def add_word_template(workspace: Workspace, name: str, data: bytes) -> None:
    """Keep a unit's own Word file as a base; InputError when it cannot serve as one."""
    scored = score_report(workspace.content, load_example(workspace.content))
    package = package_of(scored, {}, status="送审稿", at=workspace.clock())
    write_word(package, base=data)
    with workspace.write() as work:
        store.put_word_template(work.connection, name, data, work.stamp("上传底稿"))
        work.record(AuditAction.ADD_WORD_TEMPLATE, bytes=len(data))


@needs(Right.MANAGE)
def delete_word_template(workspace: Workspace, name: str) -> None:
    """Take a Word base away."""
    with workspace.write() as work:
        store.delete_word_template(work.connection, name)
        work.record(AuditAction.DELETE_WORD_TEMPLATE)


@needs(Right.USE)
def list_word_templates(workspace: Workspace) -> tuple[WordTemplate, ...]:
    """Return the Word bases that were added."""
    with workspace.database.read() as connection:
        return store.list_word_templates(connection)


def _package(workspace: Workspace, report_id: int, status: Status) -> ReportPackage:
    """Return the package of a stored report; InputError when 定稿 is held back."""
    stored, scored, sections, _ = _loaded(workspace, report_id)
    if status == "定稿":
        held = preflight(workspace, report_id).errors
        if held:
            raise InputError(
                f"还有 {len(held)} 处错误，不能导出定稿",
                why="；".join(one.title for one in held[:3]),
                remedy="请逐条更正或写明放行理由，也可以先导出送审稿",
            )
    return package_of(
        scored,
        sections,
        status=status,
        at=workspace.clock(),
        citations=citations_of(workspace.content, scored),
        version=stored.version,
    )


def _loaded(
    workspace: Workspace, report_id: int
) -> tuple[StoredReport, ScoredReport, dict[str, SectionText], dict[str, Override]]:
    """Return a stored report with its scores, texts and overrides."""
    with workspace.read() as connection:
        stored = report_store.get_report(connection, report_id)
        newest = store.newest_sections(connection, report_id)
        overrides = store.list_overrides(connection, report_id)
    scored = score_report(workspace.content, stored.report)
    return stored, scored, {key: one.section for key, one in newest.items()}, overrides
