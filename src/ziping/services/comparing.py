"""A digest beside its original, article by article, for a policy officer to verify (核对转述)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ziping.documents.originals_numerals import to_number
from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.errors import InputError
from ziping.domain.library import DigestCheck, LibraryClause, Original
from ziping.domain.policy import PolicyDocument
from ziping.persistence import library as store
from ziping.services.access import needs
from ziping.services.library import digest_clauses, digest_hash, document_clauses
from ziping.services.originals import get_original
from ziping.services.workspace import Workspace

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CHINESE_FIGURE = re.compile("[零〇一二三四五六七八九十百千万]+")
_REFERENCE = re.compile(r"第?[零〇一二三四五六七八九十百\d]+(?:条|款|项|号)|〔\d{4}〕|[12]\d{3}年")
_OUR_ADVICE = re.compile("^提示[：:].*$", re.MULTILINE)
"""Advice that a digest adds on a line of its own; the original says nothing of it."""
_LEAST_ALIKE = 0.25


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """One clause of a digest and what the original says there (逐条对照)."""

    digest: LibraryClause
    original: LibraryClause | None
    """None: nothing in the original answers to it."""
    is_guess: bool
    """The original's part was found by its words, not by the article's number."""
    figures: tuple[str, ...]
    """Figures of the digest that the original's part does not have."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A digest compared with an original (对照结果)."""

    original: Original
    digest: PolicyDocument
    rows: tuple[ComparedClause, ...]
    undigested: tuple[LibraryClause, ...]
    """Parts of the original that the digest leaves out."""
    check: DigestCheck | None
    """The last verification, also when withdrawn or when the digest has changed since."""
    is_verified: bool


@needs(Right.USE)
def compare_with_digest(workspace: Workspace, original_id: str) -> Comparison:
    """Return an original beside our digest; InputError when there is no digest of it."""
    original = get_original(workspace, original_id)
    if not original.digest_id:
        raise InputError(
            f"没有《{original.title}》的转述可以对照",
            why="按文号和标题都没有找到同一份文件的转述",
            remedy="请核对这份原文的文号和标题是否填对；没有转述的原文可以直接检索，不需要核对",
        )
    digest = workspace.content.documents()[original.digest_id]
    parts = document_clauses(workspace, original_id)
    rows = tuple(_row(one, parts) for one in digest_clauses(digest))
    met = {row.original.id for row in rows if row.original}
    with workspace.database.read() as connection:
        check = store.latest_checks(connection).get(digest.id)
    return Comparison(
        original=original,
        digest=digest,
        rows=rows,
        undigested=tuple(part for part in parts if part.id not in met),
        check=check,
        is_verified=bool(check and check.holds and check.digest_hash == digest_hash(digest)),
    )


@needs(Right.MANAGE)
def mark_verified(workspace: Workspace, original_id: str, note: str = "") -> DigestCheck:
    """Record that the digest agrees with the original; clauses met there count as seen."""
    return _record(workspace, original_id, note, holds=True)


@needs(Right.MANAGE)
def withdraw_verification(workspace: Workspace, original_id: str, note: str = "") -> DigestCheck:
    """Record that the verification of a digest does not hold any more."""
    return _record(workspace, original_id, note, holds=False)


def _record(workspace: Workspace, original_id: str, note: str, *, holds: bool) -> DigestCheck:
    """Record a verification or its withdrawal."""
    compared = compare_with_digest(workspace, original_id)
    action = AuditAction.VERIFY_DIGEST if holds else AuditAction.WITHDRAW_VERIFICATION
    with workspace.write() as work:
        stamp = work.stamp()
        check = DigestCheck(
            digest_id=compared.digest.id,
            digest_hash=digest_hash(compared.digest),
            original_id=original_id,
            original_title=compared.original.title,
            articles=tuple(row.digest.article for row in compared.rows if row.original),
            holds=holds,
            note=" ".join(note.split())[:500],
            at=stamp.at.isoformat(),
            by=stamp.by,
        )
        store.insert_check(work.connection, check, stamp)
        work.record(action, digest=compared.digest.id, original=original_id)
    return check


def _row(digest: LibraryClause, parts: Sequence[LibraryClause]) -> ComparedClause:
    """Return the original's part for a clause: of the same article, else the most alike."""
    wanted = _plain(digest.article)
    found = next((part for part in parts if _plain(part.article) == wanted), None)
    is_guess = found is None
    if is_guess and not wanted.startswith(("第", "附件")):
        said = _pairs(f"{digest.title}{digest.text}")
        best = max(parts, key=lambda part: _alike(said, part), default=None)
        if best is not None and _alike(said, best) >= _LEAST_ALIKE:
            found = best
    figures = () if found is None else missing_figures(digest.text, found.text)
    return ComparedClause(digest, found, is_guess and found is not None, figures)


def missing_figures(digest: str, original: str) -> tuple[str, ...]:
    """Return the figures of a digest that its original does not have, in either script."""
    known = set(_FIGURE.findall(unicodedata.normalize("NFKC", original)))
    known |= {str(to_number(one)) for one in _CHINESE_FIGURE.findall(original)}
    plain = _OUR_ADVICE.sub("", digest)
    said = _FIGURE.findall(_REFERENCE.sub(" ", unicodedata.normalize("NFKC", plain)))
    return tuple(dict.fromkeys(one for one in said if one not in known))


def _plain(article: str) -> str:
    """Return an article's name as it is compared."""
    return "".join(unicodedata.normalize("NFKC", article).split())


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text."""
    kept = "".join(one for one in text if one.isalnum())
    return {kept[at : at + 2] for at in range(len(kept) - 1)}


def _alike(said: set[str], part: LibraryClause) -> float:
    """Return which share of the pairs a digest says the original's part has too."""
    other = _pairs(f"{part.title}{part.text}")
    return len(said & other) / len(said) if said else 0.0
