"""Vectors from any OpenAI-compatible /embeddings address (外接向量服务)."""

import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ziping.retrieval.embedding_error import EmbeddingError

if TYPE_CHECKING:
    import httpx

_BATCH = 32
_MAX_CHARACTERS = 4000
_REST_SECONDS = 30.0
"""After a failure the address is left alone this long, so that each search does not wait for it."""
_TRUST = 0.5
_OK = 200


class EndpointEmbedder:
    """Asks an address for vectors, in batches; rests after a failure (外接向量)."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        timeout: float = 3.0,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the address as far as /v1; nothing is asked before it is needed."""
        self._address = base_url.rstrip("/") + "/embeddings"
        self._key = api_key
        self._model = model
        self._timeout = timeout
        self._clock = clock
        self._dimension = 0
        self._rests_until = -math.inf
        self._reason = ""
        self._client: httpx.Client | None = None

    @property
    def name(self) -> str:
        """The model: the same one behind another address gives the same vectors."""
        return f"endpoint-{self._model}"

    @property
    def dimension(self) -> int:
        """Length of the vectors last answered, 0 before the first answer."""
        return self._dimension

    @property
    def trust(self) -> float:
        """As much as the keywords."""
        return _TRUST

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return a row of unit length a text; raises `EmbeddingError` with the reason."""
        if self._clock() < self._rests_until:
            raise EmbeddingError(self._reason)
        parts = [
            self._ask([text[:_MAX_CHARACTERS] or " " for text in texts[at : at + _BATCH]])
            for at in range(0, len(texts), _BATCH)
        ]
        lengths = {part.shape[1] for part in parts}
        if len(lengths) > 1:
            raise self._failed(
                f"向量服务前后返回的维数不同（{'、'.join(map(str, sorted(lengths)))}）"
            )
        if not parts:
            return np.empty((0, self._dimension), np.float32)
        self._dimension = lengths.pop()
        return np.concatenate(parts)

    def ask(self, query: str) -> npt.NDArray[np.float32]:
        """Return the vector of a question; raises `EmbeddingError` with the reason."""
        found: npt.NDArray[np.float32] = self.embed([query])[0]
        return found

    def close(self) -> None:
        """Close the connection."""
        if self._client:
            self._client.close()
            self._client = None

    def _ask(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Return the vectors of one batch."""
        answer = self._post({"model": self._model, "input": texts, "encoding_format": "float"})
        try:
            rows = sorted(answer["data"], key=lambda one: int(one.get("index", 0)))
            vectors = np.array([one["embedding"] for one in rows], np.float64)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self._failed("向量服务的回答看不懂，请核对地址和模型名称") from None
        if vectors.ndim != 2 or len(vectors) != len(texts) or not vectors.size:  # noqa: PLR2004
            raise self._failed(f"向量服务应返回 {len(texts)} 个向量，实际返回 {len(rows)} 个")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(vectors).all() or not np.isfinite(lengths).all() or (lengths == 0).any():
            raise self._failed("向量服务返回了无效数值（NaN、无穷大或全零）")
        unit: npt.NDArray[np.float32] = (vectors / lengths).astype(np.float32)
        return unit

    def _post(self, body: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the server answers
        """Return the parsed answer of the address, which gets `timeout` seconds in all."""
        import httpx  # noqa: PLC0415 - takes long to import, and is not needed offline

        if self._client is None:
            self._client = httpx.Client(timeout=self._timeout)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        until = time.monotonic() + self._timeout
        try:
            with self._client.stream("POST", self._address, json=body, headers=headers) as answer:
                content = bytearray()
                for chunk in answer.iter_bytes():
                    content += chunk
                    if time.monotonic() > until:
                        raise self._failed(f"向量服务超过 {self._timeout:g} 秒没有答完")
            if answer.status_code != _OK:
                raise self._failed(f"向量服务返回错误 {answer.status_code}")
            return httpx.Response(_OK, content=bytes(content)).json()
        except httpx.TimeoutException:
            raise self._failed(f"向量服务超过 {self._timeout:g} 秒没有回答") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            raise self._failed("向量服务连接不上，请核对地址和网络") from None
        except ValueError:
            raise self._failed("向量服务的回答看不懂，请核对地址和模型名称") from None

    def _failed(self, reason: str) -> EmbeddingError:
        """Remember a failure, and return it as the error to raise."""
        self._reason = reason
        self._rests_until = self._clock() + _REST_SECONDS
        return EmbeddingError(reason)
