"""Targets whose figures contradict their kind, the budget or the year (指标值与指标性质)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import (
    COST_DIRECTION,
    MEASURABLE,
    MONEY_AS_QUANTITY,
    NOTE,
    TARGET_SETTING,
    TRUTHFUL,
    WARNING,
    found,
)
from ziping.checks.subject import Line, Subject
from ziping.domain.amounts import MONEY_POWERS, amount_in, convert, read_amount
from ziping.domain.direction import direction_of
from ziping.domain.evaluation import FundUnit
from ziping.domain.findings import Finding
from ziping.domain.quantities import Cell, CellKind
from ziping.domain.text import clean

_TOTAL_COST = re.compile("总成本|总投资|总费用|总支出|总经费|项目成本|费用总额|投资总额")
_RATE_NAME = re.compile("率$")


def direction(subject: Subject) -> Iterator[Finding]:
    """Report operators that contradict what the indicator means, e.g. a cost with ≥."""
    for line in subject.lines:
        one = line.indicator
        told = direction_of(one.level1, one.level2, one.level3, line.target, subject.lexicon)
        if not told.contradiction:
            continue
        yield found(
            "targets.direction",
            WARNING,
            subject.at_line(line, "target", "年度指标值"),
            title="指标方向可能写反",
            message=f"“{line.name}”的指标值是“{line.target.raw.strip()}”：{told.contradiction}。",
            why="成本类指标越少越好，用“≤”；数量、满意度越多越好，用“≥”。方向写反，得分也会反。",
            clause=COST_DIRECTION,
            remedy="请对照批复核对比较符；确实如此的，写明理由。",
        )


def _is_cost(line: Line) -> bool:
    return "成本" in line.indicator.level2 or "成本" in line.level1_name


def _cost(subject: Subject, cell: Cell) -> Decimal | None:
    """Return a cost cell in 万元: in its own unit, else in the table's."""
    if cell.value is None or cell.kind is not CellKind.NUMBER or cell.is_rate:
        return None
    body = clean(cell.raw).lstrip("≥≤=<>")
    return read_amount(body, subject.evaluation.fund_unit).value


def cost_from_initial_budget(subject: Subject) -> Iterator[Finding]:
    """Report a cost target equal to the initial budget that was cut: the saving is the cut."""
    initial, annual = subject.amount("initial_budget"), subject.amount("annual_budget")
    if initial is None or annual is None or not annual < initial:
        return
    for line in subject.lines:
        target, actual = _cost(subject, line.target), _cost(subject, line.actual)
        if not _is_cost(line) or target is None or actual is None or actual >= target:
            continue
        if not _is_about(target, initial, line.target, subject):
            continue
        saved, cut = target - actual, initial - annual
        own = actual - annual
        yield found(
            "targets.cost_from_initial_budget",
            WARNING,
            subject.at_line(line, "target", "年度指标值"),
            title="成本“节约”来自预算调减",
            message=f"“{line.name}”的指标值 {line.target.raw.strip()} 就是年初预算数"
            f" {subject.bare(initial)}，完成值 {line.actual.raw.strip()}；"
            f"预算已调减到 {subject.bare(annual)}，看上去节约的 {subject.money(saved)}"
            f"中有 {subject.money(min(saved, cut))}是预算调减"
            + ("，不是成本控制得好。" if own >= 0 or saved <= cut else "。"),
            why="预算调减后仍与年初预算比，成本指标一定“完成”，说明不了效率。",
            clause=TARGET_SETTING,
            remedy="请用调整后的预算或单位成本作标准，或写明调减中哪些是工作量减少。",
        )


def _is_about(target: Decimal, amount: Decimal, cell: Cell, subject: Subject) -> bool:
    """Whether a target is an amount, perhaps written with fewer decimals (202.6 for 202.64)."""
    if target == amount:
        return True
    unit = subject.evaluation.fund_unit
    places = read_amount(clean(cell.raw).lstrip("≥≤=<>"), unit).places
    step = Decimal(1).scaleb(-places)
    return places > 0 and abs(amount_in(target - amount, unit)) < step


def cost_against_executed(subject: Subject) -> Iterator[Finding]:
    """Compare a total cost with the executed amount."""
    executed = subject.amount("executed")
    if executed is None:
        return
    for line in subject.lines:
        actual = _cost(subject, line.actual)
        total_cost = _is_cost(line) and _TOTAL_COST.search(line.indicator.level3)
        if actual is None or not total_cost or _is_about(actual, executed, line.actual, subject):
            continue
        yield found(
            "targets.cost_not_executed",
            NOTE,
            subject.at_line(line, "actual", "实际完成值"),
            title="成本完成值与执行数不同",
            message=f"“{line.name}”的完成值是 {line.actual.raw.strip()}，"
            f"全年执行数是 {subject.money(executed)}，"
            f"相差 {subject.money(abs(actual - executed))}。",
            why="项目总成本一般就是全年执行数，两处应当一致。",
            clause=TRUTHFUL,
            remedy="请核对；有未付款或其他来源支出的，写明差额是什么。",
        )


def money_as_quantity(subject: Subject) -> Iterator[Finding]:
    """Report a quantity indicator that holds an amount of money."""
    for line in subject.lines:
        cell = line.target
        if "数量" not in line.indicator.level2 or cell.value is None:
            continue
        unit = cell.unit.strip()
        in_money = unit.endswith(("元", "圆")) and "/" not in unit and "每" not in unit
        if not in_money and not _equals_budget(subject, line):
            continue
        yield found(
            "targets.money_as_quantity",
            WARNING,
            subject.at_line(line, "target", "年度指标值"),
            title="数量指标写成了金额",
            message=f"“{line.name}”是数量指标，指标值却是金额“{cell.raw.strip()}”。",
            why="付出去多少钱是投入，不是产出的数量。",
            clause=MONEY_AS_QUANTITY,
            remedy="请改成办了多少件、补助了多少人、建了多少处一类的数量。",
        )


def _equals_budget(subject: Subject, line: Line) -> bool:
    """Whether a large bare number is just the budget."""
    cell = line.target
    if cell.unit.strip() in MONEY_POWERS or cell.value is None or cell.unit:
        return False
    named = any(word in line.indicator.level3 for word in ("金额", "资金", "经费", "款"))
    ten_thousand = convert(cell.value, subject.evaluation.fund_unit, FundUnit.TEN_THOUSAND_YUAN)
    return named and ten_thousand == subject.amount("annual_budget")


def rate_without_percent(subject: Subject) -> Iterator[Finding]:
    """Report indicators named a rate that hold plain figures on both sides."""
    for line in subject.lines:
        target, actual = line.target, line.actual
        plain_number = target.kind is CellKind.NUMBER and not target.is_rate and not target.unit
        if not plain_number or actual.is_rate or not _RATE_NAME.search(line.name):
            continue
        if target.value is None or target.value <= 1:
            continue
        yield found(
            "targets.rate_without_percent",
            NOTE,
            subject.at_line(line, "target", "年度指标值"),
            title="名称是比率，填的不是比率",
            message=f"“{line.name}”按名称是比率，指标值 {target.raw.strip()}、"
            f"完成值 {actual.raw.strip() or '空'} 都没有百分号。",
            why="指标名称和数值的含义要一致，否则读者无法判断。",
            clause=MEASURABLE,
            remedy="是百分比的请补“%”；是金额或数量的请改指标名称。",
        )


def dates(subject: Subject) -> Iterator[Finding]:
    """Report dates on the edge of a deadline or outside the fiscal year."""
    for line in subject.lines:
        due, done = line.target.deadline, line.actual.deadline
        if due is None or done is None:
            continue
        edge = due.strict_month_end
        if edge is not None and due.last < done.last <= edge:
            yield _before_strict(subject, line)
        elif subject.fiscal_year not in (done.first.year, done.last.year):
            yield _outside_year(subject, line, done.last.year)


def _before_strict(subject: Subject, line: Line) -> Finding:
    return found(
        "targets.before_strict",
        NOTE,
        subject.at_line(line, "target", "年度指标值"),
        title="“之前”含不含当月要说清",
        message=f"“{line.name}”要求“{line.target.raw.strip()}”，完成值是"
        f"“{line.actual.raw.strip()}”。“之前”严格说不含所写的月份，"
        "通行做法按含当月算完成，这里也照此计分。",
        why="同一句话有宽严两种读法，审核时可能被问到。",
        clause=MEASURABLE,
        remedy="请把指标值写成“12月底前”“12月31日前”一类不会误读的时限。",
    )


def _outside_year(subject: Subject, line: Line, year: int) -> Finding:
    early = year < subject.fiscal_year
    return found(
        "targets.outside_year",
        WARNING,
        subject.at_line(line, "actual", "实际完成值"),
        title="完成时间不在本年度",
        message=f"“{line.name}”的完成值“{line.actual.raw.strip()}”在 {year} 年，"
        f"自评年度是 {subject.fiscal_year} 年，"
        f"{'早于' if early else '晚于'}本年度。",
        why="自评只评本年度的完成情况，跨年完成要说明。",
        clause=TRUTHFUL,
        remedy="请核对日期；确实跨年的，写明原因。",
    )


RULES = (
    direction,
    cost_from_initial_budget,
    cost_against_executed,
    money_as_quantity,
    rate_without_percent,
    dates,
)
