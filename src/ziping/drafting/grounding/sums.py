"""Whether a figure is the sum, difference or ratio of figures its sentence states (推算)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ziping.drafting.grounding.entries import Index, same_value
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.whose import project_of

_JOINS = re.compile(
    "合计|共|总|之和|相加|加上|差|多|少|高|低|减|增|剩|余|结|超|降|后为|占|比|相当|提高|提升|上升|缩|节|长"
)
_ADDS = re.compile("合计|共|总|之和|相加|加上|加")
_DIFFERS = re.compile("差|多|少|高|低|减|增|剩|余|结|超|降|后为|比|缩|节|长")
_MOST = 8


def follows_by_sum(scene: Scene, figure: Figure, index: Index) -> bool:
    """Whether the clause speaks of a sum, difference or share, and it comes to the figure."""
    clause = scene.sentence.clause_at(figure.start)
    if not _JOINS.search(clause.text):
        return False
    return any(same_value(value, figure) for value in _results(scene, figure, index))


def _results(scene: Scene, figure: Figure, index: Index) -> Iterator[Decimal]:
    """Yield what the figures of the sentence that are facts come to."""
    others = [
        one for one in scene.figures if one is not figure and one.unit != "成" and index.equal(one)
    ][:_MOST]
    if figure.dimension is Dimension.RATE:
        if direct_base(scene.piece_before(figure)) is None:
            yield from _ratios(others)
        yield from _shares(scene, figure, others, index)
        return
    if figure.dimension is Dimension.PERCENT_POINTS:
        rates = [one.value for one in others if one.dimension is Dimension.RATE]
        yield from (abs(left - right) for left, right in combinations(rates, 2))
        return
    same = [one for one in others if one.dimension is figure.dimension and one.unit == figure.unit]
    clause = scene.sentence.clause_at(figure.start).text
    if _DIFFERS.search(clause):
        yield from (abs(left.value - right.value) for left, right in combinations(same, 2))
    if _ADDS.search(clause):
        earlier = [one.value for one in same if one.end <= figure.start]
        for start in range(len(earlier) - 1):
            yield sum(earlier[start:], Decimal(0))


def _shares(scene: Scene, figure: Figure, others: list[Figure], index: Index) -> Iterator[Decimal]:
    """Yield the shares an amount of the sentence has of the base named before the figure."""
    base = direct_base(scene.piece_before(figure))
    if base is None:
        return
    project = project_of(scene, figure.start)
    bases = [
        one.value
        for one in index.entries
        if one.role is base and one.value and not one.fund and project in {"", one.project}
    ]
    earlier = [
        one for one in others if one.dimension is Dimension.MONEY and one.end <= figure.start
    ]
    yield from (earlier[-1].value / one for one in bases if earlier)


def _ratios(figures: list[Figure]) -> Iterator[Decimal]:
    """Yield the ratios of amounts or counts, and by how much one is over the other."""
    for left, right in combinations(figures, 2):
        if left.dimension is right.dimension is not Dimension.RATE:
            for over, under in ((left.value, right.value), (right.value, left.value)):
                if under:
                    yield over / under
                    yield abs(over / under - 1)
