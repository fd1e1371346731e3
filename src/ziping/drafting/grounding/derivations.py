"""Figures that follow by one plain step from what was entered or from one indicator (一步推算).

The figures of one entered sentence, and the target and result of one indicator, belong together:
their differences, sums, shares and averages may be told without naming them again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from ziping.drafting.grounding import reckoning
from ziping.drafting.grounding.cues import Cue
from ziping.drafting.grounding.entries import ANY_PROJECT, Index, same_value
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.operands import Operand, operand_of
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.shares import told_right_before
from ziping.drafting.grounding.user_texts import UserTexts
from ziping.drafting.grounding.whose import project_of

_CELLS = frozenset({Role.TARGET, Role.ACTUAL})
_ROUGHLY = Decimal("0.02")
_LEAST_DIGITS = 2
"""Significant digits below which a figure is met by chance."""


class Derivations:
    """One plain step from figures that belong together."""

    def __init__(self, index: Index, texts: UserTexts) -> None:
        """Reckon with entered figures and the cells of the indicators."""
        self._index = index
        self._texts = texts
        self._cells = _cells_of(index)

    def reach(
        self, scene: Scene, figure: Figure, cues: frozenset[Cue], told: Sequence[Figure]
    ) -> bool:
        """Whether a figure is one plain step from a group that belongs together."""
        if direct_base(scene.piece_before(figure)) is not None:
            return False
        written = sum(one.isdigit() for one in figure.text)
        is_part = figure.unit in {"分之", "成"}
        if not is_part and max(reckoning.digits_of(figure), written) < _LEAST_DIGITS:
            return False
        groups = [*self._entered(scene), *self._lines(scene, figure)]
        stated = [operand_of(one) for one in told]
        if (part := told_right_before(scene, figure)) is not None:
            return any(_is_exactly(value, figure) for one in groups for value in _shares(one, part))
        return any(
            _is_exactly(value, figure)
            for group in groups
            for value in _steps(figure, cues, group, stated)
        )

    def _entered(self, scene: Scene) -> Iterator[list[Operand]]:
        """Yield the figures of each entered sentence the words speak of."""
        for group in self._texts.groups(scene.sentence.text):
            yield [operand_of(one) for one in group]

    def _lines(self, scene: Scene, figure: Figure) -> Iterator[list[Operand]]:
        """Yield the target and result of each indicator of the project spoken of."""
        project = project_of(scene, figure.start)
        yield from (group for owner, group in self._cells if project in {"", owner})


def _cells_of(index: Index) -> list[tuple[str, list[Operand]]]:
    """Return the target and result of each indicator, with the project it is of."""
    found: dict[tuple[str, str], list[Operand]] = defaultdict(list)
    for one in index.entries:
        if one.line and one.role in _CELLS and one.project != ANY_PROJECT:
            cell = Operand(one.dimension, one.value, one.unit, one.role)
            found[one.project, one.line].append(cell)
    return [(project, group) for (project, _), group in found.items()]


def _is_exactly(value: Decimal, figure: Figure) -> bool:
    """Whether a value is what a figure states, as written; parts are rough."""
    if figure.unit == "分之" and abs(value - figure.value) <= _ROUGHLY:
        return True
    return same_value(value, figure) or reckoning.comes_to(value, figure)


def _steps(
    figure: Figure, cues: frozenset[Cue], group: list[Operand], stated: list[Operand]
) -> Iterator[Decimal]:
    """Yield what one step of the kind told makes of a group, and of a stated figure with it."""
    like = [one for one in group if one.is_like(figure)]
    is_gap = Cue.DIFFERENCE in cues and figure.dimension is not Dimension.RATE
    if is_gap or Cue.REST in cues:
        yield from reckoning.gaps(like)
        yield from _beside(like, [one for one in stated if one.is_like(figure)])
        yield from _converted(figure, group)
    if Cue.TOTAL in cues:
        yield from reckoning.pair_sums(like)
        yield sum((one.value for one in like), Decimal(0)) if len(like) > 1 else Decimal(-1)
    if not any(_is_told(one, stated) for one in group):
        return
    if figure.dimension in {Dimension.RATE, Dimension.TIMES} and Cue.SHARE in cues:
        yield from _shares(group)
    if Cue.AVERAGE in cues:
        yield from reckoning.averages(figure, group, group)


def _beside(like: list[Operand], stated: list[Operand]) -> Iterator[Decimal]:
    """Yield how far a stated figure lies from those of a group.

    One that is itself such a difference was put in the place of a result.
    """
    gaps = set(reckoning.gaps(like))
    apart = [one for one in stated if one.value not in gaps]
    yield from (abs(one.value - other.value) for one in like for other in apart)


def _converted(figure: Figure, group: list[Operand]) -> Iterator[Decimal]:
    """Yield the differences of a group in the unit of a figure: 2小时 and 1.5小时 in 分钟."""
    for one, other in permutations(group, 2):
        if one.dimension is Dimension.COUNT and one.unit == other.unit and one.unit != figure.unit:
            gap = Operand(Dimension.COUNT, abs(one.value - other.value), one.unit)
            yield from reckoning.conversions(figure, [gap])


def _is_told(operand: Operand, stated: Iterable[Operand]) -> bool:
    """Whether a sentence states a figure."""
    return any((one.dimension, one.value) == (operand.dimension, operand.value) for one in stated)


def _shares(group: list[Operand], part: Figure | None = None) -> Iterator[Decimal]:
    """Yield the shares of one figure, or of the part told, in another of its measure and unit."""
    for over, under in permutations(group, 2):
        if part is not None and not (over.is_like(part) and over.value == part.value):
            continue
        is_same = (over.dimension, over.unit) == (under.dimension, under.unit)
        if is_same and under.value not in {0, over.value} and over.dimension is not Dimension.RATE:
            yield over.value / under.value
