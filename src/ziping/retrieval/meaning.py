"""The vector side of one generation: opened when first needed, silent about nothing (语义检索)."""

import time
from collections import OrderedDict
from threading import Lock

import numpy as np
import numpy.typing as npt

from ziping.retrieval.embedding import Embedder, as_slow
from ziping.retrieval.embedding_error import EmbeddingError
from ziping.retrieval.generations import Manifest
from ziping.retrieval.vectors import VectorPlace, VectorStore, VectorStoreError, digest_key

_REST_SECONDS = 30.0
_REMEMBERED = 256
_AT_WORK = "向量正在后台计算"
_FALLBACK = "语义检索暂不可用（{why}），已只用关键词检索"


class Meaning:
    """Finds clauses near a query in meaning (语义检索)."""

    def __init__(self, embedder: Embedder, manifest: Manifest, place: VectorPlace) -> None:
        """Take a generation's manifest and where its vectors are; opens nothing yet."""
        self._embedder = embedder
        self._manifest = manifest
        self._place = place
        self._documents = {
            digest_key(digest): name
            for name, digest in manifest.documents.items()
            if digest in manifest.vectors
        }
        self.missing = frozenset(manifest.documents) - frozenset(self._documents.values())
        """Ids of the documents without vectors."""
        self._store: VectorStore | None = None
        self._failure = ""
        self._rests_until = 0.0
        self._lock = Lock()
        self._queries: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()

    @property
    def trust(self) -> float:
        """Share of the vectors in the fused score."""
        return self._embedder.trust

    def understood(self, query: str) -> tuple[npt.NDArray[np.float32] | None, list[str]]:
        """Return a query's vector, or None and the reason as a notice."""
        if not self._manifest.documents:
            return None, []
        if reason := self._mismatch():
            return None, [_FALLBACK.format(why=reason)]
        try:
            vector = self._vector(query)
        except EmbeddingError as error:
            return None, [_FALLBACK.format(why=error)]
        if vector.shape[0] != self._manifest.dimension:
            why = f"向量维数由 {self._manifest.dimension} 变为 {vector.shape[0]}，请重建索引"
            return None, [_FALLBACK.format(why=why)]
        return vector, []

    def nearest(
        self, vector: npt.NDArray[np.float32], count: int
    ) -> tuple[list[tuple[str, int, float]], list[str]]:
        """Return (document id, place, cosine) of the clauses nearest to a vector, and notices."""
        try:
            near = self._open().nearest(vector, count) if vector.any() else []
        except VectorStoreError as error:
            self._rest(str(error))
            return [], [_FALLBACK.format(why=error)]
        found = [
            (self._documents[key], place, cosine)
            for key, place, cosine in near
            if key in self._documents
        ]
        return found, self._gaps()

    def warm(self) -> None:
        """Open the vectors, so that the first search need not."""
        if not self._mismatch():
            try:
                self._open()
            except VectorStoreError as error:
                self._rest(str(error))

    def close(self) -> None:
        """Let go of the vectors."""
        with self._lock:
            store, self._store = self._store, None
        if store:
            store.close()

    def _mismatch(self) -> str:
        """Return why the vectors kept do not go with the embedder; blank when they do."""
        if not self._manifest.vectors:
            return _AT_WORK if as_slow(self._embedder) else "索引里还没有向量，请重建索引"
        if self._manifest.embedder != self._embedder.name:
            return "向量模型已更换，请重建索引"
        return ""

    def _gaps(self) -> list[str]:
        """Return a notice when some documents have no vectors yet."""
        missing = len(self.missing)
        if not missing:
            return []
        how = "正在后台计算" if as_slow(self._embedder) else "重建索引可以补齐"
        return [f"有 {missing} 份文件还没有向量，暂时只能用关键词找到；{how}"]

    def _vector(self, query: str) -> npt.NDArray[np.float32]:
        """Return a query's vector, remembered for a while."""
        with self._lock:
            if query in self._queries:
                self._queries.move_to_end(query)
                return self._queries[query]
        found: npt.NDArray[np.float32] = self._embedder.ask(query)
        with self._lock:
            self._queries[query] = found
            while len(self._queries) > _REMEMBERED:
                self._queries.popitem(last=False)
        return found

    def _open(self) -> VectorStore:
        """Return the store; after a failure it is left alone for a while."""
        with self._lock:
            if self._store:
                return self._store
            if time.monotonic() < self._rests_until:
                raise VectorStoreError(self._failure)
            self._store = VectorStore(self._place, create=False)
            return self._store

    def _rest(self, reason: str) -> None:
        """Leave the vectors alone for a while."""
        self.close()
        if time.monotonic() >= self._rests_until:
            self._failure = reason
            self._rests_until = time.monotonic() + _REST_SECONDS
