"""Lines with words as target: a person picks the band and gives points (定性指标)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ziping.domain.evaluation import Band
from ziping.domain.numbers import round_half_up
from ziping.domain.rules import BandRule, QualitativeRule
from ziping.domain.scores import LineKind
from ziping.scoring import figures
from ziping.scoring.outcome import Outcome, undetermined
from ziping.scoring.reading import Reading
from ziping.scoring.remembered import read_number

_KIND = LineKind.QUALITATIVE


@dataclass(frozen=True, slots=True)
class BandBounds:
    """The points a band allows on a line (档次区间), bounds rounded half up."""

    rule: BandRule
    low: Decimal
    edge: Decimal
    """Upper bound."""
    is_closed: bool
    """Whether the upper bound itself is allowed."""
    places: int

    @property
    def high(self) -> Decimal:
        """The most points the band allows."""
        return self.edge if self.is_closed else self.edge - figures.quantum(self.places)

    def __contains__(self, points: Decimal) -> bool:
        """Whether points lie in the band."""
        return self.low <= points and (
            points <= self.edge if self.is_closed else points < self.edge
        )

    @property
    def text(self) -> str:
        """The band as people write it, e.g. `[6, 8)`."""
        return f"[{figures.full_points(self.low)}, {figures.full_points(self.edge)}" + (
            "]" if self.is_closed else ")"
        )


def band_bounds(rule: BandRule, weight: Decimal, places: int) -> BandBounds:
    """Return the points a band allows on a line of a weight."""
    low = min(round_half_up(weight * rule.at_least, places), weight)
    if rule.below is None:
        return BandBounds(rule, low, weight, is_closed=True, places=places)
    edge = round_half_up(weight * rule.below, places)
    return BandBounds(rule, low, edge, is_closed=False, places=places)


def score_qualitative(reading: Reading) -> Outcome:
    """Return the points a person gave within the band; only 达成 defaults, to full weight."""
    line, weight, rule = reading.line, reading.weight, reading.rule_set.qualitative
    if line.band is Band.NOT_CHOSEN:
        needs = "请选择定性档次（达成、部分达成、未达成），再在档次区间内给分。"
        return undetermined(_KIND, rule.basis, needs, lacks="band")
    band = next((one for one in rule.bands if one.title == line.band.value), None)
    if band is None:
        needs = f"所用评分规则没有“{line.band.value}”这一档，请改选档次或核对评分规则。"
        return undetermined(_KIND, rule.basis, needs, lacks="band")
    bounds = band_bounds(band, weight, reading.places)
    given = read_number(line.points)
    if given.is_blank:
        return _without_points(bounds, weight, rule)
    if given.value is None:
        problem = given.problem or f"得分“{line.points}”不能读成数值。"
        return _refuse(bounds, rule, problem, None)
    return _with_points(bounds, round_half_up(given.value, reading.places), weight, rule)


def _without_points(bounds: BandBounds, weight: Decimal, rule: QualitativeRule) -> Outcome:
    """Return full weight for 达成, else ask for points."""
    if bounds.rule.title == Band.ACHIEVED.value:
        full = figures.full_points(weight)
        return Outcome(
            kind=_KIND,
            basis=rule.basis,
            points=weight,
            formula=f"“达成” → {full}",
            reason=f"档次为“达成”，没有另行给分，按满分 {full} 分计。",
            met=True,
        )
    needs = f"档次为“{bounds.rule.title}”，请在 {bounds.text} 分之间给分。"
    outcome = undetermined(_KIND, rule.basis, needs, lacks="points")
    return replace(outcome, met=False, low=bounds.low, high=bounds.high)


def _with_points(
    bounds: BandBounds, given: Decimal, weight: Decimal, rule: QualitativeRule
) -> Outcome:
    """Return the points given when they lie in the band."""
    title, shown = bounds.rule.title, figures.points(given, bounds.places)
    if given not in bounds:
        problem = (
            f"给分 {shown} 分不在“{title}”档的区间 {bounds.text} 内，请改选档次或在区间内给分。"
        )
        return _refuse(bounds, rule, problem, given)
    is_full = given >= weight
    distance = "" if is_full else f"{figures.missing(weight, given, bounds.places)}到满分。"
    return Outcome(
        kind=_KIND,
        basis=rule.basis,
        points=min(given, weight),
        formula=f"“{title}”区间 {bounds.text}，给 {shown}",
        reason=f"档次为“{title}”，区间 {bounds.text} 分，给 {shown} 分。",
        distance=distance,
        met=title == Band.ACHIEVED.value,
        given=given,
    )


def _refuse(
    bounds: BandBounds, rule: QualitativeRule, problem: str, given: Decimal | None
) -> Outcome:
    """Return the outcome of points that cannot stand."""
    needs = f"请在“{bounds.rule.title}”档的区间 {bounds.text} 分之间给分，或改选档次。"
    return replace(
        undetermined(_KIND, rule.basis, needs, lacks="points"),
        problem=problem,
        given=given,
        met=bounds.rule.title == Band.ACHIEVED.value,
        low=bounds.low,
        high=bounds.high,
    )
