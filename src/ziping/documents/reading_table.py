"""Finding the forms in a grid and reading each into a self-evaluation (定位与读取自评表)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ziping.documents.grid import Grid, GridCell
from ziping.documents.reading_funds import read_funds, read_objectives, with_received
from ziping.documents.reading_head import (
    find_fund_unit,
    find_year,
    is_title,
    read_fund_kind,
    read_labels,
    year_of,
)
from ziping.documents.reading_headings import (
    NOT_KEPT,
    STATED,
    HeadingRow,
    field_of,
    heading_key,
    heading_row,
    is_section,
    is_total_title,
)
from ziping.documents.reading_indicators import (
    IndicatorGrid,
    read_indicators,
    read_total,
    with_approved,
)
from ziping.documents.reading_record import MAX_TEXT, Context, Reading, too_long
from ziping.domain.evaluation import (
    ApprovedEvaluation,
    FundKind,
    FundUnit,
    PrintedEvaluation,
    SelfEvaluation,
)
from ziping.domain.fields import TITLES
from ziping.domain.imported import ReadCell, UnreadCell
from ziping.domain.text import clean, is_mark

MAX_UNREAD = 1_000
"""Cells not read that are listed one by one."""
UNIT_GUESSED = "没有找到金额单位，按“万元”读取，请核对"
UNKNOWN_PLACE = "没有认出这一格属于哪一栏"
WHOLE_UNIT = "部门整体支出"
WHOLE_UNIT_NOTE = "这是部门整体支出表，没有项目名称，名称按表题填写"
BELOW_TABLE = "总分行以下的文字，不属于自评表的栏目"


@dataclass(slots=True)
class Region:
    """The rows of one form in a grid (一张表的范围)."""

    rows: list[int] = field(default_factory=list)
    name_row: int | None = None
    funds: HeadingRow | None = None
    objectives: HeadingRow | None = None
    indicators: HeadingRow | None = None
    repeats: list[HeadingRow] = field(default_factory=list)
    """Indicator headings repeated on later pages."""
    total_row: int | None = None

    @property
    def is_form(self) -> bool:
        """Whether enough of a form is here to be read as one."""
        has_name = self.name_row is not None
        return self.indicators is not None or (self.funds is not None and has_name)

    @property
    def is_upper_half(self) -> bool:
        """Whether this is a form whose indicator grid is missing."""
        return self.funds is not None and self.indicators is None

    @property
    def is_lower_half(self) -> bool:
        """Whether this is an indicator grid without the funds above it."""
        has_top = self.funds is not None or self.name_row is not None
        return self.indicators is not None and not has_top


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One form as read (读出的表)."""

    evaluation: SelfEvaluation
    cells: tuple[ReadCell, ...]
    unread: tuple[UnreadCell, ...]
    notes: tuple[str, ...]
    fiscal_year: int | None
    unit: str
    unfilled: tuple[ReadCell, ...]
    """Titles of the head beside which nothing stands."""


def find_forms(grid: Grid) -> list[Region]:
    """Return the forms of a grid, from the top."""
    regions = [Region()]
    for row in grid.row_numbers:
        _place_row(grid, row, regions)
    return [one for one in regions if one.is_form]


def _place_row(grid: Grid, row: int, regions: list[Region]) -> None:
    """Add a row to the form it belongs to, beginning a new one where its headings say so."""
    now = regions[-1]
    funds, lines = heading_row(grid, row, "funds"), heading_row(grid, row, "indicators")
    is_name = _is_name_label(_first_text(grid, row))
    if funds and now.funds and now.rows[-1] == now.funds.row:
        funds = None  # titles of their own beside the amounts: 预算数 62.73 到位数 62.73
    starts = (funds or is_name) and (now.funds or now.indicators)
    if starts or (lines and now.total_row is not None) or (is_name and now.name_row is not None):
        now = Region(rows=_titles_above(grid, now))
        regions.append(now)
    now.rows.append(row)
    if is_name:
        now.name_row = row
    if funds:
        now.funds = funds
    elif lines and now.indicators:
        _add_heading(now, now.indicators, lines)
    elif lines:
        now.indicators = lines
    elif now.indicators is None:
        now.objectives = now.objectives or heading_row(grid, row, "objectives")
    elif now.total_row is None and _is_total(grid, row, now.indicators):
        now.total_row = row


def _add_heading(now: Region, first: HeadingRow, lines: HeadingRow) -> None:
    """Add another indicator heading: one repeated on a later page, or the lower of two rows."""
    if first.row == now.rows[-2] and set(first.columns) < set(lines.columns):
        # The lower row names more: 指标性质、指标值、度量单位.
        now.repeats.append(first)
        now.indicators = replace(lines, top=first.top)
    else:
        now.repeats.append(lines)


def _is_total(grid: Grid, row: int, head: HeadingRow) -> bool:
    """Return whether a row begins with 总分, at the left of the grid."""
    first = grid.starting_in(row)[0]
    return first.column <= head.first_column and is_total_title(first.text)


def _is_name_label(text: str) -> bool:
    title, _, _ = text.replace("：", ":", 1).partition(":")
    return field_of("labels", title) == "name"


def _first_text(grid: Grid, row: int) -> str:
    cells = grid.starting_in(row)
    return cells[0].text if cells else ""


def _titles_above(grid: Grid, before: Region) -> list[int]:
    """Take title rows at the end of the form before: they belong to the next one."""
    taken: list[int] = []
    while before.rows and before.rows[-1] != before.total_row:
        cells = grid.starting_in(before.rows[-1])
        is_head = all(
            is_title(cell.text)
            or field_of("labels", cell.text.replace("：", ":").partition(":")[0])
            or "单位" in cell.text
            for cell in cells
        )
        if not is_head:
            break
        taken.insert(0, before.rows.pop())
    return taken


def read_form(grid: Grid, region: Region, project_id: str, context: Context) -> ReadTable:
    """Return the self-evaluation of one form, with every cell read and every cell not read."""
    reading = Reading(grid, project_id, context)
    for row in region.rows:
        for cell in grid.starting_in(row):
            if len(cell.text) > MAX_TEXT:
                raise too_long(cell, context.file_name)
    anchors = [one for one in (region.funds, region.objectives, region.indicators) if one]
    top = [row for row in region.rows if row < min(one.top for one in anchors)]
    end = region.rows[-1] + 1 if region.total_row is None else region.total_row
    below = [row for row in region.rows if region.total_row and row > region.total_row]
    labels = read_labels(reading, top)
    evaluation = SelfEvaluation(id=project_id, fund_unit=_fund_unit(reading, labels, region))
    if region.funds:
        rows = _rows_after(region, region.funds, end)
        funds = read_funds(reading, region.funds, rows)
        evaluation = evaluation.model_copy(update={"funds": funds})
    if region.objectives:
        rows = _rows_after(region, region.objectives, end)
        objectives = read_objectives(reading, region.objectives, rows)
        evaluation = evaluation.model_copy(update={"objectives": objectives})
    lines, printed = _lower_half(reading, region, end)
    with_approved(reading, lines.lines, below)
    funds = with_received(reading, evaluation.funds, below)
    evaluation = evaluation.model_copy(update={"funds": funds})
    found = read_labels(reading, [*lines.below, *below])
    labels |= {key: text for key, text in found.items() if key not in labels}
    printed = printed.model_copy(update={"grade": printed.grade or labels.get("grade", "")})
    if lines.empty:
        titles = "、".join(dict.fromkeys(lines.empty))
        reading.notes.append(f"以下二级指标没有填写三级指标，没有读入：{titles}")
    _list_unread(reading, region)
    return ReadTable(
        evaluation=evaluation.model_copy(
            update={
                "name": labels.get("name", "") or _whole_unit(reading, top),
                "competent_department": labels.get("competent_department", ""),
                "implementing_unit": labels.get("implementing_unit", ""),
                "fund_kind": _fund_kind(reading, labels),
                "adjustment_basis": labels.get("adjustment_basis", ""),
                "approved": ApprovedEvaluation(
                    budget=labels.get("approved_budget", ""),
                    objective=labels.get("approved_objective", ""),
                ),
                "level1_weights": lines.weights,
                "indicators": tuple(lines.lines),
                "materials": {name: labels[name] for name in STATED if labels.get(name)},
                "printed": printed,
            }
        ),
        cells=tuple(reading.cells),
        unread=tuple(reading.unread),
        notes=tuple(reading.notes),
        fiscal_year=_year(grid, region, labels, top),
        unit=labels.get("unit", ""),
        unfilled=tuple(reading.unfilled),
    )


def _rows_after(region: Region, head: HeadingRow, end: int) -> list[int]:
    """Return the rows between a heading row and the next block."""
    later = (region.funds, region.objectives, region.indicators)
    stops = [one.top for one in later if one and one.row > head.row]
    stop = min([*stops, end])
    return [row for row in region.rows if head.row < row < stop]


def _lower_half(
    reading: Reading, region: Region, end: int
) -> tuple[IndicatorGrid, PrintedEvaluation]:
    """Return the indicator lines and what the total row shows."""
    if region.indicators is None:
        return IndicatorGrid(), PrintedEvaluation()
    headings = {one.row for one in region.repeats}
    for head in (region.indicators, *region.repeats):
        reading.use(*head.cells)
    rows = [row for row in region.rows if region.indicators.row < row < end and row not in headings]
    rows = [row for row in rows if all(row != one.top for one in region.repeats)]
    lines = read_indicators(reading, region.indicators, rows)
    if region.total_row is None:
        return lines, PrintedEvaluation()
    return lines, read_total(reading, region.indicators, region.total_row)


def _fund_unit(reading: Reading, labels: dict[str, str], region: Region) -> FundUnit:
    """Return the unit of money: as labelled, as the headings say, else 万元 with a note."""
    named = labels.get("fund_unit", "")
    if named in [one.value for one in FundUnit]:
        return FundUnit(named)
    last = region.indicators.row if region.indicators else region.rows[-1]
    unit = find_fund_unit(reading, [row for row in region.rows if row < last])
    if unit is None and region.funds is not None:
        reading.notes.append(f"{reading.grid.name}：{UNIT_GUESSED}")
    return unit or FundUnit.TEN_THOUSAND_YUAN


def _whole_unit(reading: Reading, top: Iterable[int]) -> str:
    """Return the name of a whole-unit table, which has no project to name; else blank."""
    titles = [cell for row in top for cell in reading.grid.starting_in(row)]
    title = next((cell for cell in titles if "整体支出" in cell.text and is_title(cell.text)), None)
    if title is None:
        return ""
    reading.notes.append(f"{reading.grid.name}：{WHOLE_UNIT_NOTE}")
    return reading.take("name", TITLES["name"], title, value=WHOLE_UNIT, note=WHOLE_UNIT_NOTE)


def _fund_kind(reading: Reading, labels: dict[str, str]) -> FundKind:
    text = labels.get("fund_kind", "")
    kind = read_fund_kind(text)
    if text and kind is FundKind.UNKNOWN:
        reading.notes.append(f"资金性质“{text}”不在可选范围内，没有读入，请在填报页选择")
    return kind


def _year(grid: Grid, region: Region, labels: dict[str, str], top: Iterable[int]) -> int | None:
    """Return the fiscal year this form states; a year in the project's name is none."""
    name = clean(labels.get("name", ""))
    titles = [cell.text for row in top for cell in grid.starting_in(row)]
    stated = year_of(labels.get("fiscal_year", ""))
    caption = grid.caption if region.rows[0] == grid.row_numbers[0] else grid.caption[-1:]
    texts = (titles, list(reversed(caption)))
    told = ([one for one in some if not name or name not in clean(one)] for some in texts)
    return stated or next(filter(None, map(find_year, told)), None)


def _list_unread(reading: Reading, region: Region) -> None:
    """List every cell with content that went nowhere; beyond many, tell how many more."""
    more = 0
    for row in region.rows:
        for cell in reading.grid.starting_in(row):
            if reading.is_used(cell) or is_mark(clean(cell.text[:100])):
                continue
            is_form_text = is_section(heading_key(cell.text)) or is_title(cell.text)
            if is_form_text and not cell.problem:
                continue
            if len(reading.unread) >= MAX_UNREAD:
                more += 1
                continue
            is_below = region.total_row is not None and row > region.total_row
            reason = BELOW_TABLE if is_below else _reason(reading, cell)
            reading.skip(cell, cell.problem or reason)
    if more:
        reading.notes.append(
            f"{reading.grid.name}还有 {more} 格内容没有读入，没有逐一列出；这张表里可能混有明细数据"
        )


def _reason(reading: Reading, cell: GridCell) -> str:
    """Return why a cell of the form was not read: a known title without a field, or unknown."""
    beside = reading.grid.at(cell.row, cell.column - 1) if cell.column else None
    for one in (cell, beside):
        title = heading_key(one.text.replace("：", ":").partition(":")[0]) if one else ""
        if title in NOT_KEPT:
            return f"“{title}”这一栏自评数据里没有对应的位置，需要时请写进报告正文"
    return UNKNOWN_PLACE
