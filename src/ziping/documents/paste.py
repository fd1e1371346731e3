"""Blocks copied from and to Excel or WPS: TAB between cells, line breaks between rows (粘贴)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ziping.documents.grid import without_controls
from ziping.documents.reading_headings import TOTALS, field_of, heading_key, is_note
from ziping.documents.reading_indicators import one_line
from ziping.documents.reading_record import MAX_TEXT
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.domain.imported import PastedBlock, PastedRow, UnreadCell
from ziping.domain.levels import split_level1
from ziping.domain.numbers import plain
from ziping.domain.scores import ScoreSheet

GRID_COLUMNS = (
    "level1",
    "level2",
    "level3",
    "target",
    "actual",
    "weight",
    "points",
    "deviation",
)
"""Columns of the printed indicator grid, left to right."""
MAX_ROWS = 2_000
MAX_CHARACTERS = 2_000_000

_LEVELS = ("level1", "level2")
_HEADINGS_NEEDED = 2
_WHERE = "粘贴的内容"
_NEEDS_QUOTES = re.compile(r'[\t\n]|^"')
_QUOTED_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_PLAIN_CELL = re.compile(r"[^\t\n]*")
_FORMULA = re.compile(r"\s*'*[=＝+＋\-－@＠]")
"""How a text begins that a spreadsheet would calculate, or one that was kept from it before."""
_FIGURE = re.compile(r"\s*(?:[=＝+＋\-－]\s*[0-9][0-9.,]*\s*[^\x00-\x7f（]{0,8}%?|[-－]+)\s*")
"""A target, a negative amount, a mark for nothing: they stay as they are."""


def read_block(text: str, columns: Sequence[str] = GRID_COLUMNS) -> PastedBlock:
    """Return a pasted block as rows of the indicator grid.

    Args:
        text: What the clipboard held.
        columns: Field of each column, for a block without a heading row.

    Raises:
        InputError: There is nothing, or far more than a grid could hold.
    """
    table, notes = _cells(text)
    named = [field_of("indicators", one) for one in table[0]]
    has_heading = len({one for one in named if one}) >= _HEADINGS_NEEDED
    width = max(len(row) for row in table)
    fields = _unique(named if has_heading else list(columns), width)
    reader = _BlockReader(fields, has_heading=has_heading)
    for number, row in enumerate(table, 1):
        if number == 1 and has_heading:
            reader.unknown_headings(row)
        else:
            reader.read(number, row)
    return PastedBlock(
        columns=tuple(fields),
        has_heading=has_heading,
        rows=tuple(reader.rows),
        level1_weights=reader.weights,
        unread=tuple(reader.unread),
        notes=notes,
    )


def _cells(text: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return the cells of a block, blank rows at both ends left out, and notes."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            "粘贴的内容太多",
            where=_WHERE,
            why=f"有 {len(text)} 字，指标表不会这么大",
            remedy="请只复制绩效指标那一块再粘贴",
        )
    kept, removed = without_controls(text)
    table = split_block(kept)
    while table and not any(table[-1]):
        table.pop()
    if not any(any(row) for row in table):
        raise InputError(
            "没有可读的内容", where=_WHERE, remedy="请在 Excel 或 WPS 里选中单元格并复制，再粘贴"
        )
    if len(table) > MAX_ROWS:
        raise InputError(
            f"粘贴了 {len(table)} 行，最多 {MAX_ROWS} 行",
            where=_WHERE,
            why="指标表不会这么大，可能选中了整张工作表",
            remedy="请只复制绩效指标那一块再粘贴",
        )
    for row, cells in enumerate(table, 1):
        _refuse_long(row, cells)
    return table, ("已删去看不见的控制字符",) if removed else ()


def split_block(text: str) -> list[list[str]]:
    """Return the cells of a block; a quoted cell may hold line breaks and tabs.

    Spreadsheets quote only cells that need it: a cell that merely begins with a quotation mark is
    taken as it is.
    """
    table: list[list[str]] = [[]]
    at = 0
    while True:
        found = _QUOTED_CELL.match(text, at)
        if found and re.search(r'[\t\n]|""', found[1]):
            table[-1].append(_as_meant(found[1].replace('""', '"').strip()))
        else:
            found = _PLAIN_CELL.match(text, at)
            table[-1].append(_as_meant(found[0].strip()) if found else "")
        at = found.end() if found else len(text)
        if at >= len(text):
            return table
        if text[at] == "\n":
            table.append([])
        at += 1


def _refuse_long(row: int, cells: list[str]) -> None:
    for column, cell in enumerate(cells, 1):
        if len(cell) > MAX_TEXT:
            raise InputError(
                f"单元格的文字太长（{len(cell)} 字，最多 {MAX_TEXT} 字）",
                where=f"{_WHERE} {_source(row, column)}",
                remedy="请精简这一格的文字，或只复制绩效指标那一块",
            )


def _source(row: int, column: int) -> str:
    return f"第{row}行第{column}列"


def _unique(fields: list[str], width: int) -> list[str]:
    """Return a field for each column; a repeated or missing one is blank."""
    seen: set[str] = set()
    found = []
    for field in [*fields, *[""] * width][: max(width, 1)]:
        found.append("" if field in seen else field)
        seen.add(field)
    return found


class _BlockReader:
    """Reads row after row, carrying level 1 and level 2 down over merged cells."""

    def __init__(self, fields: list[str], *, has_heading: bool) -> None:
        self._fields = fields
        self._has_heading = has_heading
        self._levels = dict.fromkeys(_LEVELS, "")
        self.rows: list[PastedRow] = []
        self.weights: dict[str, str] = {}
        self.unread: list[UnreadCell] = []

    def unknown_headings(self, row: list[str]) -> None:
        """List headings that name no column of the grid."""
        for column, text in enumerate(row):
            if text and not self._fields[column]:
                self._skip(1, column, text, "没有认出这一栏的表头，整栏没有读入")

    def read(self, number: int, row: list[str]) -> None:
        """Read one row."""
        first = next((text for text in row if text), "")
        if not first:
            return
        if heading_key(first) in TOTALS or is_note(first):
            self._skip_row(number, row, "合计行或说明文字，不是指标")
            return
        values: dict[str, str] = {}
        for column, text in enumerate(row):
            field = self._fields[column]
            if field:
                values[field] = text
            elif text and not self._has_heading:
                self._skip(number, column, text, "超出了表格的栏数")
            elif text:
                self._skip(number, column, text, "所在栏的表头没有认出")
        self._carry(values)
        if any(text for field, text in values.items() if field not in _LEVELS) or not (
            set(self._fields) - {*_LEVELS, ""}
        ):
            self.rows.append(PastedRow(row=number, values=values))
        else:
            self._skip_row(number, row, "这一行没有三级指标和数值")

    def _carry(self, values: dict[str, str]) -> None:
        """Fill in level 1 and level 2 from above where merged cells left them blank."""
        if text := values.get("level1"):
            name = split_level1(text)
            self._levels = {"level1": name.title, "level2": ""}
            if name.declared_weight is not None:
                self.weights[name.title] = plain(name.declared_weight)
        if text := values.get("level2"):
            self._levels["level2"] = one_line(text)
        values.update({field: self._levels[field] for field in _LEVELS if field in values})
        if "level3" in values:
            values["level3"] = one_line(values["level3"])

    def _skip(self, number: int, column: int, text: str, reason: str) -> None:
        source = _source(number, column + 1)
        self.unread.append(UnreadCell(source=source, text=text, reason=reason))

    def _skip_row(self, number: int, row: list[str], reason: str) -> None:
        for column, text in enumerate(row):
            if text:
                self._skip(number, column, text, reason)


def copy_columns(
    evaluation: SelfEvaluation,
    sheet: ScoreSheet | None,
    columns: Sequence[str] = GRID_COLUMNS,
) -> str:
    """Return columns of the indicator grid as a block to paste into the fiscal platform.

    Texts are given exactly as entered: the platform is to receive what the form says. Only one
    that Excel would calculate gets an apostrophe, which `read_block` takes off again. 得分 come
    from the score sheet; a line without points yet is blank.

    Args:
        evaluation: The self-evaluation.
        sheet: Its scores; without them 得分 are those the filled table shows.
        columns: Fields, left to right.
    """
    rows = [
        "\t".join(_quoted(_kept_as_text(_text(line, sheet, column))) for column in columns)
        for line in evaluation.indicators
    ]
    return "\r\n".join(rows)


def _text(line: Indicator, sheet: ScoreSheet | None, column: str) -> str:
    """Return one cell of a line."""
    if column == "points":
        return _points(line, sheet)
    if column not in Indicator.model_fields or column in ("evidence", "approved", "printed"):
        raise InputError(f"没有“{column}”这一栏", remedy=f"可选的栏：{'、'.join(GRID_COLUMNS)}")
    return str(getattr(line, column))


def _points(line: Indicator, sheet: ScoreSheet | None) -> str:
    if sheet is None:
        return line.points or line.printed.points
    score = sheet.line(line.id)
    points: Decimal | None = score.points if score else None
    return "" if points is None else plain(points)


def _kept_as_text(text: str) -> str:
    """Return a text that no spreadsheet calculates."""
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.fullmatch(text) else text


def _as_meant(text: str) -> str:
    """Return a pasted text without the apostrophe that kept it from being calculated."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _quoted(text: str) -> str:
    """Return a cell as Excel puts it on the clipboard."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
