"""A reviewer's own figures as tables edited in place, laid out like the printed form; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    Indicator,
    PrintedFund,
    PrintedIndicator,
    SelfEvaluation,
)

Row = dict[str, str]
"""Column title -> text."""

FUND_COLUMNS: Mapping[str, str] = {
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "实际到位数": "received",
    "全年执行数": "executed",
}
PRINTED_FUND: Mapping[str, str] = {"执行率": "rate", "得分": "points"}
"""Results a reviewer may state on a fund row."""
LINE_COLUMNS: Mapping[str, str] = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "年度指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
}
POINTS = "得分"
SPARE_ROWS = 3


def fund_rows(project: SelfEvaluation) -> list[Row]:
    """Return the fund grid."""
    return [
        {
            "资金来源": (row.label or FUND_SOURCE_TITLES[row.source]),
            **{title: getattr(row, name) for title, name in FUND_COLUMNS.items()},
            **{title: getattr(row.printed, name) for title, name in PRINTED_FUND.items()},
        }
        for row in project.funds
    ]


def with_fund_edits(
    project: SelfEvaluation, edits: Mapping[int, Mapping[str, Any]]
) -> SelfEvaluation:
    """Return the project with the edited fund cells."""
    funds = list(project.funds)
    for number, cells in edits.items():
        row = funds[number]
        amounts = {FUND_COLUMNS[t]: _text(v) for t, v in cells.items() if t in FUND_COLUMNS}
        results = {PRINTED_FUND[t]: _text(v) for t, v in cells.items() if t in PRINTED_FUND}
        printed = PrintedFund(**{**row.printed.model_dump(), **results})
        funds[number] = row.model_copy(update={**amounts, "printed": printed})
    return project.model_copy(update={"funds": tuple(funds)})


def row_ids(project: SelfEvaluation, mark: str) -> tuple[str, ...]:
    """Return the ids the indicator grid is drawn with: the lines', then free ones."""
    used = [line.id for line in project.indicators]
    free = [name for n in range(1, len(used) + 100) if (name := f"i{n}{mark}") not in used]
    return (*used, *free[:SPARE_ROWS])


def line_rows(project: SelfEvaluation, ids: Sequence[str]) -> list[Row]:
    """Return the indicator grid, one row an id."""
    rows = []
    for one in ids:
        line = project.indicator(one) or Indicator(id=one)
        rows.append(
            {
                **{title: getattr(line, name) for title, name in LINE_COLUMNS.items()},
                POINTS: line.printed.points,
            }
        )
    return rows


def with_line_edits(
    project: SelfEvaluation, ids: Sequence[str], edits: Mapping[int, Mapping[str, Any]]
) -> SelfEvaluation:
    """Return the project with the edited cells; a wholly cleared row is taken out."""
    lines = {line.id: line for line in project.indicators}
    for number, cells in edits.items():
        line = lines.get(ids[number]) or Indicator(id=ids[number])
        texts = {LINE_COLUMNS[t]: _text(v) for t, v in cells.items() if t in LINE_COLUMNS}
        if POINTS in cells:
            texts["printed"] = PrintedIndicator(points=_text(cells[POINTS]))  # type: ignore[assignment]  # the one field that is no text
        lines[line.id] = line.model_copy(update=texts)
    kept = tuple(lines[one] for one in ids if one in lines and _has_content(lines[one]))
    return project.model_copy(update={"indicators": kept})


def _has_content(line: Indicator) -> bool:
    """Whether anything stands in a row."""
    texts = (*(getattr(line, name) for name in LINE_COLUMNS.values()), line.printed.points)
    return any(text.strip() for text in texts)


def _text(value: object) -> str:
    """Return a cell as text; nothing is the empty text."""
    return "" if value is None else str(value).strip()
