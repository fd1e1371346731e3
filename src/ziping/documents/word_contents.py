"""The contents (目录): a field with its entries already filled in.

Word and WPS recompute the page numbers on opening; until then the entries show an estimate, which
the exact line pitch makes a good one.
"""

import itertools
import math
import unicodedata

from ziping.documents.layout import (
    CHARACTERS_PER_LINE,
    CONTENTS_LINE_TWIPS,
    LINE_TWIPS,
    LINES_PER_PAGE,
)
from ziping.documents.word_body import PrintedSection
from ziping.documents.word_skeleton import Skeleton
from ziping.documents.word_styles import CONTENTS_LEVELS
from ziping.documents.word_xml import RunWriter, paragraph

_TITLE_LINES = 5.7
"""Lines of the first page that annex number, title and the word 目录 take up."""
_NEVER_PARTED, _LEAST_TOGETHER = 3, 2
"""Widow control: paragraphs up to three lines stay whole, longer ones keep two together."""
_SPACE_BETWEEN = 0.25
"""Space Word sets between a Chinese character and a digit, in characters."""
_INSTRUCTION = rf'TOC \o "{CONTENTS_LEVELS[0]}-{CONTENTS_LEVELS[-1]}" \h \z \u'


def contents_xml(
    sections: tuple[PrintedSection, ...], skeleton: Skeleton, writer: RunWriter
) -> str:
    """Return the contents with an entry for each heading of the first two levels."""
    listed = [one for one in sections if one.level in CONTENTS_LEVELS]
    if not listed:
        return ""
    pages = estimated_pages(sections)
    begin = (
        writer.special('<w:fldChar w:fldCharType="begin" w:dirty="true"/>', "contents")
        + writer.special(
            f'<w:instrText xml:space="preserve"> {_INSTRUCTION} </w:instrText>', "contents"
        )
        + writer.special('<w:fldChar w:fldCharType="separate"/>', "contents")
    )
    end = writer.special('<w:fldChar w:fldCharType="end"/>', "contents")
    entries = []
    for place, one in enumerate(listed):
        inner = (
            (begin if place == 0 else "")
            + _entry(one, pages[one.number], writer)
            + (end if place == len(listed) - 1 else "")
        )
        entries.append(paragraph(skeleton.style_ids[f"TOC{one.level}"], inner))
    heading = paragraph(
        skeleton.style_ids["ZipingContentsTitle"], writer.runs("目　录", "contents_title")
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{heading}{''.join(entries)}</w:sdtContent></w:sdt>"
    )


def _entry(one: PrintedSection, page: int, writer: RunWriter) -> str:
    number = writer.field(rf"PAGEREF {one.bookmark} \h", str(page), "contents")
    inner = (
        writer.runs(one.section.heading, "contents")
        + writer.special("<w:tab/>", "contents")
        + number
    )
    return f'<w:hyperlink w:anchor="{one.bookmark}" w:history="1">{inner}</w:hyperlink>'


def estimated_pages(sections: tuple[PrintedSection, ...]) -> dict[int, int]:
    """Return the page each heading should fall on, by its number in the document."""
    entries = sum(one.level in CONTENTS_LEVELS for one in sections)
    contents = _TITLE_LINES + entries * CONTENTS_LINE_TWIPS / LINE_TWIPS
    flow = _Flow(page=math.ceil(contents / LINES_PER_PAGE) + 1)
    pages: dict[int, int] = {}
    waiting: list[int] = []
    headings = 0
    for one in sections:
        waiting.append(one.number)
        headings += _lines(one.section.heading)
        for place, text in enumerate(one.paragraphs):
            page = flow.place(_lines(text), above=headings if place == 0 else 0)
            if place == 0:
                pages |= dict.fromkeys(waiting, page)
                waiting, headings = [], 0
    return pages | dict.fromkeys(waiting, flow.page)


class _Flow:
    """Lines filling pages, with headings kept with what follows and no line left alone."""

    def __init__(self, page: int) -> None:
        self.page = page
        self._used = 0

    def place(self, lines: int, *, above: int) -> int:
        """Add a paragraph under so many lines of headings; return the page it begins on."""
        together = lines if lines <= _NEVER_PARTED else _LEAST_TOGETHER
        if self._used and self._used + above + together > LINES_PER_PAGE:
            self._turn()
        self._used += above
        begins = self.page
        while lines > (room := LINES_PER_PAGE - self._used):
            lines -= min(room, max(lines - _LEAST_TOGETHER, 1))
            self._turn()
        self._used += lines
        return begins

    def _turn(self) -> None:
        self.page += 1
        self._used = 0


def _lines(text: str) -> int:
    """Return the lines a paragraph takes, its first line indented by two characters."""
    widths = [2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text]
    changes = sum(before != after for before, after in itertools.pairwise(widths))
    characters = sum(widths) / 2 + changes * _SPACE_BETWEEN + 2
    return max(1, math.ceil(characters / CHARACTERS_PER_LINE))
