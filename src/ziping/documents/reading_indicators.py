"""The indicator grid of a form and its total row (绩效指标、总分)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ziping.documents.annex import PENDING
from ziping.documents.carried import TARGETS, WEIGHTS, carried_pairs
from ziping.documents.grid import GridCell
from ziping.documents.reading_funds import printed_text
from ziping.documents.reading_headings import STATED, HeadingRow, field_of, is_note
from ziping.documents.reading_qualitative import band_of, derived_band, is_qualitative
from ziping.documents.reading_record import Reading
from ziping.documents.reading_values import joined_target
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
from ziping.domain.numbers import plain
from ziping.domain.text import clean, is_mark

CONTENT = ("level3", "target", "actual", "weight", "points", "deviation")
LEVELS = ("level1", "level2")
GRADES = frozenset({"优", "良", "中", "差", "优秀", "良好", "中等", "较差", "合格", "不合格"})
UNALIGNED_TOTAL = "总分行的数字没有对齐表头，按最后一个数字读取"
_WORDS = "|".join(sorted(GRADES, key=len, reverse=True))
_TOTAL_CELL = re.compile(
    rf"(?:自评|评价|项目)?(?:总分|总得分|合计|总计|得分)?[:(]?([0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)?分?\)?"
    rf"[,;、]?(?:[(]?(?:自评|评价)?(?:等级|等次|结论|结果)?:?({_WORDS})?[)]?)"
)
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
    below: list[int] = field(default_factory=list)
    """Rows of stated texts among or under the lines, e.g. 评价结论."""


def read_indicators(reading: Reading, head: HeadingRow, rows: Iterable[int]) -> IndicatorGrid:
    """Return the indicator lines below their headings."""
    grid = IndicatorGrid()
    for row in rows:
        cells = {
            name: reading.cell_at(row, columns)
            for name, columns in head.columns.items()
            if name not in LEVELS
        }
        if is_stated_row(reading, row):
            grid.below.append(row)
            continue
        if _is_note_row(reading, head, row):
            for cell in reading.grid.starting_in(row):
                if not reading.is_used(cell):
                    reading.skip(cell, NOTE_ROW)
            continue
        cells["target"] = joined_target(reading, cells)
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


def is_stated_row(reading: Reading, row: int) -> bool:
    """Return whether a row holds a text such as 评价结论 or 改进措施 beside its title."""
    for cell in reading.grid.starting_in(row)[:2]:
        title, _, _ = cell.text.replace("：", ":", 1).partition(":")
        if field_of("labels", title) in STATED or field_of("labels", title) == "grade":
            return True
    return False


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
        is_path = "/" in first.text  # 项目绩效(85分)/产出指标(40分): kept whole
        written = one_line(first.text) if is_path else one_line(name.written)
        if not reading.is_used(first):
            reading.use(first)
            grid.level2 = ""
            if name.declared_weight is not None and not is_path:
                grid.weights[written] = plain(name.declared_weight)
        grid.level1 = written
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
        printed=_printed(reading, cells, path, title),
    )
    return _with_given_points(reading, cells, line)


def _printed(
    reading: Reading, cells: dict[str, GridCell | None], path: str, title: str
) -> PrintedIndicator:
    """Return what the table shows of a line: points, completion and the way of giving points."""
    below = f"{path}/printed"
    method = reading.take(f"{below}/method", f"{title} · {TITLES['method']}", cells.get("method"))
    return PrintedIndicator(
        points=printed_text(reading, f"{below}/points", f"{title} · 得分", cells.get("points")),
        completion=printed_text(
            reading, f"{below}/completion", f"{title} · {TITLES['completion']}",
            cells.get("completion"),
        ),
        method=method,
    )  # fmt: skip


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
    given = "" if is_mark(clean(given[:100])) else given
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


def with_approved(reading: Reading, lines: list[Indicator], rows: Iterable[int]) -> None:
    """Enter 批复指标值 and 批复分值 from our own notes under the table into the lines."""
    for cell in (one for row in rows for one in reading.grid.starting_in(row)):
        for title, name in ((TARGETS, "target"), (WEIGHTS, "weight")):
            for key, text in carried_pairs(cell.text, title):
                number = key.removeprefix("指标")
                at = int(number) - 1 if number.isascii() and number.isdigit() else -1
                if not 0 <= at < len(lines) or getattr(lines[at].approved, name):
                    continue
                line = lines[at]
                reading.use(cell)
                path = f"indicators/{line.id}/approved/{name}"
                reading.record(path, f"{line.level3 or line.level2} · {title}", cell, text)
                approved = line.approved.model_copy(update={name: text})
                lines[at] = line.model_copy(update={"approved": approved})


def read_total(reading: Reading, head: HeadingRow, row: int) -> PrintedEvaluation:
    """Return the total and the grade that the total row shows."""
    grid = reading.grid
    columns = {name: head.columns[name] for name in ("weight", "points") if name in head.columns}
    cells = {name: reading.cell_at(row, one) for name, one in columns.items()}
    first = grid.starting_in(row)[0]
    reading.use(first, cells.get("weight"))
    if cells.get("points") is first:
        cells["points"] = None
    total = printed_text(reading, "printed/total", TITLES["total"], cells.get("points"))
    total, grade = _taken_apart(reading, total, cells.get("points"))
    figures: list[GridCell] = []
    for cell in grid.starting_in(row):
        if cell is first:
            stated, word = _total_and_grade(cell.text)
        elif reading.is_used(cell):
            continue
        else:
            stated, word = _total_and_grade(cell.text)
        if word and not grade:
            grade = reading.take("printed/grade", TITLES["grade"], cell, value=word)
        if stated:
            figures.append(cell)
        elif cell.text.startswith("已定") or cell.text.strip() == PENDING:
            reading.use(cell)
    if not total and figures:
        total = _total_of(reading, figures)
    return PrintedEvaluation(total=total, grade=grade)


def _total_of(reading: Reading, figures: list[GridCell]) -> str:
    """Return the total among figures that stand under no heading: the last, after the weights."""
    for cell in figures[:-1]:
        reading.use(cell)
    stated, _ = _total_and_grade(figures[-1].text)
    note = UNALIGNED_TOTAL if len(figures) > 1 else ""
    return reading.take("printed/total", TITLES["total"], figures[-1], value=stated, note=note)


def _taken_apart(reading: Reading, total: str, cell: GridCell | None) -> tuple[str, str]:
    """Return total and grade of a cell such as 98（优）, else the total as it is."""
    stated, word = _total_and_grade(total)
    if cell is None or not word:
        return total, ""
    path = f"{reading.project_id}/printed/total"
    reading.cells = [one for one in reading.cells if one.path != path]
    reading.take("printed/grade", TITLES["grade"], cell, value=word)
    if stated:
        reading.take("printed/total", TITLES["total"], cell, value=stated)
    return stated, word


def _total_and_grade(text: str) -> tuple[str, str]:
    """Return the figure and the grade in a cell of the total row, whichever it holds."""
    found = _TOTAL_CELL.fullmatch(clean(text[:100]).replace(" ", ""))
    if found is None:
        return "", ""
    return found[1] or "", found[2] or ""
