"""Writing a report as an official Word file (Word 导出)."""

import io
import zipfile
from datetime import UTC, datetime

from ziping.documents.annex import AnnexRow, annex_rows
from ziping.documents.manifest import manifest_part
from ziping.documents.word_base import base_skeleton
from ziping.documents.word_body import (
    PrintedSection,
    closing_xml,
    printed_sections,
    report_title,
    sections_xml,
    title_xml,
)
from ziping.documents.word_contents import contents_xml
from ziping.documents.word_parts import CORE_PART, MAIN_PART
from ziping.documents.word_skeleton import Skeleton, own_skeleton
from ziping.documents.word_table import TableWriter
from ziping.documents.word_xml import NAMESPACES, XML_HEAD, RunWriter, attribute
from ziping.domain.package import ReportPackage

_COMPRESSION = 4
"""Deflate level: nearly as small as the default, in half the time."""


def write_word(package: ReportPackage, *, base: bytes | None = None) -> bytes:
    """Return the report as a .docx.

    Args:
        package: What to print.
        base: A unit's own .docx whose page set-up, headers, footers and styles are kept.

    Raises:
        InputError: `base` cannot serve as a template.
    """
    status = package.status
    skeleton = own_skeleton(status) if base is None else base_skeleton(base, status)
    sheets = {sheet.project_id: sheet for sheet in package.sheets}
    tables = [annex_rows(one, sheets.get(one.id)) for one in package.report.projects]
    sections = printed_sections(package)
    parts = skeleton.parts | {
        MAIN_PART: _document(package, skeleton, sections, tables),
        CORE_PART: core_properties(package),
        skeleton.manifest_part: manifest_part(package, tables, sections, skeleton.frame),
    }
    return zipped(parts, package.exported_at)


def _document(
    package: ReportPackage,
    skeleton: Skeleton,
    sections: tuple[PrintedSection, ...],
    tables: list[tuple[AnnexRow, ...]],
) -> bytes:
    writer = RunWriter(skeleton.fonts)
    table_writer = TableWriter(skeleton, writer)
    projects = zip(package.report.projects, tables, strict=True)
    annexes = [
        table_writer.annex(package, project, rows, number)
        for number, (project, rows) in enumerate(projects, 1)
    ]
    body = (
        title_xml(package, skeleton, writer),
        contents_xml(sections, skeleton, writer),
        *sections_xml(sections, skeleton, writer),
        closing_xml(package, skeleton, writer),
        *annexes,
        skeleton.annex_section if annexes else skeleton.body_section,
    )
    xml = f"{XML_HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
    return xml.encode()


def core_properties(package: ReportPackage) -> bytes:
    """Return title, unit and time of the file, as file managers show them."""
    stamp = package.exported_at
    utc = (stamp.astimezone(UTC) if stamp.tzinfo else stamp).strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = 'xsi:type="dcterms:W3CDTF"'
    return (
        f"{XML_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute(''.join(report_title(package)))}</dc:title>"
        f"<dc:creator>{attribute(package.report.unit)}</dc:creator>"
        f"<cp:contentStatus>{package.status}</cp:contentStatus>"
        f"<dcterms:created {dated}>{utc}</dcterms:created>"
        f"<dcterms:modified {dated}>{utc}</dcterms:modified></cp:coreProperties>"
    ).encode()


def zipped(parts: dict[str, bytes], stamp: datetime) -> bytes:
    """Return the parts as one file; the same parts give the same bytes."""
    moment = (max(stamp.year, 1980), stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            entry = zipfile.ZipInfo(name, moment)
            archive.writestr(entry, blob, zipfile.ZIP_DEFLATED, _COMPRESSION)
    return target.getvalue()
