"""Whether a figure of a text follows from the facts, and on the right item (数字核对)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ziping.domain.grounding import ViolationKind
from ziping.domain.numbers import shifted
from ziping.drafting.grounding.citation_index import ClauseFigure, pairs
from ziping.drafting.grounding.cues import is_average, is_difference, is_reckoned
from ziping.drafting.grounding.entries import Entry, Index, is_same_counter
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.plans import is_planned
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.reading import Reading
from ziping.drafting.grounding.readings import counts_names, read
from ziping.drafting.grounding.roles import AMOUNTS, COUNTS, DIFFERENCES, Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.sums import Sums
from ziping.drafting.grounding.user_texts import UserTexts

KINDS = {
    Dimension.MONEY: ViolationKind.AMOUNT,
    Dimension.RATE: ViolationKind.RATE,
    Dimension.PERCENT_POINTS: ViolationKind.RATE,
    Dimension.TIMES: ViolationKind.RATE,
    Dimension.POINTS: ViolationKind.POINTS,
    Dimension.COUNT: ViolationKind.COUNT,
    Dimension.BARE: ViolationKind.COUNT,
}


_OF_BUDGET = re.compile("调[减增整]|[压核追]减|追加|核增|预算")
_DIFFERS = re.compile("(?:相差|差距为?|差额为?)(?:了|约)?$")
CHANGE = re.compile("[增下降减升][长降少加幅]|同比|环比|提高|提升|缩短")
"""An indicator that measures a change: its result is one with the year before."""
_OTHER_YEAR = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年|上一?年|去年|上年)(?:度|全年)?(?:同期)?的?$"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a figure: the fact it equals, or why it cannot stand (判定)."""

    figure: Figure
    entry: Entry | None = None
    reason: str = ""
    expected: Entry | None = None
    reading: Reading = Reading()  # noqa: RUF009 - frozen, so one may serve all


class FigureCheck:
    """Holds figures against the facts of one report."""

    def __init__(self, index: Index, texts: UserTexts, fiscal_year: int) -> None:
        """Check against facts and entered texts."""
        self._index = index
        self._year = fiscal_year
        self._texts = texts
        self._sums = Sums(index, texts)

    def check(
        self,
        scene: Scene,
        figure: Figure,
        told: list[ClauseFigure],
        accepted: Sequence[Figure] = (),
        *,
        is_quoted: bool = False,
    ) -> Verdict:
        """Return what a figure equals, or why it cannot stand.

        `accepted` are figures of the sentence that stand already: others may follow from them.
        """
        reading = self._sharpened(self._freed(read(scene, figure), figure), figure)
        if (figure.is_soft and not reading.roles & COUNTS) or counts_names(scene, figure):
            return Verdict(figure, reading=reading)
        equal = self._index.equal(figure)
        if figure.is_rounded or figure.bound is not None:
            equal += [one for one in self._index.near(figure) if figure.is_rounded]
        is_counted = bool(reading.roles & COUNTS)
        is_gap = is_difference(scene.masked(scene.piece_before(figure), figure.start))
        equal = [
            one
            for one in equal
            if (is_counted or one.role not in COUNTS)
            and _is_meant(one, reading, figure, is_gap=is_gap)
        ]
        if reading.is_goal:
            equal = [one for one in equal if one.role is not Role.ACTUAL]
        if not reading.lines and _is_of_funds(scene, figure):
            equal = [one for one in equal if one.role is not Role.LINE_GAP]
        if is_average(scene, figure):
            equal = [one for one in equal if one.line]
        if self._is_of_other_year(scene, figure):
            equal = []
        gap = self._sums.is_gap(scene, figure, accepted)
        if gap is not None:
            return self._refused(figure, reading, [], []) if not gap else Verdict(figure)
        if is_quoted and not reading.lines and reading.roles <= {Role.SHARE}:
            equal = []
        for entry in equal:
            if reading.allows(entry) or (
                entry.role is Role.THRESHOLD and Role.TARGET not in reading.roles
            ):
                return Verdict(figure, entry, reading=reading)
        expected = self._expected(figure, reading)
        clause = scene.sentence.clause_at(figure.start)
        around = "" if expected and reading.is_sure else scene.sentence.text
        if self._texts.has(figure, clause, around) or self._is_cited(scene, figure, told):
            return Verdict(figure, reading=reading)
        is_vague = reading.is_open and not (reading.lines or reading.is_fund_only)
        is_open = is_vague or not expected or reading.roles >= DIFFERENCES
        is_open = is_open and not reading.is_clash
        is_open = is_open or direct_base(scene.piece_before(figure)) is not None
        is_open = is_open or is_reckoned(scene, figure)
        is_open = is_open and not (reading.roles and reading.roles <= {Role.TARGET})
        if is_open and self._sums.reach(scene, figure, accepted):
            return Verdict(figure, reading=reading)
        if figure.bound is not None and self._is_within(figure, expected):
            return Verdict(figure, reading=reading)
        if is_planned(scene.sentence, figure.start, self._year):
            return Verdict(figure, reading=reading)
        apt = [
            one
            for one in equal
            if (reading.is_apt(one) or not reading.is_of_project)
            and (not one.fund or one.fund in reading.funds or not reading.roles)
        ]
        is_gap_told = bool(expected) and _DIFFERS.search(scene.piece_before(figure)) is not None
        if any(one.role is Role.ACTUAL and CHANGE.search(one.name) for one in apt):
            return Verdict(figure, apt[0], reading=reading)
        if apt and not is_gap_told and not self._is_wrong_item(reading, expected):
            return Verdict(figure, apt[0], reading=reading)
        return self._refused(figure, reading, equal, expected)

    def _is_of_other_year(self, scene: Scene, figure: Figure) -> bool:
        """Whether a figure is said to be another year's: the ledger knows this year's alone."""
        told = _OTHER_YEAR.search(scene.piece_before(figure))
        return told is not None and told["year"] != str(self._year)

    def _freed(self, reading: Reading, figure: Figure) -> Reading:
        """Drop the indicator a count cannot be of, as the units show: 4.56万人, …少建1座."""
        if figure.dimension is not Dimension.COUNT or not reading.lines or reading.roles & COUNTS:
            return reading
        own = [
            one
            for one in self._index.entries
            if one.line in reading.lines and one.dimension is Dimension.COUNT
        ]
        if not own or any(is_same_counter(one.unit, figure.unit) for one in own):
            return reading
        return replace(reading, lines=frozenset(), is_sure=False, is_open=True)

    def _sharpened(self, reading: Reading, figure: Figure) -> Reading:
        """Read a figure right behind an indicator's name as its result, where it has one."""
        if reading.is_plain:
            sharp = replace(reading, roles=frozenset({Role.ACTUAL, Role.COMPLETION}))
            if any(one.role is Role.ACTUAL for one in self._expected(figure, sharp)):
                return sharp
        return reading

    def _expected(self, figure: Figure, reading: Reading) -> list[Entry]:
        """Return the entries the words speak of, in the figure's dimension."""
        if not (reading.roles or reading.lines or reading.is_fund_only):
            return []
        return [
            one
            for one in self._index.entries
            if one.dimension is figure.dimension and reading.allows(one)
        ]

    @staticmethod
    def _is_wrong_item(reading: Reading, expected: list[Entry]) -> bool:
        """Whether a figure that exists stands on an item that has another."""
        is_told = reading.is_sure or any(one.dimension in _LABELLED for one in expected)
        return is_told and bool(expected or reading.roles)

    @staticmethod
    def _is_within(figure: Figure, expected: list[Entry]) -> bool:
        """Whether a bound such as 超过90% holds of what the words speak of."""
        bound = figure.bound
        if bound is None or any(one.role is Role.TARGET for one in expected):
            return False
        told = [one for one in expected if one.role in _COMPARABLE]
        return any(bound.holds(one.value, figure.value) for one in told)

    @staticmethod
    def _is_cited(scene: Scene, figure: Figure, told: list[ClauseFigure]) -> bool:
        """Whether a clause cited in the sentence states the figure, and of the same thing."""
        around = pairs(scene.piece_before(figure))
        likeness = {True: -1, False: 0}
        for one in told:
            is_same = _share(one.figure) == _share(figure) and (
                figure.dimension is not Dimension.COUNT
                or is_same_counter(one.figure.unit, figure.unit)
            )
            likeness[is_same] = max(likeness[is_same], len(around & one.before))
        return likeness[True] >= likeness[False]

    def _refused(
        self, figure: Figure, reading: Reading, equal: list[Entry], expected: list[Entry]
    ) -> Verdict:
        """Return why a figure cannot stand."""
        wanted = _closest(figure, expected)
        if equal and wanted:
            reason = f"“{figure.text}”是{equal[0].title}，这里说的是{wanted.title}"
            if wanted.display:
                reason += f"（{wanted.display}）"
        elif equal:
            told = "、".join(sorted(role.value for role in reading.roles))
            reason = f"“{figure.text}”是{equal[0].title}，数据台账里没有可以对应的{told}"
        elif wanted and wanted.display:
            reason = f"数据台账里没有“{figure.text}”；{wanted.title}是{wanted.display}"
        else:
            reason = f"数据台账里没有“{figure.text}”，也不是录入文字里的数"
        return Verdict(figure, reason=reason, expected=wanted, reading=reading)


def _is_of_funds(scene: Scene, figure: Figure) -> bool:
    """Whether a rate without a name is of the budget: it follows an amount, or says so."""
    if figure.dimension is not Dimension.RATE:
        return False
    before = [one for one in scene.figures if one.end <= figure.start]
    is_behind_money = bool(before) and before[-1].dimension is Dimension.MONEY
    return is_behind_money or _OF_BUDGET.search(scene.piece_before(figure)) is not None


def _is_meant(entry: Entry, reading: Reading, figure: Figure, *, is_gap: bool) -> bool:
    """Whether a figure of the rules is spoken of as one: they bound, they are no result."""
    if entry.role in {Role.BOUND, Role.THRESHOLD}:
        return entry.role in reading.roles or figure.bound is not None
    if not entry.value and entry.line and not reading.lines:
        return entry.role is Role.POINTS and Role.POINTS in reading.roles
    is_told = entry.role in reading.roles or entry.dimension is Dimension.PERCENT_POINTS
    if is_gap and entry.role is Role.LINE_GAP and entry.dimension is Dimension.COUNT:
        return True
    return is_told or entry.role not in _TOLD_ONLY


def _share(figure: Figure) -> tuple[Dimension, Decimal]:
    """Return dimension and value; of 100 points ten are ten per cent."""
    if figure.dimension is Dimension.POINTS:
        return Dimension.RATE, shifted(figure.value, -2)
    return figure.dimension, figure.value


_LABELLED = frozenset({Dimension.COUNT, Dimension.RATE})
"""Measures of which even a weak label tells what is meant."""
_TOLD_ONLY = frozenset({Role.SHARE, Role.LINE_GAP, Role.POINTS_SUM, Role.WEIGHT_SUM})
"""Roles that are meant only where the words say so."""
_COMPARABLE = AMOUNTS | {
    Role.ACTUAL,
    Role.EXECUTION,
    Role.ON_ANNUAL,
    Role.ON_INITIAL,
    Role.ON_RECEIVED,
    Role.RECEIPT,
    Role.RECEIPT_ANNUAL,
    Role.TOTAL,
    Role.POINTS,
    Role.AVERAGE,
}
"""Roles of which prose says that they lie above or below a figure."""


def _closest(figure: Figure, expected: list[Entry]) -> Entry | None:
    """Return the entry the writer most likely meant."""
    return min(expected, key=lambda one: abs(one.value - figure.value), default=None)
