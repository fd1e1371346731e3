"""The paragraphs and tables of a Word document as lines (读取 Word 原文).

Tracked changes are taken as accepted, automatic numbers (第%1条) are written out, and a table
becomes one line a row.
"""

from collections.abc import Iterator

from lxml import etree

from ziping.documents.originals_lines import MAX_CHARACTERS, Line, tidy
from ziping.documents.originals_numbering import Numbering
from ziping.documents.originals_refusals import damaged, too_much_text, without_text
from ziping.documents.reading_docx import MAX_PART_BYTES, TRACKED_NOTE
from ziping.documents.reading_package import Package

_REMOVED = frozenset({"del", "moveFrom", "delText", "Fallback", "delInstrText", "instrText"})
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_SKIPPED = _REMOVED | {"pPr", "rPr", "tbl", "txbxContent"}
_AROUND = frozenset({"body", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_CELL_BETWEEN = " | "


def read_docx_lines(data: bytes, name: str) -> tuple[list[Line], list[str]]:
    """Return the lines of a Word document, and what to say about the reading."""
    package = Package(data, name)
    main = package.main_part()
    if package.first_tag(main) != "document":
        raise damaged(name)
    root = package.parse(main, limit=MAX_PART_BYTES)
    numbering = open_numbering(package, main)
    lines = [one for element in blocks_of(root) for one in _lines(element, numbering) if one.text]
    if not lines:
        raise without_text(name)
    if sum(len(one.text) for one in lines) > MAX_CHARACTERS:
        raise too_much_text(name)
    changed = next(root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"), None) is not None
    return lines, [TRACKED_NOTE] if changed else []


def open_numbering(package: Package, main: str) -> Numbering:
    """Return the lists and styles of a document, which count as paragraphs pass."""
    related = {kind.rpartition("/")[2]: part for kind, part in package.relations(main).values()}
    trees = [
        package.parse(related[kind], limit=MAX_PART_BYTES)
        if related.get(kind) in package.names
        else None
        for kind in ("numbering", "styles")
    ]
    return Numbering(*trees)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def blocks_of(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of the body in their order."""
    for child in element:
        name = _name(child)
        if name in ("p", "tbl"):
            yield child
        elif name in _AROUND:
            yield from blocks_of(child)


def table_texts(table: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a table that only frames text: one cell in every row."""
    rows = [[cell for cell in row if _name(cell) == "tc"] for row in table.iter("{*}tr")]
    if any(len(cells) != 1 for cells in rows):
        return
    for cells in rows:
        yield from text_of(cells[0]).split("\n")


def _lines(element: etree._Element, numbering: Numbering) -> Iterator[Line]:
    """Yield a paragraph's lines, or a table's rows."""
    if _name(element) == "tbl":
        for row in element.iter("{*}tr"):
            cells = [" ".join(text_of(one).split()) for one in row if _name(one) == "tc"]
            if any(cells):
                yield Line(tidy(_CELL_BETWEEN.join(cells)))
        return
    text = text_of(element)
    if text.strip():
        text = numbering.label(element) + text.lstrip()
    for one in text.split("\n"):
        yield Line(tidy(one), level=numbering.heading_level(element))


def text_of(element: etree._Element) -> str:
    """Return text as it reads once all changes are accepted; paragraphs one a line."""
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name == "p":
            parts.append(f"{text_of(child)}\n")
        else:
            parts.append(text_of(child))
    return "".join(parts)
