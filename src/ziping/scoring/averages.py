"""An average over several projects, only in the way a person declared (平均得分)."""

from collections.abc import Sequence
from decimal import Decimal

from ziping.domain.amounts import read_amount
from ziping.domain.evaluation import AverageKind, FundSource, Report, SelfEvaluation
from ziping.domain.numbers import plain, round_half_up
from ziping.domain.scores import AverageScore, ScoreSheet

_PLACES = 2


def average(report: Report, sheets: Sequence[ScoreSheet]) -> AverageScore | None:
    """Return the declared average of the projects' totals; None where none is declared."""
    if report.average is AverageKind.NONE or not sheets:
        return None
    waiting = [one for one in sheets if one.total is None]
    if waiting:
        names = "、".join(_name(report, one) for one in waiting)
        return _unknown(report, f"以下项目还没有总分，暂不能计算平均得分：{names}。")
    if report.average is AverageKind.SIMPLE:
        return _weighted(report, [(_total(one), Decimal(1)) for one in sheets])
    return _by_funds(report, sheets)


def _by_funds(report: Report, sheets: Sequence[ScoreSheet]) -> AverageScore:
    """Return the average weighted by each project's 全年预算数."""
    pairs = []
    for one in sheets:
        funds = _annual_budget(report.project(one.project_id))
        if funds is None:
            needs = f"项目“{_name(report, one)}”的全年预算数缺失或不大于 0，不能按资金加权。"
            return _unknown(report, needs)
        pairs.append((_total(one), funds))
    return _weighted(report, pairs)


def _weighted(report: Report, pairs: list[tuple[Decimal, Decimal]]) -> AverageScore:
    """Return the weighted mean with its formula."""
    whole = sum((weight for _, weight in pairs), Decimal(0))
    value = round_half_up(sum((total * weight for total, weight in pairs), Decimal(0)) / whole, 2)
    if report.average is AverageKind.SIMPLE:
        terms = " + ".join(plain(total) for total, _ in pairs)
    else:
        terms = " + ".join(f"{plain(total)} × {plain(weight)}" for total, weight in pairs)
    formula = f"({terms}) ÷ {plain(whole)} = {plain(value, _PLACES)}"
    return AverageScore(kind=report.average, value=value, formula=formula)


def _total(sheet: ScoreSheet) -> Decimal:
    """Return the total of a sheet that has one."""
    assert sheet.total is not None  # noqa: S101 - `average` has looked
    return sheet.total


def _annual_budget(project: SelfEvaluation | None) -> Decimal | None:
    """Return a project's 全年预算数 in 万元 when it is a positive amount."""
    row = project.fund(FundSource.TOTAL) if project else None
    if project is None or row is None:
        return None
    value = read_amount(row.annual_budget, project.fund_unit).value
    return value if value is not None and value > 0 else None


def _name(report: Report, sheet: ScoreSheet) -> str:
    """Return a project's name, or its id."""
    project = report.project(sheet.project_id)
    return (project.name if project else "") or sheet.project_id


def _unknown(report: Report, needs: str) -> AverageScore:
    """Return an average that cannot be said yet."""
    return AverageScore(kind=report.average, value=None, needs=needs)
