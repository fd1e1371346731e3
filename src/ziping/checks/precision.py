"""Whether a printed figure agrees with the exact one (表列数与重算数的比对)."""

from decimal import ROUND_DOWN, ROUND_UP, Decimal
from enum import StrEnum

from ziping.domain.numbers import WIDE, plain, round_half_up


class Agreement(StrEnum):
    """How a printed figure relates to the exact one."""

    EQUAL = "相等"
    ROUNDED = "四舍五入"
    TRUNCATED = "截断"
    RAISED = "进位"
    NEAR = "末位尾差"
    DIFFERENT = "不符"

    @property
    def is_close(self) -> bool:
        """Whether it differs by no more than rounding explains."""
        return self not in (Agreement.EQUAL, Agreement.DIFFERENT)


def compared(printed: Decimal, places: int, exact: Decimal) -> Agreement:
    """Compare at the printed precision; a last digit off by one is close, a whole number not."""
    unit = Decimal(1).scaleb(-places)
    if printed == round_half_up(exact, places):
        return Agreement.EQUAL
    if printed == exact.quantize(unit, rounding=ROUND_DOWN, context=WIDE):
        return Agreement.TRUNCATED
    if printed == exact.quantize(unit, rounding=ROUND_UP, context=WIDE):
        return Agreement.RAISED
    if places and abs(printed - exact) <= unit:
        return Agreement.NEAR
    return Agreement.DIFFERENT


def points_compared(printed: Decimal, places: int, exact: Decimal) -> Agreement:
    """Compare points, which count to the last digit: only the same number is equal."""
    if printed == exact:
        return Agreement.EQUAL
    agreement = compared(printed, places, exact)
    return Agreement.ROUNDED if agreement is Agreement.EQUAL else agreement


def signed(value: Decimal) -> str:
    """Return a difference with its sign; the minus is the typographic one."""
    return f"−{plain(-value)}" if value < 0 else f"+{plain(value)}"
