"""Tables that people edit in place, as rows of plain text; pure, no widgets.

Rows hold only what people enter; what the system works out beside them is in `results`.
What was typed comes back by row; a row whose cells are all cleared is taken out of the table.
"""

from collections.abc import Mapping

from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    Band,
    FundRow,
    FundSource,
    Indicator,
    SelfEvaluation,
)
from ziping.domain.fields import unique_parts
from ziping.domain.model import Record
from ziping.domain.raw import LONGEST_TEXT

Cells = Mapping[str, str]
"""Column title -> text."""


class TypedRow(Record):
    """Cells of one row that somebody typed."""

    id: str
    """The fund row's key or the indicator's id; an id never seen is a new indicator's."""
    cells: dict[str, str]


class Typed(Record):
    """What was typed into a table and is not known to be stored (未存内容)."""

    version: int
    """The oldest version of the report that was on the page when one of the cells was typed."""
    rows: tuple[TypedRow, ...]
    """In the table's order."""


def parted_by_length(rows: tuple[TypedRow, ...]) -> tuple[tuple[TypedRow, ...], ...]:
    """Return the cells that a field can hold and those that it cannot, each as rows."""
    return tuple(
        tuple(
            TypedRow(id=row.id, cells=cells)
            for row in rows
            if (cells := {k: v for k, v in row.cells.items() if (len(v) > LONGEST_TEXT) is wanted})
        )
        for wanted in (False, True)
    )


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


def fund_keys(evaluation: SelfEvaluation) -> tuple[str, ...]:
    """Return each fund row's part of a path."""
    return unique_parts([row.source.value for row in evaluation.funds])


def fund_rows(evaluation: SelfEvaluation) -> dict[str, Cells]:
    """Return the fund grid by the rows' keys."""
    rows = (
        {"资金来源": row.label or FUND_SOURCE_TITLES[row.source]}
        | {title: getattr(row, field) for title, field in FUND_COLUMNS.items()}
        for row in evaluation.funds
    )
    return dict(zip(fund_keys(evaluation), rows, strict=True))


def with_typed_funds(evaluation: SelfEvaluation, rows: tuple[TypedRow, ...]) -> SelfEvaluation:
    """Return the evaluation with typed fund cells."""
    typed = {row.id: row.cells for row in rows}
    funds = tuple(
        row.model_copy(update=_fields(FUND_COLUMNS, typed.get(key, {})))
        for key, row in zip(fund_keys(evaluation), evaluation.funds, strict=True)
    )
    return evaluation.model_copy(update={"funds": funds})


def _fields(columns: Cells, cells: Cells) -> dict[str, str]:
    """Return fields and texts of the cells that people may fill."""
    return {columns[title]: text for title, text in cells.items() if title in columns}


def with_fund_row(evaluation: SelfEvaluation, source: FundSource) -> SelfEvaluation:
    """Return the evaluation with one more fund row; the total row goes on top."""
    row = FundRow(source=source)
    funds = (row, *evaluation.funds) if source is FundSource.TOTAL else (*evaluation.funds, row)
    return evaluation.model_copy(update={"funds": funds})


def without_fund_row(evaluation: SelfEvaluation, number: int) -> SelfEvaluation:
    """Return the evaluation without the fund row at a place, counted from 0."""
    funds = (*evaluation.funds[:number], *evaluation.funds[number + 1 :])
    return evaluation.model_copy(update={"funds": funds})


def indicator_rows(evaluation: SelfEvaluation) -> dict[str, Cells]:
    """Return the indicator grid by the indicators' ids."""
    return {
        line.id: {title: str(getattr(line, field)) for title, field in INDICATOR_COLUMNS.items()}
        for line in evaluation.indicators
    }


def with_typed_indicators(evaluation: SelfEvaluation, rows: tuple[TypedRow, ...]) -> SelfEvaluation:
    """Return the evaluation with typed cells; new rows go below, wholly cleared ones go."""
    lines = {line.id: line for line in evaluation.indicators}
    for row in rows:
        line = lines.get(row.id) or Indicator(id=row.id)
        lines[row.id] = typed_indicator(line, row.cells)
    kept = tuple(filter(_has_content, lines.values()))
    return evaluation.model_copy(update={"indicators": kept})


def typed_indicator(line: Indicator, cells: Cells) -> Indicator:
    """Return an indicator with the texts of some columns."""
    fields: dict[str, object] = dict(_fields(INDICATOR_COLUMNS, cells))
    if "band" in fields:
        fields["band"] = _band(cells["档次"])
    return line.model_copy(update=fields)


def _band(text: str) -> Band:
    """Return the band a cell names; anything else is no choice."""
    return Band(text) if text in {one.value for one in Band} else Band.NOT_CHOSEN


def _has_content(line: Indicator) -> bool:
    """Whether anything is entered in an indicator's row."""
    return any(str(getattr(line, field)).strip() for field in INDICATOR_COLUMNS.values())


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
