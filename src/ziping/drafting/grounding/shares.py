"""Whether a rate is one figure as a share of another (占比推算)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ziping.drafting.grounding.cues import is_supposed
from ziping.drafting.grounding.entries import ANY_PROJECT, Index
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.operands import (
    Operand,
    Operands,
    counted_results,
    named_amounts,
    named_rows,
    operand_of,
)
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.reckoning import by_measure, is_telling, ratios
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.subjects import HitKind
from ziping.drafting.grounding.user_texts import UserTexts

_POINTED = re.compile("分(?!别)|扣")
_BARE_SHARE = re.compile("(?:占|占比|比重|比例)(?:为|约|近|达|仅)*")
_SHARED = re.compile("率|占|比|相当")
_POINTS_SAID = re.compile("扣|失分|得分|分值")
_MONEY_SAID = re.compile("资金|预算(?!执行率)|支出|经费|投入|金额|拨款")
_WHOLES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.POINTS})
_REST = re.compile("不|未|结余|其余|其他|即|还|尚|非|剩")


class Shares:
    """What one figure is of another."""

    def __init__(self, index: Index, texts: UserTexts) -> None:
        """Reckon with facts and entered figures."""
        self._index = index
        self._texts = texts

    def of(
        self, scene: Scene, figure: Figure, operands: Operands, told: Sequence[Figure]
    ) -> Iterator[Decimal]:
        """Yield ratios: of the base named right before, else of any two figures of one measure."""
        base = direct_base(scene.piece_before(figure))
        if base is not None:
            yield from _of_base(self._index, scene, figure, operands, base)
            return
        others = self._others(scene, figure, operands)
        if rows := named_rows(scene, figure):
            yield from _of_rows(figure, operands, rows)
            return
        if (part := told_right_before(scene, figure)) is not None:
            wholes = [one.value for one in others if one.is_like(part) and one.value]
            yield from (part.value / whole for whole in wholes)
            return
        if _REST.search(scene.sentence.clause_at(figure.start).text):
            yield from (1 - one.value for one in operands.told if one.dimension is Dimension.RATE)
        yield from _of_whole_told(scene, figure, told)
        yield from _of_projects(self._index, scene, figure)
        for values in by_measure(_of_measure_told(scene, figure, others), figure):
            yield from ratios(values)

    def _others(self, scene: Scene, figure: Figure, operands: Operands) -> list[Operand]:
        """Return everything a share may be of, as far as the words reach."""
        others = [*operands.told, *operands.named, *operands.counts]
        if _SHARED.search(scene.piece_before(figure)) or is_telling(figure):
            others += [operand_of(one) for one in self._texts.akin(scene.sentence.text)]
        if figure.decimals or figure.is_rounded or is_supposed(scene, figure):
            others += operands.amounts
        if "占" in scene.piece_before(figure):
            others += counted_results(self._index, scene, figure)
        if _POINTED.search(scene.sentence.text):
            others += operands.scores
        return others


def _of_measure_told(scene: Scene, figure: Figure, others: list[Operand]) -> list[Operand]:
    """Return the operands of the measure the words name, or of the one told last."""
    own = scene.piece_before(figure)
    if _POINTS_SAID.search(own):
        return [one for one in others if one.dimension is Dimension.POINTS]
    if _MONEY_SAID.search(own):
        return [one for one in others if one.dimension is Dimension.MONEY]
    before = [one for one in scene.figures if one.end <= figure.start and not one.is_soft]
    if not before or before[-1].dimension not in _WHOLES:
        return others
    return [one for one in others if one.dimension is before[-1].dimension]


def _of_whole_told(scene: Scene, figure: Figure, told: Sequence[Figure]) -> Iterator[Decimal]:
    """Yield the shares of the figure right before, as in 236人，占岗位655个的36.03%."""
    before = [one for one in scene.figures if one.end <= figure.start]
    if not before or scene.stretch_before(figure) != "的" or before[-1] not in told:
        return
    whole = before[-1]
    for one in told:
        if one.dimension is whole.dimension and one is not whole and whole.value:
            yield one.value / whole.value


def _of_rows(figure: Figure, operands: Operands, rows: frozenset[str]) -> Iterator[Decimal]:
    """Yield what the fund rows named are of any amount, and how many times it is theirs."""
    own = [one.value for one in operands.amounts if one.fund in rows]
    wholes = [one.value for one in operands.amounts if one.value]
    yield from (part / whole for part in own for whole in wholes)
    if figure.unit == "倍":
        yield from (whole / part for part in own for whole in wholes if part)


def _known_row(scene: Scene, figure: Figure) -> bool:
    """Whether the sentence names a fund row by a word that is known."""
    return any(word in scene.before(figure.start) for word in scene.funds)


def _of_projects(index: Index, scene: Scene, figure: Figure) -> Iterator[Decimal]:
    """Yield what the project named right before has of the sums over all."""
    piece = scene.sentence.piece_at(figure.start)
    named = [one for one in scene.hits if one.kind is HitKind.PROJECT and one.start >= piece.start]
    ids = {project for one in named if one.end <= figure.start for project in one.ids}
    amounts = [one for one in index.entries if not one.line and not one.fund]
    wholes = {one.role: one.value for one in amounts if one.project == ANY_PROJECT and one.value}
    for one in amounts:
        if one.project in ids and one.role in wholes and one.dimension is Dimension.MONEY:
            yield one.value / wholes[one.role]


def _of_base(
    index: Index, scene: Scene, figure: Figure, operands: Operands, base: Role
) -> Iterator[Decimal]:
    """Yield the shares of the amount named right before a rate."""
    parts = [*named_amounts(scene, figure, operands), *_nearest_money(operands)]
    bases = [one.value for one in operands.amounts if one.role is base and one.value]
    rows = [one.value for one in index.entries if one.fund and one.role is base and one.value]
    if not parts and not _known_row(scene, figure):
        parts += rows
    if "其" in scene.piece_before(figure):
        bases += rows
    yield from (part / one for one in bases for part in parts)
    before = scene.before(figure.start).split("占")[0]
    end = scene.sentence.start + len(before)
    named = [one for one in scene.hits if one.kind is HitKind.PROJECT and one.end <= end]
    if not named:
        return
    of_role = [one for one in index.entries if one.role is base and not one.line and not one.fund]
    own = [one.value for one in of_role if one.project in named[-1].ids]
    wholes = [one.value for one in of_role if one.project == ANY_PROJECT and one.value]
    yield from (part / whole for part in own for whole in wholes)


def told_right_before(scene: Scene, figure: Figure) -> Figure | None:
    """Return the figure a bare 占 speaks of: the one before it, as in 扣2分，占81.63%."""
    if not _BARE_SHARE.fullmatch(scene.piece_before(figure)):
        return None
    before = [one for one in scene.figures if one.end <= figure.start]
    return before[-1] if before else None


def _nearest_money(operands: Operands) -> list[Decimal]:
    """Return the amount told last before a share, else those told after it."""
    earlier = [one.value for one in operands.earlier if one.dimension is Dimension.MONEY]
    later = [one.value for one in operands.later if one.dimension is Dimension.MONEY]
    return earlier[-1:] or later[:1]
