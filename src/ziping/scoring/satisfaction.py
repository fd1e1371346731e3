"""Satisfaction rates scored by bands where the rule set says so (满意度分档)."""

from dataclasses import replace
from decimal import Decimal

from ziping.domain.numbers import round_half_up
from ziping.domain.quantities import CellKind, Operator, Sense
from ziping.domain.rates import rate_text
from ziping.domain.rules import Level1, SatisfactionBand
from ziping.scoring import figures
from ziping.scoring.outcome import Outcome
from ziping.scoring.pairing import pair
from ziping.scoring.reading import Reading


def is_banded(reading: Reading, operator: Operator) -> bool:
    """Whether a satisfaction line is scored by bands: the rule says so and a rate is measured."""
    rule, target, actual = reading.rule_set.satisfaction, reading.target, reading.actual
    is_measured = actual.kind is CellKind.NUMBER and actual.operator in (None, Operator.EQUAL)
    if reading.level1 is not Level1.SATISFACTION or rule.kind != "banded" or not is_measured:
        return False
    return bool(rule.bands) and not operator.is_lower_better and (target.is_rate or actual.is_rate)


def by_bands(outcome: Outcome, reading: Reading) -> Outcome:
    """Return the quantitative outcome with its points by the bands instead of the ratio."""
    both, weight = pair(reading.target, reading.actual), reading.weight
    is_change = Sense.DOWN in (reading.target.sense, reading.actual.sense)
    if isinstance(both, str) or is_change:
        return outcome
    rule, places = reading.rule_set.satisfaction, reading.places
    rate = both.actual
    band = next((one for one in rule.bands if rate >= one.at_least), None)
    share = band.share if band else Decimal(0)
    points = weight if share == 1 else round_half_up(weight * share, places)
    shown = figures.points(points, places)
    return replace(
        outcome,
        basis=rule.basis,
        points=points,
        needs="",
        met=_is_met(outcome, is_full=points >= weight),
        formula=f"{figures.full_points(weight)} × {rate_text(share)} = {shown}",
        reason=f"满意度 {rate_text(rate)}，按分档得分值的 {rate_text(share)}，计 {shown} 分。",
        distance=_distance(rule.bands, rate, weight - points, places),
    )


def _is_met(outcome: Outcome, *, is_full: bool) -> bool | None:
    """Return whether the line is met: full marks are; less is not, unless the target was."""
    if is_full:
        return True
    return None if outcome.met else False


def _distance(
    bands: tuple[SatisfactionBand, ...], rate: Decimal, lost: Decimal, places: int
) -> str:
    """Return what rate would give full marks."""
    full = next((one for one in reversed(bands) if one.share == 1), None)
    if lost <= 0 or full is None or rate >= full.at_least:
        return ""
    gap = figures.difference(full.at_least - rate, "%")
    return f"再提高 {gap}可得满分（还差 {figures.points(lost, places)} 分）。"
