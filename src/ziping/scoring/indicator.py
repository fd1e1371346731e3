"""One indicator: which rule it falls under, and what that rule says (指标计分)."""

from dataclasses import replace
from decimal import Decimal

from ziping.domain.direction import direction_of
from ziping.domain.evaluation import Band, Indicator
from ziping.domain.quantities import Cell, CellKind, Number, Operator
from ziping.domain.rules import Lexicon, RuleSet
from ziping.domain.scores import LineKind, LineScore
from ziping.scoring.dates import score_date
from ziping.scoring.lines import line_score, not_applicable_line
from ziping.scoring.manual import apply_manual_points
from ziping.scoring.outcome import Outcome, undetermined
from ziping.scoring.qualitative import score_qualitative
from ziping.scoring.quantitative import score_quantitative
from ziping.scoring.reading import Reading
from ziping.scoring.remembered import CellReader, read_number, split_level1
from ziping.scoring.satisfaction import by_bands, is_banded
from ziping.scoring.weights import has_no_text

_QUALITATIVE = (CellKind.QUALITATIVE, CellKind.STATUS)


def score_indicator(line: Indicator, rule_set: RuleSet, cells: CellReader) -> LineScore:
    """Return the score of an indicator line with its trace."""
    weight = read_number(line.weight)
    target = cells.target(line.target)
    level1 = split_level1(line.level1)
    if _is_not_applicable(line, target, weight):
        return not_applicable_line(line, level1.title, rule_set)
    if weight.value is None or weight.value < 0:
        outcome = _without_weight(line, target, weight, rule_set)
        return line_score(line, level1.title, weight.value, outcome)
    actual = cells.actual(line.actual)
    reading = Reading(line, level1.level1, target, actual, weight.value, rule_set)
    return line_score(line, level1.title, weight.value, _outcome(reading, cells.lexicon))


def _is_not_applicable(line: Indicator, target: Cell, weight: Number) -> bool:
    """Whether a row without weight says 无, or is an empty row of the form."""
    if weight.value:
        return False
    is_blank_weight = weight.is_blank or weight.value == 0
    if not is_blank_weight:
        return False
    if target.kind is CellKind.NOT_APPLICABLE:
        return True
    is_empty = target.kind in (CellKind.BLANK, CellKind.LEFTOVER)
    return is_empty and (has_no_text(line.level3) or target.kind is CellKind.LEFTOVER)


def _without_weight(line: Indicator, target: Cell, weight: Number, rule_set: RuleSet) -> Outcome:
    """Return the outcome of a line whose weight is missing or makes no sense."""
    needs = weight.problem or "请填写分值。"
    if weight.value is not None:
        needs = f"分值“{line.weight}”为负数，请更正。"
    outcome = undetermined(kind_of(line, target), rule_set.level1_basis, needs, lacks="weight")
    return replace(outcome, high=Decimal(0))


def _outcome(reading: Reading, lexicon: Lexicon) -> Outcome:
    """Return what the rules and the person together say about the line."""
    target, actual = reading.target, reading.actual
    if kind_of(reading.line, target) is LineKind.QUALITATIVE:
        return score_qualitative(reading)
    outcome = _measured(reading, lexicon)
    notes = tuple(note for note in (target.note, actual.note) if note)
    outcome = replace(outcome, notes=(*notes, *outcome.notes)) if notes else outcome
    return apply_manual_points(outcome, reading.line, reading.weight, reading.places)


def kind_of(line: Indicator, target: Cell) -> LineKind:
    """Return by which rule a line is scored; words a person gave a band to are qualitative."""
    if target.kind in _QUALITATIVE:
        return LineKind.QUALITATIVE
    if target.kind is CellKind.UNREADABLE and line.band is not Band.NOT_CHOSEN:
        return LineKind.QUALITATIVE
    return LineKind.DATE if target.kind is CellKind.DATE else LineKind.QUANTITATIVE


def _measured(reading: Reading, lexicon: Lexicon) -> Outcome:
    """Return the outcome of a line with a date, a number or something unusable as target."""
    line, target, basis = reading.line, reading.target, reading.rule.basis
    if target.kind is CellKind.DATE:
        return score_date(reading)
    if target.kind is CellKind.RANGE:
        return score_quantitative(reading, Operator.AT_LEAST)
    if target.kind is not CellKind.NUMBER:
        request = _target_request(target)
        return undetermined(LineKind.QUANTITATIVE, basis, request, lacks="target")
    direction = direction_of(line.level1, line.level2, line.level3, target, lexicon)
    if direction.operator is None:
        needs = direction.asked or direction.reason
        return undetermined(LineKind.QUANTITATIVE, basis, needs, lacks="target")
    outcome = score_quantitative(reading, direction.operator)
    if is_banded(reading, direction.operator):
        outcome = by_bands(outcome, reading)
    note = direction.contradiction if target.operator is not None else direction.reason
    return replace(outcome, notes=(note, *outcome.notes)) if note else outcome


def _target_request(target: Cell) -> str:
    """Return what to ask for when the target cannot be used."""
    if target.problem:
        return target.problem
    if target.kind is CellKind.BLANK:
        return "请填写年度指标值。"
    if target.kind is CellKind.NOT_APPLICABLE:
        return f"指标值填的是“{target.raw}”却有分值，请填写指标值，或取消分值并调整其他指标的分值。"
    return f"指标值“{target.raw}”不能作为计分标准，请写成明确的数值、日期或定性要求。"
