"""Every rate that the fund grid allows, each by its base (各口径执行率)."""

from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.evaluation import FundRow, FundSource, FundUnit, SelfEvaluation
from ziping.domain.numbers import round_half_up
from ziping.domain.quantities import Amount
from ziping.domain.rules import ExecutionRule
from ziping.domain.scores import Rate, RateBase
from ziping.scoring.remembered import read_amount

SCORED_BASES = {
    "annual_budget": RateBase.ANNUAL_BUDGET,
    "initial_budget": RateBase.INITIAL_BUDGET,
}
"""The base of the execution rate by the rule's denominator."""


@dataclass(frozen=True, slots=True)
class FundFigures:
    """The amounts of 年度资金总额 as read (资金总额)."""

    initial_budget: Amount
    annual_budget: Amount
    received: Amount
    executed: Amount


def total_figures(evaluation: SelfEvaluation) -> FundFigures | None:
    """Return the amounts of the total row; None where the table has none."""
    row = evaluation.fund(FundSource.TOTAL)
    return None if row is None else _figures(row, evaluation.fund_unit)


def sub_rows_sum(evaluation: SelfEvaluation, column: str) -> Decimal:
    """Return what the rows under 年度资金总额 add up to in a column, in 万元."""
    amounts = (
        read_amount(getattr(row, column), evaluation.fund_unit).value
        for row in evaluation.funds
        if row.source is not FundSource.TOTAL
    )
    return sum((one for one in amounts if one is not None), Decimal(0))


def execution_points(
    rate: Decimal, weight: Decimal, rule: ExecutionRule, places: int
) -> Decimal | None:
    """Return the points of a rate, from the unrounded rate; None where the bands are not known."""
    if rule.kind == "linear_capped":
        return weight if rate >= 1 else min(round_half_up(weight * rate, places), weight)
    if not rule.bands:
        return None
    share = next((one.share for one in rule.bands if rate >= one.at_least), Decimal(0))
    return weight if share == 1 else min(round_half_up(weight * share, places), weight)


def all_rates(
    funds: FundFigures,
    weight: Decimal | None,
    rule: ExecutionRule,
    places: int,
    *,
    is_scored: bool,
) -> tuple[Rate, ...]:
    """Return every rate that can be formed, with the points each would give."""
    scored = SCORED_BASES[rule.denominator]
    shares = (
        (RateBase.ANNUAL_BUDGET, funds.executed, funds.annual_budget),
        (RateBase.INITIAL_BUDGET, funds.executed, funds.initial_budget),
        (RateBase.RECEIVED, funds.executed, funds.received),
        (RateBase.RECEIPT, funds.received, funds.initial_budget),
        (RateBase.RECEIPT_ANNUAL, funds.received, funds.annual_budget),
    )
    rates = []
    for base, above, below in shares:
        if above.value is None or above.value < 0 or below.value is None or below.value <= 0:
            continue
        value = above.value / below.value
        points = None
        if weight is not None and base not in (RateBase.RECEIPT, RateBase.RECEIPT_ANNUAL):
            points = execution_points(value, weight, rule, places)
        rates.append(
            Rate(
                base=base,
                numerator=above.value,
                denominator=below.value,
                value=value,
                points=points,
                counts=is_scored and base is scored,
            )
        )
    return tuple(rates)


def _figures(row: FundRow, unit: FundUnit) -> FundFigures:
    """Return the amounts of a fund row."""
    return FundFigures(
        initial_budget=read_amount(row.initial_budget, unit),
        annual_budget=read_amount(row.annual_budget, unit),
        received=read_amount(row.received, unit),
        executed=read_amount(row.executed, unit),
    )
