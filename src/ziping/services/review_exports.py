"""Word files of the review: with comments, and with tracked changes since an earlier state."""

from dataclasses import dataclass

from ziping.documents.word import write_word
from ziping.documents.word_comments import with_comments
from ziping.documents.word_revisions import Credit
from ziping.documents.word_tracked import Credits, write_tracked
from ziping.domain.access import Right
from ziping.domain.draft import SectionText
from ziping.domain.errors import NotFoundError
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage
from ziping.domain.stored import StoredReport
from ziping.domain.workflow import State, WorkflowStep
from ziping.persistence import reports as report_store
from ziping.persistence import reviews as review_store
from ziping.persistence import sections as section_store
from ziping.persistence import workflow as workflow_store
from ziping.review.story import step_words
from ziping.services.access import needs
from ziping.services.citing import citations_of
from ziping.services.packaging import WORD_MIME, ExportedFile, package_of, safe_name
from ziping.services.scored import score_report, title_of
from ziping.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of a report that the workflow recorded (历史状态)."""

    step: WorkflowStep

    @property
    def title(self) -> str:
        """Which one it is, in words without its moment."""
        return f"{self.step.by}{step_words(self.step)}时"


@needs(Right.READ)
def snapshots_of(workspace: Workspace, report_id: int) -> tuple[Snapshot, ...]:
    """Return the states that the report can be compared with, the newest first."""
    with workspace.read() as connection:
        steps = workflow_store.list_steps(connection, report_id)
    return tuple(Snapshot(one) for one in reversed(steps))


@needs(Right.READ)
def commented_word(workspace: Workspace, report_id: int) -> ExportedFile:
    """Return the report as Word with every comment at its place."""
    stored, texts = _stored(workspace, report_id)
    with workspace.read() as connection:
        comments = review_store.list_comments(connection, report_id)
    package = _package(workspace, stored, stored.report, stored.version, texts)
    data = with_comments(write_word(package), package, comments)
    return ExportedFile(_name(stored.report, "带批注"), data, WORD_MIME)


@needs(Right.READ)
def tracked_word(workspace: Workspace, report_id: int, step_id: int) -> ExportedFile:
    """Return the report as Word with tracked changes since a step of the workflow.

    Raises:
        NotFoundError: The report has no such step.
    """
    stored, texts = _stored(workspace, report_id)
    with workspace.read() as connection:
        steps = workflow_store.list_steps(connection, report_id)
        step = next((one for one in steps if one.id == step_id), None)
        if step is None:
            raise NotFoundError("没有这个历史状态", remedy="请从列表中选择")
        before = report_store.get_report_version(connection, report_id, step.report_version)
        history = section_store.every_section_version(connection, report_id)
        newest = section_store.newest_sections(connection, report_id)
    old_texts = {
        section_id: one.section
        for section_id, one in history
        if step.sections.get(section_id) == one.version
    }
    credits_ = Credits(
        Credit(stored.saved_by, stored.saved_at),
        {key: Credit(one.saved_by, one.saved_at) for key, one in newest.items()},
    )
    old = _package(workspace, stored, before, step.report_version, old_texts)
    new = _package(workspace, stored, stored.report, stored.version, texts)
    return ExportedFile(
        _name(stored.report, "修订稿"), write_tracked(old, new, credits_), WORD_MIME
    )


def _stored(workspace: Workspace, report_id: int) -> tuple[StoredReport, dict[str, SectionText]]:
    """Return a report with its newest texts."""
    with workspace.read() as connection:
        stored = report_store.get_report(connection, report_id)
        newest = section_store.newest_sections(connection, report_id)
    return stored, {key: one.section for key, one in newest.items()}


def _package(
    workspace: Workspace,
    stored: StoredReport,
    report: Report,
    version: int,
    texts: dict[str, SectionText],
) -> ReportPackage:
    """Return one version of a report, ready to be written."""
    scored = score_report(workspace.content, report)
    return package_of(
        scored,
        texts,
        status="定稿" if stored.state is State.FINAL else "送审稿",
        at=workspace.clock(),
        citations=citations_of(workspace.content, scored),
        version=version,
    )


def _name(report: Report, kind: str) -> str:
    """Return the name of a file."""
    return f"{safe_name(f'{title_of(report)}报告')}（{kind}）.docx"
