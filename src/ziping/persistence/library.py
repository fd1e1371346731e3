"""Reading and writing the originals people added, their clauses, and comparisons of digests."""

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from ziping.domain.errors import NotFoundError
from ziping.domain.library import DigestCheck, LibraryClause, Origin, Original, OriginalPart
from ziping.domain.rules import Certainty
from ziping.domain.stored import Stamp
from ziping.persistence.moments import aware
from ziping.persistence.tables import digest_checks, library_state, original_clauses, originals

EDITABLE = ("title", "number", "issuer", "date", "status", "jurisdiction")
"""What a person may correct of an original after it was added."""


def insert_original(
    connection: sa.Connection, original: Original, parts: Sequence[OriginalPart], stamp: Stamp
) -> str:
    """Store an original with its clauses and return its id."""
    row = original.model_dump(include={*EDITABLE, "file_name", "file_hash"})
    result = connection.execute(
        originals.insert().values(
            **row, clause_count=len(parts), saved_at=stamp.at, saved_by=stamp.by
        )
    )
    key = int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert has one
    connection.execute(
        original_clauses.insert(),
        [
            {"original_id": key, "position": position, **part.model_dump()}
            for position, part in enumerate(parts)
        ],
    )
    _moved_on(connection)
    return f"o{key}"


def update_original(connection: sa.Connection, original_id: str, values: Mapping[str, str]) -> None:
    """Correct what is stated about an original; NotFoundError when there is none."""
    result = connection.execute(
        originals.update()
        .where(originals.c.id == _key(original_id))
        .values({name: values[name] for name in EDITABLE if name in values})
    )
    if not result.rowcount:
        raise not_found(original_id)
    _moved_on(connection)


def delete_original(connection: sa.Connection, original_id: str) -> None:
    """Remove an original with its clauses; NotFoundError when there is none."""
    key = _key(original_id)
    connection.execute(original_clauses.delete().where(original_clauses.c.original_id == key))
    if not connection.execute(originals.delete().where(originals.c.id == key)).rowcount:
        raise not_found(original_id)
    _moved_on(connection)


def revision(connection: sa.Connection) -> int:
    """Return a number that grows with every change of an original."""
    return int(connection.execute(sa.select(library_state.c.revision)).scalar_one())


def list_originals(connection: sa.Connection) -> tuple[Original, ...]:
    """Return all originals, the newest added first."""
    query = sa.select(originals).order_by(originals.c.id.desc())
    return tuple(_original(row) for row in connection.execute(query).mappings())


def get_original(connection: sa.Connection, original_id: str) -> Original:
    """Return an original; NotFoundError when there is none."""
    query = sa.select(originals).where(originals.c.id == _key(original_id))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise not_found(original_id)
    return _original(row)


def find_by_hash(connection: sa.Connection, file_hash: str) -> Original | None:
    """Return the original made of the same file, if there is one."""
    query = sa.select(originals).where(originals.c.file_hash == file_hash)
    row = connection.execute(query).mappings().first()
    return None if row is None else _original(row)


def read_clauses(connection: sa.Connection, original_id: str = "") -> Iterator[LibraryClause]:
    """Yield the clauses of an original, or of all, in their order."""
    query = (
        sa.select(
            originals.c.id,
            originals.c.title.label("document"),
            originals.c.number,
            originals.c.status,
            originals.c.jurisdiction,
            originals.c.date,
            original_clauses.c.article,
            original_clauses.c.title,
            original_clauses.c.text,
            original_clauses.c.page,
        )
        .join(original_clauses, original_clauses.c.original_id == originals.c.id)
        .order_by(originals.c.id, original_clauses.c.position)
    )
    if original_id:
        query = query.where(originals.c.id == _key(original_id))
    for row in connection.execute(query).mappings():
        document_id = f"o{row['id']}"
        yield LibraryClause(
            **{name: value for name, value in row.items() if name != "id"},
            id=f"{document_id}#{row['article']}",
            document_id=document_id,
            certainty=Certainty.SEEN,
            origin=Origin.ORIGINAL,
        )


def insert_check(connection: sa.Connection, check: DigestCheck, stamp: Stamp) -> None:
    """Record that somebody compared a digest with an original, or takes that back."""
    row = check.model_dump(mode="json", exclude={"at", "by"})
    connection.execute(digest_checks.insert().values(**row, saved_at=stamp.at, saved_by=stamp.by))


def latest_checks(connection: sa.Connection) -> dict[str, DigestCheck]:
    """Return the last comparison of each digest, by the digest's id."""
    query = sa.select(digest_checks).order_by(digest_checks.c.id)
    return {
        row["digest_id"]: DigestCheck(
            digest_id=row["digest_id"],
            digest_hash=row["digest_hash"],
            original_id=row["original_id"],
            original_title=row["original_title"],
            articles=tuple(row["articles"]),
            holds=row["holds"],
            note=row["note"],
            at=aware(row["saved_at"]).isoformat(),
            by=row["saved_by"],
        )
        for row in connection.execute(query).mappings()
    }


def not_found(original_id: str) -> NotFoundError:
    """Return the one answer for every id that names no original."""
    return NotFoundError(f"没有编号为“{original_id}”的原文", remedy="请在文件清单里查看现有的编号")


def _moved_on(connection: sa.Connection) -> None:
    """Let the library's revision grow."""
    connection.execute(library_state.update().values(revision=library_state.c.revision + 1))


def _key(original_id: str) -> int:
    """Return the number in an original's id."""
    figures = original_id.removeprefix("o")
    if not original_id.startswith("o") or not (figures.isascii() and figures.isdecimal()):
        raise not_found(original_id)
    return min(int(figures[:18]), 2**62)


def _original(row: sa.RowMapping) -> Original:
    """Return a row of the list of originals."""
    stated = {name: row[name] for name in (*EDITABLE, "file_name", "file_hash", "clause_count")}
    return Original(
        id=f"o{row['id']}",
        **stated,
        added_at=aware(row["saved_at"]).isoformat(),
        added_by=row["saved_by"],
    )
