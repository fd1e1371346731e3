"""An .xlsx or .xlsm workbook as grids, one a sheet (读取工作簿).

The parts are read as XML here: merged cells, number formats, formulas without a result and sheets
of a million blank rows all matter to a form, and no library gives them together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from lxml import etree

from ziping.documents.grid import Grid, GridCell
from ziping.documents.reading_numbers import number_texts, read_formats
from ziping.documents.reading_package import Package
from ziping.domain.errors import InputError

MAX_ROWS = 50_000
"""Rows with content a sheet may have."""
MAX_CELLS = 400_000
"""Cells with content a sheet may have."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
NO_RESULT = "公式没有保存计算结果，请用 Excel 或 WPS 打开并保存后再导入"


@dataclass(slots=True)
class Workbook:
    """The sheets of a workbook and what there is to say about it."""

    grids: list[Grid]
    notes: list[str]


@dataclass(slots=True)
class _Shared:
    """What all sheets of a workbook share."""

    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    is_1904: bool = False


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def sheet_source(sheet: str, row: int, column: int) -> str:
    """Return where a cell stands, in words; row and column counted from 0."""
    return f"工作表“{sheet}” {column_letters(column)}{row + 1}"


def hidden_note(sheet: str) -> str:
    """Return the note that a hidden sheet was passed over."""
    return f"工作表“{sheet}”是隐藏的，没有读入；需要时请取消隐藏后再导入"


def too_many(sheet: str, file_name: str) -> InputError:
    """Return the error that a sheet has far more content than a form."""
    return InputError(
        f"工作表“{sheet}”的内容太多（超过 {MAX_ROWS} 行或 {MAX_CELLS} 格）",
        where=file_name,
        why="自评表一般不到一百行，这里可能混有明细数据",
        remedy="请把自评表单独存成一个文件再导入",
    )


def read_xlsx(package: Package) -> Workbook:
    """Return the visible sheets of a workbook as grids."""
    main = package.main_part()
    root = package.parse(main)
    relations = package.relations(main)
    shared = _shared(package, root, relations)
    notes = ["文件带有宏，宏没有运行，只读取了单元格内容"] if package.has_macros else []
    grids = []
    for sheet in root.iter("{*}sheet"):
        name = sheet.get("name", "")
        relation = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or ""
        kind, target = relations.get(relation, ("", ""))
        if not kind.endswith("/worksheet") or target not in package.names:
            continue
        if sheet.get("state", "visible") != "visible":
            notes.append(hidden_note(name))
            continue
        cells = _sheet_cells(package, target, name, shared)
        grids.append(Grid.of(f"工作表“{name}”", cells, (name,)))
    return Workbook(grids, notes)


def _shared(
    package: Package, root: etree._Element, relations: dict[str, tuple[str, str]]
) -> _Shared:
    """Return texts, formats and the date system of a workbook."""
    shared = _Shared()
    for settings in root.iter("{*}workbookPr"):
        shared.is_1904 = settings.get("date1904") in ("1", "true")
    for kind, target in relations.values():
        if target not in package.names:
            continue
        if kind.endswith("/sharedStrings"):
            for item in package.walk(target, ("si",)):
                shared.strings.append(_text(item))
                item.clear()
        elif kind.endswith("/styles"):
            shared.formats = read_formats(package.parse(target))
    return shared


def _text(item: etree._Element) -> str:
    """Return the text of a string item, without reading aids (phonetic runs)."""
    parts = []
    for one in item.iter("{*}t"):
        parent = one.getparent()
        if parent is None or etree.QName(parent).localname != "rPh":
            parts.append(one.text or "")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))


def _sheet_cells(package: Package, part: str, sheet: str, shared: _Shared) -> list[GridCell]:
    """Return the cells with content of a sheet, each with how far it is merged."""
    found: dict[tuple[int, int], GridCell] = {}
    rows: set[int] = set()
    at_row, at_column = -1, -1
    for element in package.walk(part, ("c", "row", "mergeCell")):
        tag = etree.QName(element).localname
        if tag == "mergeCell":
            _merge(found, element.get("ref", ""))
            continue
        if tag == "row":
            at_row, at_column = _row_number(element, at_row), -1
            _forget(element)
            continue
        place = _place(element.get("r", "")) or (at_row + 1, at_column + 1)
        at_column = place[1]
        cell = _cell(element, place, sheet, shared)
        if cell is not None and not cell.is_blank:
            found[place] = cell
            rows.add(place[0])
            if len(rows) > MAX_ROWS or len(found) > MAX_CELLS:
                raise too_many(sheet, package.file_name)
    return list(found.values())


def _row_number(element: etree._Element, previous: int) -> int:
    number = element.get("r", "")
    return int(number) - 1 if number.isdigit() else previous + 1


def _forget(row: etree._Element) -> None:
    """Let go of a finished row and those before it."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of a reference such as B5."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _merge(found: dict[tuple[int, int], GridCell], reference: str) -> None:
    """Let the first cell of a merged range reach over all of it."""
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start is None or end is None or start not in found:
        return
    found[start] = replace(
        found[start], rows=max(end[0] - start[0], 0) + 1, columns=max(end[1] - start[1], 0) + 1
    )


def _children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for one in element:
        if isinstance(one.tag, str):
            yield etree.QName(one).localname, one


def _cell(
    element: etree._Element, place: tuple[int, int], sheet: str, shared: _Shared
) -> GridCell | None:
    """Return a cell's text and how it came about; None when it holds nothing."""
    below = dict(_children(element))
    if not below:
        return None
    source = sheet_source(sheet, *place)
    kind = element.get("t", "n")
    if kind == "inlineStr" and "is" in below:
        return GridCell(_text(below["is"]), *place, source)
    value = below["v"].text if "v" in below else None
    if not value:
        formula = (below["f"].text or "") if "f" in below and kind != "str" else None
        problem = NO_RESULT if formula is not None else ""
        return GridCell(f"={formula}", *place, source, problem=problem) if problem else None
    if kind == "e":
        return GridCell(value, *place, source, problem=f"公式出错（{value}），请改正后再导入")
    return _valued(GridCell("", *place, source), kind, value, element.get("s", ""), shared)


def _valued(cell: GridCell, kind: str, value: str, style: str, shared: _Shared) -> GridCell:
    """Return the cell with its stored value as text."""
    if kind == "s":
        number = int(value)
        return replace(cell, text=shared.strings[number] if number < len(shared.strings) else "")
    if kind == "b":
        return replace(cell, text="TRUE" if value == "1" else "FALSE")
    if kind in ("str", "d", "inlineStr"):
        return replace(cell, text=_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))
    try:
        figure = Decimal(value.strip())
    except InvalidOperation:
        return replace(cell, text=value)
    if not figure.is_finite() or abs(figure.adjusted()) > 30:  # noqa: PLR2004 - no figure of a form
        return replace(cell, text=value)
    number = int(style) if style.isdigit() else 0
    code = shared.formats[number] if number < len(shared.formats) else ""
    text, shown, note = number_texts(figure, code, is_1904=shared.is_1904)
    return replace(cell, text=text, shown=shown, note=note)
