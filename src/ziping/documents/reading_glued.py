"""Cells of a fund row glued into one, taken apart where arithmetic proves it (粘连单元格).

A text such as `202010100.00%10` is 20|20|10|100.00%|10 only because 20 ÷ 20 = 100 % and
10 × 100 % = 10; where no split, or more than one, comes out right, nothing is taken apart.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ziping.domain.numbers import places_of, round_half_up
from ziping.domain.text import clean

GLUED_NOTE = "原文几格粘在一起，按算式拆开"
NOT_SPLIT = "像是几格粘在一起，算式不能唯一确认怎样拆开，没有读入"
_MAX_LENGTH = 48
_GLUED = re.compile(r"([0-9.]+)%([0-9.]+)")
_FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_MAX_WEIGHT = 100
_NEEDED = ("annual_budget", "executed", "weight", "rate", "points")
_OPTIONAL = ("initial_budget", "received")


def is_glued(text: str) -> bool:
    """Return whether the text of an amount cell looks like several cells in one."""
    plain = clean(text[:100])
    return (
        _GLUED.fullmatch(plain) is not None or re.search(r"[0-9]\.[0-9]+\.[0-9]", plain) is not None
    )


def split_glued(text: str, columns: Sequence[str]) -> dict[str, str]:
    """Return the figures of a glued text by column; empty unless exactly one split is right.

    Args:
        text: The cell.
        columns: Fields of the fund grid, left to right.
    """
    found = _GLUED.fullmatch(clean(text[:100]))
    order = [name for name in columns if name in (*_NEEDED, *_OPTIONAL)]
    if found is None or len(text) > _MAX_LENGTH or not set(_NEEDED) <= set(order):
        return {}
    if order.index("points") < order.index("rate"):
        return {}
    right = []
    for count in range(len(_OPTIONAL) + 1):
        for left_out in combinations([one for one in order if one in _OPTIONAL], count):
            names = [one for one in order if one not in left_out]
            right += [one for one in _splits(found, names) if _is_right(one)]
    distinct = {tuple(sorted(one.items())) for one in right}
    return right[0] if len(distinct) == 1 else {}


def _splits(found: re.Match[str], names: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield every way to cut both sides of the percent sign into figures of these columns."""
    at = names.index("rate") + 1
    for before in _cuts(found[1], at):
        for after in _cuts(found[2], len(names) - at):
            values = dict(zip(names, (*before, *after), strict=True))
            values["rate"] += "%"
            yield values


def _cuts(text: str, count: int) -> Iterator[tuple[str, ...]]:
    """Yield every way to cut a text into so many figures."""
    if count == 0:
        if not text:
            yield ()
        return
    for end in range(1, len(text) - count + 2):
        if _FIGURE.fullmatch(text[:end]):
            for rest in _cuts(text[end:], count - 1):
                yield (text[:end], *rest)


def _is_right(values: dict[str, str]) -> bool:
    """Return whether rate and points follow from the amounts and the weight."""
    budget, executed = Decimal(values["annual_budget"]), Decimal(values["executed"])
    weight, points = Decimal(values["weight"]), Decimal(values["points"])
    rate = Decimal(values["rate"].removesuffix("%"))
    if not budget or not 0 < weight <= _MAX_WEIGHT:
        return False
    exact = executed / budget * 100
    is_rate = round_half_up(exact, places_of(rate)) == rate
    return is_rate and points == round_half_up(weight * min(exact, Decimal(100)) / 100, 2)
