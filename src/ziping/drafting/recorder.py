"""What a section states: facts with their display forms, clauses, and what is missing (留痕)."""

import itertools
import zlib
from collections.abc import Callable

from ziping.domain.draft import Ledger


class Recorder:
    """Hands out display forms and remembers which were handed out."""

    def __init__(self, ledger: Ledger) -> None:
        """Record against a ledger."""
        self.ledger = ledger
        self.facts: dict[str, str] = {}
        self.clauses: list[str] = []

    def state(self, fact_id: str, title: str) -> str:
        """Return a fact's display form, or a visible gap named by its title."""
        fact = self.ledger.facts.get(fact_id)
        if fact is None:
            return missing(title)
        self.facts[fact_id] = fact.display
        return fact.display

    def has(self, fact_id: str) -> bool:
        """Whether the ledger holds a fact."""
        return fact_id in self.ledger.facts

    def cite(self, clause_id: str) -> None:
        """Remember a cited document or clause."""
        if clause_id not in self.clauses:
            self.clauses.append(clause_id)


def chooser(seed: str) -> Callable[..., str]:
    """Return a function that picks one of its phrases by a hash of the seed and the call."""
    calls = itertools.count()

    def choose(*phrases: str) -> str:
        digest = zlib.crc32(f"{seed}|{next(calls)}".encode())
        return phrases[digest % len(phrases)]

    return choose


def missing(what: str) -> str:
    """Return a visible gap that only a person can fill (待补充)."""
    return f"【待补充：{what}】"
