"""Rates such as 执行率: a percentage read as a fraction, and written again (比率)."""

import re
from decimal import Decimal

from ziping.domain.numbers import (
    parse_decimal,
    places_of,
    plain,
    round_half_up,
    shifted,
    too_long,
)
from ziping.domain.quantities import Number
from ziping.domain.text import MAX_VALUE_LENGTH, clean, is_mark, shorten

_RATE = re.compile(r"(?:百分之)?([-−+]?[0-9.,]+)(%|‰|百分比)?")
_PERCENT_FROM = 2
"""A bare number from here on is a percentage; up to 1 a fraction; between them it is asked."""


def read_rate(raw: str) -> Number:
    """Read a rate cell: 81.52%, a bare 100 (percent) or 0.958 (a fraction, to be confirmed)."""
    if len(raw) > MAX_VALUE_LENGTH:
        return Number(raw, None, is_blank=False, problem=too_long(raw))
    text = clean(raw).rstrip("。;,、 ")
    if is_mark(text):
        return Number(raw, None, is_blank=True)
    found = _RATE.fullmatch(text)
    value = parse_decimal(found[1]) if found else None
    if found is None or value is None:
        problem = f"“{shorten(raw)}”不能读成比率，请写成百分数（如 96.85%）"
        return Number(raw, None, is_blank=False, problem=problem)
    if found[2] == "‰":
        return Number(raw, shifted(value, -3), is_blank=False, places=places_of(value) + 1)
    if found[2] or text.startswith("百分之"):
        return _percentage(raw, value)
    return _bare(raw, value)


def _percentage(raw: str, value: Decimal) -> Number:
    """Return the reading of a number of percent."""
    return Number(raw, shifted(value, -2), is_blank=False, places=places_of(value))


def _bare(raw: str, value: Decimal) -> Number:
    """Return the reading of a number without percent sign in a rate column."""
    size = abs(value)
    if size == 0 or size >= _PERCENT_FROM:
        return _percentage(raw, value)
    if size > 1:
        problem = (
            f"“{shorten(raw)}”可能是 {plain(value)}%，也可能是 {rate_text(value)}，请补上百分号"
        )
        return Number(raw, None, is_blank=False, problem=problem)
    note = f"没有百分号，按小数读为 {rate_text(value)}，请用执行数÷预算数核对确认"
    return Number(raw, value, is_blank=False, places=max(places_of(value) - 2, 0), note=note)


def rate_text(fraction: Decimal, places: int = 2) -> str:
    """Return a fraction as a percentage; a whole number of percent carries no decimals."""
    percent = shifted(fraction, 2)
    if percent == round_half_up(percent, 0):
        return f"{plain(percent)}%"
    return f"{plain(percent, places)}%"
