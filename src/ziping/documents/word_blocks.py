"""The blocks of a Word document in order, as they read once all changes are accepted (正文块)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from ziping.documents.reading_docx import (
    attribute_of,
    below,
    name_of,
    paragraph_text,
    property_of,
    value_of,
)
from ziping.documents.word_body import BOOKMARK

_REMOVED = frozenset({"del", "moveFrom"})
_THROUGH = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_ODDITIES = {
    "drawing": "图片或图形",
    "pict": "图片或图形",
    "object": "嵌入的对象",
    "oMath": "公式",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "sym": "特殊符号",
    "ruby": "拼音指南",
}
"""Things in a paragraph that are not read."""
_TEXT_BOX = "文本框"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it reads (段落)."""

    text: str
    style: str = ""
    """Name of its style, in small letters."""
    marks: tuple[int, ...] = ()
    """Numbers of the headings whose bookmarks it carries."""
    ends_section: bool = False
    oddities: tuple[str, ...] = ()
    """What in it is not read, in Chinese."""
    comments: tuple[str, ...] = ()
    """Ids of the comments that begin in it."""

    @property
    def level(self) -> int:
        """Heading level; 0: no heading."""
        digits = self.style.removeprefix("heading ")
        return int(digits) if self.style.startswith("heading ") and digits.isdigit() else 0


@dataclass(slots=True)
class _Pending:
    """Paragraphs whose marks were deleted: they run into the next one."""

    texts: list[str] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)


Block: TypeAlias = "Paragraph | etree._Element"  # noqa: SLF001 - how lxml names its type
"""A paragraph, or a table as it stands in the file."""


def blocks(body: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    """Yield the paragraphs and tables of a body, the contents left out.

    `styles` gives the name of each style id.
    """
    pending = _Pending()
    contents = _Contents()
    for element in _elements(body):
        if name_of(element) != "p":
            yield element
            continue
        found = read_paragraph(element, styles)
        if contents.holds(element, found):
            continue
        if _mark_is_deleted(element):
            pending.texts.append(found.text)
            pending.oddities += found.oddities
            pending.comments += found.comments
            pending.marks += found.marks
            continue
        yield _joined(pending, found)
        pending = _Pending()
    if "".join(pending.texts).strip() or pending.oddities:
        yield _joined(pending, Paragraph(""))


def _joined(pending: _Pending, last: Paragraph) -> Paragraph:
    """Return a paragraph with what runs into it."""
    if not (pending.texts or pending.oddities):
        return last
    return Paragraph(
        text="".join(pending.texts) + last.text,
        style=last.style,
        marks=(*pending.marks, *last.marks) if "".join(pending.texts).strip() else last.marks,
        ends_section=last.ends_section,
        oddities=(*pending.oddities, *last.oddities),
        comments=(*pending.comments, *last.comments),
    )


class _Contents:
    """Which paragraphs belong to the table of contents: its field, its styles, its title."""

    def __init__(self) -> None:
        self._depth = 0

    def holds(self, element: etree._Element, found: Paragraph) -> bool:
        """Whether a paragraph lies in the contents."""
        was_inside = self._depth > 0
        for one in element.iter("{*}fldChar", "{*}instrText"):
            if name_of(one) == "instrText":
                text = (one.text or "").strip()
                self._depth += self._depth == 0 and text.startswith("TOC")
            elif self._depth:
                step = {"begin": 1, "end": -1}
                self._depth += step.get(attribute_of(one, "fldCharType"), 0)
        is_title = found.style == "自评目录标题" or "".join(found.text.split()) == "目录"
        return was_inside or self._depth > 0 or found.style.startswith("toc ") or is_title


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order, looking through what only wraps them."""
    for child in element:
        name = name_of(child)
        if name in ("p", "tbl", "altChunk"):
            yield child
        elif name in _THROUGH and not _is_contents(child):
            yield from _elements(child)


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control is the table of contents."""
    return any(value_of(one) == "Table of Contents" for one in element.iter("{*}docPartGallery"))


def read_paragraph(element: etree._Element, styles: dict[str, str]) -> Paragraph:
    """Return a paragraph as it reads."""
    style = value_of(property_of(element, "pPr", "pStyle"))
    return Paragraph(
        text=paragraph_text(element),
        style=styles.get(style, style.lower()),
        marks=tuple(_marks(element)),
        ends_section=property_of(element, "pPr", "sectPr") is not None,
        oddities=tuple(_oddities(element)),
        comments=tuple(_comment_ids(element)),
    )


def _mark_is_deleted(element: etree._Element) -> bool:
    """Whether a tracked change took the end of a paragraph away."""
    properties = property_of(element, "pPr", "rPr")
    return properties is not None and any(name_of(one) in _REMOVED for one in properties)


def _kept(element: etree._Element) -> Iterator[etree._Element]:
    """Yield every element below one that no tracked change removes."""
    for child in element:
        if name_of(child) not in _REMOVED:
            yield child
            yield from _kept(child)


def _marks(element: etree._Element) -> Iterator[int]:
    """Yield the numbers of our headings' bookmarks."""
    for one in element.iter("{*}bookmarkStart"):
        name = attribute_of(one, "name")
        digits = name.removeprefix(BOOKMARK)
        if name.startswith(BOOKMARK) and digits.isdigit():
            yield int(digits)


def _oddities(element: etree._Element) -> Iterator[str]:
    """Yield what in a paragraph is not read."""
    number = property_of(element, "pPr", "numPr")
    if number is not None and _is_numbered(number):
        yield "自动编号（编号不在文字里）"
    for one in _kept(element):
        name = name_of(one)
        if name == "txbxContent":
            text = "".join(paragraph_text(line) for line in one.iter("{*}p")).strip()
            yield f"{_TEXT_BOX}：{text}" if text else _TEXT_BOX
        elif name in _ODDITIES and not _is_inside(one, _ODDITIES):
            yield _ODDITIES[name]
        elif name == "r" and (struck := _struck(one)):
            yield f"带删除线格式的文字“{struck}”（格式不读，文字已照读）"


def _is_numbered(properties: etree._Element) -> bool:
    """Whether numbering properties really number; 0 switches numbering off."""
    return any(name_of(one) == "numId" and value_of(one) not in ("", "0") for one in properties)


def _is_inside(element: etree._Element, names: dict[str, str]) -> bool:
    """Whether an element lies inside another of some names."""
    return any(name_of(one) in names for one in element.iterancestors())


def _struck(run: etree._Element) -> str:
    """Return the words of a run that are struck through by format; blank when they are not."""
    for name in ("strike", "dstrike"):
        mark = property_of(run, "rPr", name)
        if mark is not None and value_of(mark) not in ("0", "false", "off"):
            return paragraph_text(run).strip()
    return ""


def _comment_ids(element: etree._Element) -> Iterator[str]:
    """Yield the ids of the comments that begin in a paragraph, or stand at a place of it."""
    seen: set[str] = set()
    for one in element.iter("{*}commentRangeStart", "{*}commentReference"):
        key = attribute_of(one, "id")
        if key not in seen:
            seen.add(key)
            yield key


def cell_paragraphs(cell: etree._Element, styles: dict[str, str]) -> list[Paragraph]:
    """Return the paragraphs of a cell; nested tables are left to the caller."""
    return [read_paragraph(one, styles) for one in below(cell, "p", stop=("tbl",))]
