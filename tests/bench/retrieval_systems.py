"""The systems compared in the retrieval bench; each is built and asked in a process of its own."""

import importlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from tests.bench.embedders import Embed, NotInstalledError, english_model, multilingual_model
from tests.bench.retrieval_library import (
    HELD,
    Measured,
    Ranker,
    colloquial,
    measure,
    our_embedder,
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

Builder = Callable[[Path], Ranker]


def run(name: str) -> Measured:
    """Build a system by its name and measure it."""
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        rank = SYSTEMS[name](Path(folder))
        seconds = time.perf_counter() - start
        found = measure(rank, questions(HELD))
        return replace(found, index_seconds=seconds, peak_mib=peak_mib())


def _ours(*, with_questions: bool, with_vectors: bool, own_vectors: bool = False) -> Builder:
    """Return what builds our index."""

    def build(folder: Path) -> Ranker:
        words = colloquial()
        index = LibraryIndex(
            folder,
            LocalEmbedder(words) if own_vectors else our_embedder(),
            words,
            with_questions=with_questions,
            with_vectors=with_vectors,
        )
        index.sync(shipped_clauses())
        index.finish()
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


def _chromadb(model: Callable[[], tuple[Embed, Embed]]) -> Builder:
    """Return what builds what a chromadb tutorial builds: whole clauses, a model's vectors."""

    def build(folder: Path) -> Ranker:
        documents, asked = model()
        chromadb = importlib.import_module("chromadb")
        settings = importlib.import_module("chromadb.config").Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        collection = client.create_collection("clauses", embedding_function=None)
        clauses = shipped_clauses()
        texts = [_whole(one, with_questions=True) for one in clauses]
        collection.add(ids=[one.id for one in clauses], embeddings=documents(texts))

        def rank(question: str) -> list[str]:
            found = collection.query(query_embeddings=asked([question]), n_results=10)
            return [str(one) for one in found["ids"][0]]

        return rank

    return build


def _langchain(_: Path) -> Ranker:
    """Build what a LangChain tutorial builds: pieces of 500 characters, the nearest ones."""
    try:
        splitters = importlib.import_module("langchain_text_splitters")
    except ImportError as error:
        raise NotInstalledError("没有安装 langchain-text-splitters") from error
    documents, asked = english_model()
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    owners: list[str] = []
    pieces: list[str] = []
    for one in shipped_clauses():
        for piece in splitter.split_text(_whole(one, with_questions=True)):
            owners.append(one.id)
            pieces.append(piece)
    vectors = documents(pieces)

    def rank(question: str) -> list[str]:
        nearness = vectors @ asked([question])[0]
        order = np.argsort(-nearness, kind="stable")
        return list(dict.fromkeys(owners[piece] for piece in order[:50]))[:10]

    return rank


def _whole(clause: LibraryClause, *, with_questions: bool) -> str:
    """Return all text of a clause."""
    asked = clause.questions if with_questions else ()
    head = f"{clause.document} {clause.number} {clause.article} {clause.title}"
    return "\n".join((head, clause.text, *asked))


SYSTEMS: dict[str, Builder] = {
    "本系统": _ours(with_questions=True, with_vectors=True),
    "本系统，不用问法": _ours(with_questions=False, with_vectors=True),
    "本系统，没有句向量的机器": _ours(with_questions=True, with_vectors=True, own_vectors=True),
    "本系统，不用向量": _ours(with_questions=True, with_vectors=False),
    "只用 BM25（含问法）": _plain_bm25(with_questions=True),
    "只用 BM25（不含问法）": _plain_bm25(with_questions=False),
    "chromadb 加英文默认模型": _chromadb(english_model),
    "chromadb 加多语言模型（e5-small）": _chromadb(multilingual_model),
    "LangChain 默认做法（英文默认模型）": _langchain,
}
"""What is compared, by the name in the table."""
NEED_MODELS = frozenset(name for name in SYSTEMS if "模型" in name)
"""Those that need a package with a model, and minutes."""
