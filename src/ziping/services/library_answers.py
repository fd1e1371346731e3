"""The JSON of `search` and `knowledge`: part of the published contract (知识库命令输出)."""

from pydantic import RootModel

from ziping.domain.library import DigestCheck, Hit
from ziping.domain.model import Record
from ziping.domain.rules import CERTAINTY_TITLES
from ziping.services.comparing import Comparison
from ziping.services.library import LibraryDocument


class HitAnswer(Record):
    """A clause found (命中条款)."""

    clause_id: str
    document: str
    """Title without 《》."""
    number: str
    """文号; blank where there is none."""
    article: str
    status: str
    score: float
    """Comparable within one search only."""
    text: str
    title: str
    """Short title of the clause, or the chapter it stands in."""
    certainty: str
    """How surely the text is known, in Chinese."""
    origin: str
    """原文 or 转述."""
    jurisdiction: str
    date: str
    page: int
    """Page of the original; 0: unknown."""
    by: tuple[str, ...]
    """What found it: 文号条款, 关键词, 语义."""


class SearchAnswer(RootModel[tuple[HitAnswer, ...]]):
    """Hits, best first; empty when nothing was found (检索结果)."""


class DocumentAnswer(Record):
    """A document of the library (库内文件)."""

    id: str
    title: str
    number: str
    issuer: str
    date: str
    status: str
    jurisdiction: str
    origin: str
    certainty: str
    clause_count: int
    linked: tuple[str, ...]
    """Originals of a digest, or the digest of an original."""
    verified_by: str
    verified_at: str
    file_name: str
    added_at: str
    added_by: str


class DocumentList(Record):
    """Every document of the library (库内文件清单)."""

    documents: tuple[DocumentAnswer, ...]


class ClauseAnswer(Record):
    """A clause of a document (条款)."""

    id: str
    article: str
    title: str
    text: str
    page: int
    certainty: str


class DocumentShown(Record):
    """A document with its clauses (文件全文)."""

    document: DocumentAnswer
    clauses: tuple[ClauseAnswer, ...]


class ComparedAnswer(Record):
    """A clause of a digest beside the original (逐条对照)."""

    article: str
    digest: str
    original: str
    """Blank: nothing in the original answers to it."""
    original_article: str
    is_guess: bool
    figures: tuple[str, ...]
    """Figures of the digest that the original's part does not have."""


class ComparisonAnswer(Record):
    """A digest compared with an original (对照结果)."""

    original: str
    digest: str
    rows: tuple[ComparedAnswer, ...]
    undigested: int
    is_verified: bool
    check: DigestCheck | None


def hit_answer(hit: Hit) -> HitAnswer:
    """Return a hit as it is printed."""
    clause = hit.clause
    kept = clause.model_dump(
        include={
            *("document", "number", "article", "status", "text", "title"),
            *("jurisdiction", "date", "page"),
        }
    )
    return HitAnswer(
        **kept,
        clause_id=clause.id,
        score=round(hit.score, 6),
        certainty=CERTAINTY_TITLES[clause.certainty],
        origin=clause.origin.value,
        by=hit.by,
    )


def document_answer(one: LibraryDocument) -> DocumentAnswer:
    """Return a document's line as it is printed."""
    added = one.original
    return DocumentAnswer(
        id=one.id,
        title=one.title,
        number=one.number,
        issuer=one.issuer,
        date=one.date,
        status=one.status,
        jurisdiction=one.jurisdiction,
        origin=one.origin.value,
        certainty=one.certainty,
        clause_count=one.clause_count,
        linked=one.linked,
        verified_by=one.check.by if one.check else "",
        verified_at=one.check.at if one.check else "",
        file_name=added.file_name if added else "",
        added_at=added.added_at if added else "",
        added_by=added.added_by if added else "",
    )


def comparison_answer(compared: Comparison) -> ComparisonAnswer:
    """Return a comparison as it is printed."""
    return ComparisonAnswer(
        original=compared.original.id,
        digest=compared.digest.id,
        rows=tuple(
            ComparedAnswer(
                article=row.digest.article,
                digest=row.digest.text,
                original=row.original.text if row.original else "",
                original_article=row.original.article if row.original else "",
                is_guess=row.is_guess,
                figures=row.figures,
            )
            for row in compared.rows
        ),
        undigested=len(compared.undigested),
        is_verified=compared.is_verified,
        check=compared.check,
    )
