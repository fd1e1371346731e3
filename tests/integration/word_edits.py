"""Edits that people make to an exported report in Word, by python-docx and by its XML."""

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

Edit = Callable[[Document], None]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A picture of one pixel."""


def edited(data: bytes, *edits: Edit) -> bytes:
    """Return a file after edits, saved by python-docx."""
    document = docx.Document(io.BytesIO(data))
    for edit in edits:
        edit(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def heading(document: Document, text: str) -> Paragraph:
    """Return a heading of the body by its words."""
    return next(
        one
        for one in document.paragraphs
        if one.text == text and one.style is not None and one.style.name.startswith("Heading")
    )


def below(document: Document, text: str, number: int = 0) -> Paragraph:
    """Return a paragraph below a heading."""
    paragraphs = document.paragraphs
    at = next(n for n, one in enumerate(paragraphs) if one._p is heading(document, text)._p)
    return paragraphs[at + 1 + number]


def table(document: Document) -> Table:
    """Return the first 自评表."""
    return document.tables[0]


def row(document: Document, text: str) -> _Row:
    """Return the first row of any table in which a cell says exactly this."""
    rows: list[_Row] = [one for table in document.tables for one in table.rows]
    return next(one for one in rows if text in [cell.text for cell in one.cells])


def cell(document: Document, in_row: str, column: int) -> _Cell:
    """Return a cell of a row by the grid column."""
    return row(document, in_row).cells[column]


def retype(place: Paragraph | _Cell, text: str) -> None:
    """Replace all words of a paragraph or of a cell, keeping its look."""
    paragraph = place.paragraphs[0] if isinstance(place, _Cell) else place
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)  # type: ignore[union-attr]  # a run stands in a paragraph
    if paragraph.runs:
        paragraph.runs[0].text = text
    else:
        paragraph.add_run(text)


def replace(document: Document, old: str, new: str) -> None:
    """Replace words in the first paragraph of the body that has them in one run."""
    run = next(run for one in document.paragraphs for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new, 1)


def delete(one: Paragraph | _Row | Table) -> None:
    """Take an element out of the file."""
    element: Any = (
        one._p if isinstance(one, Paragraph) else one._tr if isinstance(one, _Row) else one._tbl
    )
    element.getparent().remove(element)


def add_after(one: Paragraph, text: str) -> Paragraph:
    """Add a paragraph of the same look behind another one."""
    copied = deepcopy(one._p)
    one._p.addnext(copied)
    added = Paragraph(copied, one._parent)
    retype(added, text)
    return added


def add_row_after(one: _Row, texts: dict[int, str]) -> None:
    """Add a row of the same look behind another one; texts by cell number."""
    copied = deepcopy(one._tr)
    one._tr.addnext(copied)
    for number, element in enumerate(copied.tc_lst):
        retype(_Cell(element, one.table), texts.get(number, ""))


def _revision(tag: str) -> Any:  # noqa: ANN401 - python-docx has no type for it
    element = OxmlElement(tag)
    element.set(qn("w:id"), "9001")
    element.set(qn("w:author"), "李四")
    element.set(qn("w:date"), "2024-03-05T09:00:00Z")
    return element


def track_insertion(paragraph: Paragraph, text: str) -> None:
    """Add words at the end of a paragraph as a tracked insertion."""
    run = deepcopy(paragraph.runs[-1]._r)
    for one in run.findall(qn("w:t")):
        run.remove(one)
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    insertion = _revision("w:ins")
    insertion.append(run)
    paragraph._p.append(insertion)


def track_deletion(paragraph: Paragraph) -> None:
    """Take the last run of a paragraph away as a tracked deletion."""
    run: Any = paragraph.runs[-1]._r
    for one in run.findall(qn("w:t")):
        one.tag = qn("w:delText")
    deletion = _revision("w:del")
    run.addprevious(deletion)
    deletion.append(run)


def track_paragraph_deletion(paragraph: Paragraph) -> None:
    """Take a whole paragraph away as a tracked deletion, its mark included."""
    for _ in list(paragraph.runs):
        track_deletion(paragraph)
    properties: Any = paragraph._p.get_or_add_pPr()
    look = OxmlElement("w:rPr")
    look.append(_revision("w:del"))
    properties.append(look)


def track_row_deletion(one: _Row) -> None:
    """Take a row away as a tracked deletion."""
    properties = one._tr.get_or_add_trPr()
    properties.append(_revision("w:del"))


def add_picture(document: Document, paragraph: Paragraph) -> None:
    """Put a picture into a paragraph."""
    paragraph.add_run().add_picture(io.BytesIO(PIXEL))


def add_text_box(paragraph: Paragraph, text: str) -> None:
    """Put a text box into a paragraph."""
    box = (
        f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape>"
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(box))


def wrap_in_control(paragraph: Paragraph) -> None:
    """Put a paragraph into a content control, as some add-ins do."""
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    control.append(content)
    paragraph._p.addprevious(control)
    content.append(paragraph._p)


def page_break(paragraph: Paragraph) -> None:
    """Put a page break at the end of a paragraph."""
    paragraph.add_run().add_break(WD_BREAK.PAGE)
