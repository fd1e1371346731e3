"""Puts an outcome into the line people see, with its trace (一行得分)."""

from decimal import Decimal

from ziping.domain.evaluation import Indicator
from ziping.domain.rules import CERTAINTY_TITLES, RuleSet
from ziping.domain.scores import LineKind, LineScore, LineStatus, Trace
from ziping.scoring.outcome import Outcome

_ZERO = Decimal(0)
_NOT_APPLICABLE = "本行填写为不适用，不设分值，不参与计分。"


def line_score(
    line: Indicator, level1: str, weight: Decimal | None, outcome: Outcome, *, line_id: str = ""
) -> LineScore:
    """Return the line: the person's points where they stand, else the rule's."""
    points = points_that_count(outcome)
    is_determined = points is not None
    low = high = points if points is not None else _ZERO
    if not is_determined:
        low = outcome.low if outcome.low is not None else _ZERO
        high = outcome.high if outcome.high is not None else weight or _ZERO
    return LineScore(
        id=line_id or line.id,
        row_id=line.id if line_id and line_id != line.id else "",
        level1=level1,
        level2=line.level2,
        level3=line.level3,
        kind=outcome.kind,
        status=LineStatus.DETERMINED if is_determined else LineStatus.UNDETERMINED,
        weight=weight,
        points=points,
        computed=_computed(outcome),
        given=outcome.given,
        low=low,
        high=high,
        met=outcome.met,
        ratio=outcome.ratio,
        needs="" if is_determined else outcome.needs,
        lacks="" if is_determined else outcome.lacks,
        notes=outcome.notes,
        problem=outcome.problem,
        trace=_trace(outcome),
    )


def points_that_count(outcome: Outcome) -> Decimal | None:
    """Return the person's points where nothing speaks against them, else the rule's."""
    if outcome.given is not None and not outcome.problem:
        return outcome.given
    return outcome.points


def not_applicable_line(line: Indicator, level1: str, rule_set: RuleSet) -> LineScore:
    """Return the line of a row that does not apply."""
    basis = rule_set.level1_basis
    return LineScore(
        id=line.id,
        level1=level1,
        level2=line.level2,
        level3=line.level3,
        kind=LineKind.NONE,
        status=LineStatus.NOT_APPLICABLE,
        weight=None,
        points=None,
        computed=None,
        trace=Trace(
            formula="",
            reason=_NOT_APPLICABLE,
            clause=basis.clause,
            certainty=CERTAINTY_TITLES[basis.certainty],
            distance="",
        ),
    )


def _computed(outcome: Outcome) -> Decimal | None:
    """Return the rule's points; None where a person's points are all there is."""
    if outcome.kind is LineKind.QUALITATIVE and outcome.given is not None:
        return None
    return outcome.points


def _trace(outcome: Outcome) -> Trace:
    """Return why the line has its points."""
    return Trace(
        formula=outcome.formula,
        reason=outcome.reason,
        clause=outcome.basis.clause,
        certainty=CERTAINTY_TITLES[outcome.basis.certainty],
        distance=outcome.distance,
    )
