"""The ledger (数据台账): every figure prose may state, with its source.

Ids: `unit`, `year` and `report.total.executed` for the report; `p1.executed` for a project;
`p1.i3.points` for an indicator; `p1.D2.weight` for a level-1 dimension;
`p1.fund.carryover.executed` for a fund row, `p1.fund.other.3.executed` for a further one of its
source; `rule.g1.at_least` for a grade of the rule set.
"""

from decimal import Decimal

from ziping.domain.amounts import read_amount
from ziping.domain.draft import Ledger
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Indicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.numbers import plain
from ziping.domain.rules import Lexicon, RuleSet
from ziping.domain.scores import AverageScore, RateBase, ScoreSheet
from ziping.drafting.entered import fund_rows, reason_of, row_name
from ziping.drafting.fact_builder import FactBuilder
from ziping.drafting.figures import to_inline
from ziping.drafting.score_facts import add_sheet

FUND_KIND_NAMES = {
    "一般公共预算": "一般公共预算资金",
    "政府性基金": "政府性基金预算资金",
    "国有资本经营": "国有资本经营预算资金",
    "社保基金": "社会保险基金",
    "财政专户管理": "财政专户管理资金",
}
"""How prose names each fund kind (资金性质)."""

AMOUNT_TITLES = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "received": "实际到位数",
    "executed": "全年执行数",
}
"""The amounts of a fund row, in column order."""


def build_ledger(
    report: Report,
    sheets: tuple[ScoreSheet, ...],
    rule_set: RuleSet,
    lexicon: Lexicon,
    average: AverageScore | None = None,
) -> Ledger:
    """Return every figure that may appear in the report's prose."""
    build = FactBuilder()
    by_project = {sheet.project_id: sheet for sheet in sheets}
    build.name("unit", "编报单位", report.unit, "unit")
    build.name("year", "财政年度", f"{report.fiscal_year}年", "fiscal_year")
    build.count("project_count", "自评项目数", len(report.projects), "个", "")
    for project in report.projects:
        _add_project(build, project, lexicon)
        if sheet := by_project.get(project.id):
            add_sheet(build, project, sheet, rule_set)
    _add_totals(build, report)
    _add_average(build, average)
    build.name("rule.title", "评分规则", rule_set.title, "评分规则")
    build.rate(
        "rule.low_threshold",
        "执行率偏低阈值",
        rule_set.execution.low_threshold,
        "评分规则",
        "",
    )
    for number, grade in enumerate(rule_set.grades, 1):
        title = f"{grade.title}的最低分"
        build.points(f"rule.g{number}.at_least", title, grade.at_least, "评分规则", "")
        build.name(f"rule.g{number}.title", "等级", grade.title, "评分规则")
    return Ledger(facts=build.facts)


def _add_project(build: FactBuilder, project: SelfEvaluation, lexicon: Lexicon) -> None:
    key, name = project.id, to_inline(project.name)
    build.name(f"{key}.name", "项目支出名称", project.name, f"{key}/name", key)
    department = project.competent_department
    build.name(
        f"{key}.competent_department", "主管部门", department, f"{key}/competent_department", key
    )
    unit = project.implementing_unit
    build.name(f"{key}.implementing_unit", "实施单位", unit, f"{key}/implementing_unit", key)
    kind = FUND_KIND_NAMES.get(project.fund_kind.value, "")
    build.name(f"{key}.fund_kind", "资金性质", kind, f"{key}/fund_kind", key)
    basis = project.adjustment_basis
    build.name(f"{key}.adjustment_basis", "调整依据", basis, f"{key}/adjustment_basis", key)
    for source, row in fund_rows(project):
        _add_row(build, project, source, row)
    _add_derived(build, key, name)
    for indicator in project.indicators:
        _add_indicator(build, key, indicator, lexicon)


def _add_row(build: FactBuilder, project: SelfEvaluation, source: str, row: FundRow) -> None:
    """Add a row's name and amounts; a negative amount is a mistake to ask about, no fact."""
    is_total = row.source is FundSource.TOTAL
    prefix = project.id if is_total else f"{project.id}.fund.{source}"
    label = row_name(to_inline(row.label)) or row_name(FUND_SOURCE_TITLES[row.source])
    if not is_total:
        path = f"{project.id}/funds/{source}/label"
        build.name(f"{prefix}.name", "资金来源", label, path, project.id)
    for field, heading in AMOUNT_TITLES.items():
        value = read_amount(getattr(row, field), project.fund_unit).value
        if value is not None and value >= 0:
            title = f"{to_inline(project.name)} {label} {heading}".strip()
            path = f"{project.id}/funds/{source}/{field}"
            build.amount(f"{prefix}.{field}", title, value, path, project.id)


def _add_derived(build: FactBuilder, key: str, name: str) -> None:
    """Add differences and rates over the total row."""

    def figure(field: str) -> Decimal | None:
        fact = build.facts.get(f"{key}.{field}")
        return fact.value if fact else None

    def difference(field: str, title: str, left: str, right: str) -> None:
        first, second = figure(left), figure(right)
        if first is not None and second is not None:
            source = f"|{AMOUNT_TITLES[left]}－{AMOUNT_TITLES[right]}|"
            build.amount(f"{key}.{field}", f"{name} {title}", abs(first - second), source, key)

    def rate(field: str, title: str, over: str, under: str) -> None:
        first, second = figure(over), figure(under)
        if first is not None and second:
            source = f"{title}：{plain(first)}÷{plain(second)}"
            build.rate(f"{key}.{field}", f"{name} {title}", first / second, source, key)

    difference("adjustment", "预算调整额", "annual_budget", "initial_budget")
    difference("unspent", "未执行数", "annual_budget", "executed")
    difference("receipt_gap", "到位差额", "annual_budget", "received")
    difference("balance", "到位资金结余", "received", "executed")
    rate("rate_on_annual", RateBase.ANNUAL_BUDGET, "executed", "annual_budget")
    rate("rate_on_initial", RateBase.INITIAL_BUDGET, "executed", "initial_budget")
    rate("rate_on_received", RateBase.RECEIVED, "executed", "received")
    rate("receipt_rate", RateBase.RECEIPT, "received", "initial_budget")
    rate("receipt_rate_annual", RateBase.RECEIPT_ANNUAL, "received", "annual_budget")
    adjustment, initial = figure("adjustment"), figure("initial_budget")
    if adjustment and initial:
        source = f"预算调整额÷年初预算数：{plain(adjustment)}÷{plain(initial)}"
        share = abs(adjustment / initial)
        build.rate(f"{key}.adjustment_rate", f"{name} 预算调整幅度", share, source, key)


def _add_indicator(build: FactBuilder, key: str, indicator: Indicator, lexicon: Lexicon) -> None:
    prefix = f"{key}.{indicator.id}"
    path = f"{key}/indicators/{indicator.id}"
    name = indicator.level3 or indicator.level2
    build.name(f"{prefix}.name", "三级指标", name, f"{path}/level3", prefix)
    build.name(f"{prefix}.target", f"{name} 年度指标值", indicator.target, f"{path}/target", prefix)
    build.name(f"{prefix}.actual", f"{name} 实际完成值", indicator.actual, f"{path}/actual", prefix)
    build.name(f"{prefix}.band", f"{name} 定性档次", indicator.band.value, f"{path}/band", prefix)
    reason = reason_of(indicator, lexicon)
    build.name(f"{prefix}.reason", f"{name} 扣分或偏差原因", reason, f"{path}/deviation", prefix)


def _add_totals(build: FactBuilder, report: Report) -> None:
    for field, title in AMOUNT_TITLES.items():
        facts = [build.facts.get(f"{project.id}.{field}") for project in report.projects]
        values = [fact.value for fact in facts if fact and fact.value is not None]
        if values and len(values) == len(report.projects):
            total = sum(values, Decimal(0))
            build.amount(f"report.total.{field}", f"各项目{title}合计", total, "各项目之和", "")
    executed, annual = (
        build.facts.get(f"report.total.{field}") for field in ("executed", "annual_budget")
    )
    if executed and annual and executed.value is not None and annual.value:
        rate = executed.value / annual.value
        build.rate(
            "report.total.execution_rate", "各项目合计执行率", rate, "执行数合计÷预算数合计", ""
        )


def _add_average(build: FactBuilder, average: AverageScore | None) -> None:
    """Add the average a person has declared, as the scorer stands by it."""
    if average is None or average.value is None:
        return
    source = average.kind.value
    build.points("average", f"各项目总分的平均（{source}）", average.value, source, "")
