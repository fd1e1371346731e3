"""Ways people say official terms, found in a query; … stands for a few characters (口语说法)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ziping.retrieval.characters import normalise

_GAP = "…"
_WIDEST_GAP = 10
_REMEMBERED = 256
_SURE = (0.6, 0.8, 1.2, 1.8)
"""How surely a way of one, two, three, or more characters means its term."""


class Ways:
    """The colloquial part of the lexicon, ready for looking up (口语词表)."""

    def __init__(self, colloquial: Mapping[str, Iterable[str]]) -> None:
        """Take official term -> ways people say it."""
        self._plain: dict[str, list[str]] = {}
        self._gapped: dict[tuple[str, ...], tuple[re.Pattern[str], list[str]]] = {}
        for official, ways in colloquial.items():
            for way in ways:
                self._add(normalise(official), way)
        self.meant = lru_cache(_REMEMBERED)(self._meant)
        """Official term a normalised query may mean but does not state -> how surely."""

    def _add(self, official: str, way: str) -> None:
        """Make a way findable."""
        parts = tuple(part for one in way.split(_GAP) if (part := normalise(one).strip()))
        if len(parts) == 1:
            self._plain.setdefault(parts[0], []).append(official)
        elif parts:
            pattern = re.compile(f".{{0,{_WIDEST_GAP}}}?".join(map(re.escape, parts)))
            self._gapped.setdefault(parts, (pattern, []))[1].append(official)

    def _meant(self, query: str) -> Mapping[str, float]:
        """Return what a query may mean; one search asks several times."""
        found: dict[str, float] = {}
        for way, officials in self._plain.items():
            if way in query:
                _note(found, officials, query, len(way))
        for parts, (pattern, officials) in self._gapped.items():
            if parts[0] in query and parts[-1] in query and pattern.search(query):
                _note(found, officials, query, sum(map(len, parts)))
        return found


def _note(found: dict[str, float], officials: list[str], query: str, length: int) -> None:
    """Note terms that a way of some length means."""
    sure = _SURE[min(length, len(_SURE)) - 1]
    for one in officials:
        if one not in query:
            found[one] = max(found.get(one, 0.0), sure)
