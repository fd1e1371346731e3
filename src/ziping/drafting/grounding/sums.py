"""Whether a figure is a sum, difference or ratio of figures that are facts (推算)."""

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
from ziping.drafting.grounding.user_texts import UserTexts
from ziping.drafting.grounding.whose import project_of

_ADDS = re.compile("合计|共|总|之和|相加|加上|加")
_DIFFERS = re.compile("差|多|少|高|低|减|增|剩|余|结|超|降|后为|比|缩|节|长|较")
_DIVIDES = re.compile("占|比|相当|率|幅|降|增|减|超|差|少|多|提高|提升|上升|节")
_PER = re.compile("平均|每|均")
_MOST = 8


class Sums:
    """What the facts of a report come to."""

    def __init__(self, index: Index, texts: UserTexts) -> None:
        """Reckon with facts and entered figures."""
        self._index = index
        self._texts = texts
        self._totals = {one.value for one in index.entries if one.role is Role.TOTAL}

    def reach(self, scene: Scene, figure: Figure) -> bool:
        """Whether the clause speaks of a sum, difference or share, and it comes to the figure."""
        clause = scene.sentence.clause_at(figure.start).text
        return any(same_value(value, figure) for value in self._results(scene, figure, clause))

    def _results(self, scene: Scene, figure: Figure, clause: str) -> Iterator[Decimal]:
        """Yield what the figures of the sentence, and the amounts of the project, come to."""
        others = self._others(scene, figure)
        if figure.dimension is Dimension.RATE:
            if _DIVIDES.search(clause):
                yield from self._rates(scene, figure, others)
            return
        if figure.dimension is Dimension.PERCENT_POINTS:
            rates = [one.value for one in others if one.dimension is Dimension.RATE]
            yield from (abs(left - right) for left, right in combinations(rates, 2))
            return
        same = [
            one for one in others if one.dimension is figure.dimension and one.unit == figure.unit
        ]
        if _DIFFERS.search(clause):
            yield from (abs(left.value - right.value) for left, right in combinations(same, 2))
            if figure.dimension is Dimension.POINTS:
                yield from _differences(self._totals)
        if _ADDS.search(clause):
            earlier = [one.value for one in same if one.end <= figure.start]
            yield from (sum(earlier[at:], Decimal(0)) for at in range(len(earlier) - 1))
        if figure.dimension is Dimension.MONEY:
            yield from self._of_amounts(scene, figure, clause)

    def _others(self, scene: Scene, figure: Figure) -> list[Figure]:
        """Return the other figures of the sentence that are facts or entered."""
        found = [
            one
            for one in scene.figures
            if one is not figure
            and one.unit != "成"
            and (self._index.equal(one) or self._texts.knows(one))
        ]
        return found[:_MOST]

    def _of_amounts(self, scene: Scene, figure: Figure, clause: str) -> Iterator[Decimal]:
        """Yield the differences of a project's amounts, and amounts a piece."""
        amounts = self._amounts(scene, figure)
        if _DIFFERS.search(clause):
            yield from _differences({one.value for one in amounts})
        if _PER.search(clause):
            counts = {
                one.value
                for one in self._index.entries
                if one.dimension is Dimension.COUNT and one.role is Role.ACTUAL and one.value
            }
            executed = [one.value for one in amounts if one.role is Role.EXECUTED]
            yield from (amount / count for amount in executed for count in counts)

    def _amounts(self, scene: Scene, figure: Figure) -> list[Entry]:
        """Return the amounts of the project a figure is said of, fund rows left out."""
        project = project_of(scene, figure.start)
        return [
            one
            for one in self._index.entries
            if one.dimension is Dimension.MONEY
            and not one.line
            and not one.fund
            and project in {"", one.project}
        ]

    def _rates(self, scene: Scene, figure: Figure, others: list[Figure]) -> Iterator[Decimal]:
        """Yield ratios: of the base named right before, else of any two figures or amounts."""
        base = direct_base(scene.piece_before(figure))
        amounts = self._amounts(scene, figure)
        if base is not None:
            money = [one for one in others if one.dimension is Dimension.MONEY]
            earlier = [one.value for one in money if one.end <= figure.start][-1:]
            parts = [*_named_amounts(scene, figure, amounts), *earlier]
            bases = [one.value for one in amounts if one.role is base and one.value]
            yield from (part / one for one in bases for part in parts)
            return
        own = scene.piece_before(figure)
        entered = [one for other in others for one in self._texts.beside(other) if "率" in own]
        kinds = {(one.dimension, one.unit) for one in (*others, *entered)}
        for kind in kinds - {(Dimension.RATE, "%")}:
            told = {one.value for one in (*others, *entered) if (one.dimension, one.unit) == kind}
            yield from _ratios(told)
        if figure.decimals:
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


def _differences(values: set[Decimal]) -> Iterator[Decimal]:
    """Yield the differences of values."""
    for left, right in combinations(sorted(values), 2):
        yield right - left


def _ratios(values: set[Decimal]) -> Iterator[Decimal]:
    """Yield the ratios of values, and by how much one is over the other."""
    for over, under in permutations(sorted(values), 2):
        if under:
            yield over / under
            yield abs(over / under - 1)
