"""Vectors of a new generation: those of the one before, and what is missing (向量更新)."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from ziping.domain.library import LibraryClause
from ziping.retrieval.embedding import Embedder, Vectors, as_slow
from ziping.retrieval.embedding_error import EmbeddingError
from ziping.retrieval.generations import Generations, Manifest
from ziping.retrieval.vectors import VectorPlace, VectorStore, VectorStoreError, copy_store

Documents = Mapping[str, Sequence[LibraryClause]]

_EMBEDDED_AT_ONCE = 2048


@dataclass
class MadeVectors:
    """Vectors of a generation being written (新一代的向量)."""

    generation: str
    embedder: str = ""
    dimension: int = 0
    digests: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    store: VectorStore | None = None


class VectorBuilder:
    """Fills the vector store of a generation (向量更新)."""

    def __init__(
        self,
        generations: Generations,
        embedder: Embedder | None,
        *,
        chroma_url: str,
        with_questions: bool,
    ) -> None:
        """Take the folder and what makes vectors; without an embedder there are none."""
        self._generations = generations
        self._embedder = embedder
        self._url = chroma_url
        self._with_questions = with_questions

    def are_complete(self, manifest: Manifest) -> bool:
        """Return whether every document has vectors of the embedder in use."""
        if self._embedder is None:
            return True
        return manifest.embedder == self._embedder.name and all(
            digest in manifest.vectors for digest in manifest.documents.values()
        )

    def made(
        self, digests: Mapping[str, str], documents: Documents, before: Manifest | None
    ) -> MadeVectors:
        """Return the vectors of a new generation: the old ones and those added, or all anew."""
        if self._embedder is None or not documents:
            return MadeVectors(self._generations.new_name())
        olds = [before] if before and before.embedder == self._embedder.name else []
        made = MadeVectors(self._generations.new_name())
        for old in (*olds, None):
            # Each attempt has a name of its own: chromadb remembers the folder of a failed one.
            made = MadeVectors(self._generations.new_name(), self._embedder.name)
            try:
                self._embed(made, digests, documents, old)
            except (VectorStoreError, _DimensionChangedError) as error:
                shutil.rmtree(self._generations.folder(made.generation), ignore_errors=True)
                made = MadeVectors(made.generation, notices=[f"{error}，已先建好关键词索引"])
            else:
                return made
        return made

    def _embed(
        self,
        made: MadeVectors,
        digests: Mapping[str, str],
        documents: Documents,
        old: Manifest | None,
    ) -> None:
        """Add the vectors that are missing to those of the generation before."""
        if old and self._takes_over(old, made.generation):
            made.digests, made.dimension = dict(old.vectors), old.dimension
        wanted = {digest: name for name, digest in digests.items()}
        missing = [
            name
            for digest, name in wanted.items()
            if digest not in made.digests and self._is_ready(documents[name])
        ]
        gone = [one for one in made.digests if one not in wanted]
        stack = ExitStack()
        with stack:
            for batch in _batches(missing, documents):
                found = self._asked(batch, documents, made)
                if found is None:
                    break
                store = self._entered(stack, made)
                ends = np.cumsum([len(documents[name]) for name in batch])
                parts = np.split(found, ends[:-1])
                store.add([(digests[name], part) for name, part in zip(batch, parts, strict=True)])
                made.digests |= {digests[name]: len(documents[name]) for name in batch}
            for one in gone:
                # On a server the generation before still needs them; see `_forget`.
                if not self._url:
                    self._entered(stack, made).remove(one, made.digests[one])
                del made.digests[one]

    def lacking(
        self, documents: Documents, manifest: Manifest | None, digests: Mapping[str, str]
    ) -> list[list[str]]:
        """Return the texts of each document that has no vectors of the embedder in use."""
        is_same = manifest and self._embedder and manifest.embedder == self._embedder.name
        held = manifest.vectors if manifest and is_same else {}
        return [
            [self._text(one) for one in own]
            for name, own in documents.items()
            if digests[name] not in held
        ]

    def _is_ready(self, own: Sequence[LibraryClause]) -> bool:
        """Return whether a document's vectors need no waiting for."""
        slow = as_slow(self._embedder)
        return slow is None or slow.is_ready([self._text(one) for one in own])

    def _takes_over(self, old: Manifest, generation: str) -> bool:
        """Return whether the vectors of the generation before can be built upon."""
        if not old.vectors:
            return False
        source, target = (self._generations.chroma(one) for one in (old.generation, generation))
        return bool(self._url) or copy_store(source, target)

    def _asked(
        self, batch: Sequence[str], documents: Documents, made: MadeVectors
    ) -> Vectors | None:
        """Return the vectors of a batch; None, with a notice, when the embedder fails."""
        texts = [self._text(one) for name in batch for one in documents[name]]
        try:
            found = self._embedder.embed(texts) if self._embedder else np.empty((0, 0), np.float32)
        except EmbeddingError as error:
            made.notices.append(f"{error}；已先建好关键词索引，缺少的向量会在下次更新时补上")
            return None
        if made.dimension not in (0, found.shape[1]):
            raise _DimensionChangedError
        made.dimension = int(found.shape[1])
        return found

    def _entered(self, stack: ExitStack, made: MadeVectors) -> VectorStore:
        """Return the store being written, opened once."""
        if made.store is None:
            place = self.place(made.generation, made.embedder, made.dimension)
            made.store = stack.enter_context(closing(VectorStore(place, create=True)))
        return made.store

    def _text(self, clause: LibraryClause) -> str:
        """Return what of a clause is turned into its vector."""
        return embedded_text(clause, with_questions=self._with_questions)

    def place(self, generation: str, embedder: str, dimension: int) -> VectorPlace:
        """Return where vectors of a kind are kept; on a server generations share a collection."""
        collection = "clauses"
        if self._url:
            kind = sha256(f"{embedder} {dimension}".encode()).hexdigest()[:12]
            collection = f"ziping-{self._generations.library_id()}-{kind}"
        return VectorPlace(self._generations.chroma(generation), self._url, collection)

    def forget(self, retired: Manifest | None, in_use: list[Manifest]) -> None:
        """Remove from a server what only a generation no longer kept used."""
        if not self._url or retired is None or not retired.vectors:
            return
        used = {
            digest
            for one in in_use
            if (one.embedder, one.dimension) == (retired.embedder, retired.dimension)
            for digest in one.vectors
        }
        gone = {one: size for one, size in retired.vectors.items() if one not in used}
        if not gone:
            return
        place = self.place(retired.generation, retired.embedder, retired.dimension)
        try:
            with closing(VectorStore(place, create=False)) as store:
                for digest, size in gone.items():
                    store.remove(digest, size)
        except VectorStoreError:
            return


def embedded_text(clause: LibraryClause, *, with_questions: bool) -> str:
    """Return what of a clause is turned into its vector.

    The name of a law, the same in all its clauses, blurs what tells them apart; where people's
    questions are known it belongs to them.
    """
    if not (with_questions and clause.questions):
        return clause.text or clause.title
    head = f"{clause.document} {clause.article} {clause.title}"
    return "\n".join((head, clause.text, *clause.questions))


class _DimensionChangedError(Exception):
    """The embedder's vectors no longer have the length of those kept."""

    def __str__(self) -> str:
        """Return the reason in Chinese."""
        return "向量服务返回的维数前后不同"


def _batches(names: Sequence[str], documents: Documents) -> Iterable[list[str]]:
    """Yield documents in batches of a bounded number of clauses."""
    batch: list[str] = []
    size = 0
    for name in names:
        if batch and size + len(documents[name]) > _EMBEDDED_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += len(documents[name])
    if batch:
        yield batch
