"""Whether a figure is a sum, difference, share or average of figures that are facts (推算)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ziping.drafting.grounding import reckoning
from ziping.drafting.grounding.cues import Cue, cues_of, is_supposed_total, speaks_of_earlier
from ziping.drafting.grounding.derivations import Derivations
from ziping.drafting.grounding.entries import Index
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.operands import (
    Operand,
    Operands,
    counted_results,
    find_operands,
    operand_of,
)
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.shares import Shares
from ziping.drafting.grounding.user_texts import UserTexts

_RATIOS = frozenset({Dimension.RATE, Dimension.TIMES})
_BOUNDED = frozenset({Cue.AVERAGE, Cue.DIFFERENCE})
_SIMPLE_MEAN = re.compile("平均(?!每)")
_SPANS = {"月": (12,), "日": (365, 366), "天": (365, 366), "季": (4,), "周": (52,)}
_AGAINST = re.compile("(?:比|较|相比)[^，。；]*$")
_MORE_OR_LESS = re.compile(
    "的?(?:[\u4e00-\u9fff]{0,6}?)(?:多|少|高|低|增加|减少|提高|下降|降低|上升|增长|缩短|节约|节省)(?:出|了|约)?"
)


class Sums:
    """What the facts of a report come to."""

    def __init__(self, index: Index, texts: UserTexts) -> None:
        """Reckon with facts and entered figures."""
        self._index = index
        self._texts = texts
        self._shares = Shares(index, texts)
        self._derivations = Derivations(index, texts)

    def reach(self, scene: Scene, figure: Figure, accepted: Sequence[Figure]) -> bool:
        """Whether the words speak of a sum, difference or share, and it comes to the figure.

        `accepted` are the figures of the sentence that stand.
        """
        if not figure.value:
            return False
        cues = cues_of(scene, figure)
        told = self._told(scene, figure, accepted)
        if self._derivations.reach(scene, figure, cues, told):
            return True
        is_count = figure.dimension is Dimension.COUNT
        if not cues and not reckoning.is_telling(figure) and not is_count:
            return False
        is_bounded = figure.bound is not None and (bool(cues & _BOUNDED) or figure.unit == "成")
        return any(
            reckoning.comes_to(value, figure)
            or (is_bounded and reckoning.is_just_within(value, figure))
            for value in self._results(scene, figure, cues, told)
        )

    def is_gap(self, scene: Scene, figure: Figure, accepted: Sequence[Figure]) -> bool | None:
        """Whether a difference told as 比96项多22项 is the one; None where none is told so."""
        base = _compared_with(scene, figure)
        if base is None or not self._stands(base, accepted):
            return None
        told = [one for one in self._told(scene, figure, accepted) if one is not base]
        operands = find_operands(self._index, scene, figure, told)
        wholes = [
            one.value
            for one in (*operands.earlier, *operands.named)
            if one.is_like(base) and one.role in {None, Role.ACTUAL}
        ]
        if figure.dimension is Dimension.RATE and base.value:
            found = [abs(one / base.value - 1) for one in wholes]
        else:
            found = [abs(one - base.value) for one in wholes]
        return any(reckoning.comes_to(one, figure) for one in found) if found else None

    def _told(self, scene: Scene, figure: Figure, accepted: Sequence[Figure]) -> list[Figure]:
        """Return the other figures of the sentence that may be reckoned with."""
        others = (one for one in scene.figures if one is not figure)
        return [one for one in others if self._stands(one, accepted)]

    def _stands(self, figure: Figure, accepted: Sequence[Figure]) -> bool:
        """Whether a figure of the sentence may be reckoned with."""
        if any(one.start == figure.start for one in accepted):
            return True
        return bool(self._index.equal(figure)) or self._texts.knows(figure)

    def _results(
        self,
        scene: Scene,
        figure: Figure,
        cues: frozenset[Cue],
        told: Sequence[Figure],
    ) -> Iterator[Decimal]:
        """Yield what the figures told and the facts named come to, as the words say."""
        operands = find_operands(self._index, scene, figure, told)
        if figure.dimension in _RATIOS:
            if Cue.SHARE in cues or reckoning.is_telling(figure):
                yield from self._shares.of(scene, figure, operands, told)
        elif figure.dimension is Dimension.PERCENT_POINTS:
            every = (*operands.told, *operands.named, *operands.rates)
            if Cue.DIFFERENCE in cues:
                yield from reckoning.gaps(one for one in every if one.dimension is Dimension.RATE)
        elif is_supposed_total(scene, figure):
            yield from reckoning.would_be(operands)
        else:
            yield from self._amounts(scene, figure, cues, operands)
            yield from self._pieces(scene, figure, cues, operands)

    def _amounts(
        self, scene: Scene, figure: Figure, cues: frozenset[Cue], operands: Operands
    ) -> Iterator[Decimal]:
        """Yield sums, differences and rests in the figure's measure."""
        told = [one for one in operands.told if one.is_like(figure)]
        facts = _facts_like(operands, figure)
        entered = [
            one
            for one in map(operand_of, self._texts.akin(scene.sentence.text))
            if one.is_like(figure)
        ]
        if Cue.DIFFERENCE in cues:
            parts = [*told, *(one for one in facts if one.role is not Role.LOST)]
            yield from reckoning.gaps(parts)
            if reckoning.is_telling(figure) or speaks_of_earlier(scene):
                yield from reckoning.gaps([*parts, *entered])
        if Cue.TOTAL in cues:
            earlier = [one.value for one in operands.earlier if one.is_like(figure)]
            later = [one.value for one in operands.later if one.is_like(figure)]
            yield from reckoning.runs(earlier)
            yield from reckoning.runs(later[::-1])
            yield from reckoning.sums_by_role(operands.named, figure)
        if Cue.TOTAL in cues or reckoning.is_telling(figure):
            yield from reckoning.pair_sums(entered)
        if figure.dimension is Dimension.COUNT:
            wholes = (*operands.named, *counted_results(self._index, scene, figure))
            others = [one for one in scene.figures if one.unit == figure.unit and one is not figure]
            yield from reckoning.parts_of_wholes(wholes, figure, others)
        if "加上" in scene.before(figure.start):
            yield from reckoning.pair_sums([*told, *facts, *entered])
        if Cue.REST in cues:
            yield from reckoning.rests(operands, figure)
        if _SIMPLE_MEAN.search(scene.sentence.text) and figure.dimension is Dimension.POINTS:
            totals = [one.value for one in operands.scores if one.role is Role.TOTAL]
            yield sum(totals, Decimal(0)) / max(len(totals), 1)

    def _pieces(
        self, scene: Scene, figure: Figure, cues: frozenset[Cue], operands: Operands
    ) -> Iterator[Decimal]:
        """Yield averages, products and the same in other units."""
        facts = _facts_like(operands, figure)
        counted = counted_results(self._index, scene, figure)
        if Cue.RESTATED in cues:
            yield from reckoning.conversions(figure, operands.told)
        if Cue.AVERAGE in cues:
            entered = [operand_of(one) for one in self._texts.akin(scene.sentence.text)]
            over = (*operands.told, *facts, *counted)
            under = (*operands.told, *entered, *_spans(scene, figure))
            if reckoning.digits_of(figure) > 1:
                under = (*under, *counted)
            else:
                before = scene.before(figure.start)
                under = (
                    *under,
                    *(one for one in counted if one.unit and f"每{one.unit}" in before),
                )
            yield from reckoning.averages(figure, over, under)
        if Cue.PRODUCT in cues:
            more = counted if Cue.TOTAL in cues else ()
            yield from reckoning.products(figure, (*operands.told, *operands.named, *more))
        if Cue.RATIO in cues:
            told = [one for one in operands.told if one.is_like(figure)]
            yield from reckoning.ratios({one.value for one in (*told, *facts)})


def _facts_like(operands: Operands, figure: Figure) -> list[Operand]:
    """Return the facts of a figure's measure."""
    facts = (*operands.amounts, *operands.named, *operands.scores)
    return [one for one in facts if one.is_like(figure)]


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


def _spans(scene: Scene, figure: Figure) -> Iterator[Operand]:
    """Yield how many months, days … a year has, for an average of each."""
    before = scene.before(figure.start)
    for word, counts in _SPANS.items():
        if re.search(f"{word}均|每个?{word}|平均每?个?{word}", before):
            yield from (Operand(Dimension.COUNT, Decimal(one), word) for one in counts)
