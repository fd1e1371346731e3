"""Numbers as people say them: 七百六十万、六百一十九点五二、一千二、两万五 (口语数字)."""

import re
from decimal import Decimal

from ziping.domain.numbers import NUMBER_PATTERN, parse_chinese, parse_decimal, shifted

_DIGIT = "零一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_STEP = "十百千拾佰仟"
_GROUP = "万亿"
CHINESE = f"[{_DIGIT}{_STEP}{_GROUP}]+(?:点[{_DIGIT}]+)?"
"""A number in Chinese numerals, perhaps with decimals and with 万 or 亿 inside."""
DIGITS = NUMBER_PATTERN
"""A number in Arabic digits."""
_SHORT = re.compile(f"(?P<head>.*[百千万亿佰仟])(?P<last>[{_DIGIT.replace('零', '')}])")
"""一千二: the last digit counts in the step below the one before it."""
_BELOW = {"百": 10, "佰": 10, "千": 100, "仟": 100, "万": 1_000, "亿": 10_000_000}
_ONE_BY_ONE = re.compile(f"[{_DIGIT}]{{2,}}")


def number_of(text: str) -> Decimal | None:
    """Return the number of digits or Chinese numerals; None when they are none."""
    if text[:1].isdigit() or text.startswith("."):
        return parse_decimal(text)
    whole, _, decimals = text.partition("点")
    number = _whole(whole)
    if number is None or (decimals and whole.endswith(tuple(_GROUP))):
        return None  # 七百万点五: nobody can tell
    if not decimals:
        return Decimal(number)
    digits = "".join(str(parse_chinese(one)) for one in decimals)
    return Decimal(f"{number}.{digits}")


def _whole(text: str) -> int | None:
    """Return a whole number in Chinese numerals, colloquial endings included."""
    if _ONE_BY_ONE.fullmatch(text):
        return _digit_by_digit(text)
    found = _SHORT.fullmatch(text)
    if found:
        head, last = parse_chinese(found["head"]), parse_chinese(found["last"])
        if head is not None and last is not None:
            return head + last * _BELOW[found["head"][-1]]
    return parse_chinese(text)


def _digit_by_digit(text: str) -> int | None:
    """Return 二零二三 as 2023; None where it is no way to say a number."""
    if "零" not in text and len(text) < len("二零二三"):
        return None
    return int("".join(str(parse_chinese(one) or 0) for one in text))


def scaled(number: Decimal, power: int) -> Decimal:
    """Return a number times a power of ten."""
    return shifted(number, power)
