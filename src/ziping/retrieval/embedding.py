"""What turns texts into vectors, and how it fails (向量化)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from ziping.retrieval.endpoint import EndpointEmbedder
from ziping.retrieval.local_embedder import LocalEmbedder
from ziping.retrieval.sentence_embedder import SentenceEmbedder, is_available

__all__ = [
    "Embedder",
    "EndpointEmbedder",
    "LocalEmbedder",
    "SentenceEmbedder",
    "SlowEmbedder",
    "Vectors",
    "as_slow",
    "offline_embedder",
]

Vectors: TypeAlias = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of one length (向量化方式)."""

    @property
    def name(self) -> str:
        """What made the vectors; an index made under another name is not searched."""

    @property
    def dimension(self) -> int:
        """Length of the vectors; 0 until the first answer where only that tells."""

    @property
    def trust(self) -> float:
        """Share of the vectors in the fused score, from 0 to 1."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row of unit length a text; raises `EmbeddingError` when it cannot."""

    def ask(self, query: str) -> Vectors:
        """Return the vector of a question; raises `EmbeddingError` when it cannot."""


@runtime_checkable
class SlowEmbedder(Embedder, Protocol):
    """One whose vectors are made beside the searches, not while they wait (后台向量化)."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Make vectors and remember them until `forget`."""

    def is_ready(self, texts: Sequence[str]) -> bool:
        """Return whether `embed` would take no time."""

    def forget(self) -> None:
        """Drop what was prepared."""


def as_slow(embedder: Embedder | None) -> SlowEmbedder | None:
    """Return an embedder whose vectors are to be made in the background, None for another."""
    return embedder if isinstance(embedder, SlowEmbedder) else None


def offline_embedder(colloquial: Mapping[str, Sequence[str]], kept: Path | None = None) -> Embedder:
    """Return the best embedder this machine has without any network.

    Args:
        colloquial: Official term -> ways people say it.
        kept: The file of vectors that ships with the program.
    """
    return SentenceEmbedder(kept) if is_available() else LocalEmbedder(colloquial)
