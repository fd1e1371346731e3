"""Bringing the index in step with the clauses: a new generation beside the old (更新索引)."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

import numpy as np

from ziping.domain.library import LibraryClause
from ziping.domain.model import Record
from ziping.retrieval.embedding import Embedder
from ziping.retrieval.embedding_error import EmbeddingError
from ziping.retrieval.generations import Generations, Manifest, SegmentUse
from ziping.retrieval.segment import Segment, write_segment
from ziping.retrieval.vectors import VectorPlace, VectorStore, VectorStoreError, copy_store

_VERSION = 1
"""Raised when fields or weights change, so that the index is made anew."""
_MOST_SEGMENTS = 8
_MOST_TEXTS = 100_000
"""Clauses and questions in one segment."""
_EMBEDDED_AT_ONCE = 2048
_HALF = 0.5

Documents = Mapping[str, Sequence[LibraryClause]]


class SyncReport(Record):
    """What a sync did (更新结果)."""

    generation: str
    added: tuple[str, ...] = ()
    """Ids of documents that are new."""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    clauses: int = 0
    """Clauses the index now holds."""
    notices: tuple[str, ...] = ()
    """E.g. 向量服务连接不上…，已先建好关键词索引."""


@dataclass(frozen=True)
class _Plan:
    """Which documents differ from the generation before."""

    digests: dict[str, str]
    added: list[str]
    changed: list[str]
    removed: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.changed or self.removed)


class Builder:
    """Writes generations (索引更新)."""

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
        self._settings = f"{_VERSION}-{'with' if with_questions else 'no'}-questions"

    def sync(self, clauses: Iterable[LibraryClause]) -> SyncReport:
        """Write and publish a generation that holds exactly these clauses."""
        documents: dict[str, list[LibraryClause]] = {}
        for one in clauses:
            documents.setdefault(one.document_id, []).append(one)
        digests = {name: _digest(own) for name, own in documents.items()}
        with self._generations.writing():
            before = self._readable()
            plan = _plan(digests, before.documents if before else {})
            if before and plan.is_empty and self._has_vectors(before):
                return _report(before, plan, documents, [])
            manifest, notices = self._written(plan, documents, before)
            if before and plan.is_empty and manifest.vectors == before.vectors:
                shutil.rmtree(self._generations.folder(manifest.generation), ignore_errors=True)
                return _report(before, plan, documents, notices)
            retired = self._generations.previous()
            self._generations.publish(manifest)
            self._generations.clean()
            self._forget(retired, [one for one in (before, manifest) if one])
        return _report(manifest, plan, documents, notices)

    def place(self, manifest: Manifest) -> VectorPlace:
        """Return where a generation's vectors are."""
        return self._place(manifest.generation, manifest.embedder, manifest.dimension)

    # ---- keywords ---------------------------------------------------------------------------

    def _readable(self) -> Manifest | None:
        """Return the current manifest if its files can be read and were made in our way."""
        manifest = self._generations.manifest(self._generations.current())
        if manifest is None or manifest.settings != self._settings:
            return None
        try:
            for use in manifest.segments:
                Segment(self._generations.segments / use.name)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return manifest

    def _written(
        self, plan: _Plan, documents: Documents, before: Manifest | None
    ) -> tuple[Manifest, list[str]]:
        """Return the manifest of a new generation whose files are all written."""
        generation = self._generations.new_name()
        kept, again = self._kept(plan, before)
        fresh = [*plan.added, *plan.changed, *again]
        segments = (*kept, *self._new_segments(fresh, documents, plan.digests))
        embedder, dimension, vectors, notices = self._vectors(
            generation, plan.digests, documents, before
        )
        manifest = Manifest(
            generation=generation,
            settings=self._settings,
            documents=plan.digests,
            segments=segments,
            embedder=embedder,
            dimension=dimension,
            vectors=vectors,
        )
        return manifest, notices

    def _kept(self, plan: _Plan, before: Manifest | None) -> tuple[list[SegmentUse], list[str]]:
        """Return segments to use again, and documents to write anew with the new ones.

        Segments more than half dead, and the smallest ones when there are many, are merged.
        """
        gone = {*plan.removed, *plan.changed}
        uses: list[tuple[int, SegmentUse, list[str]]] = []
        again: list[str] = []
        for use in before.segments if before else ():
            segment = Segment(self._generations.segments / use.name)
            dead = {*use.dead, *(one.id for one in segment.documents if one.id in gone)}
            living = [one for one in segment.documents if one.id not in dead]
            size = sum(one.stop - one.start for one in living)
            if size < _HALF * segment.size:
                again += [one.id for one in living]
            else:
                uses.append(
                    (size, SegmentUse(use.name, tuple(sorted(dead))), [*(one.id for one in living)])
                )
        uses.sort(key=lambda one: (one[0], one[1].name))
        if len(uses) >= _MOST_SEGMENTS:
            for _, _, living_ids in uses[: _MOST_SEGMENTS - 2]:
                again += living_ids
            uses = uses[_MOST_SEGMENTS - 2 :]
        return [use for _, use, _ in uses], again

    def _new_segments(
        self, names: list[str], documents: Documents, digests: Mapping[str, str]
    ) -> list[SegmentUse]:
        """Write segments for documents and return them."""
        batches: list[list[str]] = []
        room = 0
        for name in sorted(names):
            size = sum(1 + len(one.questions) for one in documents[name])
            if not batches or size > room:
                batches.append([])
                room = _MOST_TEXTS
            batches[-1].append(name)
            room -= size
        uses = []
        for batch in batches:
            use = SegmentUse(uuid4().hex[:16])
            write_segment(
                self._generations.segments / use.name,
                [(digests[name], documents[name]) for name in batch],
                with_questions=self._with_questions,
            )
            uses.append(use)
        return uses

    # ---- vectors ----------------------------------------------------------------------------

    def _has_vectors(self, manifest: Manifest) -> bool:
        """Return whether every document has vectors of the embedder in use."""
        if self._embedder is None:
            return True
        return manifest.embedder == self._embedder.name and all(
            digest in manifest.vectors for digest in manifest.documents.values()
        )

    def _vectors(
        self,
        generation: str,
        digests: Mapping[str, str],
        documents: Documents,
        before: Manifest | None,
    ) -> tuple[str, int, dict[str, int], list[str]]:
        """Return embedder, dimension and digests of the vectors kept, and notices."""
        if self._embedder is None or not documents:
            return "", 0, {}, []
        is_same = before is not None and before.embedder == self._embedder.name
        old = before if is_same else None
        try:
            return self._embedded(generation, digests, documents, old)
        except _DimensionChangedError:
            shutil.rmtree(self._generations.chroma(generation), ignore_errors=True)
        except VectorStoreError as error:
            shutil.rmtree(self._generations.chroma(generation), ignore_errors=True)
            if self._url:
                return "", 0, {}, [f"{error}，已先建好关键词索引"]
        try:
            return self._embedded(generation, digests, documents, None)
        except (VectorStoreError, _DimensionChangedError) as error:
            shutil.rmtree(self._generations.chroma(generation), ignore_errors=True)
            return "", 0, {}, [f"{error}，已先建好关键词索引"]

    def _embedded(
        self,
        generation: str,
        digests: Mapping[str, str],
        documents: Documents,
        before: Manifest | None,
    ) -> tuple[str, int, dict[str, int], list[str]]:
        """Add vectors that are missing to those of the generation before."""
        embedder = self._embedder
        if embedder is None:
            raise TypeError
        wanted = {digest: name for name, digest in digests.items()}
        kept: dict[str, int] = {}
        if (
            before
            and before.vectors
            and (
                self._url
                or copy_store(
                    self._generations.chroma(before.generation),
                    self._generations.chroma(generation),
                )
            )
        ):
            kept = dict(before.vectors)
        missing = [wanted[one] for one in wanted if one not in kept]
        dimension = before.dimension if before and kept else 0
        notices: list[str] = []
        store: VectorStore | None = None
        try:
            for batch in _batches(missing, documents):
                texts = [self._text(one) for name in batch for one in documents[name]]
                try:
                    found = embedder.embed(texts)
                except EmbeddingError as error:
                    notices = [f"{error}；已先建好关键词索引，缺少的向量会在下次更新时补上"]
                    break
                if dimension not in (0, found.shape[1]):
                    raise _DimensionChangedError
                dimension = int(found.shape[1])
                store = store or self._store(generation, dimension)
                ends = np.cumsum([len(documents[name]) for name in batch])
                store.add(
                    [
                        (digests[name], part)
                        for name, part in zip(batch, np.split(found, ends[:-1]), strict=True)
                    ]
                )
                kept |= {digests[name]: len(documents[name]) for name in batch}
            gone = [one for one in kept if one not in wanted]
            if gone and not self._url:
                store = store or self._store(generation, dimension)
                for one in gone:
                    store.remove(one, kept[one])
        finally:
            if store:
                store.close()
        kept = {digest: size for digest, size in kept.items() if digest in wanted}
        return embedder.name if kept else "", dimension, kept, notices

    def _text(self, clause: LibraryClause) -> str:
        """Return what of a clause is turned into its vector."""
        asked = clause.questions if self._with_questions else ()
        return "\n".join(
            (f"{clause.document} {clause.article} {clause.title}", clause.text, *asked)
        )

    def _store(self, generation: str, dimension: int) -> VectorStore:
        """Return the store of a generation, made when missing."""
        name = self._embedder.name if self._embedder else ""
        return VectorStore(self._place(generation, name, dimension), create=True)

    def _place(self, generation: str, embedder: str, dimension: int) -> VectorPlace:
        """Return where vectors of a kind are kept; on a server generations share a collection."""
        collection = "clauses"
        if self._url:
            kind = sha256(f"{embedder} {dimension}".encode()).hexdigest()[:12]
            collection = f"ziping-{self._generations.library_id()}-{kind}"
        return VectorPlace(self._generations.chroma(generation), self._url, collection)

    def _forget(self, retired: Manifest | None, in_use: list[Manifest]) -> None:
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
        try:
            with closing(VectorStore(self.place(retired), create=False)) as store:
                for digest, size in gone.items():
                    store.remove(digest, size)
        except VectorStoreError:
            return


class _DimensionChangedError(Exception):
    """The embedder's vectors no longer have the length of those kept."""

    def __str__(self) -> str:
        """Return the reason in Chinese."""
        return "向量服务返回的维数前后不同"


def _digest(clauses: Sequence[LibraryClause]) -> str:
    """Return a hash of all that is indexed of a document."""
    summary = sha256()
    for one in clauses:
        summary.update(json.dumps(one.model_dump(mode="json"), ensure_ascii=True).encode())
    return summary.hexdigest()


def _plan(digests: dict[str, str], before: Mapping[str, str]) -> _Plan:
    """Return how documents differ from those of the generation before."""
    return _Plan(
        digests=digests,
        added=[one for one in digests if one not in before],
        changed=[one for one in digests if one in before and before[one] != digests[one]],
        removed=[one for one in before if one not in digests],
    )


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


def _report(
    manifest: Manifest, plan: _Plan, documents: Documents, notices: Sequence[str]
) -> SyncReport:
    """Return what a sync did."""
    return SyncReport(
        generation=manifest.generation,
        added=tuple(sorted(plan.added)),
        changed=tuple(sorted(plan.changed)),
        removed=tuple(sorted(plan.removed)),
        clauses=sum(map(len, documents.values())),
        notices=tuple(notices),
    )
