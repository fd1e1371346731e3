"""Where a conclusion stands in its clause, and which stretches are spoken for (结论位置)."""

import re
from dataclasses import dataclass, field

from ziping.domain.grounding import ViolationKind
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.segments import Part

_DENIED = re.compile("(?:没有|没|未|不|无|非|并未|未曾|不曾|避免|防止|不再)$")
_DENIES = re.compile("没|未|不|无|零|尚未|并未")


@dataclass
class Taken:
    """The stretches of a clause that a conclusion has claimed."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def is_free(self, match: re.Match[str]) -> bool:
        """Whether no earlier conclusion covers part of a stretch, and no word denies it."""
        before = match.string[: match.start()]
        if _DENIED.search(before) and not _DENIES.match(match.group()):
            return False
        return not any(match.start() < end and match.end() > start for start, end in self.spans)

    def take(self, match: re.Match[str]) -> None:
        """Claim a stretch."""
        self.spans.append(match.span())


def problem_of(clause: Part, match: re.Match[str], reason: str) -> Problem:
    """Return the problem of a conclusion."""
    start = clause.start + match.start()
    return Problem(ViolationKind.COMPARISON, start, clause.start + match.end(), reason)
