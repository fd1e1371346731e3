"""Which clause each part of a rule set rests on, and the other way round (规则依据)."""

from dataclasses import dataclass

from ziping.content.library import Content
from ziping.domain.rules import Basis, RuleSet


@dataclass(frozen=True, slots=True)
class RuleBasis:
    """A part of a rule set and the clause it rests on (一条依据)."""

    rule_set_id: str
    rule_set_title: str
    aspect: str
    """What the rule is about, in Chinese."""
    basis: Basis


def bases_of(rule_set: RuleSet) -> tuple[RuleBasis, ...]:
    """Return every part of a rule set with its basis, in the order people read them."""
    quantitative = rule_set.quantitative
    aspects = {
        "一级指标分值": rule_set.level1_basis,
        "预算执行率计分": rule_set.execution.basis,
        "执行率偏低要说明": rule_set.execution.low_basis,
        "定量指标计分": quantitative.basis,
        "反向指标（越小越好）": quantitative.reverse_basis,
        "等于类指标": quantitative.equal_basis,
        "区间类指标": quantitative.range_basis,
        "目标为零的指标": quantitative.zero_basis,
        "时效指标": quantitative.date_basis,
        "定性指标分档": rule_set.qualitative.basis,
        "满意度计分": rule_set.satisfaction.basis,
        "超额完成要说明": rule_set.over_achievement.basis,
        **({"比上年变动要说明": rule_set.year_change.basis} if rule_set.year_change else {}),
        "评定等级": rule_set.grades_basis,
        "四舍五入": rule_set.rounding_basis,
    }
    return tuple(
        RuleBasis(rule_set.id, rule_set.title, aspect, basis) for aspect, basis in aspects.items()
    )


def rules_resting_on(content: Content, clause_id: str) -> tuple[RuleBasis, ...]:
    """Return the parts of all rule sets that rest on a clause."""
    return tuple(
        one
        for rule_set in content.rule_sets()
        for one in bases_of(rule_set)
        if one.basis.clause == clause_id
    )
