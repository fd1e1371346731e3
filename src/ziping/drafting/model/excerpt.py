"""How much of each text is sent, less at each step when a model's context is too short (取舍)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortening:
    """How much is sent (取舍)."""

    clause_count: int
    clauses: int
    """Most characters of a clause."""
    materials: int
    """Most characters of a material."""
    draft: int
    """Most characters of the template's text and of each earlier section."""


STEPS = (
    Shortening(clause_count=6, clauses=800, materials=4000, draft=6000),
    Shortening(clause_count=3, clauses=300, materials=1500, draft=3000),
    Shortening(clause_count=1, clauses=200, materials=400, draft=1000),
    Shortening(clause_count=0, clauses=0, materials=0, draft=0),
)
"""From everything down to the facts alone."""
