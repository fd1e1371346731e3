"""Reading and writing comments and reviewers' own figures."""

import sqlalchemy as sa

from ziping.domain.errors import NotFoundError
from ziping.domain.evaluation import Report
from ziping.domain.people import Role
from ziping.domain.reviews import Comment, CommentEntry, CommentKind, OwnFigures
from ziping.domain.stored import Stamp
from ziping.persistence.moments import aware
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import comments, own_figures


def insert_comment(connection: Scoped, report_id: int, comment: Comment, stamp: Stamp) -> int:
    """Store a new comment, its opening entry, and return its id."""
    result = connection.execute(
        comments.insert().values(
            report_id=report_id,
            parent_id=None,
            kind=comment.opening.kind.value,
            anchor=comment.anchor,
            place=comment.place,
            quote=comment.quote,
            text=comment.opening.text,
            role=comment.opening.role.value,
            report_version=comment.report_version,
            saved_at=stamp.at,
            saved_by=stamp.by,
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert has one


def append_entry(connection: Scoped, report_id: int, comment_id: int, entry: CommentEntry) -> None:
    """Add an entry to a comment's thread; NotFoundError when the report has no such comment."""
    comment = next(
        (one for one in list_comments(connection, report_id) if one.id == comment_id), None
    )
    if comment is None:
        raise NotFoundError("没有这条批注", remedy="请刷新页面后再试")
    connection.execute(
        comments.insert().values(
            report_id=report_id,
            parent_id=comment_id,
            kind=entry.kind.value,
            anchor=comment.anchor,
            place=comment.place,
            quote="",
            text=entry.text,
            role=entry.role.value,
            report_version=comment.report_version,
            saved_at=entry.at,
            saved_by=entry.by,
        )
    )


def list_comments(connection: Scoped, report_id: int) -> tuple[Comment, ...]:
    """Return the comments on a report with their threads, the oldest first."""
    query = sa.select(comments).where(comments.c.report_id == report_id).order_by(comments.c.id)
    opened: dict[int, sa.RowMapping] = {}
    threads: dict[int, list[CommentEntry]] = {}
    for row in connection.execute(query).mappings():
        key = row["parent_id"] or row["id"]
        opened.setdefault(key, row)
        threads.setdefault(key, []).append(
            CommentEntry(
                kind=CommentKind(row["kind"]),
                text=row["text"],
                role=Role(row["role"]),
                at=aware(row["saved_at"]),
                by=row["saved_by"],
            )
        )
    return tuple(
        Comment(
            id=key,
            anchor=row["anchor"],
            place=row["place"],
            quote=row["quote"],
            report_version=row["report_version"],
            entries=tuple(threads[key]),
        )
        for key, row in opened.items()
    )


def append_own_figures(
    connection: Scoped, report_id: int, own: OwnFigures, stamp: Stamp
) -> OwnFigures:
    """Store the next version of a reviewer's figures and return it."""
    before = newest_own_figures(connection, report_id, stamp.by)
    version = before.version + 1 if before else 1
    connection.execute(
        own_figures.insert().values(
            report_id=report_id,
            version=version,
            figures=own.figures.model_dump(mode="json", exclude_defaults=True),
            origin=own.origin,
            role=own.role.value,
            is_blind=own.is_blind,
            saved_at=stamp.at,
            saved_by=stamp.by,
        )
    )
    return own.model_copy(update={"version": version, "at": stamp.at, "by": stamp.by})


def newest_own_figures(connection: Scoped, report_id: int, owner: str) -> OwnFigures | None:
    """Return a reviewer's newest figures on a report; None: none yet."""
    query = (
        sa.select(own_figures)
        .where(own_figures.c.report_id == report_id, own_figures.c.saved_by == owner)
        .order_by(own_figures.c.version.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _own_figures(row)


def list_own_figures(connection: Scoped, report_id: int) -> tuple[OwnFigures, ...]:
    """Return every version of every reviewer's figures on a report, the oldest first."""
    query = (
        sa.select(own_figures)
        .where(own_figures.c.report_id == report_id)
        .order_by(own_figures.c.id)
    )
    return tuple(_own_figures(row) for row in connection.execute(query).mappings())


def _own_figures(row: sa.RowMapping) -> OwnFigures:
    """Return a row of the reviewers' figures."""
    return OwnFigures(
        version=row["version"],
        figures=Report.model_validate(row["figures"]),
        origin=row["origin"],
        role=Role(row["role"]),
        is_blind=row["is_blind"],
        at=aware(row["saved_at"]),
        by=row["saved_by"],
    )
