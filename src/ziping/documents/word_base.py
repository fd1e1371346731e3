"""A unit's own Word file as template (单位模板): its look is kept, its text is not."""

import io
from functools import lru_cache

import docx
from lxml import etree

from ziping.documents.word_base_pages import mark_status, page_setups, text_width
from ziping.documents.word_base_styles import WHERE, W, merge_styles
from ziping.documents.word_frame import frame_texts
from ziping.documents.word_open import parse, read_parts
from ziping.documents.word_parts import MAIN_PART, WORD_TYPE, Parts, kept_parts, links_name
from ziping.documents.word_skeleton import Skeleton, reserve_manifest
from ziping.documents.word_xml import NAMESPACES, XML_HEAD
from ziping.domain.errors import InputError

_NO_NUMBERING = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
"""Our headings carry their numbers; a template's automatic ones would double them."""
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

    The report takes the page set-up of its first section, the tables that of its last.

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
    body, annex = page_setups(parse(opened[MAIN_PART], where=WHERE), parts)
    style_ids, fonts, has_numbering = merge_styles(parts)
    _mend_settings(parts)
    mark_status(parts, (body, annex), status)
    manifest_part = reserve_manifest(parts)
    packed = parts.packed()
    return Skeleton(
        parts=packed,
        manifest_part=manifest_part,
        style_ids=style_ids,
        fonts=fonts,
        body_section=etree.tostring(body, encoding="unicode"),
        annex_section=etree.tostring(annex, encoding="unicode"),
        annex_width=text_width(annex),
        heading_extra=_NO_NUMBERING if has_numbering else "",
        frame=frame_texts(packed, where=WHERE),
    )


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
