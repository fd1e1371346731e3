"""Immutable files of a batch of documents: clauses, postings, filter values (索引段)."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ziping.domain.library import LibraryClause
from ziping.retrieval.characters import normalise
from ziping.retrieval.numerals import article_key
from ziping.retrieval.postings import Postings, TextField, build_postings

_ARRAYS = ("tokens", "starts", "rows", "impacts", "asked", "facets", "offsets")
_FACETS = ("status", "jurisdiction", "origin", "article")


@dataclass(frozen=True)
class IndexedDocument:
    """A document as one segment holds it (段内文件)."""

    id: str
    digest: str
    """Hash of its clauses."""
    title: str
    number: str
    start: int
    """Its first clause row."""
    stop: int


class Segment:
    """A batch of documents opened for reading; arrays stay on disk until touched (索引段)."""

    def __init__(self, path: Path) -> None:
        """Open the files; raises OSError or ValueError when they are damaged."""
        self.name = path.name
        about = json.loads((path / "about.json").read_text(encoding="utf-8"))
        self.documents = tuple(IndexedDocument(**one) for one in about["documents"])
        self._vocabulary: dict[str, list[str]] = about["vocabulary"]
        arrays = {
            name: np.load(path / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
            for name in _ARRAYS
        }
        self.postings = Postings(*(arrays[name] for name in _ARRAYS[:5]))
        self._facets = arrays["facets"]
        self._offsets = arrays["offsets"]
        self._lines = np.memmap(path / "clauses.jsonl", np.uint8, "r")
        self.size = len(self._offsets) - 1

    def values(self, facet: str) -> tuple[list[str], npt.NDArray[np.int32]]:
        """Return a facet's values and for each clause row the place of its own."""
        return self._vocabulary[facet], self._facets[_FACETS.index(facet)]

    @property
    def dates(self) -> npt.NDArray[np.int32]:
        """Dates of issue as 20200225, 0 when unknown."""
        result: npt.NDArray[np.int32] = self._facets[len(_FACETS)]
        return result

    @cached_property
    def _articles(self) -> dict[str, npt.NDArray[np.intp]]:
        """Rows by article, sorted once."""
        keys, codes = self.values("article")
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(keys) + 1))
        return {key: order[bounds[at] : bounds[at + 1]] for at, key in enumerate(keys)}

    def rows_of_article(self, key: str) -> npt.NDArray[np.intp]:
        """Return the clause rows with an article, in any document."""
        return self._articles.get(key, np.empty(0, np.intp))

    def clause(self, row: int) -> LibraryClause:
        """Return the clause of a row."""
        line = self._lines[int(self._offsets[row]) : int(self._offsets[row + 1])].tobytes()
        return LibraryClause.model_validate_json(line)

    def clauses(self, document: IndexedDocument) -> list[LibraryClause]:
        """Return all clauses of a document."""
        return [self.clause(row) for row in range(document.start, document.stop)]


def write_segment(
    path: Path, documents: Iterable[tuple[str, Sequence[LibraryClause]]], *, with_questions: bool
) -> None:
    """Write documents, each with the digest of its clauses, as a segment in a new folder."""
    indexed: list[IndexedDocument] = []
    clauses: list[LibraryClause] = []
    for digest, own in documents:
        first = own[0]
        indexed.append(
            IndexedDocument(
                id=first.document_id,
                digest=digest,
                title=normalise(first.document),
                number=normalise(first.number),
                start=len(clauses),
                stop=len(clauses) + len(own),
            )
        )
        clauses += own
    postings = build_postings(_fields(clauses, with_questions=with_questions))
    vocabulary, facets = _facets(clauses)
    path.mkdir(parents=True)
    arrays = asdict(postings) | {
        "facets": facets,
        "offsets": _write_clauses(path / "clauses.jsonl", clauses),
    }
    for name, array in arrays.items():
        np.save(path / f"{name}.npy", array, allow_pickle=False)
    about = {"documents": [asdict(one) for one in indexed], "vocabulary": vocabulary}
    (path / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _fields(clauses: Sequence[LibraryClause], *, with_questions: bool) -> list[TextField]:
    """Return the weighed fields of clauses; the weights were tuned with questions left out."""
    heads = [f"{one.document} {one.number} {_place(one)} {one.article}" for one in clauses]
    asked = ["\n".join(one.questions) if with_questions else "" for one in clauses]
    return [
        TextField([normalise(one) for one in heads], 1.0, 24, 0.3),
        TextField([normalise(one.title) for one in clauses], 2.0, 8, 0.3),
        TextField([normalise(one.text) for one in clauses], 0.7, 120, 0.75),
        TextField([normalise(one) for one in asked], 0.6, 150, 0.75, is_asked=True),
    ]


def _place(clause: LibraryClause) -> str:
    """Return the province a clause is for, blank when it holds everywhere."""
    return "" if clause.jurisdiction in EVERYWHERE else clause.jurisdiction


EVERYWHERE = frozenset({"全国", "中央", "地方", "本系统"})
"""Jurisdictions that no filter leaves out."""


def _facets(
    clauses: Sequence[LibraryClause],
) -> tuple[dict[str, list[str]], npt.NDArray[np.int32]]:
    """Return the values that filters and references compare, and their codes by row."""
    columns = {
        "status": [one.status for one in clauses],
        "jurisdiction": [one.jurisdiction for one in clauses],
        "origin": [one.origin.value for one in clauses],
        "article": [article_key(normalise(one.article)) for one in clauses],
    }
    vocabulary = {name: sorted(set(values)) for name, values in columns.items()}
    codes = [_coded(values, vocabulary[name]) for name, values in columns.items()]
    dates = [as_date_number(one.date) for one in clauses]
    return vocabulary, np.array([*codes, dates], np.int32)


def _coded(values: list[str], vocabulary: list[str]) -> list[int]:
    """Return for each value its place in a vocabulary."""
    places = {value: at for at, value in enumerate(vocabulary)}
    return [places[one] for one in values]


def as_date_number(text: str) -> int:
    """Return 20200225 for 2020-02-25; 0 for what is no date."""
    digits = text.replace("-", "")[:8]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _write_clauses(path: Path, clauses: Sequence[LibraryClause]) -> npt.NDArray[np.int64]:
    """Write a clause a line and return where each starts, and the end."""
    offsets = [0]
    with path.open("wb") as file:
        for one in clauses:
            line = one.model_dump_json().encode("utf-8", "replace") + b"\n"
            file.write(line)
            offsets.append(offsets[-1] + len(line))
        file.flush()
        os.fsync(file.fileno())
    return np.array(offsets, np.int64)
