"""A report held against other figures: a reviewer's own, or another file (数据比对)."""

from collections.abc import Mapping
from dataclasses import dataclass

from ziping.content.library import Content
from ziping.domain.draft import SectionText
from ziping.domain.evaluation import (
    FundSource,
    PrintedEvaluation,
    PrintedFund,
    PrintedIndicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.reconciliation import Reconciliation, ScorePair
from ziping.domain.scores import ScoreSheet
from ziping.review.overlay import overlaid
from ziping.review.reconciling import reconcile
from ziping.review.scores import score_pairs
from ziping.services.printed import corrected
from ziping.services.scored import ScoredReport, score_report
from ziping.services.statements import statements_of

DRAFT, MINE = "草稿", "我的数据"
"""What the two sides are called on 审核."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report and other figures, field by field and score by score (比对结果)."""

    reconciliation: Reconciliation
    scores: tuple[ScorePair, ...]
    is_overlaid: bool
    """Whether the other side is not complete, and was scored over the report's own figures."""


def compare_with_own(
    content: Content, scored: ScoredReport, sections: Mapping[str, SectionText], own: Report
) -> Comparison:
    """Return a scored report held against a reviewer's own figures.

    The report's results are those the rules give, as its exported table prints them; the
    reviewer's are those they state.
    """
    reconciliation = reconcile(
        with_computed(scored.report, scored.sheets),
        own,
        content.lexicon(),
        titles=(DRAFT, MINE),
        statements=statements_of(content, scored, sections),
    )
    other = score_report(content, own)
    is_complete = bool(other.sheets) and all(one.total is not None for one in other.sheets)
    if not is_complete:
        other = score_report(content, overlaid(scored.report, own))
    return Comparison(
        reconciliation,
        score_pairs(scored.report, scored.sheets, other.report, other.sheets),
        is_overlaid=not is_complete,
    )


def compare_reports(
    content: Content, left: ScoredReport, right: ScoredReport, titles: tuple[str, str]
) -> Comparison:
    """Return two scored reports held against each other.

    Results that a side states are taken as stated, the others as the rules give them.
    """
    reconciliation = reconcile(
        with_stated(left.report, left.sheets),
        with_stated(right.report, right.sheets),
        content.lexicon(),
        titles=titles,
    )
    scores = score_pairs(left.report, left.sheets, right.report, right.sheets)
    return Comparison(reconciliation, scores, is_overlaid=False)


def with_computed(report: Report, sheets: tuple[ScoreSheet, ...]) -> Report:
    """Return a report whose table shows the results that the rules give."""
    projects = tuple(
        corrected(one, sheet) for one, sheet in zip(report.projects, sheets, strict=True)
    )
    return report.model_copy(update={"projects": projects})


def with_stated(report: Report, sheets: tuple[ScoreSheet, ...]) -> Report:
    """Return a report whose table shows the results it states, the computed ones in the gaps."""
    computed = with_computed(report, sheets)
    projects = tuple(
        _filled(one, other) for one, other in zip(report.projects, computed.projects, strict=True)
    )
    return report.model_copy(update={"projects": projects})


def _filled(project: SelfEvaluation, computed: SelfEvaluation) -> SelfEvaluation:
    """Return a project whose blank results are filled from the computed ones."""
    funds = tuple(
        row
        if row.source is not FundSource.TOTAL
        else row.model_copy(
            update={
                "printed": PrintedFund(
                    weight=row.printed.weight or other.printed.weight,
                    rate=row.printed.rate or other.printed.rate,
                    points=row.printed.points or other.printed.points,
                )
            }
        )
        for row, other in zip(project.funds, computed.funds, strict=True)
    )
    indicators = tuple(
        line.model_copy(
            update={
                "printed": PrintedIndicator(
                    points=line.printed.points or other.printed.points,
                    completion=line.printed.completion,
                    method=line.printed.method,
                )
            }
        )
        for line, other in zip(project.indicators, computed.indicators, strict=True)
    )
    printed = PrintedEvaluation(
        total=project.printed.total or computed.printed.total,
        grade=project.printed.grade or computed.printed.grade,
    )
    return project.model_copy(update={"funds": funds, "indicators": indicators, "printed": printed})
