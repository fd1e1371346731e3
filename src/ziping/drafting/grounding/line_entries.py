"""The figures inside an indicator's target and actual value (指标值、完成值中的数字)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ziping.domain.amounts import MONEY_POWERS
from ziping.domain.dates import read_date
from ziping.domain.draft import Fact
from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.domain.numbers import shifted
from ziping.domain.quantities import Deadline
from ziping.domain.text import MAX_VALUE_LENGTH, clean
from ziping.drafting.figures import COUNTERS, to_inline
from ziping.drafting.grounding.dates import find_dates
from ziping.drafting.grounding.entries import Entry
from ziping.drafting.grounding.masks import BLANK
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.numerals import figures_of
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.segments import plain_text

_MONEY_NAMES = re.compile("成本|费用|投资|经费|资金|金额|支出|造价|价|补助|补贴|收入|产值|税")
_RATE_NAMES = ("率", "度", "比例", "占比", "比重")


def line_entries(facts: dict[str, Fact], project: SelfEvaluation, year: int) -> Iterator[Entry]:
    """Yield the figures of every indicator's target and actual value, and their differences."""
    for indicator in project.indicators:
        place = f"{project.id}.{indicator.id}"
        found: dict[Role, list[Entry]] = {}
        for field, role in (("target", Role.TARGET), ("actual", Role.ACTUAL)):
            fact = facts.get(f"{place}.{field}")
            found[role] = list(_cell_entries(fact, role, project, indicator)) if fact else []
            yield from found[role]
        yield from _days(indicator, place, project.id, year)
        yield from _differences(found[Role.TARGET], found[Role.ACTUAL])
        yield from _share(facts, project.id, place)
        yield from _beyond(facts, project.id, place)


def _cell_entries(
    fact: Fact, role: Role, project: SelfEvaluation, indicator: Indicator
) -> Iterator[Entry]:
    """Yield the figures of one cell, a bare number in every way it may be meant."""
    name = to_inline(indicator.level3 or indicator.level2)
    place = f"{project.id}.{indicator.id}"
    text = plain_text(fact.display)
    for found in find_dates(text):
        text = text[: found.start] + BLANK * (found.end - found.start) + text[found.end :]
    for figure in figures_of(text):
        for dimension, value, unit in _meanings(figure, name, project):
            yield Entry(
                fact.id, dimension, value, role, fact.display, project.id, place, "", unit, name
            )


def _meanings(
    figure: Figure, name: str, project: SelfEvaluation
) -> Iterator[tuple[Dimension, Decimal, str]]:
    """Yield what a figure of a cell may stand for in prose."""
    yield figure.dimension, figure.value, figure.unit
    if figure.dimension is Dimension.COUNT:
        yield Dimension.BARE, figure.value, ""
    if figure.dimension is not Dimension.BARE:
        return
    yield Dimension.COUNT, figure.value, _implied(name)
    if name.endswith(_RATE_NAMES):
        yield Dimension.RATE, shifted(figure.value, -2) if figure.value > 1 else figure.value, "%"
    if _MONEY_NAMES.search(name):
        yield Dimension.MONEY, shifted(figure.value, MONEY_POWERS[project.fund_unit.value]), "元"


def _implied(name: str) -> str:
    """Return the measure word a name such as 交易宗数 implies, blank if none."""
    is_number = len(name) > 1 and name[-1] in "数量" and name[-2] in COUNTERS
    return name[-2] if is_number else ""


def _differences(targets: list[Entry], actuals: list[Entry]) -> Iterator[Entry]:
    """Yield how far the actual value is from the target."""
    for target in targets:
        for actual in actuals:
            if target.dimension is not actual.dimension or target.value == actual.value:
                continue
            dimension = target.dimension
            if dimension is Dimension.RATE:
                dimension = Dimension.PERCENT_POINTS
            gap = abs(actual.value - target.value)
            yield Entry(
                actual.fact_id,
                dimension,
                gap,
                Role.LINE_GAP,
                "",
                target.project,
                target.line,
                "",
                target.unit or actual.unit,
                target.name,
            )


def _beyond(facts: dict[str, Fact], project: str, place: str) -> Iterator[Entry]:
    """Yield by what share a line went beyond its target or fell short of it."""
    completion = facts.get(f"{place}.completion")
    if completion and completion.value is not None and completion.value != 1:
        beyond = abs(completion.value - 1)
        yield Entry(
            completion.id, Dimension.RATE, beyond, Role.LINE_GAP, "", project, place, "", "%"
        )


def _days(indicator: Indicator, place: str, project: str, year: int) -> Iterator[Entry]:
    """Yield by how many months and days a dated line was early or late."""
    due, done = deadline(indicator.target, year), deadline(indicator.actual, year)
    if due is None or done is None:
        return
    last = due.strict_month_end or due.last
    months = (done.last.year - last.year) * 12 + done.last.month - last.month
    for count, unit in ((months, "个月"), ((done.last - last).days, "天")):
        if count:
            value = Decimal(abs(count))
            yield Entry("", Dimension.COUNT, value, Role.LINE_GAP, "", project, place, "", unit)


def deadline(cell: str, year: int) -> Deadline | None:
    """Return the date of a cell, None where it holds none."""
    if len(cell) > MAX_VALUE_LENGTH:
        return None
    reading = read_date(clean(cell), year)
    return reading.deadline if reading else None


def _share(facts: dict[str, Fact], project: str, place: str) -> Iterator[Entry]:
    """Yield the points of a line as a share of its weight."""
    points, weight = facts.get(f"{place}.points"), facts.get(f"{place}.weight")
    if weight and weight.value is not None:
        of_all = shifted(weight.value, -2)
        yield Entry(weight.id, Dimension.RATE, of_all, Role.SHARE, "", project, place, "", "%")
    if points and weight and points.value is not None and weight.value:
        share = points.value / weight.value
        yield Entry(points.id, Dimension.RATE, share, Role.SHARE, "", project, place, "", "%")
