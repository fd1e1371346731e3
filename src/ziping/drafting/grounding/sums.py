"""Whether a figure is the sum, difference or ratio of figures its sentence states (推算)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ziping.drafting.grounding.entries import Index, same_value
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.readings import Scene
from ziping.drafting.grounding.roles import AMOUNTS

_JOINS = re.compile(
    "合计|共|总|之和|相加|加上|差|多|少|高|低|减|增|剩|余|结|超|降|后为|占|比|相当|提高|提升|上升|缩|节|长"
)
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
        yield from _ratios(others)
        yield from _shares(scene, figure, others, index)
    if figure.dimension is Dimension.PERCENT_POINTS:
        rates = [one.value for one in others if one.dimension is Dimension.RATE]
        yield from (abs(left - right) for left, right in combinations(rates, 2))
        return
    same = [one.value for one in others if one.dimension is figure.dimension]
    if figure.dimension is not Dimension.RATE:
        for left, right in combinations(same, 2):
            yield abs(left - right)
            yield left + right
    earlier = [
        one.value for one in others if one.dimension is figure.dimension and one.end <= figure.start
    ]
    for start in range(len(earlier) - 1):
        yield sum(earlier[start:], Decimal(0))


def _shares(scene: Scene, figure: Figure, others: list[Figure], index: Index) -> Iterator[Decimal]:
    """Yield the shares an amount of the sentence has of the amounts of its project."""
    reading = scene.read(figure)
    bases = [
        one.value
        for one in index.entries
        if one.role in AMOUNTS
        and not one.fund
        and one.value
        and one.project in {reading.project or one.project}
    ]
    for other in others:
        if other.dimension is Dimension.MONEY:
            yield from (other.value / base for base in bases)


def _ratios(figures: list[Figure]) -> Iterator[Decimal]:
    """Yield the ratios of amounts or counts, and by how much one is over the other."""
    for left, right in combinations(figures, 2):
        if left.dimension is right.dimension is not Dimension.RATE:
            for over, under in ((left.value, right.value), (right.value, left.value)):
                if under:
                    yield over / under
                    yield abs(over / under - 1)
