"""The tables of a Word document as grids (读取 Word 表格).

The document part is read as XML: tracked changes are taken as accepted, which python-docx's own
text property does not do, and merged cells keep their spans.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ziping.documents.carried import is_carried
from ziping.documents.grid import Grid, GridCell
from ziping.documents.reading_package import Package

MAX_PART_BYTES = 60 * 1024 * 1024
TRACKED_NOTE = "文档带有修订痕迹，已按“接受全部修订”读取：插入的文字计入，删除的文字不计"
MACRO_NOTE = "文件带有宏，宏没有运行，只读取了文字"

_CAPTION_LINES = 6
_REMOVED = frozenset({"del", "moveFrom", "delText", "Fallback", "delInstrText", "instrText"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class WordTables:
    """The tables of a document and what there is to say about it."""

    grids: list[Grid]
    notes: list[str]
    lines: tuple[str, ...]
    """The first lines of the document, which may state title and year."""


@dataclass(slots=True)
class _Span:
    """A cell while its vertical merge is still open."""

    text: str
    row: int
    column: int
    columns: int
    number: int
    """Which cell of its row it is, from 1."""
    rows: int = 1


@dataclass(slots=True)
class _Open:
    """The merges open at a row, by column, and the cells finished so far."""

    cells: list[_Span] = field(default_factory=list)
    above: dict[int, _Span] = field(default_factory=dict)


def read_docx(package: Package) -> WordTables:
    """Return the tables of a document as grids, in its order."""
    root = package.parse(package.main_part(), limit=MAX_PART_BYTES)
    notes = [MACRO_NOTE] if package.has_macros else []
    if next(root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"), None) is not None:
        notes.append(TRACKED_NOTE)
    grids: list[Grid] = []
    lines: list[str] = []
    leading: list[str] = []
    for element in _walk(root):
        if name_of(element) == "tbl":
            grids.append(_grid(element, len(grids) + 1, tuple(lines[-_CAPTION_LINES:])))
            lines = []
        elif text := paragraph_text(element).strip():
            if grids and is_carried(text):
                grids[-1] = _with_note(grids[-1], text)
                continue
            lines.append(text)
            if len(leading) < _CAPTION_LINES:
                leading.append(text)
    return WordTables(grids, notes, tuple(leading))


def _with_note(grid: Grid, text: str) -> Grid:
    """Return the grid with a note of ours that stands under the table as its last row."""
    row = grid.row_numbers[-1] + 1 if grid.row_numbers else 0
    note = GridCell(text, row, 0, f"{grid.name}下方的附注", columns=max(grid.width, 1))
    return Grid.of(grid.name, [*grid.cells(), note], grid.caption)


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _walk(element: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs outside tables, and every table, nested ones after the outer one."""
    for child in element:
        name = name_of(child)
        if name in _REMOVED:
            continue
        if name == "p":
            yield child
            for table in child.iter("{*}tbl"):  # in a text box
                yield table
        elif name == "tbl":
            yield child
            for table in child.iter("{*}tbl"):
                if table is not child:
                    yield table
        elif name in ("body", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _walk(child)


def paragraph_text(element: etree._Element) -> str:
    """Return text as it reads once all changes are accepted, nested tables left out."""
    parts: list[str] = []
    for child in element:
        name = name_of(child)
        if name in _REMOVED or name in ("tbl", "pPr", "rPr", "tcPr", "txbxContent"):
            continue
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        else:
            parts.append(paragraph_text(child))
    return "".join(parts)


def _cell_text(cell: etree._Element) -> str:
    """Return a cell's paragraphs, one a line."""
    lines: list[str] = []
    for child in below(cell, "p", stop=("tbl",)):
        lines.append(paragraph_text(child))  # noqa: PERF401 - reads better with the loop below
    return "\n".join(lines).strip("\n")


def below(
    element: etree._Element, name: str, *, stop: tuple[str, ...] = ()
) -> Iterator[etree._Element]:
    """Yield the nearest elements of a name, looking through content controls and insertions."""
    for child in element:
        found = name_of(child)
        if found == name:
            yield child
        elif found not in stop and found in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from below(child, name, stop=stop)


def property_of(element: etree._Element, holder: str, name: str) -> etree._Element | None:
    """Return a property such as gridSpan of a cell or row."""
    for properties in element:
        if name_of(properties) == holder:
            return next((one for one in properties if name_of(one) == name), None)
    return None


def value_of(element: etree._Element | None) -> str:
    """Return the w:val of a property; blank when there is none."""
    return "" if element is None else attribute_of(element, "val")


def attribute_of(element: etree._Element, name: str) -> str:
    """Return an attribute whatever its namespace; blank when there is none."""
    found = (str(text) for key, text in element.attrib.items() if str(key).endswith(f"}}{name}"))
    return next(found, "")


def count_of(element: etree._Element | None) -> int:
    """Return the w:val of a property as a small number; 0 when there is none."""
    text = value_of(element)
    return min(int(text), 200) if text.isdigit() else 0


def _grid(table: etree._Element, number: int, caption: tuple[str, ...]) -> Grid:
    """Return a table as a grid."""
    opened = _Open()
    at = 0
    for row in below(table, "tr"):
        if property_of(row, "trPr", "del") is None:
            _read_row(row, at, opened)
            at += 1
    name = f"表{number}"
    cells = (
        GridCell(
            one.text,
            one.row,
            one.column,
            f"{name} 第{one.row + 1}行第{one.number}列",
            rows=one.rows,
            columns=one.columns,
        )
        for one in opened.cells
    )
    return Grid.of(name, cells, caption)


def _read_row(row: etree._Element, at: int, opened: _Open) -> None:
    """Add the cells of a row, or let those above reach into it."""
    column = count_of(property_of(row, "trPr", "gridBefore"))
    above: dict[int, _Span] = {}
    for number, cell in enumerate(below(row, "tc"), 1):
        columns = max(count_of(property_of(cell, "tcPr", "gridSpan")), 1)
        merge = property_of(cell, "tcPr", "vMerge")
        starts = merge is None or value_of(merge) == "restart"
        span = opened.above.get(column)
        if starts or span is None:
            span = _Span(_cell_text(cell), at, column, columns, number)
            opened.cells.append(span)
        else:
            span.rows += 1
        if merge is not None:
            above[column] = span
        column += columns
    opened.above = above
