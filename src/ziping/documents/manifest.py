"""What an exported Word file says about itself (核验信息): a custom XML part with its figures.

It lets anyone see offline whether the printed figures are still those that were exported. It is no
signature: it finds slips and edits, not forgery.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from lxml import etree

import ziping
from ziping.documents.annex import AnnexRow, Slot, slots
from ziping.documents.word_body import PrintedSection
from ziping.documents.word_skeleton import MANIFEST_NAMESPACE
from ziping.documents.word_xml import XML_HEAD, attribute, clean
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage

_TAG = f"{{{MANIFEST_NAMESPACE}}}"
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?[%％‰]?")
_READABLE = 40
"""Longest cell text kept as it is; of longer texts only a fingerprint is kept."""
_FINGERPRINT = "sha256:"


@dataclass(frozen=True, slots=True)
class StatedCell:
    """A cell as exported."""

    column: int
    text: str
    """Short text, or the fingerprint of a long one."""
    name: str
    """What it is of; blank for titles of the form and merged continuations."""


@dataclass(frozen=True, slots=True)
class StatedProject:
    """A project's table as exported."""

    id: str
    name: str
    rows: tuple[tuple[StatedCell, ...], ...]


@dataclass(frozen=True, slots=True)
class StatedSection:
    """A section as exported."""

    id: str
    heading: str
    fingerprint: str
    numbers: tuple[str, ...]
    author: str
    text: str = ""
    """Its paragraphs without white space; blank in files of older versions."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything the file says about itself."""

    product_version: str
    exported_at: str
    rule_set: str
    status: str
    report_version: str
    input_hash: str
    """SHA-256 of the report's canonical JSON."""
    frame: str = ""
    """Fingerprint of headers and footers; blank in files of earlier versions of the program."""
    projects: tuple[StatedProject, ...] = field(default=())
    sections: tuple[StatedSection, ...] = field(default=())


def squeeze(text: str) -> str:
    """Return text as printed, without white space, which editors change freely."""
    return _SPACES.sub("", clean(text))


def brief(text: str) -> str:
    """Return a short text as it is and a long one as its fingerprint."""
    squeezed = squeeze(text)
    return squeezed if len(squeezed) <= _READABLE else fingerprint(squeezed)


def is_fingerprint(text: str) -> bool:
    """Say whether `brief` had to shorten a text."""
    return text.startswith(_FINGERPRINT)


def fingerprint(text: str) -> str:
    """Return a short hash of a text, white space apart."""
    return _FINGERPRINT + hashlib.sha256(squeeze(text).encode()).hexdigest()[:16]


def section_fingerprint(paragraphs: Sequence[str]) -> str:
    """Return the fingerprint of a section's printed paragraphs."""
    return fingerprint("\n".join(paragraphs))


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order."""
    return tuple(_NUMBER.findall(text))


def input_hash(report: Report) -> str:
    """Return the SHA-256 of a report's canonical JSON: sorted keys, no spaces."""
    data = report.model_dump(mode="json")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def manifest_part(
    package: ReportPackage,
    tables: Sequence[Sequence[AnnexRow]],
    sections: Sequence[PrintedSection],
    frame: Sequence[str],
) -> bytes:
    """Return the custom XML part of an export; `frame` is what its headers and footers say."""
    head = {
        "product": ziping.__version__,
        "exported": package.exported_at.isoformat(),
        "rules": package.rule_set.id,
        "status": package.status,
        "report": str(package.version),
        "input": input_hash(package.report),
        "frame": fingerprint("\n".join(frame)),
    }
    attributes = " ".join(f'{key}="{attribute(value)}"' for key, value in head.items())
    projects = "".join(
        f'<project id="{attribute(project.id)}" name="{attribute(project.name[:_READABLE])}">'
        f"{''.join(_row_xml(found) for _, found in slots(tuple(rows)))}</project>"
        for project, rows in zip(package.report.projects, tables, strict=True)
    )
    texts = "".join(_section_xml(one, package) for one in sections)
    opening = f'<manifest xmlns="{MANIFEST_NAMESPACE}" {attributes}>'
    return f"{XML_HEAD}{opening}{projects}{texts}</manifest>".encode()


def _row_xml(found: Sequence[Slot]) -> str:
    cells = ""
    for slot in found:
        cell = slot.cell
        text, name = ("", "") if slot.continues else (brief(cell.text), squeeze(cell.name))
        cells += f'<c n="{cell.column}" v="{attribute(text)}" of="{attribute(name)}"/>'
    return f"<row>{cells}</row>"


def _section_xml(one: PrintedSection, package: ReportPackage) -> str:
    text = "\n".join(one.paragraphs)
    drafted = package.sections.get(one.section.id)
    author = drafted.author.value if drafted else ""
    return (
        f'<section id="{attribute(one.section.id)}" heading="{attribute(one.section.heading)}" '
        f'text="{section_fingerprint(one.paragraphs)}" '
        f'numbers="{attribute(" ".join(numbers(text)))}" '
        f'author="{author}">{_sentences_xml(one.paragraphs)}</section>'
    )


def _sentences_xml(paragraphs: Sequence[str]) -> str:
    """Return paragraphs for `verify` to quote from."""
    return escape("\n".join(squeeze(one) for one in paragraphs))


def read_manifest(root: etree._Element) -> Manifest | None:
    """Return the manifest of a custom XML part, or None when the part is something else."""
    if root.tag != f"{_TAG}manifest":
        return None
    return Manifest(
        product_version=root.get("product", ""),
        exported_at=root.get("exported", ""),
        rule_set=root.get("rules", ""),
        status=root.get("status", ""),
        report_version=root.get("report", ""),
        input_hash=root.get("input", ""),
        frame=root.get("frame", ""),
        projects=tuple(_read_project(one) for one in root.iterfind(f"{_TAG}project")),
        sections=tuple(
            StatedSection(
                id=one.get("id", ""),
                heading=one.get("heading", ""),
                fingerprint=one.get("text", ""),
                numbers=tuple(one.get("numbers", "").split()),
                author=one.get("author", ""),
                text=one.text or "",
            )
            for one in root.iterfind(f"{_TAG}section")
        ),
    )


def _read_project(element: etree._Element) -> StatedProject:
    rows = tuple(
        tuple(
            StatedCell(_column(cell.get("n", "")), cell.get("v", ""), cell.get("of", ""))
            for cell in row.iterfind(f"{_TAG}c")
        )
        for row in element.iterfind(f"{_TAG}row")
    )
    return StatedProject(element.get("id", ""), element.get("name", ""), rows)


def _column(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1
