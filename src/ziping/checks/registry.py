"""All rules, in the order of the table (规则清单)."""

from collections.abc import Callable, Iterator

from ziping.checks import (
    arithmetic,
    completeness,
    deviations,
    execution,
    format,  # noqa: A004 - the family is called 格式
    funds,
    overscoring,
    previous,
    target_values,
    targets,
    weights,
)
from ziping.checks.subject import Subject
from ziping.domain.findings import Finding

Rule = Callable[[Subject], Iterator[Finding]]
"""A pure function that yields what one rule finds."""

RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *funds.RULES,
    *execution.RULES,
    *arithmetic.RULES,
    *weights.RULES,
    *targets.RULES,
    *target_values.RULES,
    *deviations.RULES,
    *overscoring.RULES,
    *previous.RULES,
    *format.RULES,
)
