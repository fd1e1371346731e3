"""BM25 over all open segments, and the rows that references and filters name (关键词检索)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ziping.domain.library import LibraryClause, LibraryFilter
from ziping.retrieval.references import Catalog, References
from ziping.retrieval.segment import EVERYWHERE, IndexedDocument, Segment, as_date_number
from ziping.retrieval.titles import NamedDocument

Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_Held = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]

_MOST_POSTINGS = 800_000
"""Words common to a huge library are left out once this much was read for rarer ones."""
_REPEALED = "已废止"


@dataclass(frozen=True)
class OpenSegment:
    """A segment with those of its documents that still count (打开的段)."""

    segment: Segment
    documents: tuple[IndexedDocument, ...]
    alive: Mask | None
    """By clause row; None when all count."""
    base: int
    """Number of its first clause among all clauses."""


class LexicalIndex:
    """Searches segments as if they were one; rows are numbered through (关键词索引)."""

    def __init__(self, segments: Iterable[tuple[Segment, frozenset[str]]]) -> None:
        """Take segments, each with the ids of documents that no longer count."""
        self._segments: list[OpenSegment] = []
        self.size = 0
        self._alive = 0
        for segment, dead in segments:
            opened = _opened(segment, dead, self.size)
            self._segments.append(opened)
            self.size += segment.size
            self._alive += sum(one.stop - one.start for one in opened.documents)
        named = [
            NamedDocument(one.id, one.title, one.number)
            for opened in self._segments
            for one in opened.documents
        ]
        self.catalog = Catalog(named)
        self._document_rows: dict[str, slice] = {
            one.id: slice(opened.base + one.start, opened.base + one.stop)
            for opened in self._segments
            for one in opened.documents
        }
        self.documents = {
            one.id: (one, opened.segment) for opened in self._segments for one in opened.documents
        }
        self.places = sorted(self._places())

    def _places(self) -> set[str]:
        """Return the provinces some clause is for."""
        return {
            place for one in self._segments for place in one.segment.values("jurisdiction")[0]
        } - EVERYWHERE

    def held(self, token: int) -> int:
        """Return how many clauses hold a token."""
        return sum(len(one.segment.postings.of(token)[0]) for one in self._segments)

    def scores(self, tokens: Mapping[int, float]) -> tuple[Scores, Scores]:
        """Return each clause's score for weighed tokens, and the same without its 问法."""
        total = np.zeros(self.size, np.float32)
        asked = np.zeros(self.size, np.float32)
        budget = _MOST_POSTINGS
        for token, factor, hits in self._rarest_first(tokens):
            for one, (rows, impacts) in zip(self._segments, hits, strict=True):
                own = slice(one.base, one.base + one.segment.size)
                total[own][rows] += factor * impacts
                if len(of_asked := one.segment.postings.asked_of(token)):
                    asked[own][rows] += factor * of_asked
                budget -= len(rows)
            if budget < 0:
                break
        return total, total - asked

    def _rarest_first(
        self, tokens: Mapping[int, float]
    ) -> list[tuple[int, np.float32, list[_Held]]]:
        """Return tokens some clause holds with their factors and postings, most telling first."""
        found = []
        for token, weight in tokens.items():
            hits = [one.segment.postings.of(token) for one in self._segments]
            held = sum(_living(one, hit) for one, hit in zip(self._segments, hits, strict=True))
            if held:
                rarity = np.log1p((self._alive - held + 0.5) / (held + 0.5))
                found.append((token, np.float32(weight * rarity), hits))
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def allowed(self, where: LibraryFilter) -> Mask:
        """Return which clauses count and pass a filter."""
        mask = np.ones(self.size, np.bool_)
        for one in self._segments:
            own = mask[one.base : one.base + one.segment.size]
            if one.alive is not None:
                own &= one.alive
            own &= _passing(one.segment, where)
        return mask

    def of_place(self, places: Iterable[str]) -> Mask:
        """Return which clauses are for one of these places."""
        mask = np.zeros(self.size, np.bool_)
        wanted = set(places)
        for one in self._segments:
            names, codes = one.segment.values("jurisdiction")
            is_wanted = np.array([name in wanted for name in names], np.bool_)
            mask[one.base : one.base + one.segment.size] = is_wanted[codes]
        return mask

    def rows_of(self, documents: Iterable[str]) -> Mask:
        """Return which clauses are of some documents."""
        mask = np.zeros(self.size, np.bool_)
        for name in documents:
            if rows := self._document_rows.get(name):
                mask[rows] = True
        return mask

    def named(self, references: References) -> tuple[Mask, Mask]:
        """Return which clauses are of the documents named, and which of the articles named."""
        of_document = self.rows_of(references.documents)
        of_article = np.zeros(self.size, np.bool_)
        for one in self._segments:
            for key in references.articles:
                of_article[one.base + one.segment.rows_of_article(key)] = True
        return of_document, of_article

    def clause(self, row: int) -> LibraryClause:
        """Return the clause with a number."""
        for one in self._segments:
            if row < one.base + one.segment.size:
                return one.segment.clause(row - one.base)
        raise IndexError(row)

    def row(self, document_id: str, place: int) -> int:
        """Return the number of a document's clause; -1 when there is none."""
        rows = self._document_rows.get(document_id)
        return rows.start + place if rows and place < rows.stop - rows.start else -1


def _living(opened: OpenSegment, held: _Held) -> int:
    """Return how many clauses that still count hold a token."""
    rows, _ = held
    return len(rows) if opened.alive is None else int(opened.alive[rows].sum())


def _opened(segment: Segment, dead: frozenset[str], base: int) -> OpenSegment:
    """Return a segment with the rows of dropped documents marked."""
    living = tuple(one for one in segment.documents if one.id not in dead)
    if len(living) == len(segment.documents):
        return OpenSegment(segment, living, None, base)
    alive = np.zeros(segment.size, np.bool_)
    for one in living:
        alive[one.start : one.stop] = True
    return OpenSegment(segment, living, alive, base)


def _passing(segment: Segment, where: LibraryFilter) -> Mask:
    """Return which clause rows of a segment pass a filter."""
    names, codes = segment.values("status")
    statuses = set(where.statuses) or set(names) - {_REPEALED}
    mask: Mask = _among(names, codes, statuses)
    if where.jurisdictions:
        names, codes = segment.values("jurisdiction")
        mask &= _among(names, codes, {*where.jurisdictions, *EVERYWHERE})
    if where.origins:
        names, codes = segment.values("origin")
        mask &= _among(names, codes, {one.value for one in where.origins})
    if day := as_date_number(where.in_force_on):
        mask &= segment.dates <= day
    return mask


def _among(names: list[str], codes: npt.NDArray[np.int32], wanted: set[str]) -> Mask:
    """Return which rows have one of the wanted values."""
    result: Mask = np.array([name in wanted for name in names], np.bool_)[codes]
    return result
