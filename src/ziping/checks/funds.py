"""The fund grid: sums, adjustments, overspending and low execution (资金)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import (
    ADJUSTMENT,
    BUDGET_BINDS,
    CARRYOVER,
    ERROR,
    FORM,
    NO_FALSE_SPENDING,
    NOTE,
    TRUTHFUL,
    WARNING,
    found,
)
from ziping.checks.precision import signed
from ziping.checks.subject import COLUMNS, Fund, Subject
from ziping.domain.amounts import amount_in, read_amount
from ziping.domain.evaluation import FundSource
from ziping.domain.findings import Finding
from ziping.domain.quantities import Amount
from ziping.domain.rates import rate_text

_ABSURD = Decimal(10**8)
"""万元 (a trillion 元): no single project spends as much, the unit must be wrong."""
_SUMMED = ("initial_budget", "annual_budget", "received", "executed")


def cells(subject: Subject) -> Iterator[Finding]:
    """Report amounts that cannot be read or cannot be meant."""
    for fund in subject.funds:
        for column, amount in fund.amounts.items():
            finding = _cell(subject, fund, column, amount)
            if finding is not None:
                yield finding


def _cell(subject: Subject, fund: Fund, column: str, amount: Amount) -> Finding | None:
    where = subject.at_fund(fund, column)
    what = f"“{fund.title}”的{COLUMNS[column]}"
    value = amount.value
    rule, title, message = "", "", ""
    if amount.problem:
        rule, title = "funds.unreadable", "金额读不出来"
        message = f"{what}填的是“{amount.raw.strip()[:40]}”：{amount.problem}。"
    elif value is not None and value < 0:
        rule, title = "funds.negative", "金额为负"
        message = f"{what}填的是 {amount.raw.strip()}，金额不能是负数。"
    elif value is not None and value > _ABSURD:
        rule, title = "funds.absurd", "金额大得不合常理"
        message = f"{what}读作 {subject.money(value)}，超过一万亿元，多半是单位看错了。"
    if not rule:
        return None
    return found(
        rule,
        ERROR,
        where,
        title=title,
        message=message,
        why=f"资金栏以{subject.evaluation.fund_unit.value}为单位，只填数字。",
        clause=TRUTHFUL,
        remedy="请对照国库支付数和预算批复核对这个数和金额单位。",
    )


def empty_total(subject: Subject) -> Iterator[Finding]:
    """Report a total row of 0 or blanks over detail rows that hold money."""
    total = subject.total
    if total is None or not subject.is_total_empty:
        return
    columns = [one for one in _SUMMED if subject.sum_of_details(one) is not None]
    stated = "/".join(total.amounts[one].raw.strip() or "空" for one in columns)
    sums = "/".join(subject.bare(subject.sum_of_details(one) or Decimal(0)) for one in columns)
    names = "/".join(COLUMNS[one] for one in columns)
    yield found(
        "funds.total_zero",
        ERROR,
        subject.at_fund(total),
        title="总额行没有填数",
        message=f"“{total.title}”的{names}填的是 {stated}，"
        f"而明细行合计为 {sums}（{subject.evaluation.fund_unit.value}）。",
        why="年度资金总额是各资金来源之和，执行率和得分都看这一行。",
        clause=FORM,
        remedy=f"请把总额行改为 {sums}，再重算执行率和得分。",
    )


def sums(subject: Subject) -> Iterator[Finding]:
    """Compare the total of each column with the sum of its detail rows."""
    total = subject.total
    if total is None or subject.is_total_empty:
        return
    for column in _SUMMED:
        stated, summed = total.value(column), subject.sum_of_details(column)
        if stated is not None and summed is not None and stated != summed:
            yield _sum(subject, total, column, stated, summed)


def _sum(subject: Subject, total: Fund, column: str, stated: Decimal, summed: Decimal) -> Finding:
    rows = [fund for fund in subject.details if fund.has_money]
    addends = "+".join(subject.bare(fund.value(column) or Decimal(0)) for fund in rows)
    close = _may_be_rounding(subject, [total, *rows], column, abs(stated - summed))
    return found(
        "funds.sum",
        NOTE if close else ERROR,
        subject.at_fund(total, column),
        title="合计与明细有尾差" if close else "合计不等于明细之和",
        message=f"{COLUMNS[column]}：明细 {addends}＝{subject.bare(summed)}，"
        f"“{total.title}”填 {subject.bare(stated)}，"
        f"相差 {subject.money(abs(stated - summed))}"
        + ("，各行小数位数不同，可能是取舍造成的。" if close else "。"),
        why="年度资金总额＝财政拨款＋上年结转＋其他来源，各栏都要加得起来。",
        clause=TRUTHFUL,
        remedy="请核对明细各行和总额，补上漏列的来源或改正填错的数。",
    )


def _may_be_rounding(subject: Subject, funds: list[Fund], column: str, difference: Decimal) -> bool:
    """Say whether rows written with fewer decimals explain a difference."""
    places = [fund.amounts[column].places for fund in funds if fund.amounts[column].value]
    fewest, most = min(places, default=0), max(places, default=0)
    unit = Decimal(1).scaleb(-fewest)
    shown = amount_in(difference, subject.evaluation.fund_unit)
    if fewest < most:
        return shown < unit and fewest > 0
    return fewest > 0 and shown <= unit * (len(places) - 1) / 2


def adjustment(subject: Subject) -> Iterator[Finding]:
    """Ask for the basis where the annual budget departs from the initial one."""
    initial, annual = subject.amount("initial_budget"), subject.amount("annual_budget")
    total = subject.total
    if total is None or initial is None or annual is None or initial == annual:
        return
    has_basis = subject.explains(subject.evaluation.adjustment_basis)
    if initial == 0:
        yield _initial_zero(subject, total, annual, has_basis=has_basis)
        return
    if has_basis:
        return
    difference = annual - initial
    share = signed(Decimal(rate_text(difference / initial).rstrip("%")))
    amount = signed(amount_in(difference, subject.evaluation.fund_unit))
    yield found(
        "funds.adjustment",
        WARNING,
        subject.at_fund(total, "annual_budget"),
        title="预算调整没有写依据",
        message=f"年初预算数 {subject.bare(initial)}，全年预算数 {subject.bare(annual)}，"
        f"调整 {amount} {subject.evaluation.fund_unit.value}（{share}%），没有写调整依据。",
        why="预算非经法定程序不得调整，确需调剂的按规定办理；全年预算数要有批复或调剂文件支撑。",
        clause=ADJUSTMENT,
        remedy="请向财务股要预算调整（调剂）批复的文号和日期，填入“预算调整依据”。",
    )


def _initial_zero(subject: Subject, total: Fund, annual: Decimal, *, has_basis: bool) -> Finding:
    rate = subject.execution_rate
    known = f"按全年预算数 {subject.bare(annual)} 为 {rate_text(rate)}" if rate is not None else ""
    return found(
        "funds.initial_zero",
        NOTE if has_basis else WARNING,
        subject.at_fund(total, "initial_budget"),
        title="年初没有预算，全部是年中追加",
        message=f"年初预算数为 0，全年预算数为 {subject.bare(annual)}："
        f"按年初预算数的执行率无法计算（0 不能做分母）{'；' + known if known else ''}。"
        + ("" if has_basis else "追加的依据没有写。"),
        why="年中追加的预算也要有批复；执行率以全年预算数为分母。",
        clause=ADJUSTMENT,
        remedy="请填写追加预算的批复文号；确有年初预算的，补填年初预算数。",
    )


def overspent(subject: Subject) -> Iterator[Finding]:
    """Report money spent beyond the budget or beyond what was received."""
    for fund in subject.funds:
        executed = fund.value("executed")
        annual, received = fund.value("annual_budget"), fund.value("received")
        if executed is None or (not fund.is_total and subject.total and not fund.has_money):
            continue
        if annual is not None and annual > 0 and executed > annual:
            yield _over(subject, fund, "over_budget", (executed, annual))
        elif received is not None and received > 0 and executed > received:
            yield _over(subject, fund, "over_received", (executed, received))


def _over(subject: Subject, fund: Fund, rule: str, pair: tuple[Decimal, Decimal]) -> Finding:
    executed, limit = pair
    over_budget = rule == "over_budget"
    column = "全年预算数" if over_budget else "实际到位数"
    return found(
        f"funds.{rule}",
        ERROR if over_budget else WARNING,
        subject.at_fund(fund, "executed"),
        title=f"执行数超过{column}",
        message=f"“{fund.title}”全年执行数 {subject.bare(executed)}，{column}"
        f" {subject.bare(limit)}，超出 {subject.money(executed - limit)}"
        f"（执行数是{column}的 {rate_text(executed / limit)}）。",
        why="支出以经批准的预算为据，未列入预算的不得支出。"
        if over_budget
        else "没有到位的钱花不出去；差额可能来自上年结转或垫付。",
        clause=BUDGET_BINDS if over_budget else NO_FALSE_SPENDING,
        remedy="请核对执行数，以及追加预算、上年结转是否漏计；确实超支的请写明原因。",
    )


def no_budget(subject: Subject) -> Iterator[Finding]:
    """Report a project whose budget is 0: the rate cannot be computed."""
    total = subject.total
    if total is None or subject.is_total_empty or subject.amount(subject.base_column) != 0:
        return
    yield found(
        "funds.zero_budget",
        ERROR,
        subject.at_fund(total, subject.base_column),
        title="预算数为 0，执行率不能计算",
        message=f"“{total.title}”的{COLUMNS[subject.base_column]}是 0，0 不能做分母，"
        f"全年执行数填的是 {total.amounts['executed'].raw.strip() or '空'}。",
        why="没有预算就没有支出，也没有执行率；这一行多半是漏填。",
        clause=BUDGET_BINDS,
        remedy="请填写调整后的全年预算数。",
    )


def low_rate(subject: Subject) -> Iterator[Finding]:
    """Ask for an explanation of a low execution rate."""
    rate, threshold = subject.execution_rate, subject.rule_set.execution.low_threshold
    total = subject.total
    if total is None or rate is None or rate < 0 or rate >= threshold:
        return
    texts = [*subject.evaluation.materials.values(), subject.evaluation.adjustment_basis]
    row = subject.execution_row
    if row is not None:
        texts += [f"执行率：{row.indicator.deviation}" if row.indicator.deviation else ""]
    if any("执行率" in text or "执行进度" in text or "支付进度" in text for text in texts):
        return
    base = subject.amount(subject.base_column) or Decimal(0)
    executed = subject.amount("executed") or Decimal(0)
    yield found(
        "funds.low_rate",
        WARNING,
        subject.at_fund(total, "executed"),
        title="执行率偏低，没有说明原因",
        message=f"全年执行数 {subject.bare(executed)}÷{COLUMNS[subject.base_column]}"
        f" {subject.bare(base)}＝{rate_text(rate)}，低于 {rate_text(threshold)} 的提醒线，"
        f"还有 {subject.money(base - executed)}没有花出去，没有写原因。",
        why="预算执行率偏低的项目要单独说明原因并提出整改措施。",
        clause=subject.rule_set.execution.low_basis.clause,
        remedy="请写明执行率低的原因（如进度、结转、核减）和下一步措施。",
    )


def carryover(subject: Subject) -> Iterator[Finding]:
    """Remind of the two-year limit where money was carried over."""
    fund = next((one for one in subject.funds if one.row.source is FundSource.CARRYOVER), None)
    if fund is None or not fund.has_money:
        return
    column = next(name for name in COLUMNS if fund.value(name))
    amount = subject.money(fund.value(column) or Decimal(0))
    yield found(
        "funds.carryover",
        NOTE,
        subject.at_fund(fund, column),
        title="有上年结转资金",
        message=f"上年结转资金{COLUMNS[column]} {amount}。",
        why="结转资金用于原项目；连续两年没有用完的，作为结余资金管理。",
        clause=CARRYOVER,
        remedy="请确认结转没有超过两年，并与上年决算的结转数一致。",
    )


def approved_budget(subject: Subject) -> Iterator[Finding]:
    """Compare the budget with the one the budget reply fixed."""
    approved = read_amount(subject.evaluation.approved.budget, subject.evaluation.fund_unit).value
    initial, annual = subject.amount("initial_budget"), subject.amount("annual_budget")
    if approved is None or subject.total is None or approved in (initial, annual):
        return
    if initial is None and annual is None:
        return
    shown = " / ".join("空" if one is None else subject.bare(one) for one in (initial, annual))
    yield found(
        "funds.approved_budget",
        WARNING,
        subject.at_fund(subject.total, "initial_budget"),
        title="预算数与批复不一致",
        message=f"批复预算数 {subject.money(approved)}，"
        f"自评表年初/全年预算数为 {shown}，都不相同。",
        why="财政部门审核时先与预算批复比对。",
        clause=BUDGET_BINDS,
        remedy="请核对预算批复；调整过的，补写调整依据。",
    )


def repeated_total(subject: Subject) -> Iterator[Finding]:
    """Report every 年度资金总额 row after the first, which alone is scored."""
    totals = [fund for fund in subject.funds if fund.is_total]
    for fund in totals[1:]:
        yield found(
            "funds.repeated_total",
            ERROR,
            subject.at_fund(fund),
            title="年度资金总额重复",
            message=f"资金表里有 {len(totals)} 行年度资金总额，只按第一行计算执行率和得分，"
            "其余各行没有计入。",
            why="一个项目只有一行年度资金总额，执行率和得分都在这一行。",
            clause=FORM,
            remedy="请保留正确的一行，其余的改为明细行或删除。",
        )


RULES = (
    cells,
    repeated_total,
    empty_total,
    sums,
    adjustment,
    overspent,
    no_budget,
    low_rate,
    carryover,
    approved_budget,
)
