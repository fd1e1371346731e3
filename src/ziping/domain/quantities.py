"""What a cell means once read: amounts, targets and actual values, each beside its raw text (读数).

The readers are in `amounts`, `numbers`, `rates` and `cells`; here are only the shapes they return.
A reading is never a guess: what cannot be read has no value and a `problem` told in Chinese.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CellKind(StrEnum):
    """What kind of thing a target or actual cell holds (单元格类型)."""

    BLANK = "blank"
    """Nothing was entered."""
    NOT_APPLICABLE = "not_applicable"
    """无 / — - : not applicable."""
    LEFTOVER = "leftover"
    """A prompt of the form or a list of options left in (模板残留、选项未选)."""
    NUMBER = "number"
    """A number, perhaps with operator and unit."""
    RANGE = "range"
    """Two bounds."""
    APPROXIMATE = "approximate"
    """左右、约: no pass line."""
    LOWER_BOUND = "lower_bound"
    """余、多: at least this many."""
    DATE = "date"
    """A date, a month, a deadline or a period."""
    STATUS = "status"
    """已完成、建设中: a status in place of a value."""
    QUALITATIVE = "qualitative"
    """Words."""
    AMBIGUOUS = "ambiguous"
    """Two readings are possible: ask."""
    UNREADABLE = "unreadable"


class Operator(StrEnum):
    """How a target compares (比较符)."""

    AT_LEAST = "≥"
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "≤"
    LESS_THAN = "<"

    @property
    def is_lower_better(self) -> bool:
        """Whether smaller actual values are better."""
        return self in (Operator.AT_MOST, Operator.LESS_THAN)


class Sense(StrEnum):
    """Which way a figure says something changed (增减方向)."""

    NONE = ""
    """It does not say, or names the level reached (提高到95%)."""
    UP = "增长"
    DOWN = "下降"


@dataclass(frozen=True, slots=True)
class Amount:
    """A money cell (金额)."""

    raw: str
    """As entered."""
    value: Decimal | None
    """万元; None: blank or unreadable."""
    is_blank: bool
    """Nothing was entered, or only a mark such as —."""
    problem: str = ""
    """Why it could not be read, in Chinese, with what to do."""
    note: str = ""
    """How it was read where that is not plain, in Chinese."""
    places: int = 0
    """Decimal places as written, in the column's own unit (for comparing at printed precision)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number such as 分值 or 得分, or a rate (数值、比率)."""

    raw: str
    """As entered."""
    value: Decimal | None
    """The number, for a rate the fraction (0.8152); None: blank or unreadable."""
    is_blank: bool
    """Nothing was entered, or only a mark such as —."""
    problem: str = ""
    """Why it could not be read, in Chinese, with what to do."""
    places: int = 0
    """Decimal places as written; for a rate those of the percentage (81.52% has 2)."""
    note: str = ""
    """How it was read where that is not plain, in Chinese."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day by which something is due, or the days something took (时限)."""

    first: date
    """First day meant (the first of a month for a bare month)."""
    last: date
    """Last day that is certainly in time."""
    strict_month_end: date | None = None
    """For “12月之前”: the end of the month named, out by the letter but commonly accepted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A target or an actual value as read (指标值、完成值)."""

    raw: str
    """As entered."""
    kind: CellKind
    operator: Operator | None = None
    """As written; None: none written."""
    value: Decimal | None = None
    """The number in base units: 25万人次 is 250000; 95% is 0.95; 0.9‰ is 0.0009."""
    upper: Decimal | None = None
    """Upper bound of a range."""
    unit: str = ""
    """Unit as written without a leading 万/亿 that went into `value`; `%` and `‰` for rates.

    Money keeps 元 and 万元 apart: 260元 is 260 元, 90万 is 90 万元, 2.6亿元 is 26000 万元.
    """
    deadline: Deadline | None = None
    problem: str = ""
    """Why it cannot be used, in Chinese, with what to ask."""
    note: str = ""
    """How it was read where that is not plain, in Chinese."""
    sense: Sense = Sense.NONE
    """Which way the figure says something changed: 下降5% is 5 % down."""

    @property
    def is_rate(self) -> bool:
        """Whether the number is a percentage or per-mille."""
        return self.unit in ("%", "‰")
