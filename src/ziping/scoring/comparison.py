"""Whether a value meets a target and how far it gets (达成判断与完成比例)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ziping.domain.quantities import Operator

Reverse = Literal["target_over_actual", "linear_to_double"]
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target made comparable: an operator with its bound, or a range (目标)."""

    operator: Operator
    bound: Decimal
    upper: Decimal | None = None
    """Upper bound of a range; the operator then plays no part."""

    @property
    def is_zero(self) -> bool:
        """Whether only zero (or less) meets it, so that nothing may be divided."""
        lower_or_equal = self.operator in (Operator.AT_MOST, Operator.EQUAL)
        return self.upper is None and self.bound == 0 and lower_or_equal


@dataclass(frozen=True, slots=True)
class Claim:
    """What an inexact actual value claims: somewhere between two bounds (概数、区间、照抄)."""

    low: Decimal | None = None
    high: Decimal | None = None
    is_open: bool = False
    """Whether the bound itself is left out."""


def meets(goal: Goal, actual: Decimal) -> bool:
    """Whether a measured value meets the goal; strict operators only beyond the bound."""
    if goal.upper is not None:
        return goal.bound <= actual <= goal.upper
    match goal.operator:
        case Operator.AT_LEAST:
            return actual >= goal.bound
        case Operator.MORE_THAN:
            return actual > goal.bound
        case Operator.AT_MOST:
            return actual <= goal.bound
        case Operator.LESS_THAN:
            return actual < goal.bound
        case Operator.EQUAL:
            return actual == goal.bound


def surely_meets(goal: Goal, claim: Claim) -> bool:
    """Whether every value the claim allows meets the goal."""
    if goal.upper is not None:
        return _inside(claim.low, goal) and _inside(claim.high, goal)
    if goal.operator is Operator.EQUAL:
        return claim.low == claim.high == goal.bound
    edge = claim.high if goal.operator.is_lower_better else claim.low
    if edge is None:
        return False
    return meets(goal, edge) or (claim.is_open and edge == goal.bound)


def completion_ratio(goal: Goal, actual: Decimal, reverse: Reverse) -> Decimal | None:
    """Return the completion ratio (完成比例), unrounded and uncapped; None: not defined."""
    if goal.upper is not None:
        return _range_ratio(goal.bound, goal.upper, actual)
    if goal.bound <= 0:
        return None
    if goal.operator is Operator.EQUAL:
        return min(actual / goal.bound, goal.bound / actual) if actual > 0 else Decimal(0)
    if goal.operator.is_lower_better:
        return _reverse_ratio(goal.bound, actual, reverse)
    return actual / goal.bound


def _reverse_ratio(bound: Decimal, actual: Decimal, reverse: Reverse) -> Decimal | None:
    """Return the ratio of a target that is not to be exceeded (反向指标)."""
    if reverse == "linear_to_double":
        return 2 - actual / bound
    return bound / actual if actual > 0 else None


def _inside(value: Decimal | None, goal: Goal) -> bool:
    """Whether a bound of a claim is known and lies in the goal's range."""
    return value is not None and meets(goal, value)


def _range_ratio(low: Decimal, high: Decimal, actual: Decimal) -> Decimal | None:
    """Return the ratio to the nearer bound of a range, 1 inside it."""
    if low <= actual <= high:
        return _ONE
    if actual < low:
        return actual / low if low > 0 else None
    return high / actual if high > 0 else None
