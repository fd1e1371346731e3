"""Where a report's tables differ from the figures given beside it (数据比对)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import ERROR, TEXT_AND_TABLE, found
from ziping.domain.amounts import read_amount
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    Indicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.findings import Finding, Place
from ziping.domain.numbers import plain, read_number
from ziping.domain.text import clean, is_blank, shorten

_AMOUNTS = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "executed": "全年执行数",
}
_CELLS = {"target": "年度指标值", "actual": "实际完成值", "weight": "分值"}


def differences(report: Report, figures: Report) -> tuple[Finding, ...]:
    """Return a finding for each figure of a report that the figures given state otherwise."""
    return tuple(
        finding
        for project, other in _paired(report, figures)
        for finding in (*_funds(project, other), *_lines(project, other), *_totals(project, other))
    )


def _paired(report: Report, figures: Report) -> Iterator[tuple[SelfEvaluation, SelfEvaluation]]:
    """Yield the projects both have: by name, and the only one of each whatever its name."""
    if len(report.projects) == len(figures.projects) == 1:
        yield report.projects[0], figures.projects[0]
        return
    by_name = {clean(one.name): one for one in figures.projects}
    for project in report.projects:
        other = by_name.get(clean(project.name))
        if other is not None:
            yield project, other


def _funds(project: SelfEvaluation, other: SelfEvaluation) -> Iterator[Finding]:
    for row in project.funds:
        given = other.fund(row.source)
        if given is None:
            continue
        title = row.label.strip() or FUND_SOURCE_TITLES[row.source]
        for column, word in _AMOUNTS.items():
            here, there = _amount(project, row, column), _amount(other, given, column)
            if here is None or there is None or here == there:
                continue
            yield _differs(
                Place(
                    path=f"{project.id}/funds/{row.source.value}/{column}",
                    label=f"项目资金 · {title} · {word}",
                ),
                f"{title}的{word}",
                f"{plain(here)} 万元",
                f"{plain(there)} 万元",
            )


def _amount(project: SelfEvaluation, row: FundRow, column: str) -> Decimal | None:
    return read_amount(getattr(row, column), project.fund_unit).value


def _lines(project: SelfEvaluation, other: SelfEvaluation) -> Iterator[Finding]:
    given = {clean(one.level3): one for one in other.indicators if not is_blank(one.level3)}
    for line in project.indicators:
        match = given.get(clean(line.level3))
        if match is None or is_blank(line.level3):
            continue
        for field, word in _CELLS.items():
            here, there = getattr(line, field), getattr(match, field)
            if is_blank(here) or is_blank(there) or _is_same(here, there):
                continue
            where = _at(project, line, field, word)
            what = f"“{line.level3.strip()}”的{word}"
            yield _differs(where, what, f"“{shorten(here)}”", f"“{shorten(there)}”")
        here, there = line.printed.points or line.points, match.printed.points or match.points
        if not is_blank(here) and not is_blank(there) and not _is_same(here, there):
            where = _at(project, line, "printed/points", "得分")
            what = f"“{line.level3.strip()}”的得分"
            yield _differs(where, what, here.strip(), there.strip())


def _at(project: SelfEvaluation, line: Indicator, field: str, word: str) -> Place:
    return Place(
        path=f"{project.id}/indicators/{line.id}/{field}",
        label=f"绩效指标 · {line.level3.strip()} · {word}",
    )


def _totals(project: SelfEvaluation, other: SelfEvaluation) -> Iterator[Finding]:
    here, there = project.printed.total, other.printed.total
    if not is_blank(here) and not is_blank(there) and not _is_same(here, there):
        place = Place(path=f"{project.id}/printed/total", label="总分")
        yield _differs(place, "总分", here.strip(), there.strip())


def _is_same(here: str, there: str) -> bool:
    """Whether two cells say the same, as texts or as numbers."""
    if clean(here) == clean(there):
        return True
    first, second = read_number(here).value, read_number(there).value
    return first is not None and first == second


def _differs(place: Place, what: str, here: str, there: str) -> Finding:
    return found(
        "text.differs",
        ERROR,
        place,
        title="自评表与数据文件不一致",
        message=f"{what}：自评表是 {here}，数据文件是 {there}。",
        why="报送的自评表要与本单位核定的数据一致。",
        clause=TEXT_AND_TABLE,
        remedy="请核对原始资料，改正其中一处。",
    )
