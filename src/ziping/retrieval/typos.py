"""A query with characters typed for others of the same sound put right, for the lexicon (错字)."""

from collections.abc import Callable, Sequence

from ziping.retrieval.characters import is_word
from ziping.retrieval.homophones import sounds_like
from ziping.retrieval.tokens import pair_code

_COMMON = 3
"""A pair that fewer clauses hold is no likely correction."""


def corrected(query: str, counts: Sequence[float], held: Callable[[int], int]) -> str:
    """Return a normalised query with pairs that no clause holds replaced by ones that many hold.

    Args:
        query: The query.
        counts: For each character 1.0 where it counts fully; only pairs of those are looked at.
        held: How many clauses hold a token.
    """
    found = list(query)

    def is_known(at: int) -> bool:
        inside = 0 <= at < len(found) - 1 and is_word(found[at]) and is_word(found[at + 1])
        return inside and held(pair_code(found[at], found[at + 1])) > 0

    for at in range(len(found) - 1):
        both = counts[at] == counts[at + 1] == 1.0
        if not both or is_known(at) or not (is_word(found[at]) and is_word(found[at + 1])):
            continue
        # A character that fits its other neighbour is right.
        firsts = [] if is_known(at - 1) else sounds_like(found[at])
        seconds = [] if is_known(at + 1) else sounds_like(found[at + 1])
        pairs = [(one, found[at + 1]) for one in firsts] + [(found[at], one) for one in seconds]
        ranked = max(((held(pair_code(*pair)), pair) for pair in pairs), default=None)
        if ranked and ranked[0] >= _COMMON:
            found[at], found[at + 1] = ranked[1]
    return "".join(found)
