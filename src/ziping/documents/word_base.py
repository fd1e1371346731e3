"""A unit's own Word file as template (单位模板): its look is kept, its text is not."""

import io
from functools import lru_cache

import docx
from lxml import etree

from ziping.documents.layout import BODY_MARGINS, PAGE_WIDTH, TABLE_MARGINS, twips
from ziping.documents.word_base_styles import WHERE, W, merge_styles
from ziping.documents.word_blank import blank_section, draft_header_paragraph
from ziping.documents.word_open import parse, read_parts
from ziping.documents.word_parts import MAIN_PART, OFFICE, WORD_TYPE, Parts, kept_parts, links_name
from ziping.documents.word_skeleton import (
    FINAL,
    Skeleton,
    add_header,
    header_reference,
    reserve_manifest,
)
from ziping.documents.word_xml import NAMESPACES, XML_HEAD
from ziping.domain.errors import InputError

R_ID = f"{{{OFFICE}}}id"
_UNWANTED_SETTINGS = (
    "attachedTemplate",
    "documentProtection",
    "endnotePr",
    "footnotePr",
    "mailMerge",
    "writeProtection",
)
"""Settings that lock the file, or lead to notes, data or templates outside it."""


@lru_cache(maxsize=2)
def base_skeleton(base: bytes, status: str) -> Skeleton:
    """Return a unit's own Word file emptied of its text, for a status.

    Raises:
        InputError: The file cannot serve as a template.
    """
    opened = read_parts(base, where=WHERE)
    try:
        docx.Document(io.BytesIO(base))
    except Exception:  # noqa: BLE001 - python-docx fails in as many ways as files can be broken
        raise InputError(
            "文件已损坏或内容不完整，不能作为模板",
            where=WHERE,
            remedy="请用 Word 或 WPS 打开后另存为 .docx，再上传一次",
        ) from None
    parts = kept_parts(opened, where=WHERE)
    section = _last_section(parse(opened[MAIN_PART], where=WHERE))
    style_ids, fonts, has_numbering = merge_styles(parts)
    _mend_settings(parts)
    if status != FINAL:
        _mark_draft(parts, section, status)
    manifest_part = reserve_manifest(parts)
    annex = _annex_section(section)
    return Skeleton(
        parts=parts.packed(),
        manifest_part=manifest_part,
        style_ids=style_ids,
        fonts=fonts,
        body_section=_xml(section),
        annex_section=_xml(annex),
        annex_width=_text_width(section),
        heading_extra='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        if has_numbering
        else "",
    )


def _xml(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode")


def _last_section(document: etree._Element) -> etree._Element:
    """Return the page set-up of the last section, with the headers it inherits."""
    sections = list(document.iter(f"{W}sectPr"))
    if not sections:
        return etree.fromstring(
            blank_section("", BODY_MARGINS).replace("<w:sectPr", f"<w:sectPr {NAMESPACES}", 1)
        )
    inherited: dict[tuple[str, str], etree._Element] = {}
    for one in sections:
        for reference in one.findall(f"{W}headerReference") + one.findall(f"{W}footerReference"):
            inherited[str(reference.tag), reference.get(f"{W}type", "default")] = reference
    last = sections[-1]
    for reference in inherited.values():
        if reference.getparent() is not last:
            last.insert(0, reference)
    for name in ("sectPrChange", "footnotePr", "endnotePr"):
        for child in last.findall(f"{W}{name}"):
            last.remove(child)
    return last


def _annex_section(section: etree._Element) -> etree._Element:
    """Return the set-up for the tables: the same page, numbered on, without a title page."""
    annex = etree.fromstring(etree.tostring(section))
    for name in ("titlePg", "pgNumType"):
        for child in annex.findall(f"{W}{name}"):
            annex.remove(child)
    return annex


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return PAGE_WIDTH - twips(TABLE_MARGINS["left"] + TABLE_MARGINS["right"])
    sides = int(margins.get(f"{W}left", "0")) + int(margins.get(f"{W}right", "0"))
    return max(int(size.get(f"{W}w", str(PAGE_WIDTH))) - sides, twips(100))


def _mend_settings(parts: Parts) -> None:
    """Have fields computed on opening; drop what locks the file or leads out of it."""
    name = parts.target("settings")
    if name is None:
        part = f"{XML_HEAD}<w:settings {NAMESPACES}/>".encode()
        name = "word/settings.xml"
        parts.add(name, part, "settings", f"{WORD_TYPE}settings+xml")
    root = parse(parts.blobs[name], where=WHERE)
    for unwanted in (*_UNWANTED_SETTINGS, "updateFields"):
        for child in root.findall(f"{W}{unwanted}"):
            root.remove(child)
    update = etree.Element(f"{W}updateFields")
    update.set(f"{W}val", "true")
    root.insert(_settings_place(root), update)
    parts.blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    parts.blobs.pop(links_name(name), None)


_AFTER_UPDATE_FIELDS = (
    "hdrShapeDefaults",
    "compat",
    "docVars",
    "rsids",
    "mathPr",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "shapeDefaults",
    "decimalSymbol",
    "listSeparator",
)
"""Settings that must follow `updateFields` in the schema's order."""


def _settings_place(root: etree._Element) -> int:
    for place, child in enumerate(root):
        if etree.QName(child).localname in _AFTER_UPDATE_FIELDS:
            return place
    return len(root)


def _mark_draft(parts: Parts, section: etree._Element, status: str) -> None:
    """Put the draft mark under the template's own headers, or into a header of ours."""
    targets = {link.id: link.target for link in parts.links}
    references = section.findall(f"{W}headerReference")
    mark = f"<r {NAMESPACES}>{draft_header_paragraph(status)}</r>"
    for name in {targets.get(one.get(R_ID, ""), "") for one in references} & set(parts.blobs):
        root = parse(parts.blobs[name], where=WHERE)
        root.append(etree.fromstring(mark)[0])
        parts.blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if not any(one.get(f"{W}type", "default") == "default" for one in references):
        link_id = add_header(parts, status)
        wrapped = f"<r {NAMESPACES}>{header_reference(link_id, 'default')}</r>"
        section.insert(0, etree.fromstring(wrapped)[0])
