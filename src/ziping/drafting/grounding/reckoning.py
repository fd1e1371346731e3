"""Sums, differences, shares, averages and products of values (算术)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from ziping.domain.numbers import round_half_up
from ziping.drafting.grounding.entries import same_value
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.operands import Operand, Operands
from ziping.drafting.grounding.roles import Role

_DIMENSION = re.compile(r"\.D\d+$")
_TELLING_DIGITS = 3
"""Significant digits from which a figure is hardly met by chance."""
_CLOSE = Decimal("0.005")
_NEARLY = Decimal("0.25")
_PARTS = frozenset({"倍", "分之", "成"})
_CONVERSIONS = (
    ("亩", "公顷", Decimal(15)),
    ("公顷", "平方公里", Decimal(100)),
    ("平方米", "公顷", Decimal(10_000)),
    ("亩", "平方公里", Decimal(1500)),
    ("米", "公里", Decimal(1000)),
    ("公斤", "吨", Decimal(1000)),
    ("分钟", "小时", Decimal(60)),
    ("小时", "天", Decimal(24)),
    ("个月", "年", Decimal(12)),
)
"""Small unit, large unit, how many of the small make one of the large."""


def is_telling(figure: Figure) -> bool:
    """Whether a figure has so many digits that it is hardly met by chance."""
    return digits_of(figure) >= _TELLING_DIGITS


def digits_of(figure: Figure) -> int:
    """Return how many significant digits a figure is written with."""
    written = re.sub(r"[^\d]", "", figure.text)
    return len(written.strip("0") if written else str(figure.value).strip("0."))


def comes_to(value: Decimal, figure: Figure) -> bool:
    """Whether a reckoned value is what a figure states, as precisely as it is written."""
    if same_value(value, figure):
        return True
    if not figure.value or abs(value - figure.value) > figure.grain / 2:
        return False
    is_close = abs(value - figure.value) <= _CLOSE * figure.value
    return is_close and (is_telling(figure) or bool(figure.decimals))


def is_just_within(value: Decimal, figure: Figure) -> bool:
    """Whether a value lies on the side of a figure that is told, and near it."""
    bound = figure.bound
    if bound is None or not bound.holds(value, figure.value):
        return False
    return abs(value - figure.value) <= _NEARLY * figure.value


def gaps(operands: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield the differences of values."""
    for left, right in combinations(sorted({one.value for one in operands}), 2):
        yield right - left


def runs(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """Yield the sums of the last two, three … values."""
    yield from (sum(values[at:], Decimal(0)) for at in range(len(values) - 1))


def pair_sums(operands: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield the sums of two values."""
    yield from (left.value + right.value for left, right in combinations(operands, 2))


def parts_of_wholes(
    wholes: Iterable[Operand], figure: Figure, others: Iterable[Figure]
) -> Iterator[Decimal]:
    """Yield what a figure would be as the rest of a result beside another: 线下97场、线上41场."""
    beside = [one.value for one in others if one.dimension is figure.dimension]
    for whole in wholes:
        if whole.role is Role.ACTUAL and whole.is_like(figure):
            yield from (whole.value - one for one in beside)


def sums_by_role(named: Iterable[Operand], figure: Figure) -> Iterator[Decimal]:
    """Yield what the points, weights or results of the names come to together."""
    found: dict[tuple[Role | None, bool], list[Decimal]] = defaultdict(list)
    like = [one for one in named if one.is_like(figure)]
    levels = {(one.role, one.value) for one in like if _DIMENSION.search(one.line)}
    for one in like:
        is_twice = one.line.endswith(".execution") and (one.role, one.value) in levels
        if not is_twice:
            found[one.role, _DIMENSION.search(one.line) is not None].append(one.value)
    yield from (sum(values, Decimal(0)) for values in found.values() if len(values) > 1)
    for role in {role for role, _ in found}:
        yield sum((*found[role, True], *found[role, False]), Decimal(0))


def rests(operands: Operands, figure: Figure) -> Iterator[Decimal]:
    """Yield what is left of a whole when the parts named are taken away."""
    told = [one.value for one in operands.earlier if one.is_like(figure)]
    named = [one for one in (*operands.named, *operands.lost) if one.is_like(figure)]
    parts = [*(one.value for one in named), *told, *runs(told)]
    wholes = [one.value for one in (*operands.scores, *operands.amounts) if one.is_like(figure)]
    yield from (whole - part for whole in (*wholes, *told) for part in parts)


def averages(
    figure: Figure, over: Iterable[Operand], under: Iterable[Operand]
) -> Iterator[Decimal]:
    """Yield amounts and counts a piece."""
    counts = {(one.value, one.unit) for one in under if one.dimension is Dimension.COUNT}
    for one in set(over):
        is_counted = _is_counted_in(one, figure)
        for count, unit in counts:
            is_itself = (count, unit) == (one.value, one.unit)
            if (one.is_like(figure) or is_counted) and count and not is_itself:
                yield one.value / count


def _is_counted_in(one: Operand, figure: Figure) -> bool:
    """Whether a count may be told in a figure's unit: 人次 in 人 and in 次, a bare one in any."""
    if not one.dimension is figure.dimension is Dimension.COUNT:
        return False
    return not (one.unit and figure.unit) or bool(set(one.unit) & set(figure.unit))


def products(figure: Figure, told: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield prices times counts, and shares of counts."""
    told = list(told)
    counts = [one for one in told if one.dimension is Dimension.COUNT]
    if figure.dimension is Dimension.MONEY:
        prices = [one for one in told if one.dimension is Dimension.MONEY]
        yield from (price.value * count.value for price in prices for count in counts)
    rates = {one.value for one in told if one.dimension is Dimension.RATE}
    wholes = {one.value for one in told if one.is_like(figure)}
    for rate in rates | {1 - one for one in rates}:
        for product in (rate * whole for whole in wholes):
            yield round_half_up(product, 0) if figure.dimension is Dimension.COUNT else product


def conversions(figure: Figure, told: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield what is told in the unit of a figure."""
    for one in told:
        if one.is_like(figure):
            yield one.value
        for small, large, factor in _CONVERSIONS:
            if (one.unit, figure.unit) == (small, large):
                yield one.value / factor
            elif (one.unit, figure.unit) == (large, small):
                yield one.value * factor


def would_be(operands: Operands) -> Iterator[Decimal]:
    """Yield what the total would be had a deduction not been made."""
    totals = [one.value for one in operands.scores if one.role is Role.TOTAL]
    yield from (total + one.value for total in totals for one in operands.lost)


def by_measure(operands: Iterable[Operand], figure: Figure) -> Iterator[set[Decimal]]:
    """Yield the values of one measure each: a share is of its like."""
    found: dict[tuple[Dimension, str], set[Decimal]] = defaultdict(set)
    for one in operands:
        found[one.dimension, one.unit].add(one.value)
    for (dimension, unit), values in found.items():
        if dimension is Dimension.COUNT and unit:
            yield values | found.get((dimension, ""), set())
        elif dimension is not Dimension.RATE or figure.unit in _PARTS:
            yield values


def ratios(values: set[Decimal]) -> Iterator[Decimal]:
    """Yield the ratios of values, and by how much one is over the other."""
    for over, under in permutations(sorted(values), 2):
        if under:
            yield over / under
            yield abs(over / under - 1)
