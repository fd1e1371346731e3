"""A figure as one side writes it, read so that two can be compared (读数)."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.amounts import convert, read_amount
from ziping.domain.cells import read_actual, read_target
from ziping.domain.evaluation import FundUnit
from ziping.domain.numbers import (
    NUMBER_PATTERN,
    parse_decimal,
    places_of,
    read_number,
    shifted,
)
from ziping.domain.quantities import Cell, CellKind, Operator
from ziping.domain.rates import read_rate
from ziping.domain.rules import Lexicon
from ziping.domain.text import clean, is_mark

MONEY, RATE = "万元", "%"
"""Dimensions whose values are brought to one unit: amounts to 万元, rates to fractions."""

_NUMBER = re.compile(NUMBER_PATTERN)
_BLANKS = frozenset({CellKind.BLANK, CellKind.NOT_APPLICABLE})
_FIGURES = frozenset({CellKind.NUMBER, CellKind.LOWER_BOUND, CellKind.APPROXIMATE})
_SPACES_AND_STOPS = re.compile(r"[\s。．.;；,，、]+$|\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One side's statement of a figure (读数)."""

    raw: str
    is_blank: bool
    words: str = ""
    """What stands there when it is no single number, in one plain form."""
    value: Decimal | None = None
    """The number: amounts in 万元, rates as fractions."""
    dimension: str = ""
    """万元, %, a counting unit, or blank for a bare number."""
    scale: int = 0
    """Power of ten from the written number to `value`."""
    grain: int = 0
    """Power of ten of the last written digit, in the unit of `value`."""
    operator: Operator | None = None
    """The comparison a target is written with."""
    manner: str = ""
    """余, 约: the number is no exact one."""


def read_money(raw: str, unit: FundUnit) -> Reading:
    """Read a cell of the fund grid."""
    amount = read_amount(raw, unit)
    if amount.value is None:
        return _unreadable(raw, is_blank=amount.is_blank)
    column = -convert(Decimal(1), FundUnit.TEN_THOUSAND_YUAN, unit).adjusted()
    return _number(raw, amount.value, MONEY, usual=column)


def read_share(raw: str) -> Reading:
    """Read a rate."""
    rate = read_rate(raw)
    if rate.value is None:
        return _unreadable(raw, is_blank=rate.is_blank)
    return _number(raw, rate.value, RATE, usual=-2)


def read_points(raw: str) -> Reading:
    """Read 分值, 得分 or 总分."""
    number = read_number(raw)
    if number.value is None:
        return _unreadable(raw, is_blank=number.is_blank)
    return _number(raw, number.value, "分", usual=0)


def read_grade(raw: str) -> Reading:
    """Read 等级; 优秀 and 优 are one."""
    words = _plain(raw)
    return Reading(raw, is_blank=not words or is_mark(words), words=words[:1])


def read_value(raw: str, *, is_target: bool, fiscal_year: int, lexicon: Lexicon) -> Reading:
    """Read 年度指标值 or 实际完成值."""
    read = read_target if is_target else read_actual
    cell = read(raw, fiscal_year=fiscal_year, lexicon=lexicon)
    if cell.kind in _BLANKS:
        return Reading(raw, is_blank=True)
    if cell.value is not None and cell.kind in _FIGURES:
        return _of_cell(raw, cell)
    return Reading(raw, is_blank=False, words=_words(cell))


def _of_cell(raw: str, cell: Cell) -> Reading:
    """Return the reading of a cell that holds one number."""
    value, unit = cell.value or Decimal(0), cell.unit
    usual = 0
    if unit == "元":
        value, unit, usual = shifted(value, -4), MONEY, -4
    elif unit == "‰":
        unit, usual = RATE, -3
    elif unit == "%":
        usual = -2
    reading = _number(raw, value, unit, usual=usual)
    manner = "" if cell.kind is CellKind.NUMBER else cell.kind.value
    return Reading(
        raw,
        is_blank=False,
        value=reading.value,
        dimension=reading.dimension,
        scale=reading.scale,
        grain=reading.grain,
        operator=cell.operator,
        manner=manner,
    )


def _words(cell: Cell) -> str:
    """Return what a cell that is no single number says, in one plain form."""
    if cell.deadline is not None:
        return f"{cell.deadline.first}～{cell.deadline.last}"
    if cell.upper is not None and cell.value is not None:
        return f"{cell.value.normalize()}～{cell.upper.normalize()}{cell.unit}"
    return _plain(cell.raw)


def _plain(raw: str) -> str:
    """Return words without spaces and closing stops, in one width."""
    return _SPACES_AND_STOPS.sub("", unicodedata.normalize("NFKC", raw))


def _unreadable(raw: str, *, is_blank: bool) -> Reading:
    """Return the reading of a cell that holds no number: compared as words."""
    return Reading(raw, is_blank=is_blank, words="" if is_blank else _plain(raw))


def _number(raw: str, value: Decimal, dimension: str, *, usual: int) -> Reading:
    """Return the reading of a number with the place of its last written digit.

    `usual` is the scale where the writing does not tell it: for zero, and for Chinese numerals.
    """
    for found in _NUMBER.findall(clean(raw)):
        written = parse_decimal(found)
        if written is None:
            continue
        scale = usual if not value else value.adjusted() - written.adjusted()
        if abs(value) == shifted(written, scale):
            return Reading(
                raw,
                is_blank=False,
                value=value,
                dimension=dimension,
                scale=scale,
                grain=scale - places_of(written),
            )
    return Reading(
        raw,
        is_blank=False,
        value=value,
        dimension=dimension,
        scale=usual,
        grain=min(usual, -places_of(value)),
    )
