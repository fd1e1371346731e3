"""Plain numbers such as 分值 and 得分: reading, rounding and writing them (数值)."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from ziping.domain.quantities import Number
from ziping.domain.text import MAX_VALUE_LENGTH, clean, is_mark, shorten

WIDE = Context(prec=120)
"""Wide enough that moving the point of any figure read here loses no digit."""

NUMBER_PATTERN = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
"""Digits, perhaps with thousands separators and decimals."""

MAX_INTEGER_DIGITS = 18
MAX_DIGITS = 27

_PLAIN = re.compile(rf"([-−+]?)({NUMBER_PATTERN})\.?")
_CHINESE_DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")}
_CHINESE_DIGITS |= {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_CHINESE_DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_CHINESE_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_CHINESE_GROUPS = {"万": 10_000, "亿": 100_000_000}
_CHINESE_MAX = 20
CHINESE_NUMERALS = "".join((*_CHINESE_DIGITS, *_CHINESE_STEPS, *_CHINESE_GROUPS))


def read_number(raw: str) -> Number:
    """Read a 分值, 得分 or 总分 such as `12.5` or `50分`."""
    if len(raw) > MAX_VALUE_LENGTH:
        return Number(raw, None, is_blank=False, problem=too_long(raw))
    text = clean(raw)
    if is_mark(text):
        return Number(raw, None, is_blank=True)
    body = text.removesuffix("分").rstrip("。;,、 ")
    note = ""
    if body.endswith("%"):
        body = body.removesuffix("%").rstrip()
        note = f"“{shorten(raw)}”带百分号，按 {body} 分读取，请确认"
    value = parse_decimal(body)
    if value is None:
        return Number(raw, None, is_blank=False, problem=not_a_number(raw))
    return Number(raw, value, is_blank=False, places=places_of(value), note=note)


def parse_decimal(text: str) -> Decimal | None:
    """Return the number a cleaned text consists of, or None; huge ones count as unreadable."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    digits = found[2].replace(",", "")
    whole, _, decimals = digits.partition(".")
    if len(whole.lstrip("0")) > MAX_INTEGER_DIGITS or len(whole) + len(decimals) > MAX_DIGITS:
        return None
    value = Decimal(digits)
    return value.copy_negate() if found[1] in ("-", "−") and value else value


def parse_chinese(text: str) -> int | None:
    """Return the number that Chinese numerals stand for, such as 两 or 七百六十万, or None."""
    if not text or len(text) > _CHINESE_MAX:
        return None
    high = total = group = digit = 0
    for one in text:
        if one in _CHINESE_DIGITS:
            if digit:
                return None
            digit = _CHINESE_DIGITS[one]
        elif one in _CHINESE_STEPS:
            group += (digit or 1) * _CHINESE_STEPS[one]
            digit = 0
        elif one in _CHINESE_GROUPS:
            total = (total + group + digit) * _CHINESE_GROUPS[one]
            group = digit = 0
            if one == "亿":
                high, total = (high * _CHINESE_GROUPS[one]) + total, 0
        else:
            return None
    result = high + total + group + digit
    return result if result or text in ("零", "〇") else None


def places_of(value: Decimal) -> int:
    """Return how many decimal places a number is written with."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def shifted(value: Decimal, places: int) -> Decimal:
    """Return value × 10^places exactly, written without exponent."""
    moved = value.scaleb(places, WIDE)
    exponent = moved.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        return moved.quantize(Decimal(1), context=WIDE)
    return moved


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Return a number rounded half up to a number of decimal places."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=WIDE)


def plain(value: Decimal, places: int | None = None) -> str:
    """Return a number in plain digits: `places` decimals, or as many as it needs."""
    if places is not None:
        value = round_half_up(value, places)
    text = f"{value:f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.removeprefix("-") if value == 0 else text


def too_long(raw: str) -> str:
    """Return the problem of a text far too long to be a figure."""
    return f"内容过长（{len(raw)} 字），不像一个数值，请只填数字"


def not_a_number(raw: str) -> str:
    """Return the problem of a text that is no readable number."""
    return f"“{shorten(raw)}”不能读成一个数值，请只填数字（如 12.5）"
