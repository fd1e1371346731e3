"""The running text of a report, with its headings, as a file holds it (报告正文)."""

import re
from collections.abc import Iterator
from functools import cached_property

from ziping.domain.model import Record

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?[”’）)]*")


class Heading(Record):
    """A heading of a report's text (正文标题)."""

    number: str
    """As printed, e.g. （一）; blank for a heading without a number."""
    title: str
    level: int
    """From 1; 0 for what stands before the first heading."""
    path: tuple[int, ...] = ()
    """Place among its kind, e.g. (3, 4) for the fourth heading below the third."""
    source: str = ""
    """Where it stands: 第34行 or 第三章（四）."""


class Passage(Record):
    """A paragraph of a report's text, a heading's own line included (正文段落)."""

    text: str
    heading: int
    """Which of the headings it stands under."""
    number: int
    """Place below that heading, from 1; 0 for the heading's own line."""
    source: str
    """Where it stands: 第43行 or 第三章（四）第1段."""
    line: int | None = None
    """Line of a text file it begins in, from 1."""
    is_heading: bool = False
    """Whether it is nothing but a heading."""


class Prose(Record):
    """The running text of a report (报告正文)."""

    headings: tuple[Heading, ...]
    """In document order; the first one stands for what comes before all headings."""
    passages: tuple[Passage, ...]
    """In document order."""

    @cached_property
    def _above(self) -> tuple[int, ...]:
        """The heading right above each one; itself where there is none."""
        above: list[int] = []
        open_: list[int] = []
        for at, one in enumerate(self.headings):
            while open_ and self.headings[open_[-1]].level >= one.level:
                open_.pop()
            above.append(open_[-1] if open_ else at)
            open_.append(at)
        return tuple(above)

    def parents(self, heading: int) -> Iterator[int]:
        """Yield a heading and those above it, the nearest first."""
        yield heading
        while (above := self._above[heading]) != heading:
            heading = above
            yield heading

    def below(self, heading: int) -> Iterator[int]:
        """Yield a heading and all headings below it."""
        yield heading
        level = self.headings[heading].level
        for at in range(heading + 1, len(self.headings)):
            if self.headings[at].level <= level:
                return
            yield at


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text with the place each begins at; clauses after ； count too."""
    for found in _SENTENCE.finditer(text):
        said = found.group()
        if said.strip():
            yield found.start() + len(said) - len(said.lstrip()), said.strip()
