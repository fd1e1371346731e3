"""Weights of level-1 dimensions that apply to a project (一级指标分值)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.domain.quantities import Number
from ziping.domain.rules import Level1, Level1Weights, RuleSet
from ziping.domain.text import clean, is_mark
from ziping.scoring.remembered import read_number, split_level1


def level1_weights(evaluation: SelfEvaluation, rule_set: RuleSet) -> Level1Weights:
    """Return the variant of level-1 weights for the dimensions a project sets (适用的权重)."""
    present = set(_dimensions(evaluation))
    has_satisfaction = Level1.SATISFACTION in present
    has_cost = Level1.COST in present
    fitting = (
        one
        for one in rule_set.level1_weights
        if one.with_satisfaction in (None, has_satisfaction) and one.with_cost in (None, has_cost)
    )
    return next(fitting, rule_set.level1_weights[0])


def full_marks(rule_set: RuleSet) -> Decimal:
    """Return what the weights of a table are to add up to under a rule set (满分)."""
    return sum(rule_set.level1_weights[0].weights.values(), Decimal(0))


def declared_weight(evaluation: SelfEvaluation, level1: Level1) -> Number | None:
    """Return the weight the table declares for a dimension; None: not declared."""
    for name, raw in evaluation.level1_weights.items():
        if split_level1(name).level1 is level1:
            number = read_number(raw)
            if not number.is_blank:
                return number
    return None


def execution_indicator(evaluation: SelfEvaluation) -> Indicator | None:
    """Return the indicator row that states the execution rate, where a table has one (④ 类表)."""
    rows = [one for one in evaluation.indicators if is_execution(one)]
    named = (one for one in rows if "执行" in one.level2 + one.level3)
    return next(named, rows[0] if rows else None)


def is_execution(line: Indicator) -> bool:
    """Whether an indicator row belongs to 预算执行率."""
    return "执行" in line.level1 and split_level1(line.level1).level1 is Level1.EXECUTION


def has_no_text(raw: str) -> bool:
    """Whether a cell is blank or holds only a mark such as 无."""
    text = clean(raw)
    return not text or is_mark(text)


def _dimensions(evaluation: SelfEvaluation) -> Iterator[Level1]:
    """Yield the dimensions with an indicator that is not 无."""
    for line in evaluation.indicators:
        if has_no_text(line.target) and has_no_text(line.weight):
            continue
        level1 = split_level1(line.level1).level1
        if level1 is not None:
            yield level1
