"""A sentence with its figures and the known names in it (语境)."""

import re
from dataclasses import dataclass, field

from ziping.drafting.grounding.masks import BLANK
from ziping.drafting.grounding.mentions import Figure
from ziping.drafting.grounding.segments import Sentence
from ziping.drafting.grounding.subjects import Hit, HitKind

_SEPARATOR = re.compile("[，、；：（）。！？\n]")
FILLER = re.compile(
    r"[\s“”]*(?:分别|为|是|有|共|计|约|近|仅|只|达到?|即|合计|共计|就|则|也|均|都|各|了|其中|又|还|再|占|超过?|不足|不到|的|自评|和|与|及|、)*[\s“”]*"
)
"""Words that may stand between a label and its figure."""


@dataclass
class Scene:
    """A sentence with its figures and names, for reading one figure after the other (语境)."""

    sentence: Sentence
    figures: list[Figure]
    hits: list[Hit]
    earlier: list[Hit] = field(default_factory=list)
    """Names in the paragraph before this sentence, in a report of several projects."""
    funds: dict[str, frozenset[str]] = field(default_factory=dict)
    """Words for fund rows, the longest first."""
    several_projects: bool = False

    def stretch_before(self, figure: Figure) -> str:
        """Return the words between the previous figure, or the sentence's start, and a figure."""
        start = self.sentence.start
        for one in self.figures:
            if one.end <= figure.start:
                start = one.end
        return self.sentence.between(start, figure.start)

    def stretch_behind(self, figure: Figure) -> str:
        """Return the words behind a figure up to the next one or the end of its piece."""
        end = self.sentence.piece_at(figure.start).end
        following = [one.start for one in self.figures if one.start >= figure.end]
        behind = self.sentence.between(figure.end, min([end, *following]))
        return self.masked(behind, figure.end + len(behind))

    def piece_before(self, figure: Figure) -> str:
        """Return the piece right before a figure; past a colon or bracket where it is empty."""
        before = self.stretch_before(figure)
        pieces = _SEPARATOR.split(before)
        own = pieces[-1]
        if len(pieces) > 1 and FILLER.fullmatch(own):
            mark = before[len(before) - len(own) - 1]
            if mark in "：（":
                return pieces[-2] + own
            if mark == "）":
                return "".join(pieces[-3:])
        return own

    def masked(self, text: str, end: int) -> str:
        """Blank out known names in a stretch that ends at a place: they may hold other labels."""
        start = end - len(text)
        for hit in self.hits:
            if hit.kind is not HitKind.LEVEL1 and start <= hit.start and hit.end <= end:
                blank = BLANK * (hit.end - hit.start)
                text = text[: hit.start - start] + blank + text[hit.end - start :]
        for word in self.funds:
            text = text.replace(word, BLANK * len(word))
        return text

    def before(self, position: int) -> str:
        """Return the sentence up to a place."""
        return self.sentence.between(self.sentence.start, position)
