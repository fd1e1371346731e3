"""A figure of an entered text, with the words it stands among (录入数字)."""

import re
from collections import Counter
from dataclasses import dataclass

from ziping.drafting.grounding.entries import is_same_counter
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.segments import Part

_CJK = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_LONG_FIGURE = re.compile(r"\d[\d.,]{2,}|\d[\d.,]*\s?[\u4e00-\u9fff%]")
_DIGITS = re.compile(r"[\d.,]+|[^\u4e00-\u9fff]")
_LEAD = 4
BESIDE = 2
"""How many characters right beside a figure are looked at."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure of an entered text with its clause (录入数字)."""

    figure: Figure
    clause: str
    before: str
    behind: str
    lead: str
    following: str
    """The character right behind."""
    is_gap: bool = False
    """Whether it is told as a difference: 少建3个."""
    sentence: int = 0

    def is_same(self, figure: Figure) -> bool:
        """Whether another figure says the same number of the same measure."""
        own = self.figure
        if (own.dimension, own.value) != (figure.dimension, figure.value):
            return False
        return own.dimension is not Dimension.COUNT or is_same_counter(own.unit, figure.unit)


def lead_of(clause: Part, at: int) -> str:
    """Return the words right before a figure."""
    return _DIGITS.sub("", clause.text[: at - clause.start])[-_LEAD:]


def own_words(clause: Part, at: int) -> str:
    """Return the words of a clause between the figure before and a figure."""
    return re.split(r"\d", clause.text[: at - clause.start])[-1]


def likeness_of(left: str, right: str) -> int:
    """Return how many characters two leads share, whatever their order: 回收 and 收回."""
    return sum((Counter(left) & Counter(right)).values())


def beside_of(clause: Part, at: int, text: str) -> tuple[str, str]:
    """Return the two characters before and behind a figure, blank where they are no words."""
    place = at - clause.start
    before, behind = clause.text[:place][-BESIDE:], clause.text[place + len(text) :][:BESIDE]
    return (
        before if _WORD.fullmatch(before) else "",
        behind if _WORD.fullmatch(behind) else "",
    )


def long_figures_of(text: str) -> set[str]:
    """Return the longer figures of a text."""
    return set(_LONG_FIGURE.findall(text))


def pairs_of(text: str) -> set[str]:
    """Return the pairs of neighbouring characters."""
    return {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if _CJK.match(text[at]) and _CJK.match(text[at + 1])
    }
