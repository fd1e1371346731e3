"""A text taken apart: plain characters of the same length, sentences, clauses (断句)."""

import re
from dataclasses import dataclass
from functools import cached_property

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_WIDE |= {ord(wide): ord(narrow) for wide, narrow in (("％", "%"), ("．", "."), ("　", " "))}
_WIDE |= {ord(wide): ord(narrow) for wide, narrow in (("［", "["), ("］", "]"))}
_WIDE |= {ord(wide): ord(narrow) for wide, narrow in (("(", "（"), (")", "）"))}
_WIDE |= {ord(wide): ord(narrow) for wide, narrow in ((":", "："), (";", "；"), ("－", "-"))}
_WIDE |= {ord("﹪"): ord("%"), ord("﹒"): ord(".")}
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_LATIN_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_SENTENCE = re.compile("[^。！？!?\n]*(?:[。！？!?]+[”’）】]*|\n|$)")
_PIECE = re.compile("[^，、；：（）。！？!?\n]+")
_CLAUSE = re.compile("[^，；。！？!?\n]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text (片段)."""

    start: int
    end: int
    text: str

    def holds(self, position: int) -> bool:
        """Whether a position lies in it."""
        return self.start <= position < self.end


@dataclass(frozen=True)
class Sentence:
    """A sentence in plain characters, with its place in the text (句)."""

    start: int
    end: int
    text: str
    paragraph: str
    """The paragraph up to this sentence."""

    @cached_property
    def clauses(self) -> tuple[Part, ...]:
        """Stretches between commas, semicolons and stops, with places in the whole text."""
        return _parts(_CLAUSE, self.text, self.start)

    @cached_property
    def pieces(self) -> tuple[Part, ...]:
        """Stretches between any punctuation that parts items."""
        return _parts(_PIECE, self.text, self.start)

    def clause_at(self, position: int) -> Part:
        """Return the clause around a position of the whole text."""
        return _part_at(self.clauses, position)

    def piece_at(self, position: int) -> Part:
        """Return the piece around a position of the whole text."""
        return _part_at(self.pieces, position)

    def between(self, start: int, end: int) -> str:
        """Return the words between two positions of the whole text."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]


def plain_text(text: str) -> str:
    """Return a text in half-width digits and one kind of brackets, character for character."""
    text = _WIDE_COMMA.sub(",", text).translate(_WIDE)
    return _LATIN_COMMA.sub("，", text)


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a plain text; a line break ends one too."""
    found = []
    paragraph_start = 0
    for match in _SENTENCE.finditer(text):
        body = match.group()
        lead = len(body) - len(body.lstrip())
        if body.strip():
            start, end = match.start() + lead, match.start() + len(body.rstrip())
            found.append(Sentence(start, end, text[start:end], text[paragraph_start:start]))
        if body.endswith("\n"):
            paragraph_start = match.end()
    return found


def _parts(pattern: re.Pattern[str], text: str, offset: int) -> tuple[Part, ...]:
    """Return what a pattern finds, placed in the whole text."""
    return tuple(
        Part(offset + one.start(), offset + one.end(), one.group())
        for one in pattern.finditer(text)
    )


def _part_at(parts: tuple[Part, ...], position: int) -> Part:
    """Return the part around a position; an empty one where only punctuation stands."""
    for part in parts:
        if part.holds(position):
            return part
    return Part(position, position, "")
