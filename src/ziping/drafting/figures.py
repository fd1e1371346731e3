"""How figures and entered words read in prose, never rounded into a nicer story."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from ziping.domain.amounts import amount_text
from ziping.domain.numbers import plain, round_half_up, shifted

_YUAN_CENT_PLACES = 6
"""Decimal places of one 分 (0.01 元) in 万元."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
PARAGRAPH = "\x1e"
"""What parts paragraphs while a text is put together; never in entered text."""
COUNTERS = "宗户件次人个台套辆场项家份批株所座期篇条起"
"""Measure words an indicator named …数 is counted in (量词)."""


def to_amount(value: Decimal) -> str:
    """Return an amount in 万元 as entered, to one 分 at the finest."""
    return amount_text(round_half_up(value, _YUAN_CENT_PLACES))


def to_percent(fraction: Decimal) -> str:
    """Return a rate with two decimal places; more where two would claim a whole 100% or 0%."""
    percent = shifted(fraction, 2)
    for places in (2, 4, 6):
        rounded = round_half_up(percent, places)
        if rounded == percent or rounded not in {0, 100}:
            break
    return f"{plain(rounded)}%"


def to_points(value: Decimal) -> str:
    """Return points, half up to two places."""
    return f"{plain(round_half_up(value, 2))}分"


def first_number(raw: str) -> Decimal | None:
    """Return the only number of a cell, None when there is none or more than one."""
    text = unicodedata.normalize("NFKC", raw).replace(",", "").replace(" ", "")
    found = _NUMBER.findall(text)
    if len(found) != 1:
        return None
    try:
        return Decimal(found[0])
    except InvalidOperation:
        return None


def to_inline(raw: str) -> str:
    """Return entered text fit for the middle of a sentence: one line, no closing stop."""
    text = _SPACES.sub(" ", _CONTROL.sub("", raw)).strip()
    return text.rstrip("。；;，,")


def to_paragraphs(raw: str) -> str:
    """Return entered text as paragraphs, each closed by a stop."""
    lines = (_CONTROL.sub("", line).strip() for line in raw.splitlines())
    return PARAGRAPH.join(_closed(line) for line in lines if line)


def _closed(line: str) -> str:
    return line if line[-1] in "。！？；：:…）】”!?" else f"{line}。"
