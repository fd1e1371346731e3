"""Amounts of money, canonical in 万元: reading, converting and writing them (金额)."""

import re
from decimal import Decimal

from ziping.domain.evaluation import FundUnit
from ziping.domain.numbers import (
    CHINESE_NUMERALS,
    NUMBER_PATTERN,
    parse_chinese,
    parse_decimal,
    places_of,
    plain,
    shifted,
    too_long,
)
from ziping.domain.quantities import Amount
from ziping.domain.text import MAX_VALUE_LENGTH, clean, is_mark, shorten

_POWERS = {FundUnit.YUAN: 0, FundUnit.TEN_THOUSAND_YUAN: 4, FundUnit.HUNDRED_MILLION_YUAN: 8}
"""Powers of ten of each unit over 元."""

MONEY_POWERS = {
    "元": 0,
    "圆": 0,
    "百元": 2,
    "千元": 3,
    "万": 4,
    "万元": 4,
    "百万": 6,
    "百万元": 6,
    "千万": 7,
    "千万元": 7,
    "亿": 8,
    "亿元": 8,
}
"""Powers of ten over 元 of every unit an amount may be written with."""

_AMOUNT = re.compile(
    rf"(?:人民币)?¥?([-−+]?(?:{NUMBER_PATTERN})\.?)(?:人民币)?({'|'.join(MONEY_POWERS)})?(?:整|人民币)?"
)
_CHINESE_AMOUNT = re.compile(rf"(?:人民币)?([{CHINESE_NUMERALS}]+)(?:元|圆)整?")
_ONLY_UNIT = re.compile(r"(?:其他|其中|合计|小计)?:?(?:百|千|万|亿)?(?:元|圆)")


def read_amount(raw: str, unit: FundUnit) -> Amount:
    """Read a money cell of a column headed in `unit`; a unit inside the cell wins."""
    if len(raw) > MAX_VALUE_LENGTH:
        return Amount(raw, None, is_blank=False, problem=too_long(raw))
    text = clean(raw).rstrip("。;,、 ")
    if is_mark(text):
        return Amount(raw, None, is_blank=True)
    if _ONLY_UNIT.fullmatch(text):
        return Amount(raw, None, is_blank=True, note="只有预印的单位，没有填写金额")
    found = _AMOUNT.fullmatch(text)
    if found is not None:
        value = parse_decimal(found[1])
        if value is not None:
            return _in_column(raw, value, found[2], unit)
    return _chinese_amount(raw, text) or Amount(raw, None, is_blank=False, problem=_problem(raw))


def _in_column(raw: str, value: Decimal, written: str | None, unit: FundUnit) -> Amount:
    """Return the amount written in its own unit or, without one, in the column's."""
    power = _POWERS[unit] if written is None else MONEY_POWERS[written]
    shift = power - _POWERS[unit]
    note = ""
    if shift:
        note = f"单元格内写明“{written}”，与表头“{unit.value}”不同，按“{written}”读取"
    return Amount(
        raw,
        shifted(value, power - _POWERS[FundUnit.TEN_THOUSAND_YUAN]),
        is_blank=False,
        note=note,
        places=max(places_of(value) - shift, 0),
    )


def _chinese_amount(raw: str, text: str) -> Amount | None:
    """Return an amount in Chinese numerals such as 七百六十万元, or None."""
    found = _CHINESE_AMOUNT.fullmatch(text)
    number = parse_chinese(found[1]) if found else None
    if number is None:
        return None
    value = shifted(Decimal(number), -4)
    return Amount(raw, value, is_blank=False, note=f"按大写数字读为 {amount_text(value)}")


def _problem(raw: str) -> str:
    """Return what is wrong with an unreadable amount and what to do."""
    return f"“{shorten(raw)}”不能读成金额，请只填数字（如 619.52），没有金额请留空"


def convert(value: Decimal, source: FundUnit, target: FundUnit) -> Decimal:
    """Return an amount in another unit, exactly."""
    return shifted(value, _POWERS[source] - _POWERS[target])


def amount_in(value: Decimal, unit: FundUnit) -> Decimal:
    """Return an amount of 万元 in a unit, exactly."""
    return convert(value, FundUnit.TEN_THOUSAND_YUAN, unit)


def amount_text(value: Decimal) -> str:
    """Return an amount of 万元 as prose states it, e.g. 619.52万元."""
    return f"{plain(value)}万元"
