"""Official terms a question comes near to in meaning, where no listed way is said (近义术语)."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ziping.retrieval.characters import normalise
from ziping.retrieval.embedding import Embedder, as_slow

_MOST = 5
_BEYOND = 10
"""How near counts by how much nearer it is than the term this many places further down."""
_SURE = 0.6
"""What the nearest counts, beside 1 for a way of a few characters that is said."""
_MAX_CHARACTERS = 200


class NearTerms:
    """The lexicon by meaning: each term with its ways is one vector (近义术语)."""

    def __init__(self, colloquial: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        """Take official term -> ways; terms whose vectors are not kept are left out."""
        slow = as_slow(embedder)
        said = {one: term_text(one, ways) for one, ways in colloquial.items()} if slow else {}
        kept = {one: text for one, text in said.items() if slow and slow.is_ready([text])}
        self._terms = [normalise(one) for one in kept]
        self._vectors = embedder.embed(list(kept.values())) if kept else None

    def near(self, vector: npt.NDArray[np.float32], query: str) -> Mapping[str, float]:
        """Return terms a question may mean but does not state, and how surely."""
        if self._vectors is None:
            return {}
        # Threads of a matrix library cost more here than they save.
        cosines = np.einsum("ij,j->i", self._vectors, vector)
        order = np.argsort(-cosines, kind="stable")[: _MOST + _BEYOND]
        lowest, highest = cosines[order[-1]], cosines[order[0]]
        width = max(float(highest - lowest), 1e-9)
        return {
            self._terms[at]: _SURE * float(cosines[at] - lowest) / width
            for at in order[:_MOST]
            if self._terms[at] not in query
        }


def term_text(term: str, ways: Sequence[str]) -> str:
    """Return what of a term of the lexicon is turned into its vector."""
    return f"{term}：{'，'.join(ways).replace('…', '')}"[:_MAX_CHARACTERS]
