"""The lines of a text file outside its tables, broken lines joined again (文本的行)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ziping.documents.prose_headings import marked

_TERMINAL = re.compile(r"[。；：！？”）)》】:;!?.]$")
_NARROWEST, _WIDEST = 18, 60
"""Characters a line of a page has, where a converter broke paragraphs at its margin."""
_FULL = 0.85
"""Share of the page's width from which a line was broken by the margin."""
_SHARE_BROKEN = 0.4
_FEWEST = 8
_FEWEST_CELLS = 4
_BLANKS = " \t\u3000\ufeff"


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line before anybody knows whether it is a heading (原始行)."""

    text: str
    line: int | None = None
    """Line of a text file, from 1."""
    level: int = 0
    """Heading level that the file itself states; 0: none."""


def _begins(text: str) -> bool:
    """Whether a line begins something new, so that it cannot go on with the one before."""
    return marked(text, 0) is not None


def text_lines(text: str) -> list[RawLine]:
    """Return the lines of a text that stand in none of its tables."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    has_rows = any("\t" in line.strip(_BLANKS) for line in lines)
    taken = _in_rows(lines) if has_rows else _in_cells(lines)
    kept = [
        RawLine(line.strip(_BLANKS), number)
        for number, line in enumerate(lines, 1)
        if number not in taken
    ]
    return _joined(kept)


def _in_rows(lines: Sequence[str]) -> set[int]:
    """Return the lines that are rows with TABs between their cells, quoted cells included."""
    taken: set[int] = set()
    is_quoted = False
    for number, line in enumerate(lines, 1):
        is_odd = line.count('"') % 2 == 1
        if is_quoted or "\t" in line.strip(_BLANKS) or (is_odd and line.startswith('"')):
            taken.add(number)
            is_quoted ^= is_odd
    return taken


def _in_cells(lines: Sequence[str]) -> set[int]:
    """Return the lines of tables whose cells stand on lines of their own after a TAB."""
    taken: set[int] = set()
    block: list[int] = []
    is_open = False
    for number, line in enumerate([*lines, "。"], 1):
        if line.startswith("\t") or (is_open and line.strip()):
            block.append(number)
            is_open = True
        elif not line.strip():
            is_open = False
        else:
            if _is_table([lines[one - 1] for one in block]):
                taken.update(block)
            block = []
    return taken


def _is_table(block: Sequence[str]) -> bool:
    """Whether lines after TABs are cells rather than paragraphs that a TAB indents."""
    said = [one.strip(_BLANKS) for one in block]
    paragraphs = sum(bool(_TERMINAL.search(one)) for one in said)
    return len(block) >= _FEWEST_CELLS and paragraphs < len(block) / 2


def _joined(lines: list[RawLine]) -> list[RawLine]:
    """Join lines that end at a page's margin in the middle of a sentence."""
    filled = [one.text for one in lines if one.text]
    width = max((len(one) for one in filled), default=0)
    if len(filled) < _FEWEST or not _NARROWEST <= width <= _WIDEST:
        return lines
    broken = [one for one in filled if len(one) >= _FULL * width and not _TERMINAL.search(one)]
    if len(broken) < _SHARE_BROKEN * len(filled):
        return lines
    joined: list[RawLine] = []
    is_open = False
    for one in lines:
        if is_open and one.text and not _begins(one.text):
            joined[-1] = RawLine(joined[-1].text + one.text, joined[-1].line)
        else:
            joined.append(one)
        is_open = len(one.text) >= _FULL * width and not _TERMINAL.search(one.text)
    return joined
