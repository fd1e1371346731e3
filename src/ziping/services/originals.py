"""Adding, correcting and removing the originals of policy documents (原文管理)."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.errors import InputError, ZipingError
from ziping.domain.library import Original, OriginalPart
from ziping.domain.stored import Stamp
from ziping.persistence import library as store
from ziping.services.access import needs
from ziping.services.library import (
    STATUSES,
    Library,
    digest_of,
    list_originals,
    plain_number,
    plain_title,
)
from ziping.services.workspace import Workspace

if TYPE_CHECKING:
    from ziping.documents.originals import ReadOriginal

REPEALED = "已废止"
_NATIONAL = (
    *("全国人民代表大会", "国务院", "中共中央", "财政部", "审计署", "国家", "中华人民共和国"),
    *("发展改革委", "最高人民法院", "最高人民检察院"),
)
_LONGEST = {"title": 200, "number": 60, "issuer": 100, "jurisdiction": 30}
_FIELDS = {"title": "标题", "number": "文号", "issuer": "发文机关", "jurisdiction": "适用地区"}


@dataclass(frozen=True, slots=True)
class OriginalDetails:
    """What a person confirms about an original before it is stored (文件信息)."""

    title: str
    number: str = ""
    issuer: str = ""
    date: str = ""
    status: str = "现行"
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True)
class OriginalPreview:
    """A file as it was read, and what it would mean for the library (添加前预览)."""

    file_name: str
    file_hash: str
    details: OriginalDetails
    """Guessed; a person corrects them."""
    parts: tuple[OriginalPart, ...]
    notes: tuple[str, ...]
    digest_id: str
    """Our digest of the same document; blank when there is none."""
    older: tuple[Original, ...]
    """Originals of the same 文号 or title, of which this may be a new version."""


@needs(Right.MANAGE)
def preview_original(workspace: Workspace, data: bytes, name: str) -> OriginalPreview:
    """Return what a file holds, for a person to correct and confirm.

    Raises:
        InputError: The file cannot be read, or the same file was added before.
    """
    # The readers of Word and PDF are slow to import, and only adding needs them.
    from ziping.documents.originals import read_original  # noqa: PLC0415 - as said above

    file_hash = hashlib.sha256(data).hexdigest()
    if data:
        _refuse_duplicate(workspace, file_hash, name)
    read = read_original(data, name)
    details = _guessed(workspace, read)
    digest = digest_of(workspace, details.title, details.number)
    return OriginalPreview(
        file_name=name.replace("\\", "/").rpartition("/")[2][:200],
        file_hash=file_hash,
        details=details,
        parts=read.parts,
        notes=read.notes,
        digest_id=digest.id if digest else "",
        older=versions_of(workspace, details.title, details.number),
    )


@needs(Right.USE)
def versions_of(workspace: Workspace, title: str, number: str) -> tuple[Original, ...]:
    """Return the originals of the same 文号 or the same title."""
    return tuple(
        one
        for one in list_originals(workspace)
        if (number and plain_number(one.number) == plain_number(number))
        or (title and plain_title(one.title) == plain_title(title))
    )


@needs(Right.MANAGE)
def add_original(
    library: Library,
    preview: OriginalPreview,
    details: OriginalDetails,
    *,
    repeal: Sequence[str] = (),
) -> Original:
    """Store a confirmed original, index it, and return it.

    Args:
        library: The library to add to.
        preview: The file as read.
        details: What the person confirmed.
        repeal: Ids of older versions that this one replaces; they become 已废止.
    """
    stated = checked(details)
    with library.workspace.write() as work:
        if existing := store.find_by_hash(work.connection, preview.file_hash):
            raise _duplicate(existing, preview.file_name)
        stamp = work.stamp()
        original = _original(preview, stated, stamp)
        original_id = store.insert_original(work.connection, original, preview.parts, stamp)
        work.record(AuditAction.ADD_ORIGINAL, original=original_id, file_hash=preview.file_hash)
        for older in repeal:
            store.update_original(work.connection, older, {"status": REPEALED})
            work.record(AuditAction.EDIT_ORIGINAL, original=older, status=REPEALED)
    _index(library)
    return get_original(library.workspace, original_id)


def _original(preview: OriginalPreview, stated: OriginalDetails, stamp: Stamp) -> Original:
    """Return an original as it is stored."""
    return Original.model_validate(
        {
            "id": "",
            **_fields(stated),
            "file_name": preview.file_name,
            "file_hash": preview.file_hash,
            "clause_count": len(preview.parts),
            "added_at": stamp.at.isoformat(),
            "added_by": stamp.by,
        }
    )


@needs(Right.MANAGE)
def edit_original(library: Library, original_id: str, details: OriginalDetails) -> Original:
    """Correct what is stated about an original, and return it."""
    stated = checked(details)
    with library.workspace.write() as work:
        store.update_original(work.connection, original_id, _fields(stated))
        work.record(AuditAction.EDIT_ORIGINAL, original=original_id, status=stated.status)
    _index(library)
    return get_original(library.workspace, original_id)


@needs(Right.MANAGE)
def set_status(library: Library, original_id: str, status: str) -> Original:
    """Mark an original as 现行 or 已废止."""
    one = get_original(library.workspace, original_id)
    stated = OriginalDetails(**{**one.model_dump(include={*store.EDITABLE}), "status": status})
    return edit_original(library, original_id, stated)


@needs(Right.MANAGE)
def remove_original(library: Library, original_id: str) -> Original:
    """Remove an original with its clauses and return what was removed."""
    removed = get_original(library.workspace, original_id)
    with library.workspace.write() as work:
        store.delete_original(work.connection, original_id)
        work.record(AuditAction.REMOVE_ORIGINAL, original=original_id, file_hash=removed.file_hash)
    _index(library)
    return removed


def _index(library: Library) -> None:
    """Bring the index in step; what is stored is the truth, so a failure waits for the search."""
    with suppress(ZipingError):
        library.sync()


@needs(Right.USE)
def get_original(workspace: Workspace, original_id: str) -> Original:
    """Return an original with its digest; NotFoundError when there is none."""
    for one in list_originals(workspace):
        if one.id == original_id:
            return one
    raise store.not_found(original_id)


def checked(details: OriginalDetails) -> OriginalDetails:
    """Return the details without stray spaces; InputError names the field that is wrong."""
    fields = {name: " ".join(value.split()) for name, value in _fields(details).items()}
    fields["title"] = _without_marks(fields["title"])
    if not fields["title"]:
        raise InputError("标题是空的", remedy="请填写文件标题，不带书名号")
    for name, longest in _LONGEST.items():
        if len(fields[name]) > longest:
            raise InputError(
                f"{_FIELDS[name]}超过 {longest} 字", remedy="请核对，多半是把正文也填进来了"
            )
    if fields["status"] not in STATUSES:
        raise InputError(
            f"状态不能写“{fields['status']}”", remedy=f"可选：{'、'.join(STATUSES[:3])}"
        )
    try:
        fields["date"] = date.fromisoformat(fields["date"]).isoformat() if fields["date"] else ""
    except ValueError:
        raise InputError(
            f"日期写的是“{fields['date']}”", remedy="请写成 2020-02-25 这样，不知道就留空"
        ) from None
    return OriginalDetails(**fields)


def _without_marks(title: str) -> str:
    """Return a title without the book marks around it."""
    is_marked = title.startswith("《") and title.endswith("》") and title.count("《") == 1
    return title[1:-1] if is_marked else title


def _fields(details: OriginalDetails) -> dict[str, str]:
    """Return the details by their names."""
    return {name: getattr(details, name) for name in store.EDITABLE}


def _guessed(workspace: Workspace, read: "ReadOriginal") -> OriginalDetails:
    """Return what was recognised, with the jurisdiction the issuer tells."""
    found = read.guess
    places = workspace.content.places()
    place = places.jurisdiction(found.issuer) or places.jurisdiction(found.title)
    is_national = any(word in f"{found.issuer}{found.title}" for word in _NATIONAL)
    return OriginalDetails(
        title=found.title,
        number=found.number,
        issuer=found.issuer,
        date=found.date,
        status=found.status,
        jurisdiction=place or ("全国" if is_national else ""),
    )


def _refuse_duplicate(workspace: Workspace, file_hash: str, name: str) -> None:
    """Refuse a file that is in the library."""
    with workspace.database.read() as connection:
        if existing := store.find_by_hash(connection, file_hash):
            raise _duplicate(existing, name)


def _duplicate(existing: Original, name: str) -> InputError:
    """Return the refusal that names the document made of the same file."""
    number = f"（{existing.number}）" if existing.number else ""
    return InputError(
        f"这个文件已经在知识库里：《{existing.title}》{number}，编号 {existing.id}",
        where=name,
        why=f"{existing.added_at[:10]} 由 {existing.added_by} 添加，文件内容完全相同",
        remedy="不用再添加；要改标题、文号或状态，请在文件清单里修改",
    )
