"""Turning ledger, indicators and score sheets into entries (数据索引的来源)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ziping.domain.draft import Fact
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.levels import split_level1
from ziping.domain.numbers import shifted
from ziping.domain.rules import Level1
from ziping.domain.scores import LineKind, LineScore, LineStatus, ScoreSheet
from ziping.drafting.context import DraftContext
from ziping.drafting.entered import fund_rows
from ziping.drafting.figures import to_inline, to_points
from ziping.drafting.grounding.derived import derived_entries
from ziping.drafting.grounding.entries import ANY_PROJECT, Entry, Index
from ziping.drafting.grounding.line_entries import line_entries
from ziping.drafting.grounding.mentions import Dimension
from ziping.drafting.grounding.roles import COUNTS, Role

_AMOUNTS = {
    "initial_budget": Role.INITIAL,
    "annual_budget": Role.ANNUAL,
    "received": Role.RECEIVED,
    "executed": Role.EXECUTED,
}
_OF_PROJECT = _AMOUNTS | {
    "adjustment": Role.ADJUSTMENT,
    "unspent": Role.UNSPENT,
    "receipt_gap": Role.RECEIPT_GAP,
    "balance": Role.BALANCE,
    "rate_on_annual": Role.ON_ANNUAL,
    "rate_on_initial": Role.ON_INITIAL,
    "rate_on_received": Role.ON_RECEIVED,
    "receipt_rate": Role.RECEIPT,
    "receipt_rate_annual": Role.RECEIPT_ANNUAL,
    "adjustment_rate": Role.ADJUSTMENT_RATE,
    "execution_rate": Role.EXECUTION,
    "determined": Role.DETERMINED,
    "weight_total": Role.WEIGHT_SUM,
    "qualitative_weight": Role.WEIGHT_SUM,
    "total": Role.TOTAL,
    "lost_points": Role.LOST,
    "other_total": Role.OTHER_TOTAL,
}
_COUNTED = {
    "indicator_count": Role.INDICATORS,
    "quantified_count": Role.QUANTIFIED,
    "qualitative_count": Role.QUALITATIVE,
    "met_count": Role.MET,
    "unmet_count": Role.UNMET,
    "lost_count": Role.LOSING,
    "undetermined_count": Role.OPEN,
    "open_count": Role.OPEN,
}
_OF_LINE = {
    "weight": Role.WEIGHT,
    "points": Role.POINTS,
    "deduction": Role.DEDUCTION,
    "computed": Role.COMPUTED,
    "completion": Role.COMPLETION,
}
_DIMENSIONS = {"万元": Dimension.MONEY, "%": Dimension.RATE, "分": Dimension.POINTS}
_YUAN = 4


def build_index(context: DraftContext) -> Index:
    """Return every figure a report's prose may state, by value."""
    index = Index()
    facts = context.ledger.facts
    for project in context.report.projects:
        sheet = context.sheets_by_project.get(project.id)
        index.add(_project_entries(facts, project, sheet))
        index.add(line_entries(facts, project, context.report.fiscal_year))
        if sheet is not None:
            index.add(_counted_entries(project, sheet))
    if len(context.report.projects) > 1:
        index.add(_counts_together(index.entries))
    for field, role in _AMOUNTS.items():
        index.add(_entry(facts.get(f"report.total.{field}"), role, ANY_PROJECT))
    index.add(_entry(facts.get("report.total.execution_rate"), Role.EXECUTION, ANY_PROJECT))
    index.add(derived_entries(index.entries))
    index.add(_entry(facts.get("average"), Role.AVERAGE, ANY_PROJECT))
    index.add(_entry(facts.get("project_count"), Role.PROJECTS, ANY_PROJECT))
    index.add(_entry(facts.get("rule.low_threshold"), Role.THRESHOLD))
    for number in range(1, len(context.rule_set.grades) + 1):
        index.add(_entry(facts.get(f"rule.g{number}.at_least"), Role.BOUND))
    return index


def _entry(  # noqa: PLR0913, PLR0917 - where a fact stands
    fact: Fact | None,
    role: Role,
    project: str = "",
    line: str = "",
    fund: str = "",
    name: str = "",
) -> Iterator[Entry]:
    """Yield the entry of a fact with a value."""
    if fact is None or fact.value is None:
        return
    dimension = _DIMENSIONS.get(fact.unit, Dimension.COUNT)
    value = shifted(fact.value, _YUAN) if dimension is Dimension.MONEY else fact.value
    unit = fact.unit if dimension is Dimension.COUNT else ""
    yield Entry(fact.id, dimension, value, role, fact.display, project, line, fund, unit, name)


def _project_entries(
    facts: dict[str, Fact], project: SelfEvaluation, sheet: ScoreSheet | None
) -> Iterator[Entry]:
    """Yield a project's amounts, rates, points and counts."""
    key = project.id
    for field, role in (_OF_PROJECT | _COUNTED).items():
        yield from _entry(facts.get(f"{key}.{field}"), role, key)
    yield from _entry(facts.get(f"{key}.other_points"), Role.OTHER_POINTS, key, f"{key}.execution")
    for source, _ in fund_rows(project):
        for field, role in _AMOUNTS.items():
            fact = facts.get(f"{key}.fund.{source}.{field}")
            row_name = facts.get(f"{key}.fund.{source}.name")
            yield from _entry(fact, role, key, "", source, row_name.display if row_name else "")
    for number, level in enumerate(sheet.dimensions if sheet else (), 1):
        is_counted = level.level1 != Level1.EXECUTION.value
        for field, role in (_OF_LINE | (_COUNTED if is_counted else {})).items():
            fact = facts.get(f"{key}.D{number}.{field}")
            yield from _entry(fact, role, key, f"{key}.D{number}", "", level.level1)
    for line in sheet.lines if sheet else ():
        name = to_inline(line.level3 or line.level2 or line.level1)
        for field, role in _OF_LINE.items():
            fact = facts.get(f"{key}.{line.id}.{field}")
            yield from _entry(fact, role, key, f"{key}.{line.id}", "", name)


def _counted_entries(project: SelfEvaluation, sheet: ScoreSheet) -> Iterator[Entry]:
    """Yield what can be counted or summed over lines but is no fact of the ledger."""
    key = project.id
    lines = [
        one
        for one in sheet.lines
        if one.kind is not LineKind.EXECUTION and one.status is not LineStatus.NOT_APPLICABLE
    ]
    yield from _full_and_weight(lines, key, "")
    every = Decimal(len(project.indicators))
    yield Entry("", Dimension.COUNT, every, Role.INDICATORS, f"{every}项", key, "", "", "项")
    lost = sum((one.deduction or Decimal(0) for one in lines), Decimal(0))
    yield Entry("", Dimension.POINTS, lost, Role.LOST, to_points(lost), key)
    yield from _with_execution(sheet, lines, key)
    for number, level in enumerate(sheet.dimensions, 1):
        own = [one for one in lines if split_level1(one.level1).title == level.level1]
        if own:
            yield from _full_and_weight(own, key, f"{key}.D{number}")
            of_all = shifted(level.weight, -2)
            place = f"{key}.D{number}"
            yield Entry("", Dimension.RATE, of_all, Role.SHARE, "", key, place, "", "%")
            if level.weight and level.points is not None:
                share = level.points / level.weight
                yield Entry("", Dimension.RATE, share, Role.SHARE, "", key, place, "", "%")
                lost = level.weight - level.points
                shown = to_points(lost)
                yield Entry("", Dimension.POINTS, lost, Role.DEDUCTION, shown, key, place)
    for title in {one.level2 for one in lines if one.level2}:
        yield from _of_kind([one for one in lines if one.level2 == title], key, title)
    if sheet.next_grade is not None:
        gap = sheet.next_grade.gap
        yield Entry("", Dimension.POINTS, gap, Role.NEXT_GAP, to_points(gap), key)


def _counts_together(entries: Sequence[Entry]) -> list[Entry]:
    """Return how many indicators all projects have together, of each sort, and the points lost."""
    found: dict[Role, Decimal] = defaultdict(Decimal)
    first: dict[tuple[str, Role], Entry] = {}
    for one in entries:
        if (one.role in COUNTS or one.role is Role.LOST) and not one.line:
            first.setdefault((one.project, one.role), one)
    for one in first.values():
        found[one.role] += one.value
    lost = found.pop(Role.LOST, Decimal(0))
    return [
        Entry("", Dimension.POINTS, lost, Role.LOST, to_points(lost), ANY_PROJECT),
        *(
            Entry("", Dimension.COUNT, count, role, f"{count}项", ANY_PROJECT, "", "", "项")
            for role, count in found.items()
        ),
    ]


def _of_kind(lines: list[LineScore], project: str, title: str) -> Iterator[Entry]:
    """Yield counts and points of the lines of one level-2 kind, such as 数量指标."""
    counted = {
        Role.INDICATORS: lines,
        Role.FULL: [one for one in lines if one.points is not None and not one.deduction],
        Role.LOSING: [one for one in lines if one.deduction],
        Role.MET: [one for one in lines if one.met],
        Role.UNMET: [one for one in lines if one.met is False],
    }
    for role, own in counted.items():
        count = Decimal(len(own))
        yield Entry("", Dimension.COUNT, count, role, f"{count}项", project, title, "", "项")
    if lines and all(one.points is not None for one in lines):
        weight = sum((one.weight or Decimal(0) for one in lines), Decimal(0))
        points = sum((one.points or Decimal(0) for one in lines), Decimal(0))
        for role, value in (
            (Role.WEIGHT, weight),
            (Role.POINTS, points),
            (Role.DEDUCTION, weight - points),
        ):
            shown = to_points(value)
            yield Entry("", Dimension.POINTS, value, role, shown, project, title, "", "", title)


def _with_execution(sheet: ScoreSheet, lines: list[LineScore], project: str) -> Iterator[Entry]:
    """Yield the counts that hold the execution rate too."""
    every = [sheet.execution, *lines]
    chosen = {
        Role.SCORED: every,
        Role.FULL: [one for one in every if one.points is not None and not one.deduction],
        Role.LOSING: [one for one in every if one.deduction],
    }
    for role, counted in chosen.items():
        count = Decimal(len(counted))
        yield Entry("", Dimension.COUNT, count, role, f"{count}项", project, "", "", "项")


def _full_and_weight(lines: list[LineScore], project: str, place: str) -> Iterator[Entry]:
    """Yield how many lines have full marks, and the sum of their weights."""
    full = [one for one in lines if one.points is not None and not one.deduction]
    count = Decimal(len(full))
    yield Entry("", Dimension.COUNT, count, Role.FULL, f"{count}项", project, place, "", "项")
    if not place:
        weight = sum((one.weight or Decimal(0) for one in lines), Decimal(0))
        shown = to_points(weight)
        yield Entry("", Dimension.POINTS, weight, Role.WEIGHT_SUM, shown, project, place)
        points = sum((one.points or Decimal(0) for one in lines), Decimal(0))
        yield Entry(
            "", Dimension.POINTS, points, Role.POINTS_SUM, to_points(points), project, place
        )
