"""A statement that does not follow, before it is placed in its sentence (问题)."""

from dataclasses import dataclass

from ziping.domain.grounding import ViolationKind


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong between two positions of a text."""

    kind: ViolationKind
    start: int
    end: int
    reason: str
    fact_id: str = ""
    suggestion: str = ""
    is_own: bool = False
    """The ledger alone may say it: an entered text that says so too is no excuse."""
