"""Fitting our paragraph styles into a unit's own template (样式合并)."""

from lxml import etree

from ziping.documents.layout import TYPEFACES
from ziping.documents.word_open import parse
from ziping.documents.word_parts import WORD_TYPE, Parts
from ziping.documents.word_styles import STYLES, style_xml
from ziping.documents.word_xml import NAMESPACES, XML_HEAD

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHERE = "单位模板"


def merge_styles(parts: Parts) -> tuple[dict[str, str], dict[str, str], bool]:
    """Add the styles a template lacks; return the ids to use, its fonts, and if it numbers."""
    name = _styles_name(parts)
    root = parse(parts.blobs[name], where=WHERE)
    known = _paragraph_styles(root)
    normal = known.get("normal")
    normal_id = "Normal" if normal is None else normal.get(f"{W}styleId", "Normal")
    ids: dict[str, str] = {}
    fonts = {"body": TYPEFACES["body"].east_asian if normal is None else _font(normal, root)}
    for style in STYLES:
        theirs = known.get(style.name.lower())
        if theirs is not None:
            ids[style.id] = theirs.get(f"{W}styleId", style.id)
            fonts[style.role] = _font(theirs, root)
        else:
            ids[style.id] = style.id
            wrapped = style_xml(style, normal_id, keeps_base_look=True)
            root.append(etree.fromstring(f"<r {NAMESPACES}>{wrapped}</r>")[0])
    parts.blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    numbered = any(
        one.find(f".//{W}numPr") is not None
        for title, one in known.items()
        if title.startswith("heading ")
    )
    return ids, {role: font for role, font in fonts.items() if font}, numbered


def _styles_name(parts: Parts) -> str:
    """Return the name of the styles part, adding an empty one where there is none."""
    name = parts.target("styles")
    if name is None:
        name = "word/styles.xml"
        part = f"{XML_HEAD}<w:styles {NAMESPACES}/>".encode()
        parts.add(name, part, "styles", f"{WORD_TYPE}styles+xml")
    return name


def _paragraph_styles(root: etree._Element) -> dict[str, etree._Element]:
    """Return the paragraph styles by lower-case name."""
    known: dict[str, etree._Element] = {}
    for style in root.iter(f"{W}style"):
        title = style.find(f"{W}name")
        if title is not None and style.get(f"{W}type") == "paragraph":
            known[title.get(f"{W}val", "").lower()] = style
    return known


def _font(style: etree._Element, root: etree._Element) -> str:
    """Return the Chinese font a style names, or inherits; blank when none is named."""
    by_id = {one.get(f"{W}styleId"): one for one in root.iter(f"{W}style")}
    seen: set[str] = set()
    current: etree._Element | None = style
    while current is not None and (name := current.get(f"{W}styleId", "")) not in seen:
        seen.add(name)
        found = current.find(f"{W}rPr/{W}rFonts")
        if found is not None and (font := found.get(f"{W}eastAsia")):
            return font
        parent = current.find(f"{W}basedOn")
        current = by_id.get(parent.get(f"{W}val")) if parent is not None else None
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    return default.get(f"{W}eastAsia", "") if default is not None else ""
