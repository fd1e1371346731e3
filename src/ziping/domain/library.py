"""The searchable policy library: its clauses, filters and hits (知识库)."""

from enum import StrEnum

from ziping.domain.model import Record
from ziping.domain.rules import Certainty


class Origin(StrEnum):
    """Where a clause's text comes from (来源)."""

    DIGEST = "转述"
    """Our own digest, shipped with the product."""
    ORIGINAL = "原文"
    """The document itself, added by a user."""


class LibraryClause(Record):
    """A clause as the library stores and indexes it (库内条款)."""

    id: str
    """Digest: `<document id>#<article>`; original: `<original id>#<article or part>`."""
    document_id: str
    document: str
    """Title of the document, without 《》."""
    number: str
    """文号."""
    article: str
    title: str = ""
    text: str
    status: str
    """现行, 已废止, 实务, 本系统默认, 待核实."""
    jurisdiction: str
    date: str = ""
    """ISO date of issue; blank when unknown."""
    certainty: Certainty
    origin: Origin
    page: int = 0
    """Page of the original, from 1; 0 when unknown."""
    questions: tuple[str, ...] = ()
    """问法."""


class LibraryFilter(Record):
    """Which clauses a search may return (检索条件)."""

    statuses: tuple[str, ...] = ()
    """Empty: all but 已废止."""
    jurisdictions: tuple[str, ...] = ()
    """Empty: all. 全国, 中央, 地方 and 本系统 always stay in."""
    in_force_on: str = ""
    """ISO date; documents issued later are left out."""
    origins: tuple[Origin, ...] = ()
    """Empty: both."""


class Hit(Record):
    """A clause found, and by what (命中)."""

    clause: LibraryClause
    score: float
    """Fused score, higher is better; comparable within one search only."""
    by: tuple[str, ...]
    """文号条款, 关键词, 语义."""
    marks: tuple[str, ...]
    """Words of the query found in the clause, for marking."""
    same: LibraryClause | None = None
    """Our digest of the same article, where the original was found too or instead (同条转述)."""


class SearchResult(Record):
    """Hits, best first, and what the reader must know about the search (检索结果)."""

    query: str
    hits: tuple[Hit, ...]
    notices: tuple[str, ...] = ()
    """E.g. 语义检索暂不可用，已只用关键词检索."""


class Original(Record):
    """A document that a user added (原文)."""

    id: str
    """`o` and a number."""
    title: str
    number: str = ""
    issuer: str = ""
    date: str = ""
    status: str = "现行"
    jurisdiction: str = ""
    file_name: str
    file_hash: str
    """SHA-256 of the file, lower-case hex."""
    clause_count: int
    digest_id: str = ""
    """Our digest of the same 文号, for comparing; blank when there is none."""
    verified: bool = False
    """Whether a policy officer has compared the digest with this original (已核对)."""
    added_at: str
    added_by: str


class OriginalPart(Record):
    """One clause split off an original (拆分结果)."""

    article: str
    """第十六条, or a heading, or 第3部分."""
    title: str = ""
    text: str
    page: int = 0


class DigestCheck(Record):
    """A policy officer's comparison of a digest with an original (核对记录)."""

    digest_id: str
    digest_hash: str
    """Hash of the digest as compared; a digest changed since is not verified any more."""
    original_id: str
    original_title: str
    """Kept, so that the record still reads when the original was removed."""
    articles: tuple[str, ...] = ()
    """Articles of the digest that answer to a part of the original: only these count as seen."""
    holds: bool
    """Whether the digest agrees; False: an earlier verification was withdrawn."""
    note: str = ""
    at: str
    """ISO moment, UTC."""
    by: str
