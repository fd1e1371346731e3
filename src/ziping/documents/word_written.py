"""A Word report of ours read part by part: front, sections, tables, comments (读回 Word 报告)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ziping.documents.manifest import squeeze
from ziping.documents.reading_docx import (
    TRACKED_NOTE,
    attribute_of,
    below,
    count_of,
    name_of,
    paragraph_text,
    property_of,
    value_of,
)
from ziping.documents.word_blocks import Block, Paragraph, blocks, cell_paragraphs
from ziping.documents.word_frame import frame_texts
from ziping.documents.word_headings import ExpectedHeading, FoundHeading, find_headings
from ziping.documents.word_open import parse, read_parts
from ziping.documents.word_parts import MAIN_PART, read_links
from ziping.domain.returned import UnreadPart

WHERE = "上传的 Word 文件"
FRONT_PLACE, ANNEX_PLACE = "题目", "附件"
_CLOSING_STYLE, _CLOSING_TEXT = "自评附件说明", "附件：项目支出绩效自评表"
_ANNEX_STYLES = frozenset({"自评附件编号", "自评附表标题"})
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A heading with what stands below it (读回的章节)."""

    heading: FoundHeading
    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell of a table as it reads (读回的单元格)."""

    text: str
    continues: bool
    """Whether it belongs to the cell above."""
    comments: tuple[str, ...] = ()


WrittenRow = dict[int, WrittenCell]
"""A row's cells by grid column."""


@dataclass(slots=True)
class Written:
    """A whole report as it reads (读回的报告)."""

    front: tuple[Paragraph, ...] = ()
    sections: tuple[WrittenSection, ...] = ()
    annex: tuple[Paragraph, ...] = ()
    """Paragraphs from the closing line on, those in tables left out."""
    tables: list[list[WrittenRow]] = field(default_factory=list)
    """Tables of the annex, each as it stands in the file."""
    unread: list[UnreadPart] = field(default_factory=list)
    frame: tuple[str, ...] = ()
    """What headers and footers say."""
    notes: list[str] = field(default_factory=list)
    comments: bytes = b""
    """The part that holds the comments; empty where there are none."""


def read_written(data: bytes, expected: tuple[ExpectedHeading, ...]) -> Written:
    """Return a Word report of ours as it reads once all tracked changes are accepted.

    Raises:
        InputError: It is no readable .docx.
    """
    parts = read_parts(data, where=WHERE)
    root = parse(parts[MAIN_PART], where=WHERE)
    body = root.find("{*}body")
    found = list(blocks(body, style_names(parts))) if body is not None else []
    styles = style_names(parts)
    written = Written(frame=frame_texts(parts, where=WHERE), comments=_comments(parts))
    if next(root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"), None) is not None:
        written.notes.append(TRACKED_NOTE)
    place = _annex_begins(found)
    headings = find_headings([_as_paragraph(one) for one in found[:place]], expected)
    first = min(headings, default=place)
    _read_front(written, found[:first])
    _read_sections(written, found[first:place], {n - first: one for n, one in headings.items()})
    _read_annex(written, found[place:], styles)
    return written


def style_names(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the name of each style id, in small letters."""
    if "word/styles.xml" not in parts:
        return {}
    names: dict[str, str] = {}
    for style in parse(parts["word/styles.xml"], where=WHERE).iter("{*}style"):
        key = attribute_of(style, "styleId")
        names[key] = value_of(next((one for one in style if name_of(one) == "name"), None)).lower()
    return names


def _comments(parts: dict[str, bytes]) -> bytes:
    """Return the part that holds the comments; empty where there are none."""
    for link in read_links(parts, MAIN_PART, where=WHERE):
        if link.kind.endswith("/comments") and link.target in parts:
            return parts[link.target]
    return b""


def _as_paragraph(block: Block) -> Paragraph | None:
    """Return a block that is a paragraph."""
    return block if isinstance(block, Paragraph) else None


def _annex_begins(found: list[Block]) -> int:
    """Return the place of the closing line; where it is gone, that of the first annex title."""
    paragraphs = [(n, one) for n, one in enumerate(found) if isinstance(one, Paragraph)]
    titles = (n for n, one in paragraphs if one.style in _ANNEX_STYLES)
    after = (n for n in titles if _past_text(found, n))
    for n, one in paragraphs:
        is_closing = one.style == _CLOSING_STYLE or (
            one.ends_section and squeeze(one.text).startswith(_CLOSING_TEXT)
        )
        if is_closing:
            return n
    return next(after, len(found))


def _past_text(found: list[Block], place: int) -> bool:
    """Whether headings stand before a place: the title page has an annex number, too."""
    return any(isinstance(one, Paragraph) and one.level for one in found[:place])


def _read_front(written: Written, found: Iterable[Block]) -> None:
    """Keep what stands before the first heading."""
    written.front = tuple(_lines(written, FRONT_PLACE, found))


def _read_sections(written: Written, found: list[Block], headings: dict[int, FoundHeading]) -> None:
    """Keep each heading with what stands below it."""
    sections: list[WrittenSection] = []
    heading: FoundHeading | None = None
    below_it: list[Block] = []
    for place, block in enumerate(found):
        if place in headings:
            if heading is not None:
                sections.append(_section(written, heading, below_it))
            heading, below_it = headings[place], []
        else:
            below_it.append(block)
    if heading is not None:
        sections.append(_section(written, heading, below_it))
    written.sections = tuple(sections)


def _section(written: Written, heading: FoundHeading, found: Iterable[Block]) -> WrittenSection:
    for what in heading.paragraph.oddities:
        written.unread.append(UnreadPart(place=f"标题“{heading.text}”", what=what))
    return WrittenSection(heading, tuple(_lines(written, f"“{heading.text}”", found)))


def _lines(written: Written, place: str, found: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs with text; what is not read is listed."""
    for block in found:
        if not isinstance(block, Paragraph):
            written.unread.append(UnreadPart(place=place, what=_block_words(block)))
            continue
        for what in block.oddities:
            near = f"{place}“{block.text.strip()[:_SHOWN]}”一段" if block.text.strip() else place
            written.unread.append(UnreadPart(place=near, what=what))
        if block.text.strip() or block.comments:
            yield block


def _block_words(block: etree._Element) -> str:
    """Return what a block is that is not read."""
    if name_of(block) == "altChunk":
        return "插入的其他文件"
    rows = list(below(block, "tr"))
    text = "".join(paragraph_text(one) for one in block.iter("{*}p")).strip()
    return f"表格（{len(rows)} 行）：{text[:_SHOWN]}"


def _read_annex(written: Written, found: Iterable[Block], styles: dict[str, str]) -> None:
    """Keep the tables and the lines around them."""
    lines: list[Block] = []
    for block in found:
        if isinstance(block, Paragraph) or name_of(block) != "tbl":
            lines.append(block)
        else:
            rows = list(_rows(written, block, styles))
            if rows:  # one whose rows were all deleted is gone
                written.tables.append(rows)
    written.annex = tuple(_lines(written, ANNEX_PLACE, lines))


def _rows(written: Written, table: etree._Element, styles: dict[str, str]) -> Iterator[WrittenRow]:
    """Yield the rows of a table that no tracked change removes."""
    for row in below(table, "tr"):
        if property_of(row, "trPr", "del") is not None:
            continue
        cells: WrittenRow = {}
        column = count_of(property_of(row, "trPr", "gridBefore"))
        for cell in below(row, "tc"):
            cells[column] = _cell(written, cell, styles)
            column += max(count_of(property_of(cell, "tcPr", "gridSpan")), 1)
        yield cells


def _cell(written: Written, cell: etree._Element, styles: dict[str, str]) -> WrittenCell:
    """Return a cell as it reads."""
    paragraphs = cell_paragraphs(cell, styles)
    text = "\n".join(one.text for one in paragraphs).strip("\n")
    place = f"自评表“{text.strip()[:_SHOWN]}”一格" if text.strip() else "自评表的一格"
    for one in paragraphs:
        written.unread += [UnreadPart(place=place, what=what) for what in one.oddities]
    written.unread += [
        UnreadPart(place=place, what=f"格内的{_block_words(one)}") for one in below(cell, "tbl")
    ]
    merge = property_of(cell, "tcPr", "vMerge")
    continues = merge is not None and value_of(merge) != "restart"
    comments = tuple(key for one in paragraphs for key in one.comments)
    return WrittenCell("" if continues else text, continues, comments)
