"""The one way an embedder fails (向量化失败)."""


class EmbeddingError(Exception):
    """Vectors could not be had; the message says why, in Chinese."""
