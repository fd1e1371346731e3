"""The execution-rate line: executed ÷ budget of 年度资金总额 (预算执行率)."""

from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.amounts import amount_text
from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.domain.numbers import plain
from ziping.domain.quantities import Amount, Cell, CellKind, Number, Operator
from ziping.domain.rates import rate_text
from ziping.domain.rules import ExecutionRule, Level1, RuleSet
from ziping.domain.scores import LineKind
from ziping.scoring import figures
from ziping.scoring.outcome import Outcome, undetermined
from ziping.scoring.rates import FundFigures, execution_points, sub_rows_sum, total_figures
from ziping.scoring.remembered import read_number, split_level1
from ziping.scoring.weights import declared_weight, level1_weights

_COLUMNS = {"annual_budget": "全年预算数", "initial_budget": "年初预算数"}
_BANDS_NOT_SEEN = (
    "所选评分规则规定预算执行率按区间赋分，但具体档次的正文未见，无法计分；"
    "请取得原文后补充档次，或改选其他评分规则。"
)


@dataclass(frozen=True, slots=True)
class Share:
    """What the execution rate is formed of, both positive or zero above (执行率的分子分母)."""

    executed: Decimal
    budget: Decimal


def execution_weight(
    evaluation: SelfEvaluation, rule_set: RuleSet, row: Indicator | None
) -> Number:
    """Return the weight of the line: the row's own, else the declared, else the rule set's."""
    if row is not None:
        own = read_number(row.weight)
        named = split_level1(row.level1).declared_weight
        if not own.is_blank:
            return own
        if named is not None:
            return Number(row.level1, named, is_blank=False)
    declared = declared_weight(evaluation, Level1.EXECUTION)
    if declared is not None:
        return declared
    value = level1_weights(evaluation, rule_set).weights.get(Level1.EXECUTION)
    return Number("", value, is_blank=value is None)


def score_execution(
    evaluation: SelfEvaluation, rule_set: RuleSet, weight: Decimal, stated: Cell | None
) -> Outcome:
    """Return the outcome of the execution rate.

    Args:
        evaluation: Whose fund grid is read.
        rule_set: Names the denominator, the kind and the rounding.
        weight: Of the line.
        stated: The rate an indicator row states, used only where no amounts are entered at all.
    """
    rule, places = rule_set.execution, rule_set.rounding_places
    funds = total_figures(evaluation)
    if stated is not None and _is_measured_rate(stated) and not _has_amounts(evaluation):
        return _from_stated(stated, weight, rule, places)
    share = _share(evaluation, funds, rule)
    if isinstance(share, str):
        return undetermined(LineKind.EXECUTION, rule.basis, share)
    return _from_share(share, weight, rule, places)


def _share(
    evaluation: SelfEvaluation, funds: FundFigures | None, rule: ExecutionRule
) -> Share | str:
    """Return numerator and denominator, or the request where the rate cannot be formed."""
    if funds is None:
        return "资金表缺少“年度资金总额”行，无法计算执行率，请补填合计行（明细行不代为合计）。"
    for column, title, amount in (
        (rule.denominator, _COLUMNS[rule.denominator], getattr(funds, rule.denominator)),
        ("executed", "全年执行数", funds.executed),
    ):
        if request := _request(evaluation, column, title, amount):
            return request
    budget: Amount = getattr(funds, rule.denominator)
    if budget.value is None or funds.executed.value is None:
        return "请填写年度资金总额的预算数和全年执行数。"
    if budget.value == 0:
        return (
            f"年度资金总额的{_COLUMNS[rule.denominator]}为 0，执行率无法计算，"
            "请核对预算数；当年确无预算的，请与财政部门确认计分办法。"
        )
    return Share(funds.executed.value, budget.value)


def _request(evaluation: SelfEvaluation, column: str, title: str, amount: Amount) -> str:
    """Return what to ask about one amount of the total row, or nothing."""
    if amount.problem:
        return f"年度资金总额的{title}：{amount.problem}"
    if not amount.value:
        below = sub_rows_sum(evaluation, column)
        if below > 0:
            state = "未填" if amount.value is None else "为 0"
            return (
                f"年度资金总额的{title}{state}，但明细行合计 {amount_text(below)}，请更正合计行。"
            )
    if amount.value is None:
        return f"请填写年度资金总额的{title}。"
    if amount.value < 0:
        return f"年度资金总额的{title}为负数（{amount_text(amount.value)}），请核对。"
    return ""


def _from_share(share: Share, weight: Decimal, rule: ExecutionRule, places: int) -> Outcome:
    """Return the outcome of a rate formed from amounts."""
    rate = share.executed / share.budget
    points = execution_points(rate, weight, rule, places)
    if points is None:
        return undetermined(LineKind.EXECUTION, rule.basis, _BANDS_NOT_SEEN)
    column, shown = _COLUMNS[rule.denominator], figures.points(points, places)
    fraction = f"{plain(share.executed)} ÷ {plain(share.budget)}"
    if rule.kind == "linear_capped":
        formula = f"{figures.full_points(weight)} × min({fraction}, 1) = {shown}"
        gap = share.budget - share.executed
        distance = f"再支出 {_spaced(gap)}可得满分（{figures.missing(weight, points, places)}）。"
    else:
        formula = f"{fraction} = {rate_text(rate)}，{_band_formula(rate, weight, rule, shown)}"
        distance = _band_distance(rate, share.budget, weight - points, rule, places)
    return Outcome(
        kind=LineKind.EXECUTION,
        basis=rule.basis,
        points=points,
        formula=formula,
        reason=f"全年执行数 {_spaced(share.executed)} ÷ {column} {_spaced(share.budget)}"
        f" = {rate_text(rate)}，得 {shown} 分。",
        distance=distance if points < weight else "",
        met=rate >= 1,
        ratio=rate,
        notes=("执行率超过 100%，得分以分值为上限。",) if rate > 1 else (),
    )


def _from_stated(stated: Cell, weight: Decimal, rule: ExecutionRule, places: int) -> Outcome:
    """Return the outcome of a rate that only an indicator row states."""
    rate = stated.value or Decimal(0)
    points = execution_points(rate, weight, rule, places)
    if points is None:
        return undetermined(LineKind.EXECUTION, rule.basis, _BANDS_NOT_SEEN)
    shown = figures.points(points, places)
    formula = f"{figures.full_points(weight)} × min({rate_text(rate)}, 1) = {shown}"
    if rule.kind == "banded":
        formula = _band_formula(rate, weight, rule, shown)
    return Outcome(
        kind=LineKind.EXECUTION,
        basis=rule.basis,
        points=points,
        formula=formula,
        reason=f"指标行填写的执行率为 {rate_text(rate)}，得 {shown} 分。",
        distance=f"执行率达到 100% 可得满分（{figures.missing(weight, points, places)}）。"
        if points < weight
        else "",
        met=rate >= 1,
        ratio=rate,
        notes=("没有资金数据，按指标行所填的执行率计分；补填资金后按资金重新计算。",),
    )


def _is_measured_rate(cell: Cell) -> bool:
    """Whether a cell holds a rate as measured."""
    is_number = cell.kind is CellKind.NUMBER and cell.value is not None and cell.value >= 0
    return is_number and cell.is_rate and cell.operator in (None, Operator.EQUAL)


def _has_amounts(evaluation: SelfEvaluation) -> bool:
    """Whether any budget or executed amount is entered in the fund grid."""
    return any(row.initial_budget + row.annual_budget + row.executed for row in evaluation.funds)


def _band_formula(rate: Decimal, weight: Decimal, rule: ExecutionRule, shown: str) -> str:
    """Return the formula of a banded rate."""
    share = next((one.share for one in rule.bands if rate >= one.at_least), Decimal(0))
    return f"{figures.full_points(weight)} × {rate_text(share)} = {shown}"


def _band_distance(
    rate: Decimal, budget: Decimal, lost: Decimal, rule: ExecutionRule, places: int
) -> str:
    """Return what is missing to the band that earns the most."""
    best = max(rule.bands, key=lambda one: one.share)
    if rate >= best.at_least or lost <= 0:
        return ""
    gap = budget * (best.at_least - rate)
    return f"再支出 {_spaced(gap)}可得满分（还差 {figures.points(lost, places)} 分）。"


def _spaced(value: Decimal) -> str:
    """Return an amount of 万元 as a trace states it: `19.52 万元`."""
    return f"{figures.figure(value, '万元')} 万元"
