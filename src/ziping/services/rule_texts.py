"""A rule set in words: what each rule says and what it rests on (规则说明)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.rules import (
    Basis,
    ExecutionBand,
    Level1Weights,
    RuleSet,
    SatisfactionBand,
)

_DENOMINATORS = {"annual_budget": "全年预算数", "initial_budget": "年初预算数"}
_REVERSE = {
    "target_over_actual": "超出时得分＝分值×指标值÷完成值",
    "linear_to_double": "超出时按比例减，到指标值的两倍减为 0",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of a rule set (规则条目)."""

    title: str
    says: str
    basis: Basis


def rule_lines(rule_set: RuleSet) -> tuple[RuleLine, ...]:
    """Return every rule of a set in words."""
    quantitative = rule_set.quantitative
    lines = [
        RuleLine(_weights_title(one), _weights(one), rule_set.level1_basis)
        for one in rule_set.level1_weights
    ]
    lines += [
        RuleLine("预算执行率", _execution(rule_set), rule_set.execution.basis),
        RuleLine("执行率偏低", _low_rate(rule_set), rule_set.execution.low_basis),
        RuleLine("定量指标", "完成得满分；没有完成的，得分＝分值×完成比例", quantitative.basis),
        RuleLine("反向指标（≤、＜）", _REVERSE[quantitative.reverse], quantitative.reverse_basis),
        RuleLine("等号指标", "偏多偏少都按比例减", quantitative.equal_basis),
        RuleLine("区间指标", "在区间内得满分，否则按较近的一端计算", quantitative.range_basis),
        RuleLine("零目标", "完成值为 0 得满分，否则 0 分", quantitative.zero_basis),
        RuleLine("时限指标", "按时完成得满分，逾期 0 分", quantitative.date_basis),
        RuleLine("定性指标", _qualitative(rule_set), rule_set.qualitative.basis),
        RuleLine("满意度", _satisfaction(rule_set), rule_set.satisfaction.basis),
        RuleLine("超额完成", _over_achievement(rule_set), rule_set.over_achievement.basis),
    ]
    if change := rule_set.year_change:
        says = f"与上年相差 {rate_text(change.threshold)} 以上，要写明原因"
        lines.append(RuleLine("上年比较", says, change.basis))
    return (
        *lines,
        RuleLine("等级", grades_text(rule_set) or "不评级", rule_set.grades_basis),
        RuleLine(
            "小数", f"得分四舍五入，保留 {rule_set.rounding_places} 位", rule_set.rounding_basis
        ),
    )


def grades_text(rule_set: RuleSet) -> str:
    """Return the grades with their lowest totals; blank when the place gives none."""
    return "，".join(f"{one.title} ≥ {plain(one.at_least)}" for one in rule_set.grades)


def _weights_title(one: Level1Weights) -> str:
    """Return 一级分值 with the shape of project it is for."""
    shapes = [
        f"{'设' if wanted else '不设'}{what}"
        for wanted, what in ((one.with_satisfaction, "满意度指标"), (one.with_cost, "成本指标"))
        if wanted is not None
    ]
    return f"一级分值（{'、'.join(shapes)}）" if shapes else "一级分值"


def _weights(one: Level1Weights) -> str:
    """Return level-1 weights."""
    told = "，".join(f"{level.value} {plain(weight)}" for level, weight in one.weights.items())
    together = "、".join(level.value for level in one.combined)
    return f"{told}；{together}合并计算" if together else told


def _execution(rule_set: RuleSet) -> str:
    """Return how the execution rate earns points."""
    rule = rule_set.execution
    rate = f"执行率＝全年执行数÷{_DENOMINATORS[rule.denominator]}"
    if rule.kind == "linear_capped":
        return f"{rate}；得分＝分值×执行率，最高不超过分值"
    return f"{rate}；{_bands(rule.bands) or '分档未见原文，不能计算'}"


def _bands(bands: Sequence[ExecutionBand | SatisfactionBand]) -> str:
    """Return bands and the share of the weight each earns."""
    return "，".join(
        f"{f'{rate_text(one.at_least)} 及以上' if one.at_least else '再低'}"
        f"得分值的 {rate_text(one.share)}"
        for one in bands
    )


def _low_rate(rule_set: RuleSet) -> str:
    """Return below which rate an explanation is asked for."""
    return f"低于 {rate_text(rule_set.execution.low_threshold)} 要单独说明原因"


def _qualitative(rule_set: RuleSet) -> str:
    """Return the bands of qualitative indicators."""
    return "；".join(
        f"{one.title} 得分值的 {rate_text(one.at_least)}～{rate_text(one.below or Decimal(1))}"
        f"{'' if one.below is None else '（不含）'}"
        for one in rule_set.qualitative.bands
    )


def _satisfaction(rule_set: RuleSet) -> str:
    """Return how satisfaction earns points."""
    rule = rule_set.satisfaction
    return "同定量指标" if rule.kind == "as_quantitative" else _bands(rule.bands)


def _over_achievement(rule_set: RuleSet) -> str:
    """Return from which completion a reason is required."""
    threshold = rule_set.over_achievement.threshold
    if threshold is None:
        return "不另作要求"
    return f"完成达到指标值的 {rate_text(threshold)} 要写明原因，不自动扣分"
