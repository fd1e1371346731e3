"""Page set-up, headers and footers of a unit's own template (页面设置)."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ziping.documents.layout import BODY_MARGINS, PAGE_WIDTH, TABLE_MARGINS, twips
from ziping.documents.word_base_styles import WHERE, W
from ziping.documents.word_blank import blank_section, draft_header_paragraph
from ziping.documents.word_open import parse
from ziping.documents.word_parts import OFFICE, Parts
from ziping.documents.word_skeleton import DRAFT, FINAL, add_header, header_reference
from ziping.documents.word_xml import NAMESPACES

_R_ID = f"{{{OFFICE}}}id"
_HEADER, _FOOTER = f"{W}headerReference", f"{W}footerReference"
_TYPE = f"{W}type"


def page_setups(document: etree._Element, parts: Parts) -> tuple[etree._Element, etree._Element]:
    """Return the set-up of the first section, for the report, and of the last, for the tables."""
    sections = [
        one
        for one in document.iter(f"{W}sectPr")
        if getattr(one.getparent(), "tag", "") != f"{W}sectPrChange"
    ]
    if not sections:
        blank = _element(blank_section("", BODY_MARGINS))
        return blank, deepcopy(blank)
    _pass_on_references(sections, {link.id for link in parts.links})
    body, annex = deepcopy(sections[0]), deepcopy(sections[-1])
    _drop(body, "sectPrChange", "footnotePr", "endnotePr")
    _drop(annex, "sectPrChange", "footnotePr", "endnotePr", "titlePg", "pgNumType", "type")
    return body, annex


def _element(xml: str) -> etree._Element:
    return etree.fromstring(f"<r {NAMESPACES}>{xml}</r>")[0]


def _drop(section: etree._Element, *names: str) -> None:
    for name in names:
        for child in section.findall(f"{W}{name}"):
            section.remove(child)


def _pass_on_references(sections: Sequence[etree._Element], known: set[str]) -> None:
    """Give each section the headers and footers it inherits; drop those that lead nowhere."""
    inherited: dict[tuple[str, str], etree._Element] = {}
    for section in sections:
        own: set[tuple[str, str]] = set()
        for reference in section.findall(_HEADER) + section.findall(_FOOTER):
            key = (str(reference.tag), reference.get(_TYPE, "default"))
            if reference.get(_R_ID) in known:
                inherited[key] = reference
                own.add(key)
            else:
                section.remove(reference)
        for key, reference in inherited.items():
            if key not in own:
                section.insert(0, deepcopy(reference))


def text_width(section: etree._Element) -> int:
    """Return the width between the margins, in twips."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return PAGE_WIDTH - twips(TABLE_MARGINS["left"] + TABLE_MARGINS["right"])
    sides = _number(margins.get(f"{W}left"), 0) + _number(margins.get(f"{W}right"), 0)
    return max(_number(size.get(f"{W}w"), PAGE_WIDTH) - sides, twips(100))


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default


def mark_status(parts: Parts, sections: Sequence[etree._Element], status: str) -> None:
    """Show the draft mark below the template's own headers; take an earlier one away."""
    targets = {link.id: link.target for link in parts.links}
    references = [one for section in sections for one in section.findall(_HEADER)]
    for name in {targets[one.get(_R_ID, "")] for one in references}:
        root = parse(parts.blobs[name], where=WHERE)
        for child in list(root.iterchildren(f"{W}p")):
            if "".join(one.text or "" for one in child.iter(f"{W}t")).strip() == DRAFT:
                root.remove(child)
        if status != FINAL:
            root.append(_element(draft_header_paragraph(status)))
        elif not len(root):
            root.append(_element("<w:p/>"))
        parts.blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    bare = [
        section
        for section in sections
        if all(one.get(_TYPE, "default") != "default" for one in section.findall(_HEADER))
    ]
    if status != FINAL and bare:
        link_id = add_header(parts, status)
        for section in bare:
            section.insert(0, _element(header_reference(link_id, "default")))
