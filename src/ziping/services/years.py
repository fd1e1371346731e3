"""This year beside last year's, as pages show it (上年比较)."""

from dataclasses import dataclass
from decimal import Decimal

from ziping.content.library import Content
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.numbers import plain, read_number
from ziping.domain.scores import ScoreSheet
from ziping.domain.year_change import YearChange, year_changes
from ziping.services.scored import ScoredReport


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A figure of both years with its title (比较行)."""

    title: str
    change: YearChange
    is_large: bool
    """Whether the rule set asks for a reason."""


@dataclass(frozen=True, slots=True)
class ComparedPoints:
    """Points of a line in both years (得分比较)."""

    title: str
    last: str
    now: str
    """Blank while undetermined."""
    change: Decimal | None


def compared_lines(
    content: Content, scored: ScoredReport, evaluation: SelfEvaluation, sheet: ScoreSheet
) -> tuple[ComparedLine, ...]:
    """Return every figure both years state; none for a new project."""
    rule = scored.choice.rule_set.year_change
    names = {one.id: one.level3.strip() or one.level2.strip() for one in evaluation.indicators}
    found = year_changes(evaluation, scored.report.fiscal_year, content.lexicon(), sheet.total)
    return tuple(
        ComparedLine(
            title=" · ".join(
                part for part in (names.get(one.indicator_id, ""), one.of.value) if part
            ),
            change=one,
            is_large=bool(rule)
            and one.change is not None
            and abs(one.change) >= (rule.threshold if rule else Decimal(0)),
        )
        for one in found
    )


def compared_points(evaluation: SelfEvaluation, sheet: ScoreSheet) -> tuple[ComparedPoints, ...]:
    """Return the points of each line in both years, the total last; none for a new project."""
    pairs = [
        (one.level3.strip() or one.level2.strip(), one.previous.points, _points(sheet, one.id))
        for one in evaluation.indicators
        if one.previous.points.strip()
    ]
    if evaluation.previous.total.strip():
        pairs.append(("总分", evaluation.previous.total, sheet.total))
    found = []
    for title, last, now in pairs:
        before = read_number(last).value
        change = None if before is None or now is None else now - before
        found.append(ComparedPoints(title, last, "" if now is None else plain(now), change))
    return tuple(found)


def _points(sheet: ScoreSheet, line_id: str) -> Decimal | None:
    line = sheet.line(line_id)
    return line.points if line is not None else None
