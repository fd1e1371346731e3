"""The library's index: kept in step with the clauses, searched by the services (知识库索引)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock

from ziping.domain.library import LibraryClause, LibraryFilter, SearchResult
from ziping.retrieval.building import Builder, SyncReport
from ziping.retrieval.embedding import Embedder, as_slow
from ziping.retrieval.filling import Filler
from ziping.retrieval.generations import Generations, Manifest
from ziping.retrieval.lexical import LexicalIndex
from ziping.retrieval.meaning import Meaning
from ziping.retrieval.near_terms import NearTerms
from ziping.retrieval.searching import Searcher
from ziping.retrieval.segment import Segment
from ziping.retrieval.wording import Wording

__all__ = ["LibraryIndex", "SyncReport"]

_NOT_BUILT = "知识库还没有建立索引，请先在“知识库”页或用 ziping knowledge rebuild 建立"
_ALL = LibraryFilter()


class LibraryIndex:
    """Search over the clauses last synced; safe for several threads and processes (知识库索引).

    The folder holds immutable generations; `sync` writes a new one beside the old and swaps a
    pointer, and every search follows the pointer.
    """

    def __init__(  # noqa: PLR0913 - one keyword per choice
        self,
        directory: Path,
        embedder: Embedder,
        colloquial: Mapping[str, tuple[str, ...]],
        *,
        chroma_url: str = "",
        with_questions: bool = True,
        with_vectors: bool = True,
    ) -> None:
        """Take the folder; nothing is read before it is needed.

        Args:
            directory: The folder of the index, made by `sync` when missing.
            embedder: What makes vectors.
            colloquial: Official term -> ways people say it.
            chroma_url: A chromadb server; blank keeps vectors in the folder.
            with_questions: Whether 问法 are indexed; off for measuring only.
            with_vectors: Whether vectors are used; off for measuring only.
        """
        self._generations = Generations(directory)
        self._embedder = embedder
        self._url = chroma_url
        self._with_vectors = with_vectors
        self._wording = Wording(colloquial)
        self._colloquial = colloquial
        self._builder = Builder(
            self._generations,
            embedder if with_vectors else None,
            chroma_url=chroma_url,
            with_questions=with_questions,
        )
        slow = as_slow(embedder) if with_vectors else None
        self._filler = Filler(slow) if slow else None
        self._lock = Lock()
        self._searcher: Searcher | None = None

    @cached_property
    def _terms(self) -> NearTerms:
        """The lexicon by meaning, read once."""
        return NearTerms(self._colloquial, self._embedder)

    @property
    def generation(self) -> str:
        """Name of the generation that searches use now; blank before the first sync."""
        searcher = self._open()
        return searcher.generation if searcher else ""

    def sync(self, clauses: Iterable[LibraryClause]) -> SyncReport:
        """Make the index hold exactly these clauses; only documents that differ are touched."""
        if self._filler is None:
            return self._builder.sync(clauses)
        self._filler.stop()
        held = list(clauses)
        report = self._builder.sync(held)
        if lacking := self._builder.lacking(held):
            self._filler.start(lacking, lambda: self._builder.sync(held, only_vectors=True))
        return report

    def finish(self) -> None:
        """Wait for vectors that are being made in the background."""
        if self._filler:
            self._filler.wait()

    def search(self, query: str, k: int = 10, where: LibraryFilter = _ALL) -> SearchResult:
        """Return the clauses that answer a query, best first, and what the reader must know."""
        searcher = self._open()
        if searcher is None:
            return SearchResult(query=_printable(query), hits=(), notices=(_NOT_BUILT,))
        return searcher.search(query, k, where)

    def warm(self) -> None:
        """Open everything a search needs, for instance in the background after start-up."""
        searcher = self._open()
        if searcher:
            searcher.warm()

    def close(self) -> None:
        """Let go of files and connections; a later search opens them again."""
        if self._filler:
            self._filler.stop()
        with self._lock:
            searcher, self._searcher = self._searcher, None
        if searcher:
            searcher.close()

    def _open(self) -> Searcher | None:
        """Return a searcher of the current generation; the last good one if that cannot be read."""
        current = self._generations.current()
        searcher = self._searcher
        if searcher and searcher.generation == current:
            return searcher
        with self._lock:
            if self._searcher and self._searcher.generation == self._generations.current():
                return self._searcher
            # A clean-up may overtake a slow reader once; the pointer then names a newer one.
            for _ in range(3):
                opened = self._opened()
                if opened:
                    self._searcher = opened
                    break
            return self._searcher

    def _opened(self) -> Searcher | None:
        """Return a searcher of the current generation, None when it cannot be read."""
        manifest = self._generations.manifest(self._generations.current())
        if manifest is None:
            return None
        with suppress(OSError, ValueError, KeyError, TypeError):
            lexical = LexicalIndex(
                (Segment(self._generations.segments / use.name), frozenset(use.dead))
                for use in manifest.segments
            )
            meaning = self._meaning(manifest)
            return Searcher(manifest.generation, lexical, self._wording, meaning, self._terms)
        return None

    def _meaning(self, manifest: Manifest) -> Meaning | None:
        """Return the vector side of a generation."""
        if not self._with_vectors:
            return None
        return Meaning(self._embedder, manifest, self._builder.place(manifest))


def _printable(query: str) -> str:
    """Return a query as a record can hold it."""
    return query.encode("utf-8", "replace").decode("utf-8")
