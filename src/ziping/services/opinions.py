"""审核意见 of a reviewer on a report: gathering it and making its files."""

from collections.abc import Mapping
from dataclasses import dataclass

from ziping.documents.opinion_excel import write_opinion_excel
from ziping.documents.opinion_word import write_opinion_word
from ziping.domain.access import Right
from ziping.domain.draft import SectionText
from ziping.domain.findings import Severity
from ziping.domain.opinion import Opinion, OtherComparison
from ziping.domain.people import Role
from ziping.domain.reconciliation import Difference, ReconciledField
from ziping.domain.reviews import OwnFigures
from ziping.domain.stored import StoredReport
from ziping.domain.workflow import Action
from ziping.persistence import reports as report_store
from ziping.persistence import reviews as review_store
from ziping.persistence import sections as section_store
from ziping.persistence import workflow as workflow_store
from ziping.persistence.scoped import Scoped
from ziping.services.access import needs
from ziping.services.packaging import EXCEL_MIME, WORD_MIME, ExportedFile, safe_name
from ziping.services.reconciling import Comparison, compare_with_own
from ziping.services.scored import ScoredReport, score_report, title_of
from ziping.services.workspace import Workspace

_DECISIONS = (Action.APPROVE, Action.RETURN)


@dataclass(frozen=True, slots=True)
class Review:
    """A report as one reviewer sees it (审核)."""

    own: OwnFigures | None
    comparison: Comparison | None
    """None: there are no figures to compare, or they are still being filled blind."""


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A stored report, scored, with its texts and all reviewers' figures, the oldest first."""

    stored: StoredReport
    scored: ScoredReport
    texts: Mapping[str, SectionText]
    figures: tuple[OwnFigures, ...]

    def own(self, name: str) -> tuple[OwnFigures, ...]:
        """Return the versions of one reviewer's figures, the oldest first."""
        return tuple(one for one in self.figures if one.by == name)


@needs(Right.REVIEW)
def review_of(workspace: Workspace, report_id: int) -> Review:
    """Return a report held against a reviewer's own figures, unless these are filled blind."""
    with workspace.read() as connection:
        reviewed = _reviewed(workspace, connection, report_id)
    return _review(workspace, reviewed)


@needs(Right.REVIEW)
def opinion_of(workspace: Workspace, report_id: int) -> Opinion:
    """Return what the reviewer found, said and decided."""
    person = workspace.person
    with workspace.read() as connection:
        reviewed = _reviewed(workspace, connection, report_id)
        steps = workflow_store.list_steps(connection, report_id)
        comments = review_store.list_comments(connection, report_id)
    stored, scored = reviewed.stored, reviewed.scored
    review = _review(workspace, reviewed)
    own = reviewed.own(person.name)
    round_number = steps[-1].round if steps else 1
    this_round = tuple(one for one in steps if one.round == round_number)
    decisions = [one for one in this_round if one.by == person.name and one.action in _DECISIONS]
    comparison = review.comparison
    order = list(Severity)
    return Opinion(
        report_title=f"{title_of(stored.report)}报告",
        unit=stored.report.unit,
        fiscal_year=stored.report.fiscal_year,
        round=round_number,
        report_version=stored.version,
        state=stored.state,
        reviewer=person,
        role=decisions[-1].role if decisions else person.roles[0],
        at=workspace.clock(),
        decision=decisions[-1] if decisions else None,
        figures_origin=review.own.origin if review.own else "",
        is_blind=bool(own) and own[0].is_blind,
        counts=comparison.reconciliation.counts if comparison else dict.fromkeys(Difference, 0),
        differences=_stated_differences(comparison) if comparison else (),
        others=_others(workspace, reviewed, review),
        scores=comparison.scores if comparison else (),
        is_overlaid=comparison.is_overlaid if comparison else False,
        findings=tuple(sorted(scored.findings, key=lambda one: order.index(one.severity))),
        comments=comments,
        steps=this_round,
    )


def _reviewed(workspace: Workspace, connection: Scoped, report_id: int) -> _Reviewed:
    """Return a report with what reviewers hold against it."""
    stored = report_store.get_report(connection, report_id)
    newest = section_store.newest_sections(connection, report_id)
    return _Reviewed(
        stored=stored,
        scored=score_report(workspace.content, stored.report),
        texts={key: one.section for key, one in newest.items()},
        figures=review_store.list_own_figures(connection, report_id),
    )


def _review(workspace: Workspace, reviewed: _Reviewed) -> Review:
    """Return the report held against the person's figures, unless these are filled blind."""
    own = reviewed.own(workspace.person.name)
    if not own or own[-1].is_blind:
        return Review(own[-1] if own else None, None)
    return Review(own[-1], _compared(workspace, reviewed, own[-1]))


def _compared(workspace: Workspace, reviewed: _Reviewed, own: OwnFigures) -> Comparison:
    """Return a report held against one reviewer's figures."""
    return compare_with_own(workspace.content, reviewed.scored, reviewed.texts, own.figures)


def _stated_differences(comparison: Comparison) -> tuple[ReconciledField, ...]:
    """Return what differs among the figures that a reviewer stated."""
    return tuple(one for one in comparison.reconciliation.differences if one.missing != "right")


def _others(
    workspace: Workspace, reviewed: _Reviewed, review: Review
) -> tuple[OtherComparison, ...]:
    """Return what other reviewers' figures differ in; nothing for the blind and for outsiders."""
    person = workspace.person
    if person.has(frozenset({Role.EXTERNAL})) or (review.own is not None and review.own.is_blind):
        return ()
    newest = {one.by: one for one in reviewed.figures if one.by != person.name}
    found = []
    for one in newest.values():
        if not one.is_blind:
            comparison = _compared(workspace, reviewed, one)
            equal = comparison.reconciliation.counts[Difference.EQUAL]
            differing = _stated_differences(comparison)
            found.append(
                OtherComparison(by=one.by, role=one.role, equal=equal, differences=differing)
            )
    return tuple(found)


@needs(Right.REVIEW)
def opinion_word(workspace: Workspace, report_id: int) -> ExportedFile:
    """Return a reviewer's opinion as a Word file."""
    opinion = opinion_of(workspace, report_id)
    return ExportedFile(_name(opinion, "docx"), write_opinion_word(opinion), WORD_MIME)


@needs(Right.REVIEW)
def opinion_excel(workspace: Workspace, report_id: int) -> ExportedFile:
    """Return a reviewer's opinion as an Excel file."""
    opinion = opinion_of(workspace, report_id)
    return ExportedFile(_name(opinion, "xlsx"), write_opinion_excel(opinion), EXCEL_MIME)


def _name(opinion: Opinion, suffix: str) -> str:
    """Return the name of an opinion's file."""
    return f"{safe_name(f'{opinion.report_title}审核意见（{opinion.role}）')}.{suffix}"
