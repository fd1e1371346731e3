"""Points a person gives on a line the rule can score: allowed with a reason (人工给分)."""

from dataclasses import replace
from decimal import Decimal

from ziping.domain.evaluation import Indicator
from ziping.domain.numbers import round_half_up
from ziping.scoring import figures
from ziping.scoring.outcome import Outcome
from ziping.scoring.remembered import read_number


def apply_manual_points(outcome: Outcome, line: Indicator, weight: Decimal, places: int) -> Outcome:
    """Return the outcome with the person's points where they may stand, else with the problem."""
    read = read_number(line.points)
    if read.is_blank:
        return outcome
    if read.value is None:
        return replace(outcome, problem=read.problem or f"给分“{line.points}”不能读成数值。")
    given = read.value if read.value == weight else round_half_up(read.value, places)
    problem = _problem(outcome, line, given, weight, places)
    if problem:
        return replace(outcome, given=given, problem=problem)
    if given == outcome.points:
        return replace(outcome, given=given)
    reason = f"人工给分 {figures.points(given, places)} 分，理由：{line.points_reason.strip()}"
    return replace(outcome, given=given, reason=f"{outcome.reason}{reason}")


def _problem(
    outcome: Outcome, line: Indicator, given: Decimal, weight: Decimal, places: int
) -> str:
    """Return why points given by a person cannot stand, or nothing."""
    shown = figures.points(given, places)
    if not 0 <= given <= weight:
        full = figures.full_points(weight)
        return f"人工给分 {shown} 分超出 0 到 {full} 分的范围，没有采用，请更正。"
    if given == outcome.points or line.points_reason.strip():
        return ""
    if outcome.points is None:
        return f"人工给分 {shown} 分没有写明理由，没有采用，请填写给分理由。"
    computed = figures.points(outcome.points, places)
    return (
        f"人工给分 {shown} 分与计算得分 {computed} 分不一致，且没有写明理由，"
        f"暂按 {computed} 分计；请填写给分理由或改回计算得分。"
    )
