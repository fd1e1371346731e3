"""The indicator grid of a form and its total row (绩效指标、总分)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ziping.documents.annex import PENDING
from ziping.documents.grid import GridCell
from ziping.documents.reading_funds import printed_text
from ziping.documents.reading_headings import HeadingRow, heading_key, is_note
from ziping.documents.reading_qualitative import band_of, derived_band, is_qualitative
from ziping.documents.reading_record import Reading
from ziping.domain.evaluation import (
    ApprovedIndicator,
    Evidence,
    Indicator,
    IndicatorScope,
    PrintedEvaluation,
    PrintedIndicator,
)
from ziping.domain.fields import TITLES
from ziping.domain.levels import split_level1
from ziping.domain.numbers import plain, read_number
from ziping.domain.text import clean

CONTENT = ("level3", "target", "actual", "weight", "points", "deviation")
GRADES = frozenset({"优", "良", "中", "差", "优秀", "良好", "中等", "较差", "合格", "不合格"})
LEFTOVER = "空白模板行，没有填写内容"
NOTE_ROW = "表中的说明文字，不是指标"
_PROMPT = re.compile(r"(指标\s*[0-9]*\s*[:：]?|[….。\s]+|[0-9]+[、.]?)*")
_BESIDE_CJK = re.compile(r"(?<=[一-鿿])[ \u3000]+(?=[一-鿿])")


@dataclass(slots=True)
class IndicatorGrid:
    """The indicator lines read so far, and the levels carried down (指标读取)."""

    lines: list[Indicator] = field(default_factory=list)
    weights: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    """Level-2 titles of rows nobody filled."""
    level1: str = ""
    level2: str = ""


def read_indicators(reading: Reading, head: HeadingRow, rows: Iterable[int]) -> IndicatorGrid:
    """Return the indicator lines below their headings."""
    grid = IndicatorGrid()
    for row in rows:
        cells = {
            name: reading.cell_at(row, columns)
            for name, columns in head.columns.items()
            if name not in ("level1", "level2")
        }
        if _is_note_row(reading, head, row):
            for cell in reading.grid.starting_in(row):
                if not reading.is_used(cell):
                    reading.skip(cell, NOTE_ROW)
            continue
        _carry_levels(reading, head, row, grid, cells)
        if not any(cells.get(name) for name in CONTENT):
            continue
        if _is_leftover(cells, reading):
            for cell in filter(None, cells.values()):
                reading.skip(cell, LEFTOVER)
            continue
        grid.lines.append(_line(reading, cells, grid))
        _tell_shared_points(reading, head, row, grid.lines[-1])
    return grid


def one_line(text: str) -> str:
    """Return a title without the line breaks and gaps of a narrow cell."""
    return _BESIDE_CJK.sub("", re.sub(r"\s*\n\s*", "", text.strip()))


def _is_note_row(reading: Reading, head: HeadingRow, row: int) -> bool:
    """Return whether one wide cell or a remark fills the row."""
    cells = reading.grid.starting_in(row)
    if cells and cells[0].column <= head.first_column and is_note(cells[0].text):
        return True
    first = reading.grid.at(row, head.first_column)
    later = head.columns.get("target") or head.columns.get("actual") or ()
    return bool(first and later and first.row == row and reading.grid.at(row, later[0]) is first)


def _carry_levels(
    reading: Reading,
    head: HeadingRow,
    row: int,
    grid: IndicatorGrid,
    cells: dict[str, GridCell | None],
) -> None:
    """Bring level 1 and level 2 up to this row; blanks below a title mean the same title."""
    first = _level_cell(reading, head, row, "level1")
    if first is not None:
        name = split_level1(first.text)
        if not reading.is_used(first):
            reading.use(first)
            grid.level2 = ""
            if name.declared_weight is not None:
                grid.weights[name.title] = plain(name.declared_weight)
        grid.level1 = name.title
    second = _level_cell(reading, head, row, "level2")
    if second is None or second is first:
        return
    if second.column + second.columns > head.columns.get("level3", (10**6,))[0] > second.column:
        cells["level3"] = second  # one cell over both columns names the indicator itself
        grid.level2 = ""
        return
    grid.level2 = one_line(second.text)
    reading.use(second)
    if second.row == row and not any(cells.get(name) for name in CONTENT):
        grid.empty.append(grid.level2)


def _level_cell(reading: Reading, head: HeadingRow, row: int, name: str) -> GridCell | None:
    columns = head.columns.get(name, ())
    found = (reading.grid.at(row, column) for column in columns)
    return next((cell for cell in found if cell is not None and cell.row > head.row), None)


def _is_leftover(cells: dict[str, GridCell | None], reading: Reading) -> bool:
    """Return whether only a prompt of the form such as 指标2： stands in the row."""
    if any(cells.get(name) for name in CONTENT if name != "level3"):
        return False
    cell = cells.get("level3")
    text = clean(cell.text[:100]) if cell else ""
    leftovers = {clean(one) for one in reading.context.lexicon.template_leftovers}
    return text in leftovers or _PROMPT.fullmatch(text) is not None


def _line(reading: Reading, cells: dict[str, GridCell | None], grid: IndicatorGrid) -> Indicator:
    """Return one indicator line."""
    line_id = f"i{len(grid.lines) + 1}"
    level3_cell = cells.get("level3")
    level3 = one_line(level3_cell.text) if level3_cell else ""
    title = level3 or grid.level2 or line_id
    path = f"indicators/{line_id}"

    def taken(name: str, value: str | None = None) -> str:
        below = name.replace("approved_", "approved/")
        label = f"{title} · {TITLES[name.removeprefix('approved_')]}"
        return reading.take(f"{path}/{below}", label, cells.get(name), value=value)

    line = Indicator(
        id=line_id,
        level1=grid.level1,
        level2=grid.level2,
        level3=taken("level3", level3),
        target=taken("target"),
        actual=taken("actual"),
        weight=taken("weight"),
        points_reason=taken("points_reason"),
        deviation=taken("deviation"),
        scope=_scope(reading, cells.get("scope"), path, title),
        evidence=tuple(
            Evidence(name=one.strip())
            for one in re.split(r"[\n；;]", taken("evidence"))
            if one.strip()
        ),
        approved=ApprovedIndicator(
            target=taken("approved_target"), weight=taken("approved_weight")
        ),
        printed=PrintedIndicator(
            points=printed_text(
                reading, f"{path}/printed/points", f"{title} · 得分", cells.get("points")
            )
        ),
    )
    return _with_given_points(reading, cells, line)


def _scope(reading: Reading, cell: GridCell | None, path: str, title: str) -> IndicatorScope:
    """Return 共性 or 个性; other words are listed as not read."""
    if cell is None:
        return IndicatorScope.UNKNOWN
    found = next((one for one in IndicatorScope if one and one.value in cell.text), None)
    if found is None:
        reading.skip(cell, "只认“共性”或“个性”")
        return IndicatorScope.UNKNOWN
    reading.take(f"{path}/scope", f"{title} · {TITLES['scope']}", cell, value=found.value)
    return found


def _with_given_points(
    reading: Reading, cells: dict[str, GridCell | None], line: Indicator
) -> Indicator:
    """Return the line with points and band a person gave, where 得分 means that."""
    band, note = band_of(reading, cells.get("band"), line)
    is_words = is_qualitative(line.target, reading.context)
    given = line.printed.points if is_words or line.points_reason else ""
    cell = cells.get("points")
    if is_words and not band and given and cell is not None:
        band, note = derived_band(given, line.weight, reading.context.rule_set)
        if band:
            path = f"indicators/{line.id}/band"
            label = f"{line.level3 or line.level2} · {TITLES['band']}"
            reading.record(path, label, cell, band.value, note)
    return line.model_copy(update={"band": band, "points": given})


def _tell_shared_points(reading: Reading, head: HeadingRow, row: int, line: Indicator) -> None:
    """Note a weight or points cell that is merged with the row above."""
    for name in ("weight", "points"):
        columns = head.columns.get(name, ())
        cell = reading.grid.at(row, columns[0]) if columns else None
        if cell is not None and head.row < cell.row < row:
            reading.notes.append(
                f"{cell.source} 的{TITLES[name]}合并了多行，只记在第一行；"
                f"“{line.level3 or line.level2}”的{TITLES[name]}请补填"
            )


def read_total(reading: Reading, head: HeadingRow, row: int) -> PrintedEvaluation:
    """Return the total and the grade that the total row shows."""
    grid = reading.grid
    cells = {
        name: reading.cell_at(row, head.columns[name])
        for name in ("weight", "points")
        if name in head.columns
    }
    reading.use(grid.starting_in(row)[0], cells.get("weight"))
    total = printed_text(reading, "printed/total", TITLES["total"], cells.get("points"))
    grade = ""
    for cell in grid.starting_in(row):
        if reading.is_used(cell):
            continue
        word = re.sub(r"^.*[:：]", "", heading_key(cell.text) or cell.text.strip())
        if word.removeprefix("等级") in GRADES:
            grade = reading.take(
                "printed/grade", TITLES["grade"], cell, value=word.removeprefix("等级")
            )
        elif cell.text.startswith("已定") or cell.text.strip() == PENDING:
            reading.use(cell)
        elif not total and read_number(cell.text).value is not None:
            total = reading.take("printed/total", TITLES["total"], cell, displayed=True)
    return PrintedEvaluation(total=total, grade=grade)
