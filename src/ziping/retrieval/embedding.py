"""What turns texts into vectors, and how it fails (向量化)."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from ziping.retrieval.endpoint import EndpointEmbedder
from ziping.retrieval.local_embedder import LocalEmbedder

__all__ = ["Embedder", "EndpointEmbedder", "LocalEmbedder", "Vectors"]

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
