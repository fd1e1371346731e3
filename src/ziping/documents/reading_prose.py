"""The running text of a report from Word and text files, with its headings (读取报告正文).

Tables are left out, as are tables of contents, page numbers and the marks that converters leave.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ziping.documents.originals_docx import blocks_of, open_numbering, table_texts, text_of
from ziping.documents.originals_lines import tidy
from ziping.documents.prose_headings import DIGIT, Marked, chapter_label, is_plain_heading, marked
from ziping.documents.prose_lines import RawLine, text_lines
from ziping.documents.reading_docx import MAX_PART_BYTES
from ziping.documents.reading_package import Package, damaged, file_kind
from ziping.documents.reading_txt import decoded
from ziping.domain.errors import InputError
from ziping.domain.prose import Heading, Passage, Prose

MAX_CHARACTERS = 600_000
"""Longer than any self-evaluation report; about 600 pages."""

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]|\[\]\{#[^}]*\}")
_PAGE = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*|第\s*\d+\s*页.{0,12}")
_CONTENTS = re.compile(r".{2,60}?(?:\.{3,}|…+|·{3,}|\t|\s)\s*\d{1,3}")
_CONTENTS_TITLE = re.compile(r"目\s*录")
_MARKDOWN = re.compile(r"(#{1,6})\s+")
_TITLE = re.compile("报告(?:书|表)?$|自评|评价")
"""What the title of a report says, where a style makes it look like a chapter."""
_FEWEST_HEADINGS = 2


def read_prose(data: bytes, file_name: str) -> Prose | None:
    """Return the running text of a report; None for a workbook, or where there is none.

    Raises:
        InputError: It is damaged, encrypted or oversized.
    """
    kind = file_kind(data, file_name)
    try:
        if kind == "docx":
            lines = list(_docx_lines(Package(data, file_name)))
        elif kind == "txt":
            text = decoded(data)
            if text is None:
                raise damaged(file_name)
            lines = text_lines(text)
        else:
            return None
    except (RecursionError, MemoryError):
        raise damaged(file_name) from None
    if sum(len(one.text) for one in lines) > MAX_CHARACTERS:
        raise InputError(
            f"文字太长（超过 {MAX_CHARACTERS // 10_000} 万字）",
            where=file_name,
            why="自评报告一般不到几万字，这里可能是汇编",
            remedy="请把要核查的一份报告单独存成一个文件",
        )
    kept = [RawLine(text, one.line, one.level) for one in lines if (text := _cleaned(one))]
    return _structured(_without_contents(kept)) if kept else None


def _cleaned(one: RawLine) -> str:
    """Return a line without what converters leave; blank for a page number."""
    text = tidy(_BOOKMARK.sub("", one.text)).strip("\t")
    return "" if _PAGE.fullmatch(text) else text


def _docx_lines(package: Package) -> Iterator[RawLine]:
    """Yield the paragraphs of a Word document outside tables, numbers written out."""
    main = package.main_part()
    root = package.parse(main, limit=MAX_PART_BYTES)
    numbering = open_numbering(package, main)
    for element in blocks_of(root):
        if str(element.tag).endswith("}tbl"):
            for text in table_texts(element):
                yield RawLine(text)
            continue
        text = text_of(element)
        if text.strip():
            text = numbering.label(element) + text.lstrip()
        level = numbering.heading_level(element)
        for part in text.split("\n"):
            yield RawLine(part, level=level)


def _without_contents(lines: Sequence[RawLine]) -> list[RawLine]:
    """Leave out a table of contents: headings that end in a page number."""
    kept: list[RawLine] = []
    for one in lines:
        head = marked(one.text, 0)
        is_entry = _CONTENTS.fullmatch(one.text) and head is not None and not head.is_item
        if not is_entry and not _CONTENTS_TITLE.fullmatch(one.text):
            kept.append(one)
    return kept


@dataclass(slots=True)
class _Builder:
    """The text read so far (正文构建)."""

    headings: list[Heading] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    ranks: list[float] = field(default_factory=list)
    """Ranks of the headings that are open, from the outside in."""
    labels: list[str] = field(default_factory=list)
    """How places name the headings that are open."""
    orders: list[int | None] = field(default_factory=list)
    """Numbers of the headings that are open."""
    counts: list[int] = field(default_factory=lambda: [0])
    """Headings seen on each open level, and on the one below."""
    listed: dict[float, int] = field(default_factory=dict)
    """Number of the last list item under the heading now open, by its rank."""
    below: int = 0
    """Paragraphs seen under the heading now open."""

    def open(self, found: Marked, one: RawLine) -> None:
        """Begin a heading."""
        while self.ranks and self.ranks[-1] >= found.rank:
            self.ranks.pop()
            self.labels.pop()
            self.orders.pop()
        depth = len(self.ranks) + 1
        del self.counts[depth:]
        self.counts[depth - 1] += 1
        self.counts.append(0)
        place = self.counts[depth - 1]
        self.ranks.append(found.rank)
        self.orders.append(found.order)
        self.labels.append(
            chapter_label(found.number, found.title, place)
            if depth == 1
            else found.number.rstrip("、．. ") or f"“{found.title[:12]}”"
        )
        self.headings.append(
            Heading(
                number=found.number,
                title=found.title,
                level=depth,
                path=tuple(self.counts[:depth]),
                source=self._source(one, "标题"),
            )
        )
        self.listed = {}
        self.below = 0

    def is_heading(self, found: Marked) -> bool:
        """Whether a numbered line is a heading: by its shape, unless its list is of another."""
        order = found.order
        if order is None:
            return not found.is_item
        if self.listed.get(found.rank) == order - 1 and order > 1:
            return False
        if not found.is_item:
            return True
        before = self.orders[self.ranks.index(found.rank)] if found.rank in self.ranks else None
        return before is not None and order == before + 1

    def add(self, one: RawLine, *, is_heading: bool = False) -> None:
        """Add a paragraph under the heading now open."""
        self.below += not is_heading
        self.passages.append(
            Passage(
                text=one.text,
                heading=len(self.headings) - 1,
                number=0 if is_heading else self.below,
                source=self._source(one, "标题" if is_heading else f"第{self.below}段"),
                line=one.line,
                is_heading=is_heading,
            )
        )

    def _source(self, one: RawLine, which: str) -> str:
        """Return where a line stands, in words."""
        if one.line is not None:
            return f"第{one.line}行"
        return ("".join(self.labels) or "正文开头") + which


def _structured(lines: Sequence[RawLine]) -> Prose:
    """Return lines as headings with their paragraphs."""
    bare = [_without_marks(one) for one in lines]
    heads = [marked(one.text, one.level) for one in bare]
    real = [one for one in heads if one is not None and 0 <= one.rank < DIGIT and not one.is_item]
    dotted = [one for one in heads if one is not None and one.rank > DIGIT and "." in one.number]
    if len(real) + len(dotted) < _FEWEST_HEADINGS:
        texts = ["", *(one.text for one in bare), ""]
        for at, one in enumerate(bare):
            is_free = at and heads[at] is None
            if is_free and is_plain_heading(texts[at], one.text, texts[at + 2]):
                heads[at] = Marked("", one.text, 1.0)
    built = _Builder(headings=[Heading(number="", title="", level=0)])
    for found, one in zip(heads, bare, strict=True):
        is_front = len(built.headings) == 1 and found is not None and not found.number
        is_title = found is not None and (found.rank < 0 or _TITLE.search(found.title) is not None)
        if found is None or (is_front and is_title) or not built.is_heading(found):
            built.add(one)
            if found is not None and found.order is not None:
                built.listed[found.rank] = found.order
            continue
        built.open(found, one)
        built.add(one, is_heading=not found.rest)
    return Prose(headings=tuple(built.headings), passages=tuple(built.passages))


def _without_marks(one: RawLine) -> RawLine:
    """Return a line with the marks of Markdown read as its level."""
    found = _MARKDOWN.match(one.text)
    if not found:
        return one
    return RawLine(one.text[found.end() :].strip(), one.line, len(found[1]))
