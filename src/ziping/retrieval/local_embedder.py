"""Our own vectors: hashed characters, pairs and lexicon terms; no download (本地向量)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from ziping.retrieval.characters import normalise
from ziping.retrieval.tokens import PAIR_SHIFT, tokenise
from ziping.retrieval.ways import Ways

_DIMENSION = 256
_VERSION = 1
_MOVED = 4
"""Places of the vector that one feature moves, so that collisions cancel out."""
_SINGLE, _PAIR, _TERM = 0.3, 1.0, 2.0
_COMMON = "的了吗呢吧啊是在有和与及或也就都要能会可以不个种这那怎么什多少哪些"
_SHORT_TEXT = 80
"""Longer texts are official prose, in which no colloquial words are looked for."""
_MULTIPLIERS = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
)


class LocalEmbedder:
    """Deterministic vectors whose nearness is shared wording and shared terms (本地向量)."""

    def __init__(self, colloquial: Mapping[str, Sequence[str]]) -> None:
        """Take official term -> ways people say it; both fold into one feature."""
        listed = sorted((official, tuple(ways)) for official, ways in colloquial.items())
        self._terms = [normalise(official) for official, _ in listed]
        self._places = {one: place for place, one in enumerate(self._terms)}
        self._ways = Ways(colloquial)
        known = sha256(repr(listed).encode()).hexdigest()[:12]
        self._name = f"local-{_VERSION}-{known}"

    @property
    def name(self) -> str:
        """Changes with the lexicon, since the vectors do."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return _DIMENSION

    @property
    def trust(self) -> float:
        """Little: it sees no more than the keyword search does, only less sharply."""
        return 0.05

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return a row of unit length a text; a text without words gets zeros."""
        plain = [normalise(text) for text in texts]
        batch = tokenise(plain)
        is_pair = batch.tokens >= np.uint64(1 << PAIR_SHIFT)
        weights = np.where(is_pair, _PAIR, _SINGLE)
        common = np.array([ord(one) for one in _COMMON], np.uint64)
        weights[np.isin(batch.tokens, common)] = 0.0
        term_rows, terms = self._terms_in(plain)
        rows = np.concatenate([batch.rows, term_rows])
        features = np.concatenate([batch.tokens, terms])
        weights = np.concatenate([weights, np.full(len(terms), _TERM)])
        return _unit(_hashed(rows, features, weights, len(plain)))

    def ask(self, query: str) -> npt.NDArray[np.float32]:
        """Return the vector of a question: questions and clauses are treated alike."""
        found: npt.NDArray[np.float32] = self.embed([query])[0]
        return found

    def _terms_in(
        self, texts: Sequence[str]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        """Return the rows of texts that state a term, and the term's feature."""
        rows: list[int] = []
        features: list[int] = []
        for row, text in enumerate(texts):
            meant = self._ways.meant(text) if len(text) <= _SHORT_TEXT else ()
            stated = [place for place, one in enumerate(self._terms) if one in text]
            for place in sorted({*stated, *(self._places[one] for one in meant)}):
                rows.append(row)
                features.append((1 << 50) + place)
        return np.array(rows, np.int64), np.array(features, np.uint64)


def _hashed(
    rows: npt.NDArray[np.int64],
    features: npt.NDArray[np.uint64],
    weights: npt.NDArray[np.float64],
    count: int,
) -> npt.NDArray[np.float64]:
    """Return the sums of features, each moving some places up or down."""
    total = np.zeros(count * _DIMENSION)
    for multiplier in _MULTIPLIERS[:_MOVED]:
        mixed = (features + np.uint64(multiplier & 0xFFFF)) * np.uint64(multiplier)
        mixed ^= mixed >> np.uint64(29)
        places = (mixed >> np.uint64(3)) % np.uint64(_DIMENSION)
        signs = np.where(mixed & np.uint64(1), 1.0, -1.0)
        total += np.bincount(
            rows * _DIMENSION + places.astype(np.int64),
            weights=weights * signs,
            minlength=len(total),
        )
    return total.reshape(count, _DIMENSION)


def _unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return vectors of length one; zeros stay."""
    damped = np.sign(vectors) * np.sqrt(np.abs(vectors))
    lengths = np.linalg.norm(damped, axis=1, keepdims=True)
    result: npt.NDArray[np.float32] = (damped / np.where(lengths == 0, 1, lengths)).astype(
        np.float32
    )
    return result
