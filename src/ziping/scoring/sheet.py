"""The score sheet: all lines, their sum, the possible range and the grade (评分表)."""

from dataclasses import replace
from decimal import Decimal

from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.domain.numbers import plain
from ziping.domain.quantities import Cell, Number
from ziping.domain.rules import Level1, Lexicon, RuleSet
from ziping.domain.scores import LevelSum, LineKind, LineScore, LineStatus, Rate, ScoreSheet
from ziping.scoring.execution import execution_weight, score_execution
from ziping.scoring.grades import grade_of, next_grade
from ziping.scoring.indicator import score_indicator
from ziping.scoring.lines import line_score
from ziping.scoring.manual import apply_manual_points
from ziping.scoring.outcome import Outcome, undetermined
from ziping.scoring.rates import all_rates, total_figures
from ziping.scoring.remembered import CellReader
from ziping.scoring.weights import execution_indicator, full_marks

_EXECUTION_ID = "execution"
_NO_ROW = Indicator(id=_EXECUTION_ID, level1=Level1.EXECUTION.value, level3="预算执行率")
_ZERO = Decimal(0)


def score(
    evaluation: SelfEvaluation, rule_set: RuleSet, lexicon: Lexicon, *, fiscal_year: int
) -> ScoreSheet:
    """Return the score sheet of a self-evaluation under a rule set.

    Args:
        evaluation: What the unit reports; printed and approved values play no part.
        rule_set: Weights, kinds, bands and grades.
        lexicon: Words the value readers know.
        fiscal_year: The project's year, for dates without one.
    """
    cells = CellReader(lexicon, fiscal_year)
    row = execution_indicator(evaluation)
    stated = None
    if row is not None:
        stated = cells.actual(row.actual)
    weight = execution_weight(evaluation, rule_set, row)
    lines = [_execution_line(evaluation, rule_set, row, weight, stated)]
    lines += [
        score_indicator(one, rule_set, cells) for one in evaluation.indicators if one is not row
    ]
    is_scored = lines[0].status is LineStatus.DETERMINED
    rates = _rates(evaluation, rule_set, weight.value, is_scored=is_scored)
    return _sheet(evaluation.id, rule_set, tuple(lines), rates)


def _execution_line(
    evaluation: SelfEvaluation,
    rule_set: RuleSet,
    row: Indicator | None,
    weight: Number,
    stated: Cell | None,
) -> LineScore:
    """Return the execution line; a row of the indicator grid lends it its weight and texts."""
    line = row or _NO_ROW
    title = Level1.EXECUTION.value
    outcome = _execution_outcome(evaluation, rule_set, line, weight, stated)
    if row is not None:
        note = f"表中以指标行“{row.level3 or title}”列示预算执行率，作为执行率行计分，不重复计分。"
        outcome = replace(outcome, notes=(*outcome.notes, note))
    return line_score(line, title, weight.value, outcome, line_id=_EXECUTION_ID)


def _execution_outcome(
    evaluation: SelfEvaluation,
    rule_set: RuleSet,
    line: Indicator,
    weight: Number,
    stated: Cell | None,
) -> Outcome:
    """Return the outcome of the execution rate with the person's points on it."""
    if weight.value is None or weight.value < 0:
        needs = weight.problem or "请填写预算执行率的分值（不小于 0）。"
        outcome = undetermined(LineKind.EXECUTION, rule_set.execution.basis, needs)
        return replace(outcome, high=_ZERO)
    outcome = score_execution(evaluation, rule_set, weight.value, stated)
    return apply_manual_points(outcome, line, weight.value, rule_set.rounding_places)


def _rates(
    evaluation: SelfEvaluation, rule_set: RuleSet, weight: Decimal | None, *, is_scored: bool
) -> tuple[Rate, ...]:
    """Return the rates by every base the fund grid allows."""
    funds = total_figures(evaluation)
    if funds is None:
        return ()
    rule, places = rule_set.execution, rule_set.rounding_places
    return all_rates(funds, weight, rule, places, is_scored=is_scored)


def _sheet(
    project_id: str, rule_set: RuleSet, lines: tuple[LineScore, ...], rates: tuple[Rate, ...]
) -> ScoreSheet:
    """Return the sheet over the lines; total and grade only once every line is determined."""
    determined = sum((one.points for one in lines if one.points is not None), _ZERO)
    is_complete = _is_complete(lines)
    total = determined if is_complete else None
    weights = sum((one.weight or _ZERO for one in lines), _ZERO)
    full = full_marks(rule_set)
    grades = rule_set.grades if weights == full else ()
    return ScoreSheet(
        project_id=project_id,
        rule_set_id=rule_set.id,
        rule_set_title=rule_set.title,
        lines=lines,
        dimensions=_dimensions(lines),
        rates=rates,
        weight_total=weights,
        determined=determined,
        low=sum((one.low for one in lines), _ZERO),
        high=_high(lines, full),
        total=total,
        grade=None if total is None else grade_of(total, grades),
        grade_needs=_grade_needs(weights, full) if total is not None and rule_set.grades else "",
        next_grade=None if total is None else next_grade(total, grades),
    )


def _high(lines: tuple[LineScore, ...], full: Decimal) -> Decimal:
    """Return the most the total can come to: full marks while weights are still to be filled."""
    known = sum((one.high for one in lines), _ZERO)
    is_open = any(
        one.status is LineStatus.UNDETERMINED and (one.weight is None or one.weight < 0)
        for one in lines
    )
    has_indicators = any(one.status is not LineStatus.NOT_APPLICABLE for one in lines[1:])
    return max(known, full) if is_open or not has_indicators else known


def _grade_needs(weights: Decimal, full: Decimal) -> str:
    """Return what to do where the weights do not add up, or nothing."""
    if weights == full:
        return ""
    return (
        f"分值合计 {plain(weights)}，应为 {plain(full)}（含预算执行率），暂不评等级；"
        "请调整各行分值使合计正确。"
    )


def _is_complete(lines: tuple[LineScore, ...]) -> bool:
    """Whether every line is determined and at least one indicator is among them."""
    has_indicator = any(one.status is LineStatus.DETERMINED for one in lines[1:])
    return has_indicator and all(one.status is not LineStatus.UNDETERMINED for one in lines)


def _dimensions(lines: tuple[LineScore, ...]) -> tuple[LevelSum, ...]:
    """Return the sums by level-1 dimension, in the order they first appear."""
    groups: dict[str, list[LineScore]] = {}
    for line in lines:
        if line.status is not LineStatus.NOT_APPLICABLE:
            groups.setdefault(line.level1, []).append(line)
    return tuple(
        LevelSum(
            level1=level1,
            weight=sum((one.weight or _ZERO for one in group), _ZERO),
            points=sum((one.points for one in group if one.points is not None), _ZERO),
            undetermined=sum(one.status is LineStatus.UNDETERMINED for one in group),
        )
        for level1, group in groups.items()
    )
