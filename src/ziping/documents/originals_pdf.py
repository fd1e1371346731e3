"""The text of a PDF as paragraphs with their pages (读取 PDF 原文).

A PDF knows printed lines only: lines that fill the page's width go on in the next one, running
heads and page numbers are left out.
"""

import io
import re
import struct
import zlib
from collections import Counter

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from ziping.documents.originals_lines import MAX_CHARACTERS, Line, tidy
from ziping.documents.originals_refusals import damaged, encrypted, too_much_text, without_text
from ziping.domain.errors import InputError

MAX_PAGES = 3_000
_LEAST_TEXT = 10
"""Characters a page must hold on average, else the file is a scan."""
_PAGE_NUMBER = re.compile(
    r"[-—–−－·•\s]*(?:第\s*)?\d{1,4}(?:\s*[页/]\s*(?:共?\s*\d{1,4}\s*页?)?)?[-—–−－·•\s]*"
)
_SPACED_FIGURE = re.compile(
    "(?<=[\u4e00-\u9fff，。（：])(?<![条章节]) (?=[0-9])|(?<=[0-9%]) (?=[\u4e00-\u9fff，。）：；])"
)
"""Word processors set a little room beside figures, which a PDF turns into spaces."""
_ENDS = "。；：！？”』）.;:!?"
_FULL = 0.85
_WIDE_LINE = 15
_RUNNING = 3
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises over a damaged file."""


def read_pdf_lines(data: bytes, name: str) -> tuple[list[Line], list[str]]:
    """Return the paragraphs of a PDF, and what to say about the reading."""
    pages = _pages(data, name)
    filled = sum(bool(page) for page in pages)
    length = sum(len(line) for page in pages for line in page)
    if length < _LEAST_TEXT * len(pages):
        raise without_text(name, pages=len(pages))
    notes = []
    if filled < len(pages):
        blank = [str(number) for number, page in enumerate(pages, 1) if not page]
        shown = "、".join(blank[:10]) + ("等" if len(blank) > 10 else "")  # noqa: PLR2004
        notes.append(f"第 {shown} 页没有可提取的文字（空白页或图片），没有收入，请核对")
    return _paragraphs(_without_running_heads(pages)), notes


def _pages(data: bytes, name: str) -> list[list[str]]:
    """Return the printed lines of each page."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted(name)
        if len(reader.pages) > MAX_PAGES:
            raise _too_many_pages(name)
        pages = []
        length = 0
        for page in reader.pages:
            text = page.extract_text()
            length += len(text)
            if length > MAX_CHARACTERS:
                raise too_much_text(name)
            pages.append(
                [_SPACED_FIGURE.sub("", line) for raw in text.splitlines() if (line := tidy(raw))]
            )
    except DependencyError:
        raise encrypted(name) from None
    except InputError:
        raise
    except _BROKEN:
        raise damaged(name) from None
    if not pages:
        raise damaged(name)
    return pages


def _too_many_pages(name: str) -> InputError:
    """Return the refusal of a book."""
    return InputError(f"PDF 超过 {MAX_PAGES} 页", where=name, remedy="请拆成单份文件，分别添加")


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without page numbers and lines repeated at the edges of most pages."""
    kept = [[line for line in page if not _PAGE_NUMBER.fullmatch(line)] for page in pages]
    edges = Counter(line for page in kept for line in {*page[:1], *page[-1:]})
    often = max(_RUNNING, len(pages) // 2)
    running = {line for line, count in edges.items() if count >= often}
    return [[line for line in page if line not in running] for page in kept]


def _paragraphs(pages: list[list[str]]) -> list[Line]:
    """Return printed lines joined to paragraphs, across pages too."""
    lengths = sorted(len(line) for page in pages for line in page)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[Line] = []
    goes_on = False
    for number, page in enumerate(pages, 1):
        for line in page:
            if goes_on:
                before = paragraphs[-1]
                paragraphs[-1] = Line(_joined(before.text, line), before.page)
            else:
                paragraphs.append(Line(line, number))
            is_full = len(line) >= max(width * _FULL, _WIDE_LINE)
            goes_on = is_full and line[-1] not in _ENDS
    return paragraphs


def _joined(left: str, right: str) -> str:
    """Return two halves of a paragraph; only Latin words keep a space between them."""
    is_latin = left[-1].isascii() and left[-1].isalpha() and right[0].isascii()
    return f"{left} {right}" if is_latin and right[0].isalpha() else left + right
