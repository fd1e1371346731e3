"""Whether a figure of a text follows from the facts, and on the right item (数字核对)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ziping.domain.numbers import shifted
from ziping.drafting.grounding.candidates import candidates
from ziping.drafting.grounding.citation_index import ClauseFigure, pairs
from ziping.drafting.grounding.counting import counts_names
from ziping.drafting.grounding.cues import is_reckoned
from ziping.drafting.grounding.entries import Entry, Index, is_same_counter
from ziping.drafting.grounding.masks import BLANK
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.plans import Plans
from ziping.drafting.grounding.rate_bases import direct_base
from ziping.drafting.grounding.reading import Reading
from ziping.drafting.grounding.readings import read
from ziping.drafting.grounding.roles import AMOUNTS, COUNTS, DIFFERENCES, Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.sums import Sums
from ziping.drafting.grounding.user_texts import UserTexts
from ziping.drafting.grounding.verdicts import Verdict, refused

CHANGE = re.compile("[增下降减升][长降少加幅]|同比|环比|提高|提升|缩短")
"""An indicator that measures a change: its result is one with the year before."""
_OTHER_YEAR = re.compile(r"(?:19|20)\d{2}年|上一?年|去年|往年|近[两三四五六七八九十]年")
_OF_ALL = re.compile(r"\.(?:D\d+|execution)$")
_NOT_COME = re.compile("[^，。；]{0,8}?(?:没有?|未|尚未)(?:拨到|到账|拨付|拨下)")
_DIFFERS = re.compile("(?:相差|差距为?|差额为?)(?:了|约)?$")
_BEYOND = re.compile("(?:超出|高出|多出)(?:了|约)?$")
_ENDS = ("", "，", "。", "；", "、", "）")
_OF_PERIOD = re.compile("第[一二三四]季度|[上下]半年")
_OF_WHOLE = re.compile(
    "全年|年初|年度|年末|年底|本年|当年|预算|执行|支出|支付|开支|花费|实际|到位|资金|项目|经费|费用"
    "|花去|花掉|花了|用去|用了|恰好?|仅|只有?"
    "|总额?|共计?|合计|累计|金额|数额?|财政|拨款|下达|安排|批复|使用|完成|截至|其中|单位|[本该我的了为达约近已均都和与及]"
    r"|\W|\d"
)
"""Words that speak of a project's money as a whole."""
_RATES = frozenset(
    {
        Role.EXECUTION,
        Role.ON_ANNUAL,
        Role.ON_INITIAL,
        Role.ON_RECEIVED,
        Role.RECEIPT,
        Role.RECEIPT_ANNUAL,
    }
)
_LEDGER_ONLY = (
    AMOUNTS
    | _RATES
    | {Role.TARGET, Role.TOTAL, Role.OTHER_TOTAL, Role.AVERAGE, Role.LOST}
    | {Role.POINTS, Role.DEDUCTION, Role.WEIGHT}
)
"""What a project has one of, known to the ledger: no entered text may say another."""
_COMPARABLE = AMOUNTS | _RATES | DIFFERENCES | {Role.ACTUAL, Role.TOTAL, Role.POINTS, Role.AVERAGE}
"""Roles of which prose says that they lie above or below a figure."""
_LABELLED = frozenset({Dimension.COUNT, Dimension.RATE})
"""Measures of which even a weak label tells what is meant."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A figure with what the words around it say, and the facts these bring up (核对事项)."""

    scene: Scene
    figure: Figure
    reading: Reading
    equal: list[Entry]
    """Facts the figure equals that may be meant at all."""
    expected: list[Entry]
    """Facts the words speak of."""
    told: list[ClauseFigure]
    """Figures of the clauses cited."""
    accepted: Sequence[Figure]
    """Figures of the sentence that stand already: others may follow from them."""

    @property
    def own(self) -> str:
        """The words right before the figure."""
        return self.scene.piece_before(self.figure)

    @property
    def part(self) -> str:
        """What of the project an amount is said to be of, 坝体防渗 in 坝体防渗支出682.3万元."""
        if self.figure.dimension is not Dimension.MONEY:
            return ""
        named = self.scene.masked(self.own, self.figure.start).replace(BLANK, "")
        return _OF_WHOLE.sub("", named)

    @property
    def is_of_ledger(self) -> bool:
        """Whether the words ask for what the ledger alone may say, whatever a material writes."""
        reading = self.reading
        is_of_indicator = any(not _OF_ALL.search(one) for one in reading.lines)
        is_scored = self.figure.dimension is Dimension.POINTS
        if not (self.expected and reading.is_sure) or (is_of_indicator and not is_scored):
            return False
        is_earlier = _OTHER_YEAR.search(self.scene.before(self.figure.start))
        return reading.roles <= _LEDGER_ONLY and not is_earlier


class FigureCheck:
    """Holds figures against the facts of one report."""

    def __init__(self, index: Index, texts: UserTexts, plans: Plans, fiscal_year: int) -> None:
        """Check against facts and entered texts."""
        self._index = index
        self._plans = plans
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
        reading = self._sharpened(
            self._freed(read(scene, figure), figure), figure, scene.stretch_behind(figure)
        )
        if (figure.is_soft and not reading.roles & COUNTS) or counts_names(scene, figure):
            return Verdict(figure, reading=reading)
        gap = self._sums.is_gap(scene, figure, accepted)
        if gap is not None:
            return Verdict(figure) if gap else refused(figure, reading, [], [])
        equal = candidates(self._index, scene, figure, reading, self._year)
        if is_quoted and not reading.lines and reading.roles <= {Role.SHARE}:
            equal = []
        if (entry := _meant(reading, equal)) is not None:
            return Verdict(figure, entry, reading=reading)
        expected = self._expected(figure, reading)
        case = _Case(scene, figure, reading, equal, expected, told, accepted)
        if self._follows(case):
            return Verdict(figure, reading=reading)
        if (entry := _loosely_meant(case)) is not None:
            return Verdict(figure, entry, reading=reading)
        return refused(figure, reading, equal, expected, is_own=case.is_of_ledger)

    def _follows(self, case: _Case) -> bool:
        """Whether a figure was entered, is cited, reckoned, bounded or planned."""
        scene, figure = case.scene, case.figure
        return (
            self._is_entered(case)
            or _is_cited(case)
            or (_may_be_reckoned(case) and self._sums.reach(scene, figure, case.accepted))
            or (not _is_beyond(case) and _is_within(figure, case.expected))
            or self._plans.holds(scene.sentence, figure.start)
        )

    def _is_entered(self, case: _Case) -> bool:
        """Whether a person entered the figure, of the thing spoken of."""
        if case.is_of_ledger:
            return self._texts.names(case.figure, case.part)
        clause = case.scene.sentence.clause_at(case.figure.start)
        is_told = case.expected and case.reading.is_sure
        return self._texts.has(case.figure, clause, "" if is_told else case.scene.sentence.text)

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

    def _sharpened(self, reading: Reading, figure: Figure, behind: str) -> Reading:
        """Read a figure right behind an indicator's name as its result, where it has one.

        What is said not to have come is the gap in the receipts: 3.1万元拨款没有到账.
        """
        if figure.dimension is Dimension.MONEY and _NOT_COME.match(behind):
            return replace(reading, roles=frozenset({Role.RECEIPT_GAP}))
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


def _meant(reading: Reading, equal: list[Entry]) -> Entry | None:
    """Return the fact the words speak of, among those of the figure's value."""
    for one in equal:
        is_threshold = one.role is Role.THRESHOLD and Role.TARGET not in reading.roles
        if reading.allows(one) or is_threshold:
            return one
    return None


def _loosely_meant(case: _Case) -> Entry | None:
    """Return a fact of the figure's value where the words do not say what they speak of."""
    reading = case.reading
    apt = [
        one
        for one in case.equal
        if (reading.is_apt(one) or not reading.is_of_project)
        and (not one.fund or one.fund in reading.funds or not reading.roles)
    ]
    if not apt:
        return None
    if any(one.role is Role.ACTUAL and CHANGE.search(one.name) for one in apt):
        return apt[0]
    is_told = reading.is_sure or any(one.dimension in _LABELLED for one in case.expected)
    is_wrong_item = is_told and bool(case.expected or reading.roles)
    is_gap_told = bool(case.expected) and _DIFFERS.search(case.own) is not None
    return None if is_wrong_item or is_gap_told else apt[0]


def _may_be_reckoned(case: _Case) -> bool:
    """Whether the words leave open that a figure was reckoned from others."""
    reading = case.reading
    if _is_of_period(case):
        return True
    is_average = "平均" in case.scene.sentence.clause_at(case.figure.start).text
    if reading.roles and reading.roles <= {Role.TARGET}:
        return is_average
    is_vague = reading.is_open and not (reading.lines or reading.is_fund_only)
    is_open = is_vague or not case.expected or reading.roles >= DIFFERENCES
    if is_open and not reading.is_clash:
        return True
    return direct_base(case.own) is not None or is_reckoned(case.scene, case.figure)


def _is_of_period(case: _Case) -> bool:
    """Whether an amount is told of a part of the year: the rest of the year's amount."""
    return case.figure.dimension is Dimension.MONEY and _OF_PERIOD.search(case.own) is not None


def _is_beyond(case: _Case) -> bool:
    """Whether a figure tells how far something lies beyond: 超出57.5%, no bound."""
    behind = case.scene.stretch_behind(case.figure)
    return _BEYOND.search(case.own) is not None and behind[:1] in _ENDS


def _is_within(figure: Figure, expected: list[Entry]) -> bool:
    """Whether a bound such as 超过90% holds of what the words speak of."""
    bound = figure.bound
    if bound is None or any(one.role is Role.TARGET for one in expected):
        return False
    told = [one for one in expected if one.role in _COMPARABLE]
    return any(bound.holds(one.value, figure.value) for one in told)


def _is_cited(case: _Case) -> bool:
    """Whether a clause cited in the sentence states the figure, and of the same thing."""
    figure = case.figure
    around = pairs(case.own)
    likeness = {True: -1, False: 0}
    for one in case.told:
        is_same = _share(one.figure) == _share(figure) and (
            figure.dimension is not Dimension.COUNT or is_same_counter(one.figure.unit, figure.unit)
        )
        likeness[is_same] = max(likeness[is_same], len(around & one.before))
    return likeness[True] >= likeness[False]


def _share(figure: Figure) -> tuple[Dimension, Decimal]:
    """Return dimension and value; of 100 points ten are ten per cent."""
    if figure.dimension is Dimension.POINTS:
        return Dimension.RATE, shifted(figure.value, -2)
    return figure.dimension, figure.value
