"""The tables in a plain-text extract of a Word or Excel file (纯文本).

Two forms are known: each cell on a line of its own after a TAB, rows parted by blank lines, as
converters write Word tables; and rows of cells parted by TABs, as a spreadsheet copies them.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from ziping.documents.grid import Grid, GridCell
from ziping.documents.paste import split_block
from ziping.documents.reading_headings import is_total_title
from ziping.documents.reading_xlsx import MAX_CELLS
from ziping.domain.errors import InputError

_CAPTION_LINES = 6
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


@dataclass(slots=True)
class TextTables:
    """The tables of a text and its first lines."""

    grids: list[Grid]
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Row:
    """The cells of a row, and the lines of the text they begin in, from 1."""

    cells: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def decoded(data: bytes) -> str | None:
    """Return the bytes as text in UTF-8, UTF-16 or GB 18030; None when they are no text."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not named and b"\x00" in data:
        return None
    for name in (named,) if named else ("utf-8", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeError:
            continue
    return None


def read_txt(text: str, file_name: str) -> TextTables:
    """Return the tables of a text as grids, in its order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if text.count("\t") > MAX_CELLS:
        raise InputError(
            f"文本里的单元格太多（超过 {MAX_CELLS} 格）",
            where=file_name,
            why="自评表一般不到一百行，这里可能混有明细数据",
            remedy="请把自评表单独存成一个文件再导入",
        )
    has_rows = any("\t" in line.strip("\t \u3000") for line in lines)
    found = _tables_of_rows(lines) if has_rows else _tables_of_lines(lines)
    grids = [
        Grid.of(f"表{number}", _cells(f"表{number}", rows), caption)
        for number, (caption, rows) in enumerate(found, 1)
    ]
    leading = [line.strip() for line in lines if line.strip() and not line.startswith("\t")]
    return TextTables(grids, tuple(leading[:_CAPTION_LINES]))


def _tables_of_lines(lines: list[str]) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    """Yield caption and rows of each table whose cells stand on lines of their own."""
    caption: list[str] = []
    rows: list[_Row] = []
    is_open = False
    for number, line in enumerate(lines, 1):
        if line.startswith("\t"):
            if not is_open:
                rows.append(_Row())
                is_open = True
            rows[-1].cells.append(line[1:])
            rows[-1].lines.append(number)
        elif is_open and line.strip():
            rows[-1].cells[-1] += f"\n{line}"
        elif not line.strip():
            is_open = False
        else:
            if rows:
                yield tuple(caption[-_CAPTION_LINES:]), rows
                caption, rows = [], []
            caption.append(line.strip())
    if rows:
        yield tuple(caption[-_CAPTION_LINES:]), rows


def _tables_of_rows(lines: list[str]) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    """Yield caption and rows of a text whose rows have TABs between the cells."""
    first = next(number for number, line in enumerate(lines) if "\t" in line)
    if lines[first].count('"') % 2:  # the first cell is quoted and began on an earlier line
        earlier = range(first - 1, max(first - _CAPTION_LINES, -1), -1)
        first = next((at for at in earlier if lines[at].startswith('"')), first)
    caption = [line.strip() for line in lines[:first] if line.strip()]
    rows = split_block("\n".join(lines[first:]))
    yield (
        tuple(caption[-_CAPTION_LINES:]),
        [_Row(cells, [number] * len(cells)) for number, cells in enumerate(rows, first + 1)],
    )


def _cells(name: str, rows: list[_Row]) -> Iterator[GridCell]:
    """Yield the cells of a table; the cells of a short total row stand at the right."""
    width = 0
    for at, row in enumerate(rows):
        count = len(row.cells)
        is_short = 1 < count < width and is_total_title(row.cells[0])
        moved = width - count if is_short else 0
        for place, text in enumerate(row.cells):
            column = place + moved if place else 0
            line = row.lines[place]
            source = f"{name} 第{at + 1}行第{place + 1}列（文本第{line}行）"
            columns = moved + 1 if moved and not place else 1
            yield GridCell(text.strip(" \u3000\n"), at, column, source, columns=columns, line=line)
        width = count if count > 1 and not is_short else width
