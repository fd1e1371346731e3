"""The policy library: its clauses, keeping the index in step with them, and searching (知识库)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from threading import RLock
from typing import Protocol

from ziping.domain.access import Right
from ziping.domain.errors import InputError
from ziping.domain.library import (
    DigestCheck,
    LibraryClause,
    LibraryFilter,
    Origin,
    Original,
    SearchResult,
)
from ziping.domain.people import Person
from ziping.domain.policy import PolicyDocument
from ziping.domain.rules import CERTAINTY_TITLES, Certainty
from ziping.persistence import library as store
from ziping.services.access import needs
from ziping.services.library_folding import folded
from ziping.services.workspace import Workspace

MAX_QUERY = 500
"""Longer questions are cut: nobody asks in more, and a pasted report is no question."""
MAX_HITS = 100
_NO_ORIGINAL = ("实务", "本系统默认")
STATUSES = ("现行", "已废止", "待核实", "实务", "本系统默认")


class SyncTold(Protocol):
    """What an index tells about its last change (更新结果)."""

    @property
    def notices(self) -> tuple[str, ...]:
        """E.g. 向量服务连接不上，已先建好关键词索引."""


class Index(Protocol):
    """What the library needs of an index (检索索引)."""

    def sync(self, clauses: Sequence[LibraryClause]) -> SyncTold:
        """Bring the index in step with the clauses."""

    def search(self, query: str, k: int, where: LibraryFilter) -> SearchResult:
        """Return the best clauses for a question."""

    def finish(self) -> None:
        """Wait for what is still made in the background."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(slots=True)
class _Shelf:
    """The one index of a process, and how far it is in step with the clauses."""

    lock: RLock = field(default_factory=RLock)
    index: Index | None = None
    at: tuple[str, int] | None = None
    digests_hash: str = ""
    notices: tuple[str, ...] = ()
    links: tuple[tuple[str, int] | None, Mapping[str, str]] | None = None
    """Digest of each original that has one, as of a state of the clauses."""


class Library:
    """The library of a workspace; its index is opened by the first search (知识库)."""

    def __init__(self, workspace: Workspace, open_index: Callable[[], Index]) -> None:
        """Keep the ways to both; nothing is opened yet."""
        self.workspace = workspace
        self._open_index = open_index
        self._shelf = _Shelf()

    def acting_as(self, person: Person) -> "Library":
        """Return the library as a person uses it; the index is everybody's."""
        twin = copy(self)
        twin.workspace = self.workspace.acting_as(person)
        return twin

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know of the index, in Chinese."""
        return self._shelf.notices

    def _digests_hash(self) -> str:
        """Return a hash of all digests; content does not change while the program runs."""
        if not self._shelf.digests_hash:
            documents = self.workspace.content.documents().values()
            told = "\n".join(one.model_dump_json() for one in documents)
            self._shelf.digests_hash = hashlib.sha256(told.encode()).hexdigest()
        return self._shelf.digests_hash

    @needs(Right.USE)
    def sync(self, *, force: bool = False) -> Index:
        """Return the index in step with the clauses; nothing is done when none changed."""
        shelf = self._shelf
        with shelf.lock:
            with self.workspace.database.read() as connection:
                at = (self._digests_hash(), store.revision(connection))
            if shelf.index is None:
                shelf.index = self._open_index()
            if force or at != shelf.at:
                report = shelf.index.sync(library_clauses(self.workspace))
                shelf.notices = report.notices
                shelf.at = at
            return shelf.index

    @needs(Right.USE)
    def links(self) -> Mapping[str, str]:
        """Return the digest of each original that has one; they change with the clauses."""
        shelf = self._shelf
        with shelf.lock:
            if shelf.links is None or shelf.links[0] != shelf.at:
                originals = list_originals(self.workspace)
                found = {one.id: one.digest_id for one in originals if one.digest_id}
                shelf.links = (shelf.at, found)
            return shelf.links[1]

    @needs(Right.USE)
    def finish(self) -> None:
        """Wait for vectors made in the background, for a program that ends afterwards."""
        if self._shelf.index is not None:
            self._shelf.index.finish()

    def close(self) -> None:
        """Let go of the index."""
        with self._shelf.lock:
            if self._shelf.index is not None:
                self._shelf.index.close()
            self._shelf.index = self._shelf.at = None


@dataclass(frozen=True, slots=True)
class LibraryDocument:
    """A document on the list of the library (库内文件)."""

    id: str
    title: str
    number: str
    issuer: str
    date: str
    status: str
    jurisdiction: str
    origin: Origin
    certainty: str
    """How surely the text is known, in Chinese."""
    clause_count: int
    linked: tuple[str, ...] = ()
    """Ids of the originals of a digest, or of the digest of an original."""
    check: DigestCheck | None = None
    """The comparison that still holds."""
    original: Original | None = None


@needs(Right.USE)
def library_clauses(workspace: Workspace) -> tuple[LibraryClause, ...]:
    """Return every clause of the library: the digests', then the originals'."""
    digests = [
        clause
        for document in workspace.content.documents().values()
        for clause in digest_clauses(document)
    ]
    with workspace.database.read() as connection:
        return (*digests, *store.read_clauses(connection))


def digest_clauses(document: PolicyDocument) -> tuple[LibraryClause, ...]:
    """Return a digest's clauses as the library holds them."""
    stated = document.model_dump(include={"number", "status", "jurisdiction", "date"})
    return tuple(
        LibraryClause(
            **clause.model_dump(),
            **stated,
            document_id=document.id,
            document=document.title or document.number,
            origin=Origin.DIGEST,
        )
        for clause in document.clauses
    )


@needs(Right.USE)
def search(
    library: Library, query: str, k: int = 10, where: LibraryFilter | None = None
) -> SearchResult:
    """Return the best clauses for a question, each with how surely its text is known.

    Clauses of a digest that a policy officer has compared with the original count as seen.
    """
    asked = " ".join(query.split())
    if not asked:
        raise InputError("没有输入要查的内容", remedy="请输入问题、关键词、文号或条号")
    index = library.sync()
    wanted = max(1, min(k, MAX_HITS))
    digest_of_original = library.links()
    # A digest and its original may take two places each.
    asked_for = 2 * wanted if digest_of_original else wanted
    found = index.search(asked[:MAX_QUERY], asked_for, where or LibraryFilter())
    verified = verified_digests(library.workspace)
    checked = (
        hit.model_copy(update={"clause": _checked(hit.clause, verified)}) for hit in found.hits
    )
    hits = folded(checked, digest_of_original)[:wanted]
    notices = list(found.notices)
    if len(asked) > MAX_QUERY:
        notices.append(f"问题过长，只按前 {MAX_QUERY} 字检索")
    if hits and not any(hit.marks or "文号条款" in hit.by for hit in hits):
        notices.append("条款里没有出现所问的词，以下只是相近的内容，请自行判断是否相关")
    if not hits:
        notices.append("没有检索到相关条款；可以换个说法，放宽筛选，或把文件原文添加进来")
    return found.model_copy(update={"query": asked, "hits": hits, "notices": tuple(notices)})


def _checked(clause: LibraryClause, verified: Mapping[str, DigestCheck]) -> LibraryClause:
    """Return a clause, as seen where somebody has compared it with the original."""
    check = verified.get(clause.document_id)
    if check is None or clause.article not in check.articles:
        return clause
    return clause.model_copy(update={"certainty": Certainty.SEEN})


def citation(clause: LibraryClause) -> str:
    """Return the document a clause is in, as people cite it."""
    if clause.status in _NO_ORIGINAL:
        return clause.document
    if clause.document == clause.number:
        return clause.number
    return f"《{clause.document}》" + (f"（{clause.number}）" if clause.number else "")


@needs(Right.USE)
def verified_digests(workspace: Workspace) -> dict[str, DigestCheck]:
    """Return the comparisons that hold: not withdrawn, and the digest unchanged since."""
    with workspace.database.read() as connection:
        checks = store.latest_checks(connection)
    documents = workspace.content.documents()
    return {
        digest_id: check
        for digest_id, check in checks.items()
        if check.holds
        and digest_id in documents
        and check.digest_hash == digest_hash(documents[digest_id])
    }


def digest_hash(document: PolicyDocument) -> str:
    """Return a hash of what a digest says; how people ask and how sure we are is left out."""
    told = [document.title, document.number]
    told += [
        part for clause in document.clauses for part in (clause.article, clause.title, clause.text)
    ]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


@needs(Right.USE)
def document_clauses(workspace: Workspace, document_id: str) -> tuple[LibraryClause, ...]:
    """Return a document's clauses in their order; NotFoundError when there is none."""
    documents = workspace.content.documents()
    if document_id in documents:
        verified = verified_digests(workspace)
        clauses = digest_clauses(documents[document_id])
        return tuple(_checked(one, verified) for one in clauses)
    with workspace.database.read() as connection:
        store.get_original(connection, document_id)
        return tuple(store.read_clauses(connection, document_id))


@needs(Right.USE)
def list_documents(workspace: Workspace) -> tuple[LibraryDocument, ...]:
    """Return every document: the originals, the newest first, then the digests."""
    documents = workspace.content.documents()
    verified = verified_digests(workspace)
    originals = list_originals(workspace)
    shown = [_original_line(one, verified) for one in originals]
    for one in documents.values():
        linked = tuple(other.id for other in originals if other.digest_id == one.id)
        shown.append(_digest_line(one, linked, verified.get(one.id)))
    return tuple(shown)


@needs(Right.USE)
def find_document(workspace: Workspace, document_id: str) -> LibraryDocument:
    """Return a document by its id; NotFoundError when there is none."""
    found = next((one for one in list_documents(workspace) if one.id == document_id), None)
    if found is None:
        raise store.not_found(document_id)
    return found


@needs(Right.USE)
def list_originals(workspace: Workspace) -> tuple[Original, ...]:
    """Return the originals with the digests they are the originals of."""
    with workspace.database.read() as connection:
        originals = store.list_originals(connection)
    verified = verified_digests(workspace)
    return tuple(_linked(workspace, one, verified) for one in originals)


@needs(Right.USE)
def digest_of(workspace: Workspace, title: str, number: str) -> PolicyDocument | None:
    """Return our digest of the document with a 文号, else of one with the title."""
    documents = [
        one for one in workspace.content.documents().values() if one.status not in _NO_ORIGINAL
    ]
    if number:
        for one in documents:
            if one.number and plain_number(one.number) == plain_number(number):
                return one
    wanted = plain_title(title)
    return next((one for one in documents if wanted and plain_title(one.title) == wanted), None)


def plain_title(title: str) -> str:
    """Return a title as it is compared: without marks, spaces and the country's name."""
    kept = "".join(one for one in title if one.isalnum())
    return kept.removeprefix("中华人民共和国")


def plain_number(number: str) -> str:
    """Return a 文号 as it is compared: 财预〔2020〕10号 and 财预[2020]10 号 are the same."""
    return "".join(one for one in number if one.isalnum()).replace("第", "")


def _linked(workspace: Workspace, one: Original, verified: dict[str, DigestCheck]) -> Original:
    """Return an original with its digest and whether that was compared with it."""
    digest = digest_of(workspace, one.title, one.number)
    if digest is None:
        return one
    check = verified.get(digest.id)
    compared = check is not None and check.original_id == one.id
    return one.model_copy(update={"digest_id": digest.id, "verified": compared})


def _original_line(one: Original, verified: dict[str, DigestCheck]) -> LibraryDocument:
    """Return an original's line on the list."""
    stated = one.model_dump(include={"id", *store.EDITABLE, "clause_count"})
    return LibraryDocument(
        **stated,
        origin=Origin.ORIGINAL,
        certainty=CERTAINTY_TITLES[Certainty.SEEN],
        linked=(one.digest_id,) if one.digest_id else (),
        check=verified.get(one.digest_id) if one.verified else None,
        original=one,
    )


def _digest_line(
    one: PolicyDocument, linked: tuple[str, ...], check: DigestCheck | None
) -> LibraryDocument:
    """Return a digest's line on the list."""
    unseen = "正文未见" if one.text_seen == "none" else CERTAINTY_TITLES[one.certainty]
    return LibraryDocument(
        id=one.id,
        title=one.title or "（标题未见）",
        number=one.number,
        issuer=one.issuer,
        date=one.date,
        status=one.status,
        jurisdiction=one.jurisdiction,
        origin=Origin.DIGEST,
        certainty=_compared(one, check) if check else unseen,
        clause_count=len(one.clauses),
        linked=linked,
        check=check,
    )


def _compared(one: PolicyDocument, check: DigestCheck) -> str:
    """Return how surely a digest is known that somebody has compared."""
    met = sum(clause.article in check.articles for clause in one.clauses)
    whole = met == len(one.clauses)
    return CERTAINTY_TITLES[Certainty.SEEN] if whole else f"已核对 {met}/{len(one.clauses)} 条"


@needs(Right.MANAGE)
def rebuild(library: Library) -> tuple[int, tuple[str, ...]]:
    """Bring the index anew in step; return the number of clauses and what to say about it.

    A damaged index is made again; while that goes on, and if it is interrupted, the old one stays
    in use.
    """
    library.close()
    library.sync(force=True)
    return len(library_clauses(library.workspace)), library.notices
