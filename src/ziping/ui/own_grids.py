"""A reviewer's own figures as tables laid out like the printed form; pure, no widgets."""

from collections.abc import Mapping

from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    Indicator,
    PrintedFund,
    PrintedIndicator,
    SelfEvaluation,
)
from ziping.ui.grids import (
    FUND_COLUMNS,
    Cells,
    TypedRow,
    fund_keys,
    with_typed_funds,
)
from ziping.ui.results import RowResult

SOURCE = "资金来源"
PRINTED_FUND: Mapping[str, str] = {"执行率": "rate", "得分": "points"}
"""Results a reviewer may state on a fund row, and the printed fields they are."""
LINE_COLUMNS: Mapping[str, str] = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "年度指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
}
POINTS = "得分"


def own_fund_rows(project: SelfEvaluation) -> dict[str, Cells]:
    """Return the fund grid by the rows' keys."""
    rows = (
        {SOURCE: row.label or FUND_SOURCE_TITLES[row.source]}
        | {title: getattr(row, name) for title, name in FUND_COLUMNS.items()}
        | {title: getattr(row.printed, name) for title, name in PRINTED_FUND.items()}
        for row in project.funds
    )
    return dict(zip(fund_keys(project), rows, strict=True))


def with_own_funds(project: SelfEvaluation, rows: tuple[TypedRow, ...]) -> SelfEvaluation:
    """Return the project with typed fund cells, results among them."""
    typed = {row.id: row.cells for row in rows}
    changed = with_typed_funds(project, rows)
    funds = []
    for key, row in zip(fund_keys(changed), changed.funds, strict=True):
        cells = typed.get(key, {})
        stated = {name: cells[title] for title, name in PRINTED_FUND.items() if title in cells}
        printed = PrintedFund.model_validate({**row.printed.model_dump(), **stated})
        funds.append(row.model_copy(update={"printed": printed}))
    return changed.model_copy(update={"funds": tuple(funds)})


def own_line_rows(project: SelfEvaluation) -> dict[str, Cells]:
    """Return the indicator grid by the indicators' ids."""
    return {
        line.id: {title: getattr(line, name) for title, name in LINE_COLUMNS.items()}
        | {POINTS: line.printed.points}
        for line in project.indicators
    }


def with_own_lines(project: SelfEvaluation, rows: tuple[TypedRow, ...]) -> SelfEvaluation:
    """Return the project with typed cells; new rows go below, wholly cleared ones go."""
    lines = {line.id: line for line in project.indicators}
    for row in rows:
        line = lines.get(row.id) or Indicator(id=row.id)
        fields: dict[str, object] = {
            LINE_COLUMNS[title]: text for title, text in row.cells.items() if title in LINE_COLUMNS
        }
        if POINTS in row.cells:
            fields["printed"] = PrintedIndicator(points=row.cells[POINTS])
        lines[row.id] = line.model_copy(update=fields)
    kept = tuple(filter(_has_content, lines.values()))
    return project.model_copy(update={"indicators": kept})


def _has_content(line: Indicator) -> bool:
    """Whether anything stands in a row."""
    texts = (*(getattr(line, name) for name in LINE_COLUMNS.values()), line.printed.points)
    return any(text.strip() for text in texts)


def names(rows: Mapping[str, Cells], *titles: str) -> dict[str, RowResult]:
    """Return what each row is called: by the first of some cells that says anything."""
    return {
        key: RowResult(name=next((cells[one] for one in titles if cells[one].strip()), ""))
        for key, cells in rows.items()
    }
