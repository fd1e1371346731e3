"""Lines with a number, a rate or a range as target (定量指标)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ziping.domain.quantities import Cell, CellKind, Operator
from ziping.domain.rules import Basis, QuantitativeRule
from ziping.domain.scores import LineKind
from ziping.scoring import figures
from ziping.scoring.comparison import Claim, Goal, completion_ratio, meets, surely_meets
from ziping.scoring.outcome import Outcome, undetermined
from ziping.scoring.pairing import Pair, pair
from ziping.scoring.progress import is_unfinished
from ziping.scoring.reading import Reading
from ziping.scoring.senses import are_opposed, opposed_request, turned, unsure_sense

_MEASURED = (CellKind.NUMBER, CellKind.RANGE, CellKind.LOWER_BOUND)


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantitative line ready to be scored."""

    goal: Goal
    pair: Pair
    weight: Decimal
    rule: QuantitativeRule
    places: int
    notes: tuple[str, ...] = ()

    @property
    def basis(self) -> Basis:
        """The clause for this kind of goal."""
        return basis_of(self.goal, self.rule)

    def figure(self, value: Decimal) -> str:
        """Return a value as it stands in a formula."""
        return figures.figure(value, self.pair.unit, self.pair.scale)

    def measure(self, value: Decimal) -> str:
        """Return a value as it stands in a sentence."""
        return figures.measure(value, self.pair.unit, self.pair.scale)

    def goal_text(self) -> str:
        """Return the goal as it stands in a sentence, e.g. `≥ 95%`."""
        if self.goal.upper is not None:
            return f"{self.measure(self.goal.bound)} 至 {self.measure(self.goal.upper)}"
        return f"{self.goal.operator.value} {self.measure(self.goal.bound)}"


def basis_of(goal: Goal, rule: QuantitativeRule) -> Basis:
    """Return the clause that says how a kind of goal is scored."""
    if goal.upper is not None:
        return rule.range_basis
    if goal.is_zero:
        return rule.zero_basis
    if goal.operator is Operator.EQUAL:
        return rule.equal_basis
    return rule.reverse_basis if goal.operator.is_lower_better else rule.basis


def score_quantitative(reading: Reading, operator: Operator) -> Outcome:
    """Return the outcome of a quantitative line: full when met, else weight × completion ratio."""
    target, actual, rule = reading.target, reading.actual, reading.rule
    if actual.kind is CellKind.STATUS and is_unfinished(actual):
        return _not_begun(reading, operator)
    if actual.kind not in _MEASURED:
        return undetermined(LineKind.QUANTITATIVE, rule.basis, _request(target, actual))
    if asked := unsure_sense(reading.line.level3, target, actual):
        return undetermined(LineKind.QUANTITATIVE, rule.basis, asked)
    both = pair(target, actual)
    if isinstance(both, str):
        return undetermined(LineKind.QUANTITATIVE, rule.basis, both)
    if are_opposed(target, actual):
        if actual.kind is not CellKind.NUMBER or actual.operator is not None:
            return undetermined(LineKind.QUANTITATIVE, rule.basis, opposed_request(target, actual))
        both = turned(both, target, actual)
    goal = Goal(operator, both.target, both.upper)
    line = Measured(goal, both, reading.weight, rule, reading.places, both.notes)
    claim = _claim(actual, both)
    return _score_measured(line) if claim is None else _score_claim(line, claim, actual)


def _request(target: Cell, actual: Cell) -> str:
    """Return what to ask for when the actual is no number."""
    if actual.kind is CellKind.BLANK:
        return f"请填写实际完成值（指标值为“{target.raw}”）。"
    if actual.kind is CellKind.NOT_APPLICABLE:
        return f"完成值填的是“{actual.raw}”，请填写实际完成的数值；确实没有完成的填 0。"
    if actual.problem:
        return actual.problem
    return f"指标值“{target.raw}”是数值，完成值“{actual.raw}”不是数值，请填写实际完成的数值。"


def _not_begun(reading: Reading, operator: Operator) -> Outcome:
    """Return 0 so far for work still under way, where more is better; else ask."""
    target, actual, zero = reading.target, reading.actual, Decimal(0)
    if operator.is_lower_better or (target.value or zero) <= 0:
        request = _request(target, actual)
        return undetermined(LineKind.QUANTITATIVE, reading.rule.basis, request)
    missing = figures.missing(reading.weight, zero, reading.places)
    return Outcome(
        kind=LineKind.QUANTITATIVE,
        basis=reading.rule.basis,
        points=zero,
        formula=f"{figures.full_points(reading.weight)} × 0 = 0",
        reason=f"完成值为“{actual.raw}”，尚未完成，按完成 0 计，得 0 分。",
        distance=f"按指标值“{target.raw}”完成可得满分（{missing}）。",
        met=False,
        ratio=zero,
        notes=(f"完成值“{actual.raw}”是进度描述；如已有部分完成，请填写已完成的数值。",),
    )


def _claim(actual: Cell, both: Pair) -> Claim | None:
    """Return what an inexact actual claims; None when it is a measured value."""
    value = both.actual
    if actual.kind is CellKind.LOWER_BOUND:
        return Claim(low=value, is_open=True)
    if actual.kind is CellKind.RANGE:
        return Claim(low=value, high=both.actual_upper)
    match actual.operator:
        case None | Operator.EQUAL:
            return None
        case Operator.AT_LEAST | Operator.MORE_THAN:
            return Claim(low=value, is_open=actual.operator is Operator.MORE_THAN)
        case Operator.AT_MOST | Operator.LESS_THAN:
            return Claim(high=value, is_open=actual.operator is Operator.LESS_THAN)


def _score_claim(line: Measured, claim: Claim, actual: Cell) -> Outcome:
    """Return full points where every value claimed meets the goal; else ask for the figure."""
    if actual.operator is None:
        note = f"完成值“{actual.raw}”不是确切数值，按其界限计分，请补充确切数值。"
    else:
        note = f"完成值带比较符“{actual.raw}”，疑似照抄指标值；按其界限计分，请改填实际数值。"
    notes = (*line.notes, note)
    if not surely_meets(line.goal, claim):
        needs = (
            f"完成值“{actual.raw}”不是确切数值，不能判断是否达到指标值（{line.goal_text()}），"
            "请填写实际完成的数值。"
        )
        return undetermined(LineKind.QUANTITATIVE, line.basis, needs, notes=notes)
    return Outcome(
        kind=LineKind.QUANTITATIVE,
        basis=line.rule.basis,
        points=line.weight,
        formula=_full_formula(line, f"“{actual.raw}”"),
        reason=f"完成值“{actual.raw}”已达到指标值（{line.goal_text()}），"
        f"得满分 {figures.full_points(line.weight)} 分。",
        met=True,
        notes=notes,
    )


def _full_formula(line: Measured, actual: str) -> str:
    """Return the formula of a met target, e.g. `1239 ≥ 1200 → 20`."""
    full, goal = figures.full_points(line.weight), line.goal_text()
    inside = line.goal.upper is not None
    return f"{actual} 在 {goal} 之内 → {full}" if inside else f"{actual} {goal} → {full}"


def _score_measured(line: Measured) -> Outcome:
    """Return the outcome for a measured value."""
    actual = line.pair.actual
    ratio = completion_ratio(line.goal, actual, line.rule.reverse)
    if meets(line.goal, actual):
        full = figures.full_points(line.weight)
        return Outcome(
            kind=LineKind.QUANTITATIVE,
            basis=line.rule.basis,
            points=line.weight,
            formula=_full_formula(line, line.measure(actual)),
            reason=f"完成值 {line.measure(actual)} 达到指标值（{line.goal_text()}），"
            f"得满分 {full} 分。",
            met=True,
            ratio=ratio,
            notes=line.notes,
        )
    if line.goal.is_zero:
        return _missed_zero(line)
    if ratio is None:
        needs = (
            f"指标值（{line.goal_text()}）不大于 0，未达到时无法按完成比例计分，"
            "请核对指标值，或由人工给分并说明理由。"
        )
        return replace(
            undetermined(LineKind.QUANTITATIVE, line.basis, needs, notes=line.notes), met=False
        )
    return _score_partly(line, ratio)


def _missed_zero(line: Measured) -> Outcome:
    """Return 0 points for a zero target that was missed."""
    zero = Decimal(0)
    excess = figures.difference(abs(line.pair.actual), line.pair.unit, line.pair.scale)
    missing = figures.missing(line.weight, zero, line.places)
    return Outcome(
        kind=LineKind.QUANTITATIVE,
        basis=line.basis,
        points=zero,
        formula=f"{figures.full_points(line.weight)} × 0 = 0",
        reason=f"指标值为 0，只有 0 才算达到；完成值为 {line.measure(line.pair.actual)}，得 0 分。",
        distance=f"{_change('减少', excess)}可得满分（{missing}）。",
        met=False,
        ratio=zero,
        notes=line.notes,
    )


def _score_partly(line: Measured, ratio: Decimal) -> Outcome:
    """Return weight × completion ratio for an unmet target, with the formula and the distance."""
    points = figures.partial_points(line.weight, ratio, line.places)
    shown = figures.points(points, line.places)
    actual = line.measure(line.pair.actual)
    share = _ratio_text(line)
    if ratio < 0 and not share.startswith("max("):
        share = f"max({share}, 0)"
    formula = f"{figures.full_points(line.weight)} × {share} = {shown}"
    notes = line.notes
    if ratio >= 1 or points < line.weight * ratio - figures.quantum(line.places) / 2:
        notes = (*notes, "未达到指标值，得分低于满分。")
    return Outcome(
        kind=LineKind.QUANTITATIVE,
        basis=line.basis,
        points=points,
        formula=formula,
        reason=f"完成值 {actual} 未达到指标值（{line.goal_text()}），按完成比例得 {shown} 分。",
        distance=f"{_distance(line)}（{figures.missing(line.weight, points, line.places)}）。",
        met=False,
        ratio=ratio,
        notes=notes,
    )


def _ratio_text(line: Measured) -> str:
    """Return the completion ratio as it stands in the formula."""
    goal, value = line.goal, line.pair.actual
    bound = goal.bound
    if goal.upper is not None and value > goal.upper:
        return f"{line.figure(goal.upper)} ÷ {line.figure(value)}"
    is_reverse = goal.upper is None and goal.operator.is_lower_better
    if is_reverse and line.rule.reverse == "linear_to_double":
        a, t = line.figure(value), line.figure(bound)
        return f"max(1 − ({a} − {t}) ÷ {t}, 0)"
    is_above = goal.upper is None and goal.operator is Operator.EQUAL and value > bound
    if is_reverse or is_above:
        return f"{line.figure(bound)} ÷ {line.figure(value)}"
    return f"{line.figure(value)} ÷ {line.figure(bound)}"


def _distance(line: Measured) -> str:
    """Return what is missing to full marks, in words."""
    goal, value = line.goal, line.pair.actual
    bound = goal.upper if goal.upper is not None and value > goal.upper else goal.bound
    if value == bound:
        side = "低于" if goal.operator.is_lower_better else "超过"
        return f"须{side} {line.measure(bound)} 才得满分"
    gap = figures.difference(abs(bound - value), line.pair.unit, line.pair.scale)
    verb = _verb(line.pair.unit, is_short=value < bound)
    is_strict = goal.operator in (Operator.MORE_THAN, Operator.LESS_THAN) and goal.upper is None
    return f"{_change(verb, gap)}{'以上' if is_strict else ''}可得满分"


def _change(verb: str, gap: str) -> str:
    """Return what must still change: `再完成 3 项`, `再降低 226 `."""
    return f"再{verb} {gap} " if gap[-1].isdigit() else f"再{verb} {gap}"


def _verb(unit: str, *, is_short: bool) -> str:
    """Return what must happen to the value: 完成 or 提高 when short, 降低 when over."""
    if not is_short:
        return "降低"
    return "提高" if unit in {"%", "‰"} else "完成"
