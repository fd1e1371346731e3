"""Whether words cited from one article are another's of the same document (条文张冠李戴)."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ziping.domain.policy import Clause

_CJK = re.compile("[\u4e00-\u9fff]+")
_LEAST_SHARED = 9.0
"""Weight of shared words from which another article clearly says it."""
_TIMES = 3.0
"""How many times more it must share than the article cited."""


def better_clause(
    words: str, cited: Sequence[Clause], clauses: tuple[Clause, ...]
) -> Clause | None:
    """Return the clause that says the words, when the cited ones plainly do not."""
    said = _pairs(words)
    weights = _weights(clauses)
    own = max((_shared(said, one, weights) for one in cited), default=0.0)
    best = max(clauses, key=lambda one: _shared(said, one, weights), default=None)
    if best is None or best in cited:
        return None
    score = _shared(said, best, weights)
    return best if score >= _LEAST_SHARED and score >= _TIMES * own else None


def _shared(said: frozenset[str], clause: Clause, weights: dict[str, float]) -> float:
    """Return the weight of the pairs of characters words and a clause share."""
    return sum(weights.get(pair, 0.0) for pair in said & _pairs(_text(clause)))


def _text(clause: Clause) -> str:
    """Return a clause with its title and the ways people ask for it."""
    return "。".join((clause.title, clause.text, *clause.questions))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters."""
    return frozenset(run[at : at + 2] for run in _CJK.findall(text) for at in range(len(run) - 1))


@lru_cache(maxsize=64)
def _weights(clauses: tuple[Clause, ...]) -> dict[str, float]:
    """Return how telling each pair is: the fewer clauses have it, the more."""
    counts: Counter[str] = Counter()
    for clause in clauses:
        counts.update(_pairs(_text(clause)))
    total = len(clauses)
    return {pair: math.log(total / count) for pair, count in counts.items() if count}
