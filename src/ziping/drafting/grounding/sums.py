"""Whether a figure is the sum, difference or ratio of figures its sentence states (推算)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from ziping.drafting.grounding.entries import Entry, Index, same_value
from ziping.drafting.grounding.labels import find_labels
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.whose import project_of

_ADDS = re.compile("合计|共|总|之和|相加|加上|加")
_DIFFERS = re.compile("差|多|少|高|低|减|增|剩|余|结|超|降|后为|比|缩|节|长|较")
_DIVIDES = re.compile("占|比|相当|率|幅|降|增|减|超|差|少|多|提高|提升|上升|节")
_PER = re.compile("平均|每|均")
_MOST = 8


def follows_by_sum(scene: Scene, figure: Figure, index: Index) -> bool:
    """Whether the clause speaks of a sum, difference or share, and it comes to the figure."""
    clause = scene.sentence.clause_at(figure.start).text
    return any(same_value(value, figure) for value in _results(scene, figure, index, clause))


def _results(scene: Scene, figure: Figure, index: Index, clause: str) -> Iterator[Decimal]:
    """Yield what the figures of the sentence, and the amounts of the project, come to."""
    others = [
        one for one in scene.figures if one is not figure and one.unit != "成" and index.equal(one)
    ][:_MOST]
    if figure.dimension is Dimension.RATE:
        if _DIVIDES.search(clause):
            yield from _rates(scene, figure, others, index)
        return
    if figure.dimension is Dimension.PERCENT_POINTS:
        rates = [one.value for one in others if one.dimension is Dimension.RATE]
        yield from (abs(left - right) for left, right in combinations(rates, 2))
        return
    same = [one for one in others if one.dimension is figure.dimension and one.unit == figure.unit]
    if _DIFFERS.search(clause):
        yield from (abs(left.value - right.value) for left, right in combinations(same, 2))
    if _ADDS.search(clause):
        earlier = [one.value for one in same if one.end <= figure.start]
        for start in range(len(earlier) - 1):
            yield sum(earlier[start:], Decimal(0))
    if figure.dimension is Dimension.MONEY:
        yield from _of_amounts(scene, figure, index, clause)


def _of_amounts(scene: Scene, figure: Figure, index: Index, clause: str) -> Iterator[Decimal]:
    """Yield the differences of a project's amounts, and amounts a piece."""
    amounts = _amounts(scene, figure, index)
    if _DIFFERS.search(clause):
        for left, right in combinations(sorted({one.value for one in amounts}), 2):
            yield right - left
    if _PER.search(clause):
        counts = {
            one.value
            for one in index.entries
            if one.dimension is Dimension.COUNT and one.role is Role.ACTUAL and one.value
        }
        executed = [one.value for one in amounts if one.role is Role.EXECUTED]
        yield from (amount / count for amount in executed for count in counts)


def _amounts(scene: Scene, figure: Figure, index: Index) -> list[Entry]:
    """Return the amounts of the project a figure is said of, fund rows left out."""
    project = project_of(scene, figure.start)
    return [
        one
        for one in index.entries
        if one.dimension is Dimension.MONEY
        and not one.line
        and not one.fund
        and project in {"", one.project}
    ]


def _rates(scene: Scene, figure: Figure, others: list[Figure], index: Index) -> Iterator[Decimal]:
    """Yield ratios: of the base named right before, else of any two figures or amounts."""
    base = direct_base(scene.piece_before(figure))
    amounts = _amounts(scene, figure, index)
    if base is not None:
        earlier = [
            one for one in others if one.dimension is Dimension.MONEY and one.end <= figure.start
        ]
        bases = [one.value for one in amounts if one.role is base and one.value]
        told = _named_amounts(scene, figure, amounts)
        parts = [*told, earlier[-1].value] if earlier else told
        yield from (part / one for one in bases for part in parts)
        return
    for dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.POINTS):
        yield from _ratios({one.value for one in others if one.dimension is dimension})
    if "%" in figure.text and figure.decimals:
        yield from _ratios({one.value for one in amounts})


def _named_amounts(scene: Scene, figure: Figure, amounts: list[Entry]) -> list[Decimal]:
    """Return the amounts the figure's clause names without stating them, as in 结余资金占…."""
    clause = scene.sentence.clause_at(figure.start)
    before = scene.sentence.between(clause.start, figure.start).split("占")[0]
    roles = {
        role
        for label in find_labels(before, Dimension.MONEY)
        if not label.is_weak
        for role in label.roles
    }
    return [one.value for one in amounts if one.role in roles]


def _ratios(values: set[Decimal]) -> Iterator[Decimal]:
    """Yield the ratios of values, and by how much one is over the other."""
    for over, under in permutations(sorted(values), 2):
        if under:
            yield over / under
            yield abs(over / under - 1)
