"""The 自评表 as a grid of cells, the same for Word, Excel and the manifest (附件2-1).

The grid has nine columns, those of the indicator block; the other blocks span several of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Indicator,
    Objective,
    SelfEvaluation,
)
from ziping.domain.levels import split_level1
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.rules import Level1
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet

COLUMNS = 9
"""Columns of the grid."""
PENDING = "待定"
"""Printed where a line or the total is not determined yet."""
NO_POINTS = "—"
"""Printed on fund rows that carry no points."""
INDICATOR_TITLES = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
FUND_TITLES = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
USUAL_SOURCES = (FundSource.TOTAL, FundSource.APPROPRIATION, FundSource.CARRYOVER, FundSource.OTHER)
"""Fund rows the form always prints."""


class CellRole(StrEnum):
    """What a cell holds, which decides how it looks."""

    LABEL = "label"
    """A title of the form."""
    FIGURE = "figure"
    """A short value: centred."""
    TEXT = "text"
    """Running text: left."""


@dataclass(frozen=True, slots=True)
class AnnexCell:
    """A cell at its first row and column, with how far it reaches."""

    text: str
    column: int
    span: int = 1
    rows: int = 1
    """Rows it is merged over, downwards."""
    role: CellRole = CellRole.FIGURE
    name: str = ""
    """What the value is of, e.g. 年度资金总额 · 执行率; blank for titles of the form."""
    paths: tuple[str, ...] = ()
    """Fields within the project that it shows; none for what only the form says."""
    is_computed: bool = False
    """Whether the program works it out."""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row with the cells that begin in it."""

    cells: tuple[AnnexCell, ...]
    is_header: bool = False
    """The indicator header, repeated on every page."""
    is_long: bool = False
    """Holds so much text that it may break over pages."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the full grid: a cell, or the continuation of one above."""

    cell: AnnexCell
    continues: bool


def annex_rows(project: SelfEvaluation, sheet: ScoreSheet | None) -> tuple[AnnexRow, ...]:
    """Return the printed table of a project."""
    return (
        *_project_rows(project),
        *_fund_rows(project, sheet),
        *_objective_rows(project.objectives),
        *_indicator_rows(project, sheet),
        _total_row(sheet),
    )


def parted(rows: tuple[AnnexRow, ...]) -> tuple[tuple[AnnexRow, ...], tuple[AnnexRow, ...]]:
    """Return the table in two: down to the objectives, and the indicators under their header.

    The words and places of the cells stay as they were; only the cell 绩效指标 no longer reaches
    from the header down into the lines, so that the header can be repeated on each page.
    """
    place = next(place for place, row in enumerate(rows) if row.is_header)
    header, first = rows[place], rows[place + 1]
    head = header.cells[0]
    below = replace(head, text="", rows=head.rows - 1)
    return rows[:place], (
        replace(header, cells=(replace(head, rows=1), *header.cells[1:])),
        replace(first, cells=(below, *first.cells)),
        *rows[place + 2 :],
    )


def slots(rows: tuple[AnnexRow, ...]) -> Iterator[tuple[AnnexRow, list[Slot]]]:
    """Yield each row with all its places from left to right, merged continuations included."""
    open_cells: dict[int, tuple[AnnexCell, int]] = {}
    for row in rows:
        found = [Slot(cell, continues=True) for cell, _ in open_cells.values()]
        found += [Slot(cell, continues=False) for cell in row.cells]
        open_cells = {
            column: (cell, left - 1) for column, (cell, left) in open_cells.items() if left > 1
        }
        open_cells |= {cell.column: (cell, cell.rows - 1) for cell in row.cells if cell.rows > 1}
        yield row, sorted(found, key=lambda slot: slot.cell.column)


def printed_points(line: LineScore | None) -> str:
    """Return the points of a line as printed: 待定 while undetermined, blank where it has none."""
    if line is None or line.status is LineStatus.NOT_APPLICABLE:
        return ""
    return PENDING if line.points is None else plain(line.points)


def _label(text: str, column: int, span: int = 1, rows: int = 1) -> AnnexCell:
    return AnnexCell(text, column, span, rows, CellRole.LABEL)


def _project_rows(project: SelfEvaluation) -> Iterator[AnnexRow]:
    name = AnnexCell(project.name, 1, 8, role=CellRole.TEXT, name="项目支出名称", paths=("name",))
    department = AnnexCell(
        project.competent_department,
        1,
        3,
        role=CellRole.TEXT,
        name="主管部门",
        paths=("competent_department",),
    )
    unit = AnnexCell(
        project.implementing_unit,
        5,
        4,
        role=CellRole.TEXT,
        name="实施单位",
        paths=("implementing_unit",),
    )
    yield AnnexRow((_label("项目支出名称", 0), name))
    yield AnnexRow((_label("主管部门", 0), department, _label("实施单位", 4), unit))


def _fund_rows(project: SelfEvaluation, sheet: ScoreSheet | None) -> Iterator[AnnexRow]:
    funds = _printed_funds(project)
    head = _label(f"项目资金（{project.fund_unit}）", 0, rows=len(funds) + 1)
    titles = (_label(title, column) for column, title in enumerate(FUND_TITLES, 3))
    yield AnnexRow((head, _label("", 1, 2), *titles))
    keys = _fund_keys(project)
    for fund in funds:
        key = keys.get(id(fund), fund.source.value)
        yield _fund_row(fund, sheet, key, is_scored=fund is project.fund(FundSource.TOTAL))


def _fund_keys(project: SelfEvaluation) -> dict[int, str]:
    """Return the part of its field path that names each row: its source, later ones numbered."""
    keys: dict[int, str] = {}
    for place, row in enumerate(project.funds, 1):
        is_first = row is project.fund(row.source)
        keys[id(row)] = row.source.value if is_first else f"{row.source.value}.{place}"
    return keys


def _printed_funds(project: SelfEvaluation) -> list[FundRow]:
    """Return the rows to print: those entered, and the usual ones where nothing was entered."""
    funds = list(project.funds)
    funds += [FundRow(source=one) for one in USUAL_SOURCES if project.fund(one) is None]
    order = list(FundSource)
    return sorted(funds, key=lambda row: order.index(row.source))


_FUND_FIELDS = (
    *("initial_budget", "annual_budget", "executed"),
    *("printed/weight", "printed/rate", "printed/points"),
)
"""The field of each column of the fund grid."""


def _fund_row(fund: FundRow, sheet: ScoreSheet | None, key: str, *, is_scored: bool) -> AnnexRow:
    title = fund.label or FUND_SOURCE_TITLES[fund.source]
    scored: tuple[str, str, str] = (NO_POINTS, NO_POINTS, NO_POINTS)
    if is_scored:
        rate = sheet.execution_rate if sheet else None
        line = sheet.execution if sheet else None
        scored = (
            _number(line.weight if line else None),
            "" if rate is None else rate_text(rate),
            printed_points(line),
        )
    values = (fund.initial_budget, fund.annual_budget, fund.executed, *scored)
    shown = title.removeprefix("其中：")
    return AnnexRow(
        (
            AnnexCell(title, 1, 2, role=CellRole.TEXT, paths=(f"funds/{key}/label",)),
            *(
                AnnexCell(
                    value,
                    column,
                    name=f"{shown} · {column_title}",
                    paths=(f"funds/{key}/{field}",),
                    is_computed=field.startswith("printed/"),
                )
                for column, (value, column_title, field) in enumerate(
                    zip(values, FUND_TITLES, _FUND_FIELDS, strict=True), 3
                )
            ),
        )
    )


def _objective_rows(objectives: tuple[Objective, ...]) -> Iterator[AnnexRow]:
    objectives = objectives or (Objective(),)
    head = _label("年度总体目标", 0, rows=len(objectives) + 1)
    yield AnnexRow((head, _label("预期目标", 1, 4), _label("实际完成情况", 5, 4)))
    for number, one in enumerate(objectives, 1):
        title = f"年度总体目标{number}" if len(objectives) > 1 else "年度总体目标"
        expected, achieved = (
            AnnexCell(
                getattr(one, field),
                column,
                4,
                role=CellRole.TEXT,
                name=f"{title} · {words}",
                paths=(f"objectives/{number}/{field}",),
            )
            for field, column, words in (
                ("expected", 1, "预期目标"),
                ("achieved", 5, "实际完成情况"),
            )
        )
        yield AnnexRow((expected, achieved), is_long=True)


def _indicator_rows(project: SelfEvaluation, sheet: ScoreSheet | None) -> Iterator[AnnexRow]:
    lines = project.indicators or (Indicator(id="none"),)
    titles = (_label(title, column) for column, title in enumerate(INDICATOR_TITLES, 1))
    yield AnnexRow((_label("绩效指标", 0, rows=len(lines) + 1), *titles), is_header=True)
    first = _runs([(line.level1,) for line in lines])
    second = _runs([(line.level1, line.level2) for line in lines])
    for place, line in enumerate(lines):
        cells: list[AnnexCell] = []
        if place in first:
            title = _level1_title(line.level1, project, sheet)
            cells.append(AnnexCell(title, 1, rows=first[place]))
        if place in second:
            shared = lines[place : place + second[place]]
            paths = tuple(f"indicators/{one.id}/level2" for one in shared)
            cells.append(AnnexCell(line.level2, 2, rows=second[place], paths=paths))
        yield AnnexRow((*cells, *_line_cells(line, sheet)), is_long=_is_long(line))


LINE_FIELDS = ("level3", "target", "actual", "weight", "printed/points", "deviation")
"""The field of each column of the indicator block from 三级指标 on."""


def _line_cells(line: Indicator, sheet: ScoreSheet | None) -> Iterator[AnnexCell]:
    score = _score_of(line, sheet)
    weight = line.weight or _number(score.weight if score else None)
    values = (line.level3, line.target, line.actual, weight, printed_points(score), line.deviation)
    columns = zip(values, INDICATOR_TITLES[2:], LINE_FIELDS, strict=True)
    for column, (value, title, field) in enumerate(columns, 3):
        role = CellRole.TEXT if title in (INDICATOR_TITLES[2], INDICATOR_TITLES[7]) else None
        yield AnnexCell(
            value,
            column,
            role=role or CellRole.FIGURE,
            name=f"{line.level3 or line.level2} · {title}",
            paths=(f"indicators/{line.id}/{field}",),
            is_computed=field == "printed/points",
        )


def _score_of(line: Indicator, sheet: ScoreSheet | None) -> LineScore | None:
    """Return the score of an indicator; a row that states the execution rate has that line's."""
    if sheet is None:
        return None
    is_execution = split_level1(line.level1).level1 is Level1.EXECUTION
    return sheet.line(line.id) or (sheet.execution if is_execution else None)


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


LONG_LINE = 400
"""Characters in a narrow cell from which a row may break over pages."""


def _is_long(line: Indicator) -> bool:
    return max(map(len, (line.level3, line.target, line.actual, line.deviation))) > LONG_LINE


def _runs(keys: list[tuple[str, ...]]) -> dict[int, int]:
    """Return the first place of each run of equal keys, with its length; blanks stand alone."""
    runs: dict[int, int] = {}
    start = 0
    for place, key in enumerate(keys):
        if place and key == keys[start] and key[-1].strip():
            runs[start] += 1
        else:
            start = place
            runs[start] = 1
    return runs


def _level1_title(level1: str, project: SelfEvaluation, sheet: ScoreSheet | None) -> str:
    """Return the level-1 title with its points, as the form prints them: 产出指标（50分）."""
    name = split_level1(level1)
    if not name.title or name.declared_weight is not None:
        return level1
    weight = project.level1_weights.get(level1.strip(), "").strip().removesuffix("分")
    if not weight and sheet:
        found = next((one.weight for one in sheet.dimensions if one.level1 == name.title), None)
        weight = _number(found)
    return f"{level1}（{weight}分）" if weight else level1


def _total_row(sheet: ScoreSheet | None) -> AnnexRow:
    if sheet is None:
        weight, total, grade = "", "", ""
    else:
        weight = plain(sheet.weight_total)
        total = PENDING if sheet.total is None else plain(sheet.total)
        grade = sheet.grade or ""
        if sheet.total is None:
            grade = f"已定{plain(sheet.determined)}分"
    return AnnexRow(
        (
            _label("总分", 0, 6),
            AnnexCell(weight, 6, name="总分 · 分值", is_computed=True),
            AnnexCell(total, 7, name="总分 · 得分", paths=("printed/total",), is_computed=True),
            AnnexCell(grade, 8, name="等级", paths=("printed/grade",), is_computed=True),
        )
    )
