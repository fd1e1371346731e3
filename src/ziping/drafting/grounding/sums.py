"""Whether a figure is a sum, difference, share or average of figures that are facts (推算)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from ziping.domain.numbers import round_half_up
from ziping.drafting.grounding.cues import Cue, cues_of
from ziping.drafting.grounding.entries import Index, same_value
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.operands import (
    Operand,
    Operands,
    counted_results,
    find_operands,
    named_amounts,
    named_rows,
    operand_of,
)
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.user_texts import UserTexts

_RATIOS = frozenset({Dimension.RATE, Dimension.TIMES})
_BARE_SHARE = re.compile("(?:占|占比|比重|比例)(?:为|约|近|达|仅)*")
_AGAINST = re.compile("(?:比|较|相比)[^，。；]*$")
_MORE_OR_LESS = re.compile(
    "的?(?:[\u4e00-\u9fff]{0,6}?)(?:多|少|高|低|增加|减少|提高|下降|降低|上升|增长|缩短|节约|节省)(?:出|了|约)?"
)
_POINTED = re.compile("分(?!别)|扣")
_SIMPLE_MEAN = re.compile("简单平均|算术平均")
_SPANS = {"月": (12,), "日": (365, 366), "天": (365, 366), "季": (4,), "周": (52,)}
_DIMENSION = re.compile(r"\.D\d+$")
_LEAST_DIGITS = 3
_NEARLY = Decimal("0.25")
_CLOSE = Decimal("0.005")


class Sums:
    """What the facts of a report come to."""

    def __init__(self, index: Index, texts: UserTexts) -> None:
        """Reckon with facts and entered figures."""
        self._index = index
        self._texts = texts

    def reach(self, scene: Scene, figure: Figure, accepted: Sequence[Figure]) -> bool:
        """Whether the words speak of a sum, difference or share, and it comes to the figure.

        `accepted` are the figures of the sentence that stand.
        """
        cues = cues_of(scene, figure)
        if not cues:
            return False
        told = [one for one in scene.figures if one is not figure and self._stands(one, accepted)]
        operands = find_operands(self._index, scene, figure, told)
        if figure.dimension in _RATIOS:
            results = self._shares(scene, figure, operands, told)
        elif figure.dimension is Dimension.PERCENT_POINTS and Cue.DIFFERENCE in cues:
            every = (*operands.told, *operands.named, *operands.rates)
            rates = [one for one in every if _is_rate(one)]
            results = _gaps(rates)
        else:
            results = self._amounts(scene, figure, cues, operands)
        is_bounded = Cue.AVERAGE in cues and figure.bound is not None
        return any(
            comes_to(value, figure) or (is_bounded and _is_just_within(value, figure))
            for value in results
        )

    def is_gap(self, scene: Scene, figure: Figure, accepted: Sequence[Figure]) -> bool | None:
        """Whether a difference told as 比96项多22项 is the one; None where none is told so."""
        base = _compared_with(scene, figure)
        if base is None or not self._stands(base, accepted):
            return None
        told = [
            one
            for one in scene.figures
            if one not in {figure, base} and self._stands(one, accepted)
        ]
        operands = find_operands(self._index, scene, figure, told)
        wholes = [
            one.value
            for one in (*operands.earlier, *operands.named)
            if one.is_like(base) and one.role in {None, Role.ACTUAL}
        ]
        if figure.dimension is Dimension.RATE and base.value:
            gaps = [abs(one / base.value - 1) for one in wholes]
        else:
            gaps = [abs(one - base.value) for one in wholes]
        return any(comes_to(one, figure) for one in gaps) if gaps else None

    def _stands(self, figure: Figure, accepted: Sequence[Figure]) -> bool:
        """Whether a figure of the sentence may be reckoned with."""
        if any(one.start == figure.start for one in accepted):
            return True
        return bool(self._index.equal(figure)) or self._texts.knows(figure)

    def _amounts(
        self, scene: Scene, figure: Figure, cues: frozenset[Cue], operands: Operands
    ) -> Iterator[Decimal]:
        """Yield sums, differences, averages and products in the figure's measure."""
        told = [one for one in operands.told if one.is_like(figure)]
        facts = [
            one
            for one in (*operands.amounts, *operands.named, *operands.scores)
            if one.is_like(figure)
        ]
        if Cue.RESTATED in cues:
            yield from (one.value for one in told)
        if Cue.DIFFERENCE in cues:
            yield from _gaps([*told, *(one for one in facts if one.role is not Role.LOST)])
        if Cue.TOTAL in cues:
            yield from _runs([one.value for one in operands.earlier if one.is_like(figure)])
            yield from _runs([one.value for one in operands.later if one.is_like(figure)][::-1])
            yield from _sums_by_role(operands.named, figure)
        if Cue.REST in cues:
            yield from _rests(operands, figure)
        if Cue.AVERAGE in cues:
            entered = [operand_of(one) for one in self._texts.near(scene.sentence.text)]
            counted = (
                *counted_results(self._index, scene, figure),
                *entered,
                *_spans(scene, figure),
            )
            yield from _averages(figure, (*operands.told, *facts), (*operands.told, *counted))
        if _SIMPLE_MEAN.search(scene.sentence.text) and figure.dimension is Dimension.POINTS:
            totals = [one.value for one in operands.scores if one.role is Role.TOTAL]
            yield sum(totals, Decimal(0)) / max(len(totals), 1)
        if Cue.PRODUCT in cues:
            counted = counted_results(self._index, scene, figure) if Cue.TOTAL in cues else ()
            yield from _products(figure, (*operands.told, *operands.named, *counted))
        if Cue.RATIO in cues:
            money = {one.value for one in (*told, *facts)}
            yield from _ratios(money)
        if Cue.WOULD in cues and figure.dimension is Dimension.POINTS:
            yield from _would_be(operands)

    def _shares(
        self, scene: Scene, figure: Figure, operands: Operands, told: Sequence[Figure]
    ) -> Iterator[Decimal]:
        """Yield ratios: of the base named right before, else of any two figures of one measure."""
        base = direct_base(scene.piece_before(figure))
        if base is not None:
            parts = [*named_amounts(scene, figure, operands)]
            parts += _nearest_money(operands)
            bases = [one.value for one in operands.amounts if one.role is base and one.value]
            yield from (part / one for one in bases for part in parts)
            return
        rows = named_rows(scene, figure)
        beside = re.search("率|占", scene.piece_before(figure))
        entered = [one for other in told for one in self._texts.beside(other) if beside]
        others = [*operands.told, *operands.named, *operands.counts]
        others += [operand_of(one) for one in entered]
        if figure.decimals or figure.is_rounded:
            others += operands.amounts
        if _POINTED.search(scene.sentence.text):
            others += operands.scores
        if rows:
            own = [one.value for one in operands.amounts if one.fund in rows]
            wholes = [one.value for one in operands.amounts if one.value]
            yield from (part / whole for part in own for whole in wholes)
            return
        if (part := _told_right_before(scene, figure, told)) is not None:
            wholes = [one.value for one in others if one.is_like(part) and one.value]
            yield from (part.value / whole for whole in wholes)
            return
        for values in _measures(others, figure):
            yield from _ratios(values)


def _compared_with(scene: Scene, figure: Figure) -> Figure | None:
    """Return the figure a difference is told against, in 比96项多22项; None where there is none."""
    before = [one for one in scene.figures if one.end <= figure.start]
    if not before or not _MORE_OR_LESS.fullmatch(scene.stretch_before(figure)):
        return None
    base = before[-1]
    is_gap = (base.dimension, figure.dimension) == (Dimension.RATE, Dimension.PERCENT_POINTS)
    is_like = base.dimension is figure.dimension and base.unit == figure.unit
    is_share = figure.dimension is Dimension.RATE and base.dimension is not Dimension.RATE
    is_compared = _AGAINST.search(scene.piece_before(base)) is not None
    return base if is_compared and (is_gap or is_like or is_share) else None


def _told_right_before(scene: Scene, figure: Figure, told: Sequence[Figure]) -> Figure | None:
    """Return the figure a bare 占 speaks of: the one before it, as in 扣2分，占81.63%."""
    if not _BARE_SHARE.fullmatch(scene.piece_before(figure)):
        return None
    before = [one for one in scene.figures if one.end <= figure.start]
    return before[-1] if before and before[-1] in told else None


def _nearest_money(operands: Operands) -> list[Decimal]:
    """Return the amount told last before a share, else those told after it."""
    earlier = [one.value for one in operands.earlier if one.dimension is Dimension.MONEY]
    later = [one.value for one in operands.later if one.dimension is Dimension.MONEY]
    return earlier[-1:] or later[:1]


def comes_to(value: Decimal, figure: Figure) -> bool:
    """Whether a reckoned value is what a figure states, as precisely as it is written."""
    if same_value(value, figure):
        return True
    if not figure.value or abs(value - figure.value) > figure.grain / 2:
        return False
    digits = len(figure.text.replace(",", "").replace(".", "").strip("0%‰元万亿分个"))
    is_close = abs(value - figure.value) <= _CLOSE * figure.value
    return is_close and (digits >= _LEAST_DIGITS or bool(figure.decimals))


def _is_just_within(value: Decimal, figure: Figure) -> bool:
    """Whether a value lies on the side of a figure that is told, and near it."""
    bound = figure.bound
    if bound is None or not bound.holds(value, figure.value):
        return False
    return abs(value - figure.value) <= _NEARLY * figure.value


def _is_rate(one: Operand) -> bool:
    return one.dimension is Dimension.RATE


def _gaps(operands: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield the differences of values."""
    for left, right in combinations(sorted({one.value for one in operands}), 2):
        yield right - left


def _runs(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """Yield the sums of the last two, three … values."""
    yield from (sum(values[at:], Decimal(0)) for at in range(len(values) - 1))


def _sums_by_role(named: Iterable[Operand], figure: Figure) -> Iterator[Decimal]:
    """Yield what the points, weights or results of the names come to together."""
    found: dict[tuple[Role | None, bool], list[Decimal]] = defaultdict(list)
    for one in named:
        if one.is_like(figure) and not one.line.endswith(".execution"):
            found[one.role, _DIMENSION.search(one.line) is not None].append(one.value)
    yield from (sum(values, Decimal(0)) for values in found.values() if len(values) > 1)


def _rests(operands: Operands, figure: Figure) -> Iterator[Decimal]:
    """Yield what is left of a whole when the parts named are taken away."""
    told = [one.value for one in operands.earlier if one.is_like(figure)]
    named = [one for one in (*operands.named, *operands.lost) if one.is_like(figure)]
    parts = [*(one.value for one in named), *told, *_runs(told)]
    wholes = [one.value for one in (*operands.scores, *operands.amounts) if one.is_like(figure)]
    yield from (whole - part for whole in (*wholes, *told) for part in parts)


def _averages(
    figure: Figure, over: Iterable[Operand], under: Iterable[Operand]
) -> Iterator[Decimal]:
    """Yield amounts and counts a piece."""
    counts = {(one.value, one.unit) for one in under if one.dimension is Dimension.COUNT}
    for one in set(over):
        is_meant = one.is_like(figure) or (
            figure.dimension is Dimension.COUNT and one.dimension is Dimension.COUNT
        )
        for count, unit in counts:
            if is_meant and count and (count, unit) != (one.value, one.unit):
                yield one.value / count


def _spans(scene: Scene, figure: Figure) -> Iterator[Operand]:
    """Yield how many months, days … a year has, for an average of each."""
    before = scene.before(figure.start)
    for word, counts in _SPANS.items():
        if re.search(f"{word}均|每{word}|平均每?个?{word}", before):
            yield from (Operand(Dimension.COUNT, Decimal(one), word) for one in counts)


def _would_be(operands: Operands) -> Iterator[Decimal]:
    """Yield what the total would be had a deduction not been made."""
    totals = [one.value for one in operands.scores if one.role is Role.TOTAL]
    lost = [one.value for one in operands.lost]
    yield from (total + one for total in totals for one in lost)


def _products(figure: Figure, told: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield prices times counts, and shares of counts."""
    told = list(told)
    counts = [one for one in told if one.dimension is Dimension.COUNT]
    if figure.dimension is Dimension.MONEY:
        prices = [one for one in told if one.dimension is Dimension.MONEY]
        yield from (price.value * count.value for price in prices for count in counts)
    rates = [one.value for one in told if one.dimension is Dimension.RATE]
    wholes = [one.value for one in told if one.is_like(figure)]
    for product in (rate * whole for rate in rates for whole in wholes):
        yield round_half_up(product, 0) if figure.dimension is Dimension.COUNT else product


def _measures(operands: Iterable[Operand], figure: Figure) -> Iterator[set[Decimal]]:
    """Yield the values of one measure each: a share is of its like."""
    found: dict[tuple[Dimension, str], set[Decimal]] = defaultdict(set)
    for one in operands:
        found[one.dimension, one.unit].add(one.value)
    for (dimension, unit), values in found.items():
        if dimension is Dimension.COUNT and unit:
            yield values | found.get((dimension, ""), set())
        elif dimension is not Dimension.RATE or figure.unit in {"倍", "分之", "成"}:
            yield values


def _ratios(values: set[Decimal]) -> Iterator[Decimal]:
    """Yield the ratios of values, by how much one is over the other, and of two to a third."""
    ordered = sorted(values)
    for over, under in permutations(ordered, 2):
        if under:
            yield over / under
            yield abs(over / under - 1)
