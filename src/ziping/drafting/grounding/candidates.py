"""Which facts of a figure's value the words around it may mean at all (候选数据)."""

import re

from ziping.drafting.grounding.cues import is_average, is_difference
from ziping.drafting.grounding.entries import Entry, Index
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.reading import Reading
from ziping.drafting.grounding.roles import COUNTS, Role
from ziping.drafting.grounding.scene import Scene

_OF_BUDGET = re.compile("调[减增整]|[压核追]减|追加|核增|预算")
_OTHER_YEAR = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年|上一?年|去年|上年)(?:度|全年)?(?:同期)?的?$"
)
_TOLD_ONLY = frozenset({Role.SHARE, Role.LINE_GAP, Role.POINTS_SUM, Role.WEIGHT_SUM})
"""Roles that are meant only where the words say so."""


def candidates(
    index: Index, scene: Scene, figure: Figure, reading: Reading, fiscal_year: int
) -> list[Entry]:
    """Return the facts a figure equals that the words may mean."""
    if _is_of_other_year(scene, figure, fiscal_year):
        return []
    equal = index.equal(figure)
    if figure.is_rounded:
        equal += index.near(figure)
    is_counted = bool(reading.roles & COUNTS)
    is_gap = is_difference(scene.masked(scene.piece_before(figure), figure.start))
    is_of_funds = not reading.lines and _is_of_funds(scene, figure)
    is_a_piece = is_average(scene, figure)
    return [
        one
        for one in equal
        if (is_counted or one.role not in COUNTS)
        and _is_meant(one, reading, figure, is_gap=is_gap)
        and not (reading.is_goal and one.role is Role.ACTUAL)
        and not (is_of_funds and one.role is Role.LINE_GAP)
        and (one.line or not is_a_piece)
    ]


def _is_of_other_year(scene: Scene, figure: Figure, fiscal_year: int) -> bool:
    """Whether a figure is said to be another year's: the ledger knows this year's alone."""
    told = _OTHER_YEAR.search(scene.piece_before(figure))
    return told is not None and told["year"] != str(fiscal_year)


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
