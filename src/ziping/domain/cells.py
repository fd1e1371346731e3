"""Targets and actual values as cells hold them (指标值、实际完成值)."""

import re
from decimal import Decimal

from ziping.domain.numbers import parse_decimal, shifted
from ziping.domain.quantities import Cell, CellKind, Operator
from ziping.domain.rules import Lexicon
from ziping.domain.text import clean

_NUMBER = re.compile(r"([≥≤=><]?)([0-9.,]+)(%?)([^0-9]*?)(以上)?")


def read_target(raw: str, *, fiscal_year: int, lexicon: Lexicon) -> Cell:
    """Read a 年度指标值."""
    return _read(raw, fiscal_year, lexicon)


def read_actual(raw: str, *, fiscal_year: int, lexicon: Lexicon) -> Cell:
    """Read a 实际完成值."""
    return _read(raw, fiscal_year, lexicon)


def _read(raw: str, fiscal_year: int, lexicon: Lexicon) -> Cell:
    """Read a cell."""
    del fiscal_year
    text = clean(raw)
    if not text:
        return Cell(raw, CellKind.BLANK)
    if text in lexicon.not_applicable:
        return Cell(raw, CellKind.NOT_APPLICABLE)
    if text in lexicon.status_words:
        return Cell(raw, CellKind.STATUS)
    found = _NUMBER.fullmatch(text)
    value = parse_decimal(found[2]) if found else None
    if found is None or value is None:
        return Cell(raw, CellKind.QUALITATIVE)
    operator = Operator(found[1]) if found[1] else Operator.AT_LEAST if found[5] else None
    value = shifted(value, -2) if found[3] else Decimal(value)
    return Cell(raw, CellKind.NUMBER, operator, value, unit=found[3] or found[4])
