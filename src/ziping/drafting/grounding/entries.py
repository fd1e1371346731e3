"""The facts of a report as figures with dimension, role and place, findable by value (数据索引)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from ziping.domain.numbers import round_half_up
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.roles import Role

ANY_PROJECT = "*"
"""Project of facts over all projects."""
_LEAST_DECIMALS = 2
_ROUNDED = {
    Dimension.RATE: (4, 5, 6),
    Dimension.PERCENT_POINTS: (4, 5, 6),
    Dimension.POINTS: (2,),
    Dimension.MONEY: (-2, 0, 2),
    Dimension.TIMES: (2,),
}
"""Decimal places, in the unit of `value`, to which a computed figure may be written."""
_LEAST_ROUNDED = 10_000
"""Smaller amounts, in 元, are not told in 万元 and so not rounded to hundredths of it."""
_SAME_COUNTER = (
    "个项件条",
    "人名位",
    "户家",
    "台套辆部",
    "处座栋幢",
    "次场期届班",
    "个所家",
    "宗件笔起",
)
_SAME_UNITS = (
    frozenset({"公里", "千米", "km"}),
    frozenset({"平方米", "㎡", "m²"}),
    frozenset({"吨", "t"}),
    frozenset({"公斤", "千克", "kg"}),
    frozenset({"小时", "学时"}),
    frozenset({"个月", "月"}),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of the ledger, or one that follows from it (数据)."""

    fact_id: str
    dimension: Dimension
    value: Decimal
    role: Role
    display: str
    project: str = ""
    """Project id; `*` for sums over projects; blank for the rule set's."""
    line: str = ""
    """Id of the indicator, the execution line or the level-1 dimension it is of."""
    fund: str = ""
    """Fund row it is of; blank for the total."""
    unit: str = ""
    """Measure word; blank when the table gives none, then any will do."""
    name: str = ""
    """What it is of, as a reason tells it."""

    @property
    def title(self) -> str:
        """What the figure is of, in words."""
        return f"“{self.name}”的{self.role.value}" if self.name else self.role.value


@dataclass
class Index:
    """Entries by dimension and value (索引)."""

    entries: list[Entry] = field(default_factory=list)
    _exact: dict[tuple[Dimension, Decimal], list[Entry]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _rounded: dict[tuple[Dimension, Decimal], list[Entry]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in."""
        for entry in entries:
            self.entries.append(entry)
            self._exact[entry.dimension, entry.value].append(entry)
            for places in _ROUNDED.get(entry.dimension, ()):
                rounded = round_half_up(entry.value, places)
                if entry.dimension is Dimension.MONEY and entry.value < _LEAST_ROUNDED:
                    continue
                if rounded != entry.value and not _is_whole(entry.dimension, rounded):
                    self._rounded[entry.dimension, rounded].append(entry)

    def equal(self, figure: Figure) -> list[Entry]:
        """Return the entries a figure equals in unit and precision."""
        key = (figure.dimension, figure.value)
        found = list(self._exact.get(key, ()))
        found += self._rounded.get(key, ())
        if figure.dimension is Dimension.COUNT:
            return [one for one in found if is_same_counter(one.unit, figure.unit)]
        return found

    def near(self, figure: Figure) -> list[Entry]:
        """Return the entries that round to a figure said to be rounded."""
        return [
            one
            for one in self.entries
            if one.dimension is figure.dimension
            and abs(one.value - figure.value) <= figure.grain / 2
            and (figure.dimension is not Dimension.COUNT or is_same_counter(one.unit, figure.unit))
        ]


def _is_whole(dimension: Dimension, value: Decimal) -> bool:
    """Whether rounding would claim a whole 100% or 0%."""
    return dimension is Dimension.RATE and value in {Decimal(0), Decimal(1)}


def is_same_counter(fact: str, written: str) -> bool:
    """Whether a measure word may stand for another."""
    fact, written = fact.removeprefix("余"), written.removeprefix("余")
    if not fact or fact == written:
        return True
    if any({fact, written} <= units for units in _SAME_UNITS):
        return True
    return any(fact in group and written in group for group in _SAME_COUNTER if written)


def same_value(left: Decimal, figure: Figure) -> bool:
    """Whether a computed value is what a figure states, at the precision it is written in."""
    places = _ROUNDED.get(figure.dimension, ())
    if left == figure.value:
        return True
    is_small = figure.dimension is Dimension.MONEY and left < _LEAST_ROUNDED
    if places and not is_small and round_half_up(left, places[0]) == figure.value:
        return True
    is_near = abs(left - figure.value) <= figure.grain / 2
    return is_near and (figure.is_rounded or figure.decimals >= _LEAST_DECIMALS)
