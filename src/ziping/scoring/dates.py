"""Lines with a date as target: met or not, nothing between (时效日期)."""

from dataclasses import replace
from decimal import Decimal

from ziping.domain.quantities import Cell, CellKind, Deadline
from ziping.domain.scores import LineKind
from ziping.scoring import figures
from ziping.scoring.outcome import Outcome, undetermined
from ziping.scoring.progress import is_unfinished
from ziping.scoring.reading import Reading

_BOUND_WORDS = ("前", "底前", "以内")
"""Words that make an actual value a deadline, not the day the work was done."""


def score_date(reading: Reading) -> Outcome:
    """Return full points when done in time, none when late; ask where no date is stated."""
    target, actual, basis = reading.target, reading.actual, reading.rule.date_basis
    if target.deadline is None:
        needs = target.problem or f"时限“{target.raw}”不能读成日期，请写明年、月、日。"
        return undetermined(LineKind.DATE, basis, needs, lacks="target")
    if actual.kind is CellKind.STATUS and is_unfinished(actual):
        return _missed(reading, f"完成值为“{actual.raw}”，尚未完成，得 0 分。")
    if actual.kind is not CellKind.DATE or actual.deadline is None:
        return undetermined(LineKind.DATE, basis, _request(target, actual))
    if actual.raw.strip() == target.raw.strip():
        return _repeated(reading)
    return _compare(reading, target.deadline, actual.deadline)


def _compare(reading: Reading, due: Deadline, done: Deadline) -> Outcome:
    """Return the outcome for an actual date: in time, within the month named, late or unsure."""
    target, actual = reading.target.raw, reading.actual.raw
    if done.last <= due.last:
        return _met(reading, f"完成时间“{actual}”在时限“{target}”之内")
    if due.strict_month_end is not None and done.last <= due.strict_month_end:
        outcome = _met(reading, f"完成时间“{actual}”在时限“{target}”所说的当月之内")
        note = f"“{target}”严格理解不含当月，通常按当月内完成即为达到；如有异议请核对。"
        return replace(outcome, notes=(note,))
    is_only_a_bound = any(word in actual for word in _BOUND_WORDS)
    if not is_only_a_bound and done.first > (due.strict_month_end or due.last):
        reason = f"完成时间“{actual}”晚于时限“{target}”，时效指标只看是否按时，得 0 分。"
        return _missed(reading, reason)
    needs = f"完成时间“{actual}”不能判断是否在“{target}”之内，请填写具体完成日期（年、月、日）。"
    return undetermined(LineKind.DATE, reading.rule.date_basis, needs)


def _request(target: Cell, actual: Cell) -> str:
    """Return what to ask for when no date is stated."""
    if actual.kind is CellKind.BLANK:
        return f"请填写具体完成日期（时限为“{target.raw}”）。"
    if actual.kind is CellKind.STATUS:
        return f"完成值“{actual.raw}”是状态，不是日期，请填写具体完成日期（年、月、日）。"
    return actual.problem or f"完成值“{actual.raw}”不是日期，请填写具体完成日期（年、月、日）。"


def _repeated(reading: Reading) -> Outcome:
    """Return full points for an actual that repeats the deadline, with a remark."""
    outcome = _met(reading, f"完成值与时限相同（{reading.target.raw}），按在时限内完成计")
    note = "完成值照抄了指标值中的时限，请改填具体完成日期并备好佐证材料。"
    return replace(outcome, notes=(note,))


def _met(reading: Reading, reason: str) -> Outcome:
    """Return full points."""
    full = figures.full_points(reading.weight)
    return Outcome(
        kind=LineKind.DATE,
        basis=reading.rule.date_basis,
        points=reading.weight,
        formula=f"“{reading.actual.raw}”在“{reading.target.raw}”的时限内 → {full}",
        reason=f"{reason}，得满分 {full} 分。",
        met=True,
    )


def _missed(reading: Reading, reason: str) -> Outcome:
    """Return no points."""
    zero = Decimal(0)
    missing = figures.missing(reading.weight, zero, reading.places)
    return Outcome(
        kind=LineKind.DATE,
        basis=reading.rule.date_basis,
        points=zero,
        formula=f"{figures.full_points(reading.weight)} × 0 = 0",
        reason=reason,
        distance=f"在“{reading.target.raw}”的时限内完成才得满分（{missing}）。",
        met=False,
    )
