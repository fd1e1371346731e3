"""Comments on sections, cells or a whole report, with replies (批注)."""

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.draft import Outline
from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.evaluation import Report
from ziping.domain.fields import flatten, label
from ziping.domain.raw import LONGEST_TEXT
from ziping.domain.reviews import FIELD, SECTION, Comment, CommentEntry, CommentKind
from ziping.domain.text import is_blank
from ziping.persistence import reports as report_store
from ziping.persistence import reviews as store
from ziping.services.access import needs
from ziping.services.workspace import Workspace

WHOLE_REPORT = "整份报告"


@needs(Right.READ)
def comments_of(workspace: Workspace, report_id: int) -> tuple[Comment, ...]:
    """Return the comments on a report, the oldest first."""
    with workspace.read() as connection:
        return store.list_comments(connection, report_id)


@needs(Right.REVIEW)
def add_comment(
    workspace: Workspace,
    report_id: int,
    text: str,
    *,
    anchor: str = "",
    quote: str = "",
) -> int:
    """Add a comment and return its id; it may be made at any time, the report stays as it is.

    Raises:
        InputError: The text is blank or far too long.
        NotFoundError: The report has no such section or cell.
    """
    entry = _entry(workspace, CommentKind.OPENED, text)
    with workspace.write() as work:
        stored = report_store.get_report(work.rows, report_id)
        outline = workspace.content.outline(stored.report.outline)
        comment = Comment(
            id=0,
            anchor=anchor,
            place=place_of(anchor, stored.report, outline),
            quote=quote.strip()[:LONGEST_TEXT],
            report_version=stored.version,
            entries=(entry,),
        )
        stamp = work.stamp().model_copy(update={"at": entry.at})
        comment_id = store.insert_comment(work.rows, report_id, comment, stamp)
        work.record(
            AuditAction.COMMENT, report_id, comment=comment_id, kind=CommentKind.OPENED.value
        )
    return comment_id


@needs(Right.REVIEW)
def reply(workspace: Workspace, report_id: int, comment_id: int, text: str) -> None:
    """Answer a comment."""
    _append(workspace, report_id, comment_id, _entry(workspace, CommentKind.REPLY, text))


@needs(Right.REVIEW)
def resolve(workspace: Workspace, report_id: int, comment_id: int, text: str = "") -> None:
    """Say that a comment is settled, perhaps with a word on how."""
    entry = _entry(workspace, CommentKind.RESOLVED, text)
    _append(workspace, report_id, comment_id, entry)


@needs(Right.REVIEW)
def reopen(workspace: Workspace, report_id: int, comment_id: int) -> None:
    """Take back that a comment is settled."""
    entry = _entry(workspace, CommentKind.REOPENED, "")
    _append(workspace, report_id, comment_id, entry)


def place_of(anchor: str, report: Report, outline: Outline) -> str:
    """Return what an anchor names, in words; NotFoundError when the report has no such place."""
    if not anchor:
        return WHOLE_REPORT
    if anchor.startswith(SECTION):
        section = outline.section(anchor.removeprefix(SECTION))
        if section is not None:
            return section.heading
    path = anchor.removeprefix(FIELD)
    if anchor.startswith(FIELD) and _is_place(path, report):
        return label(path, report)
    raise NotFoundError("报告里没有这一处", where=anchor, remedy="请从列表中选择批注的位置")


def _is_place(path: str, report: Report) -> bool:
    """Whether a path names a cell, a row or a project of a report."""
    return bool(path) and any(one == path or one.startswith(f"{path}/") for one in flatten(report))


def _entry(workspace: Workspace, kind: CommentKind, text: str) -> CommentEntry:
    """Return an entry of a thread; InputError when it says nothing or far too much."""
    needs_words = kind in (CommentKind.OPENED, CommentKind.REPLY)
    if needs_words and is_blank(text):
        raise InputError("批注是空的", remedy="请写下意见再保存")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"批注超过 {LONGEST_TEXT} 个字", remedy="请精简，或拆成几条")
    return CommentEntry(
        kind=kind,
        text=text.strip(),
        role=workspace.person.roles[0],
        at=workspace.clock(),
        by=workspace.person.name,
    )


def _append(workspace: Workspace, report_id: int, comment_id: int, entry: CommentEntry) -> None:
    """Add an entry to a thread."""
    with workspace.write() as work:
        store.append_entry(work.rows, report_id, comment_id, entry)
        work.record(AuditAction.COMMENT, report_id, comment=comment_id, kind=entry.kind.value)
