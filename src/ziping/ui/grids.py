"""Tables that people edit in place, as rows of plain text; pure, no widgets.

A grid is drawn once with fixed row ids (the indicators' ids, then ids kept free for new rows).
Edits come back by row number; a row whose cells are all cleared is taken out of the table.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ziping.domain.amounts import read_amount
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    Band,
    FundRow,
    FundSource,
    Indicator,
    SelfEvaluation,
)
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.rules import ExecutionRule
from ziping.domain.scores import LineStatus, ScoreSheet

Row = dict[str, str]
"""Column title -> text."""

SPARE_ROWS = 4

FUND_COLUMNS: Mapping[str, str] = {
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "实际到位数": "received",
    "全年执行数": "executed",
}
"""Columns of the fund grid that people fill, and the fields they are."""

INDICATOR_COLUMNS: Mapping[str, str] = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "年度指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
    "偏差原因及措施": "deviation",
    "档次": "band",
    "给分": "points",
}
"""Columns of the indicator grid that people fill, in the printed table's order."""


def fund_rows(evaluation: SelfEvaluation, sheet: ScoreSheet, rule: ExecutionRule) -> list[Row]:
    """Return the fund grid; only the total row carries points."""
    rows = []
    for row in evaluation.funds:
        shown = {"资金来源": row.label or FUND_SOURCE_TITLES[row.source]}
        shown |= {title: getattr(row, field) for title, field in FUND_COLUMNS.items()}
        counts = row is evaluation.fund(FundSource.TOTAL)
        line = sheet.execution
        shown["分值"] = plain(line.weight) if counts and line.weight is not None else "—"
        shown["执行率"] = _row_rate(row, evaluation, rule)
        shown["得分"] = _points(line.points) if counts else "—"
        rows.append(shown)
    return rows


def _row_rate(row: FundRow, evaluation: SelfEvaluation, rule: ExecutionRule) -> str:
    """Return a fund row's execution rate on the rule set's base, blank when not defined."""
    base = read_amount(getattr(row, rule.denominator), evaluation.fund_unit).value
    executed = read_amount(row.executed, evaluation.fund_unit).value
    return rate_text(executed / base) if base and executed is not None and base > 0 else ""


def apply_fund_edits(
    evaluation: SelfEvaluation, edits: Mapping[int, Mapping[str, Any]]
) -> SelfEvaluation:
    """Return the evaluation with the edited fund cells."""
    funds = list(evaluation.funds)
    for number, cells in edits.items():
        fields = {FUND_COLUMNS[title]: _text(value) for title, value in cells.items()}
        funds[number] = funds[number].model_copy(update=fields)
    return evaluation.model_copy(update={"funds": tuple(funds)})


def with_fund_row(evaluation: SelfEvaluation, source: FundSource) -> SelfEvaluation:
    """Return the evaluation with one more fund row; the total row goes on top."""
    row = FundRow(source=source)
    funds = (row, *evaluation.funds) if source is FundSource.TOTAL else (*evaluation.funds, row)
    return evaluation.model_copy(update={"funds": funds})


def without_fund_row(evaluation: SelfEvaluation, number: int) -> SelfEvaluation:
    """Return the evaluation without the fund row at a place, counted from 0."""
    funds = (*evaluation.funds[:number], *evaluation.funds[number + 1 :])
    return evaluation.model_copy(update={"funds": funds})


def row_ids(evaluation: SelfEvaluation, mark: str = "") -> tuple[str, ...]:
    """Return the ids an indicator grid is drawn with: the lines', then free ones.

    `mark` ends the free ones, so that two people who add a row at once add two rows.
    """
    used = [line.id for line in evaluation.indicators]
    free = [name for n in range(1, len(used) + 200) if (name := f"i{n}{mark}") not in used]
    return (*used, *free[:SPARE_ROWS])


def fits(evaluation: SelfEvaluation, ids: Sequence[str]) -> bool:
    """Whether a grid drawn with these ids can still show the evaluation, with room below."""
    positions = {one: number for number, one in enumerate(ids)}
    at = [positions.get(line.id, -1) for line in evaluation.indicators]
    return at == sorted(at) and -1 not in at and (not at or at[-1] < len(ids) - 1)


def indicator_rows(
    evaluation: SelfEvaluation,
    sheet: ScoreSheet,
    findings: Sequence[Finding],
    ids: Sequence[str],
) -> list[Row]:
    """Return the indicator grid, one row an id, blank where no indicator has the id."""
    return [_indicator_row(evaluation, sheet, findings, one) for one in ids]


def _indicator_row(
    evaluation: SelfEvaluation, sheet: ScoreSheet, findings: Sequence[Finding], line_id: str
) -> Row:
    """Return one row of the indicator grid."""
    line = evaluation.indicator(line_id) or Indicator(id=line_id)
    shown = {title: str(getattr(line, field)) for title, field in INDICATOR_COLUMNS.items()}
    score = sheet.line(line_id)
    shown["得分"] = "" if score is None else _points(score.points, score.status)
    prefix = f"{evaluation.id}/indicators/{line_id}"
    here = [one for one in findings if f"{one.where.path}/".startswith(f"{prefix}/")]
    shown["校验"] = "；".join(f"{one.severity.value}：{one.title}" for one in here)
    return shown


def _points(points: object, status: LineStatus = LineStatus.DETERMINED) -> str:
    """Return points as the table shows them."""
    if status is LineStatus.NOT_APPLICABLE:
        return "—"
    return "待定" if points is None else plain(points, 2)  # type: ignore[arg-type]  # a Decimal


def apply_indicator_edits(
    evaluation: SelfEvaluation, ids: Sequence[str], edits: Mapping[int, Mapping[str, Any]]
) -> SelfEvaluation:
    """Return the evaluation with the edited cells; a wholly cleared row is taken out."""
    lines = {line.id: line for line in evaluation.indicators}
    for number, cells in edits.items():
        line = lines.get(ids[number]) or Indicator(id=ids[number])
        lines[line.id] = edited_indicator(line, cells)
    kept = (lines[one] for one in ids if one in lines)
    return evaluation.model_copy(update={"indicators": tuple(filter(_has_content, kept))})


def edited_indicator(line: Indicator, cells: Mapping[str, Any]) -> Indicator:
    """Return an indicator with the texts of some columns."""
    fields: dict[str, Any] = {}
    for title, value in cells.items():
        if title in INDICATOR_COLUMNS:
            field, text = INDICATOR_COLUMNS[title], _text(value)
            fields[field] = _band(text) if field == "band" else text
    return line.model_copy(update=fields)


def _band(text: str) -> Band:
    """Return the band a cell names; anything else is no choice."""
    return Band(text) if text in {one.value for one in Band} else Band.NOT_CHOSEN


def _has_content(line: Indicator) -> bool:
    """Whether anything is entered in an indicator's row."""
    return any(str(getattr(line, field)).strip() for field in INDICATOR_COLUMNS.values())


def _text(value: object) -> str:
    """Return a cell as text; nothing is the empty text."""
    return "" if value is None else str(value)


def moved(evaluation: SelfEvaluation, line_id: str, step: int) -> SelfEvaluation:
    """Return the evaluation with an indicator moved up (-1) or down (+1)."""
    lines = list(evaluation.indicators)
    at = next(n for n, line in enumerate(lines) if line.id == line_id)
    to = min(max(at + step, 0), len(lines) - 1)
    lines.insert(to, lines.pop(at))
    return evaluation.model_copy(update={"indicators": tuple(lines)})


def without(evaluation: SelfEvaluation, line_id: str) -> SelfEvaluation:
    """Return the evaluation without an indicator."""
    lines = tuple(line for line in evaluation.indicators if line.id != line_id)
    return evaluation.model_copy(update={"indicators": lines})
