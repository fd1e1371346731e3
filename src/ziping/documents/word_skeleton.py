"""Everything of a Word file that does not depend on the report, made once and kept (底稿)."""

from dataclasses import dataclass
from functools import lru_cache

from ziping.documents.layout import BODY_MARGINS, PAGE_WIDTH, TABLE_MARGINS, twips
from ziping.documents.word_blank import blank_parts, blank_section, draft_header_paragraph
from ziping.documents.word_frame import frame_texts
from ziping.documents.word_parts import (
    OFFICE,
    WORD_TYPE,
    Parts,
    Relation,
    links_name,
    relations_part,
)
from ziping.documents.word_styles import STYLES
from ziping.documents.word_xml import NAMESPACES, XML_HEAD

DRAFT, FINAL = "送审稿", "定稿"

MANIFEST_NAMESPACE = "urn:ziping:manifest:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_ID = "{6F0B2D52-5D0B-4C0B-9C9A-2B1C6F5A7E10}"
"""Identity of our part among the custom XML parts of a file."""
MANIFEST_PATTERN = "customXml/item{}.xml"


@dataclass(frozen=True)
class Skeleton:
    """The unchanging parts of a Word file, and how our text fits into it."""

    parts: dict[str, bytes]
    """All but the body, the properties and the manifest."""
    manifest_part: str
    """Name of the manifest's part."""
    style_ids: dict[str, str]
    """Our style id -> the id to write."""
    fonts: dict[str, str]
    """Chinese fonts of a unit's own template, by role."""
    body_section: str
    annex_section: str
    annex_width: int
    """Width of the annex table in twips."""
    heading_extra: str = ""
    """Properties of headings that switch off a template's own numbering."""
    frame: tuple[str, ...] = ()
    """What headers and footers say."""


@lru_cache(maxsize=2)
def own_skeleton(status: str) -> Skeleton:
    """Return our own empty file for a status (送审稿 carries its mark)."""
    parts, footer = blank_parts()
    references = ""
    if status != FINAL:
        references = header_reference(add_header(parts, status), "default")
    references += f'<w:footerReference w:type="default" r:id="{footer}"/>'
    margins = TABLE_MARGINS["left"] + TABLE_MARGINS["right"]
    manifest_part = reserve_manifest(parts)
    packed = parts.packed()
    return Skeleton(
        parts=packed,
        manifest_part=manifest_part,
        style_ids={style.id: style.id for style in STYLES},
        frame=frame_texts(packed, where=status),
        fonts={},
        body_section=blank_section(references, BODY_MARGINS),
        annex_section=blank_section(references, TABLE_MARGINS),
        annex_width=PAGE_WIDTH - twips(margins),
    )


def reserve_manifest(parts: Parts) -> str:
    """Link a custom XML part whose content each report brings; return its name.

    The properties beside it are what makes LibreOffice keep the part when it saves the file.
    """
    name = parts.free_name(MANIFEST_PATTERN)
    parts.add(name, b"", "customXml", "application/xml")
    about = parts.free_name("customXml/itemProps{}.xml")
    parts.blobs[about] = (
        f'{XML_HEAD}<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    ).encode()
    parts.types[about] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    link = Relation("rId1", f"{OFFICE}/customXmlProps", about)
    parts.blobs[links_name(name)] = relations_part((link,), name)
    return name


def header_reference(link_id: str, kind: str) -> str:
    """Return the reference of a section to a header part."""
    return f'<w:headerReference w:type="{kind}" r:id="{link_id}"/>'


def add_header(parts: Parts, status: str) -> str:
    """Add a header that carries the draft mark; return the id of its link."""
    header = f"{XML_HEAD}<w:hdr {NAMESPACES}>{draft_header_paragraph(status)}</w:hdr>"
    name = parts.free_name("word/header{}.xml")
    return parts.add(name, header.encode(), "header", f"{WORD_TYPE}header+xml")
