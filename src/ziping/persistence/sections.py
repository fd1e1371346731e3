"""Reading and writing the versions of sections, overrides and Word templates."""

import sqlalchemy as sa

from ziping.domain.draft import SectionText
from ziping.domain.stored import Override, SectionVersion, Stamp, WordTemplate
from ziping.persistence.moments import aware
from ziping.persistence.reports import require_editable
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import overrides, section_versions, word_templates


def append_section(
    connection: Scoped,
    report_id: int,
    section: SectionText,
    stamp: Stamp,
) -> int:
    """Store the next version of a section's text and return its number.

    Raises:
        FrozenError: The report is under review or final.
    """
    require_editable(connection, report_id)
    newest = sa.select(sa.func.coalesce(sa.func.max(section_versions.c.version), 0)).where(
        section_versions.c.report_id == report_id,
        section_versions.c.section_id == section.section_id,
    )
    version = int(connection.execute(newest).scalar_one()) + 1
    connection.execute(
        section_versions.insert().values(
            report_id=report_id,
            section_id=section.section_id,
            version=version,
            section=section.model_dump(mode="json"),
            note=stamp.note,
            saved_at=stamp.at,
            saved_by=stamp.by,
        )
    )
    return version


def list_section_versions(
    connection: Scoped, report_id: int, section_id: str
) -> tuple[SectionVersion, ...]:
    """Return the history of a section's text, the newest first."""
    query = (
        sa.select(section_versions)
        .where(
            section_versions.c.report_id == report_id,
            section_versions.c.section_id == section_id,
        )
        .order_by(section_versions.c.version.desc())
    )
    return tuple(_version(row) for row in connection.execute(query))


def newest_sections(connection: Scoped, report_id: int) -> dict[str, SectionVersion]:
    """Return the newest text of every section that has one, by section id."""
    query = (
        sa.select(section_versions)
        .where(section_versions.c.report_id == report_id)
        .order_by(section_versions.c.version)
    )
    return {row.section_id: _version(row) for row in connection.execute(query)}


def every_section_version(
    connection: Scoped, report_id: int
) -> tuple[tuple[str, SectionVersion], ...]:
    """Return every version of every section with the section's id, the oldest first."""
    query = (
        sa.select(section_versions)
        .where(section_versions.c.report_id == report_id)
        .order_by(section_versions.c.saved_at, section_versions.c.version)
    )
    return tuple((row.section_id, _version(row)) for row in connection.execute(query))


def _version(row: sa.Row[tuple[object, ...]]) -> SectionVersion:
    """Return a row of a section's history."""
    return SectionVersion(
        version=row.version,
        section=SectionText.model_validate(row.section),
        note=row.note,
        saved_at=aware(row.saved_at),
        saved_by=row.saved_by,
    )


def put_override(
    connection: Scoped,
    report_id: int,
    finding_id: str,
    stamp: Stamp,
) -> None:
    """Record the stamp's note as the reason of an override; a blank one takes it back."""
    key = sa.and_(overrides.c.report_id == report_id, overrides.c.finding_id == finding_id)
    connection.execute(overrides.delete().where(key))
    if stamp.note:
        connection.execute(
            overrides.insert().values(
                report_id=report_id,
                finding_id=finding_id,
                reason=stamp.note,
                saved_at=stamp.at,
                saved_by=stamp.by,
            )
        )


def list_overrides(connection: Scoped, report_id: int) -> dict[str, Override]:
    """Return the overrides of a report by finding id."""
    query = sa.select(overrides).where(overrides.c.report_id == report_id)
    return {
        row.finding_id: Override(
            finding_id=row.finding_id,
            reason=row.reason,
            saved_at=aware(row.saved_at),
            saved_by=row.saved_by,
        )
        for row in connection.execute(query)
    }


def put_word_template(connection: sa.Connection, name: str, data: bytes, stamp: Stamp) -> None:
    """Store a unit's own Word file as a base for exports, in place of one of the same name."""
    connection.execute(word_templates.delete().where(word_templates.c.name == name))
    connection.execute(
        word_templates.insert().values(name=name, data=data, saved_at=stamp.at, saved_by=stamp.by)
    )


def delete_word_template(connection: sa.Connection, name: str) -> None:
    """Take a Word base away."""
    connection.execute(word_templates.delete().where(word_templates.c.name == name))


def list_word_templates(connection: sa.Connection) -> tuple[WordTemplate, ...]:
    """Return the Word bases, without their bytes."""
    columns = (word_templates.c.name, word_templates.c.saved_at, word_templates.c.saved_by)
    query = sa.select(*columns).order_by(word_templates.c.name)
    return tuple(
        WordTemplate(name=row.name, saved_at=aware(row.saved_at), saved_by=row.saved_by)
        for row in connection.execute(query)
    )


def get_word_template(connection: sa.Connection, name: str) -> bytes | None:
    """Return the bytes of a Word base."""
    query = sa.select(word_templates.c.data).where(word_templates.c.name == name)
    return connection.execute(query).scalar()
