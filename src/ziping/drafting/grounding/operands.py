"""What a figure may be reckoned from: figures told with it, facts named there (推算依据)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ziping.drafting.grounding.entries import Entry, Index, is_same_counter
from ziping.drafting.grounding.labels import find_labels
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.roles import AMOUNTS, COUNTS, Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.subjects import HitKind
from ziping.drafting.grounding.whose import project_of

_OF_CELLS = frozenset({Role.TARGET, Role.ACTUAL})
_LINKING = _OF_CELLS | {Role.LINE_GAP}
_OF_POINTS = frozenset({Role.POINTS, Role.WEIGHT, Role.DEDUCTION})
_OF_ALL = frozenset({Role.TOTAL, Role.LOST, Role.BOUND, Role.OTHER_TOTAL})
_COUNTED = re.compile("指标(?!值)")
_EVERY_ROW = re.compile("各级|各类|各项资金|各来源|[两三四]级资金")
_PLANNED = re.compile("计划|目标|应")
_RATED = re.compile("执行率|到位率|支付率|进度")
_COMPARES = re.compile("比|倍|是|的$")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Operand:
    """A value a figure may be reckoned from (推算依据)."""

    dimension: Dimension
    value: Decimal
    unit: str = ""
    role: Role | None = None
    """None: a figure of the sentence."""
    fund: str = ""
    line: str = ""

    def is_like(self, figure: Figure) -> bool:
        """Whether it is of a figure's measure."""
        if self.dimension is not figure.dimension:
            return False
        return self.dimension is not Dimension.COUNT or is_same_counter(self.unit, figure.unit)


@dataclass(frozen=True)
class Operands:
    """Figures and facts for one figure of a sentence (推算依据)."""

    earlier: tuple[Operand, ...]
    """Figures told before it, in their order."""
    later: tuple[Operand, ...]
    amounts: tuple[Operand, ...]
    """Amounts of the project spoken of, and of the fund rows named."""
    named: tuple[Operand, ...]
    """Targets, results and points of the indicators and dimensions named."""
    scores: tuple[Operand, ...]
    """Total, points lost, bounds of grades."""
    rates: tuple[Operand, ...]
    """Rates of the project's funds, where the sentence speaks of one."""
    lost: tuple[Operand, ...]
    """Points lost at each indicator."""
    counts: tuple[Operand, ...]
    """How many indicators there are, are met and so on."""

    @property
    def told(self) -> tuple[Operand, ...]:
        """Figures of the sentence."""
        return (*self.earlier, *self.later)


def find_operands(index: Index, scene: Scene, figure: Figure, told: Sequence[Figure]) -> Operands:
    """Return what a figure may be reckoned from; `told` are the other figures that stand."""
    project = project_of(scene, figure.start)
    compared = _projects_before(scene, figure)
    own = [
        one
        for one in index.entries
        if project in {"", one.project} or (len(compared) > 1 and one.project in compared)
    ]
    text = scene.sentence.text
    rows = named_rows(scene, figure)
    if not rows or _COMPARES.search(scene.piece_before(figure)):
        rows = frozenset(_rows_of(scene))
    return Operands(
        earlier=tuple(operand_of(one) for one in told if one.end <= figure.start)[-_MOST:],
        later=tuple(operand_of(one) for one in told if one.start >= figure.end)[:_MOST],
        amounts=tuple(
            _from(one)
            for one in own
            if one.dimension is Dimension.MONEY
            and not one.line
            and (not one.fund or one.fund in rows)
        ),
        named=tuple(_named(scene, own, figure, told)),
        scores=tuple(
            _from(one)
            for one in (*own, *(one for one in index.entries if one.role is Role.BOUND))
            if one.dimension is Dimension.POINTS and (one.role in _OF_ALL and not one.line)
        ),
        rates=tuple(
            _from(one)
            for one in own
            if one.dimension is Dimension.RATE
            and not one.line
            and (not one.fund or one.fund in rows)
            and _RATED.search(text)
        ),
        lost=tuple(_from(one) for one in own if one.role is Role.DEDUCTION and one.value),
        counts=tuple(
            _from(one)
            for one in own
            if one.role in COUNTS and not one.line and _COUNTED.search(text)
        ),
    )


def _projects_before(scene: Scene, figure: Figure) -> frozenset[str]:
    """Return the projects named before a figure."""
    named = (one for one in scene.hits if one.kind is HitKind.PROJECT and one.end <= figure.start)
    return frozenset(project for one in named for project in one.ids)


def _rows_of(scene: Scene) -> set[str]:
    """Return the fund rows a sentence names, or all where it speaks of each."""
    text = scene.sentence.text
    is_known = any(word in text for word in scene.funds)
    every = _EVERY_ROW.search(text) is not None or (not is_known and "占" in text)
    return {row for word, ids in scene.funds.items() if every or word in text for row in ids}


def counted_results(index: Index, scene: Scene, figure: Figure) -> tuple[Operand, ...]:
    """Return what the project counted or earned: by these, an average is an average."""
    project = project_of(scene, figure.start)
    is_planned = _PLANNED.search(scene.piece_before(figure)) is not None
    return tuple(
        _from(one)
        for one in index.entries
        if project in {"", one.project}
        and one.dimension in {Dimension.COUNT, Dimension.MONEY}
        and (one.role is Role.ACTUAL or (is_planned and one.role is Role.TARGET))
        and one.value
    )


def named_amounts(scene: Scene, figure: Figure, operands: Operands) -> list[Decimal]:
    """Return the amounts the figure's clause names without stating them, as in 结余资金占…."""
    clause = scene.sentence.clause_at(figure.start)
    before = scene.sentence.between(clause.start, figure.start).split("占")[0]
    roles = {
        role
        for label in find_labels(before, Dimension.MONEY)
        if not label.is_weak
        for role in label.roles
    }
    rows = {row for word, ids in scene.funds.items() if word in before for row in ids}
    wanted = roles or (AMOUNTS if rows else frozenset())
    return [
        one.value
        for one in operands.amounts
        if one.role in wanted and (not rows or one.fund in rows)
    ]


def named_rows(scene: Scene, figure: Figure) -> frozenset[str]:
    """Return the fund rows named in the piece right before a share, as in 其他资金占4.97%."""
    own = scene.piece_before(figure)
    return frozenset(row for word, ids in scene.funds.items() if word in own for row in ids)


def _named(
    scene: Scene, entries: Sequence[Entry], figure: Figure, told: Sequence[Figure]
) -> Iterator[Operand]:
    """Yield what is known of the indicators and dimensions the sentence names.

    An indicator whose target or result is told is meant too, whatever it is called.
    """
    kinds = {HitKind.LINE, HitKind.LEVEL1, HitKind.LEVEL2}
    named = [one for one in scene.hits if one.kind in kinds and one.start < figure.start]
    ids = {one for hit in named for one in hit.ids}
    others = [operand_of(one) for one in told]
    wanted = _OF_POINTS if figure.dimension is Dimension.POINTS else _OF_POINTS | _OF_CELLS
    values = {(one.dimension, one.value) for one in others}
    ids |= {
        one.line for one in entries if one.role in _LINKING and (one.dimension, one.value) in values
    }
    for one in entries:
        if one.line in ids and one.role in wanted:
            yield _from(one)


def operand_of(figure: Figure) -> Operand:
    """Return a figure as something to reckon with."""
    unit = figure.unit if figure.dimension is Dimension.COUNT else ""
    return Operand(figure.dimension, figure.value, unit)


def _from(entry: Entry) -> Operand:
    unit = entry.unit if entry.dimension is Dimension.COUNT else ""
    return Operand(entry.dimension, entry.value, unit, entry.role, entry.fund, entry.line)
