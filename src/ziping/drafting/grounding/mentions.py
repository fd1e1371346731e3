"""What a text mentions: a figure with its dimension, value, unit and precision (提及)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Dimension(StrEnum):
    """What a figure measures (量纲)."""

    MONEY = "money"
    """Value in 元."""
    RATE = "rate"
    """Value as a fraction."""
    PERCENT_POINTS = "percent_points"
    """百分点, value as a fraction."""
    POINTS = "points"
    """分."""
    COUNT = "count"
    """A number with a measure word."""
    BARE = "bare"
    """A number with nothing behind it."""
    TIMES = "times"
    """倍."""


class Bound(StrEnum):
    """Which side of a figure is meant (上下限)."""

    ABOVE = ">"
    AT_LEAST = "≥"
    BELOW = "<"
    AT_MOST = "≤"

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Whether `left` lies on this side of `right`."""
        if self is Bound.ABOVE:
            return left > right
        if self is Bound.AT_LEAST:
            return left >= right
        return left < right if self is Bound.BELOW else left <= right


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text writes it (数字)."""

    start: int
    end: int
    text: str
    dimension: Dimension
    value: Decimal
    unit: str = ""
    """Measure word or unit as written."""
    grain: Decimal = Decimal(1)
    """One of its last written digit, in the unit of `value`."""
    decimals: int = 0
    """Decimal places as written."""
    is_rounded: bool = False
    """约 or 左右 was written."""
    bound: Bound | None = None
    """A word such as 不低于 stands before it, or 以上 behind it."""
    is_soft: bool = False
    """A small number in words, such as 三个: it counts things of the text itself."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A year, month or day as a text writes it (日期)."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None = None
    day: int | None = None
    is_closing: bool = field(default=False)
    """底, 末 or 初 was written."""

    @property
    def key(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day."""
        return self.year, self.month, self.day

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day."""
        try:
            date(self.year or 2000, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True
