"""Bringing the index in step with the clauses: a new generation beside the old (更新索引)."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from ziping.domain.library import LibraryClause
from ziping.domain.model import Record
from ziping.retrieval.embedding import Embedder
from ziping.retrieval.generations import Generations, Manifest, SegmentUse
from ziping.retrieval.segment import Segment, write_segment
from ziping.retrieval.vector_building import Documents, VectorBuilder
from ziping.retrieval.vectors import VectorPlace

_VERSION = 4
"""Raised when fields or weights change, so that the index is made anew."""
_MOST_SEGMENTS = 8
_MOST_CLAUSES = 100_000
"""Clauses in one segment; a document stays whole."""
_HALF = 0.5


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
        self._vectors = VectorBuilder(
            generations, embedder, chroma_url=chroma_url, with_questions=with_questions
        )
        self._with_questions = with_questions
        self._settings = f"{_VERSION}-{'with' if with_questions else 'no'}-questions"

    def place(self, manifest: Manifest) -> VectorPlace:
        """Return where a generation's vectors are."""
        return self._vectors.place(manifest.generation, manifest.embedder, manifest.dimension)

    def sync(self, clauses: Iterable[LibraryClause], *, only_vectors: bool = False) -> SyncReport:
        """Write and publish a generation that holds exactly these clauses.

        With `only_vectors` nothing is done where the clauses differ from those held: somebody else
        has brought the index further meanwhile.
        """
        documents = _by_document(clauses)
        digests = _digests(documents)
        with self._generations.writing():
            before = self._readable()
            plan = _plan(digests, before.documents if before else {})
            if only_vectors and before and not plan.is_empty:
                return _report(before, plan, documents, [])
            if before and plan.is_empty and self._vectors.are_complete(before):
                return _report(before, plan, documents, [])
            manifest, notices = self._written(plan, documents, before)
            if before and plan.is_empty and _same_vectors(manifest, before):
                shutil.rmtree(self._generations.folder(manifest.generation), ignore_errors=True)
                return _report(before, plan, documents, notices)
            retired = self._generations.previous()
            self._generations.publish(manifest)
            self._generations.clean()
            self._vectors.forget(retired, [one for one in (before, manifest) if one])
        return _report(manifest, plan, documents, notices)

    def lacking(self, clauses: Iterable[LibraryClause]) -> list[list[str]]:
        """Return the texts of each document that has no vectors of the embedder in use."""
        documents = _by_document(clauses)
        before = self._readable()
        return self._vectors.lacking(documents, before, _digests(documents))

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
        kept, again = self._kept(plan, before)
        fresh = [*plan.added, *plan.changed, *again]
        segments = (*kept, *self._new_segments(fresh, documents, plan.digests))
        made = self._vectors.made(plan.digests, documents, before)
        manifest = Manifest(
            generation=made.generation,
            settings=self._settings,
            documents=plan.digests,
            segments=segments,
            embedder=made.embedder,
            dimension=made.dimension,
            vectors=made.digests,
        )
        return manifest, made.notices

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
            size = len(documents[name])
            if not batches or size > room:
                batches.append([])
                room = _MOST_CLAUSES
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


def _by_document(clauses: Iterable[LibraryClause]) -> dict[str, list[LibraryClause]]:
    """Return clauses by the id of their document."""
    documents: dict[str, list[LibraryClause]] = {}
    for one in clauses:
        documents.setdefault(one.document_id, []).append(one)
    return documents


def _digests(documents: Documents) -> dict[str, str]:
    """Return the hash of each document's clauses."""
    return {name: _digest(own) for name, own in documents.items()}


def _same_vectors(one: Manifest, other: Manifest) -> bool:
    """Return whether two generations hold the same vectors."""
    return (one.embedder, one.dimension, one.vectors) == (
        other.embedder,
        other.dimension,
        other.vectors,
    )


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
