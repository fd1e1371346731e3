"""Vectors in chromadb, on disk beside a generation or on a server (语义检索)."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import finalize

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

_BATCH = 2000
_DIGEST_LENGTH = 24
_SECONDS = 5.0
_HNSW: "CreateHNSWConfiguration" = {
    "space": "cosine",
    "ef_construction": 64,
    "max_neighbors": 16,
    "ef_search": 100,
}


class VectorStoreError(Exception):
    """Chromadb could not be used; the message says why, in Chinese."""


@dataclass(frozen=True)
class VectorPlace:
    """Where the vectors of a generation are kept (向量存放处)."""

    folder: Path
    """Used when there is no server."""
    url: str
    collection: str


class VectorStore:
    """One collection of clause vectors, each known by its document's digest and place (向量库)."""

    def __init__(self, place: VectorPlace, *, create: bool) -> None:
        """Open or create the collection; raises `VectorStoreError`."""
        self._finalizer: finalize[..., VectorStore] | None = None
        try:
            client = _client(place)
            # A search in another thread may outlast the generation it began with.
            self._finalizer = finalize(self, _let_go, client)
            if create:
                self._collection = client.get_or_create_collection(
                    place.collection,
                    embedding_function=None,
                    configuration={"hnsw": _HNSW},
                )
            else:
                self._collection = client.get_collection(place.collection, embedding_function=None)
        except BaseException as error:
            self.close()
            raise _as_store_error(error, place) from error
        self._place = place

    def add(self, documents: Sequence[tuple[str, npt.NDArray[np.float32]]]) -> None:
        """Keep the vectors of several documents at once."""
        if not documents:
            return
        ids = [
            f"{digest[:_DIGEST_LENGTH]}:{place}"
            for digest, vectors in documents
            for place in range(len(vectors))
        ]
        joined = np.concatenate([vectors for _, vectors in documents])
        try:
            for at in range(0, len(ids), _BATCH):
                self._collection.upsert(
                    ids=ids[at : at + _BATCH], embeddings=joined[at : at + _BATCH]
                )
        except BaseException as error:
            raise _as_store_error(error, self._place) from error

    def remove(self, digest: str, size: int) -> None:
        """Forget a document's vectors."""
        ids = [f"{digest[:_DIGEST_LENGTH]}:{place}" for place in range(size)]
        try:
            for at in range(0, len(ids), _BATCH):
                self._collection.delete(ids=ids[at : at + _BATCH])
        except BaseException as error:
            raise _as_store_error(error, self._place) from error

    def nearest(self, vector: npt.NDArray[np.float32], count: int) -> list[tuple[str, int, float]]:
        """Return the nearest clauses as digest start, place in the document, and cosine."""
        try:
            answer = self._collection.query(
                query_embeddings=vector[None, :], n_results=count, include=["distances"]
            )
        except BaseException as error:
            raise _as_store_error(error, self._place) from error
        found = []
        for one, distance in zip(answer["ids"][0], (answer["distances"] or [[]])[0], strict=True):
            digest, _, place = one.partition(":")
            if place.isdigit():
                found.append((digest, int(place), 1.0 - float(distance)))
        return found

    def close(self) -> None:
        """Let go of the files or the connection."""
        if self._finalizer:
            self._finalizer()


def digest_key(digest: str) -> str:
    """Return the part of a document's digest that `nearest` gives back."""
    return digest[:_DIGEST_LENGTH]


def copy_store(source: Path, target: Path) -> bool:
    """Copy a closed generation's vectors for the next one to change; False when not possible."""
    if not source.is_dir():
        return False
    try:
        shutil.copytree(source, target)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def _client(place: VectorPlace) -> "ClientAPI":
    """Return a client that reports nothing to anybody."""
    import chromadb  # noqa: PLC0415 - takes two seconds to import
    from chromadb.config import Settings  # noqa: PLC0415

    if not place.url:
        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        place.folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(place.folder), settings=settings)
    parts = urlsplit(place.url if "//" in place.url else f"http://{place.url}")
    is_secure = parts.scheme == "https"
    host, port = parts.hostname or "localhost", parts.port or (443 if is_secure else 8000)
    _check_alive(f"{'https' if is_secure else 'http'}://{host}:{port}")
    client = chromadb.HttpClient(
        host=host, port=port, ssl=is_secure, settings=Settings(anonymized_telemetry=False)
    )
    # Chromadb waits for ever on a server that hangs, and offers no setting for it.
    for session in _sessions_of(client):
        session.timeout = _SECONDS
    return client


def _sessions_of(client: "ClientAPI") -> list[Any]:
    """Return the connections of a client to a server, which it neither bounds nor closes."""
    parts = (client, getattr(client, "_admin_client", None))
    found = (getattr(getattr(one, "_server", None), "_session", None) for one in parts)
    return [one for one in found if one is not None]


def _let_go(client: "ClientAPI") -> None:
    """Close a client, and its connections once no other client of this process uses them."""
    from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415 - as above

    sessions = _sessions_of(client)
    client.close()  # type: ignore[attr-defined] # the interface leaves out what all have
    if getattr(client, "_identifier", "") not in SharedSystemClient._identifier_to_system:  # noqa: SLF001 - nothing public tells
        for session in sessions:
            session.close()


def _check_alive(address: str) -> None:
    """Raise when a server does not answer soon."""
    import httpx  # noqa: PLC0415 - for servers only

    httpx.get(f"{address}/api/v2/heartbeat", timeout=_SECONDS).raise_for_status()


def _as_store_error(error: BaseException, place: VectorPlace) -> BaseException:
    """Return what chromadb raised as our error; a stop by the user passes through."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
        return error
    if place.url:
        return VectorStoreError("向量数据库服务（CHROMA_URL）连接不上或没有应答")
    return VectorStoreError("语义索引文件打不开或已损坏，重建索引可以修复")
