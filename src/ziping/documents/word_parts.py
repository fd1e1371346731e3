"""The parts of a Word package: relationships, content types, and what is kept of them (部件)."""

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from ziping.documents.word_open import parse
from ziping.documents.word_xml import XML_HEAD, attribute
from ziping.domain.errors import InputError

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_PART = "word/document.xml"
CORE_PART = "docProps/core.xml"

KEPT = ("styles", "settings", "theme", "fontTable", "numbering", "header", "footer")
"""Relationships of a template's body we keep; its pictures, comments and notes go with its text."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another (关系)."""

    id: str
    kind: str
    """Full type URI."""
    target: str
    """Name of the part, or an outside address."""
    is_external: bool = False


@dataclass(slots=True)
class Parts:
    """The parts being put together, with the links of the body and the type of each part."""

    blobs: dict[str, bytes]
    types: dict[str, str]
    """Content type by part name."""
    links: list[Relation]
    """Links of the body."""
    defaults: dict[str, str] = field(default_factory=dict)
    """Content type by file extension."""

    def target(self, kind: str) -> str | None:
        """Return the part the body links to by the last word of the link's type."""
        return next((one.target for one in self.links if one.kind.endswith(f"/{kind}")), None)

    def add(self, name: str, blob: bytes, kind: str, content_type: str) -> str:
        """Add a part linked from the body; return the id of the link."""
        link_id = f"rIdZiping{len(self.links) + 1}"
        self.blobs[name] = blob
        self.types[name] = content_type
        self.links.append(Relation(link_id, f"{OFFICE}/{kind}", name))
        return link_id

    def free_name(self, pattern: str) -> str:
        """Return the first part name of a pattern with a number that is not taken."""
        number = 1
        while pattern.format(number) in self.blobs:
            number += 1
        return pattern.format(number)

    def packed(self) -> dict[str, bytes]:
        """Return every part with its lists of links and types; the body is left to the caller."""
        root = (
            Relation("rId1", f"{OFFICE}/officeDocument", MAIN_PART),
            Relation("rId2", CORE, CORE_PART),
        )
        self.types[MAIN_PART] = f"{WORD_TYPE}document.main+xml"
        self.types[CORE_PART] = "application/vnd.openxmlformats-package.core-properties+xml"
        kept = {name: blob for name, blob in self.blobs.items() if name != MAIN_PART}
        return {
            "[Content_Types].xml": self._types_part(),
            "_rels/.rels": relations_part(root, ""),
            links_name(MAIN_PART): relations_part(tuple(self.links), MAIN_PART),
            **kept,
        }

    def _types_part(self) -> bytes:
        defaults = {**self.defaults, "rels": f"{RELATIONS_TYPE}", "xml": "application/xml"}
        extensions = "".join(
            f'<Default Extension="{attribute(name)}" ContentType="{attribute(kind)}"/>'
            for name, kind in defaults.items()
        )
        overrides = "".join(
            f'<Override PartName="/{attribute(name)}" ContentType="{attribute(kind)}"/>'
            for name, kind in self.types.items()
        )
        return f'{XML_HEAD}<Types xmlns="{CONTENT_TYPES}">{extensions}{overrides}</Types>'.encode()


RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def links_name(part: str) -> str:
    """Return the name of the part that lists another part's links."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_part(links: tuple[Relation, ...], source: str) -> bytes:
    """Return the list of links of a part."""
    folder = posixpath.dirname(source)
    rows = ""
    for one in links:
        target = one.target if one.is_external else posixpath.relpath(one.target, folder or ".")
        mode = ' TargetMode="External"' if one.is_external else ""
        rows += (
            f'<Relationship Id="{attribute(one.id)}" Type="{attribute(one.kind)}" '
            f'Target="{attribute(target)}"{mode}/>'
        )
    return f'{XML_HEAD}<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'.encode()


def read_links(parts: dict[str, bytes], source: str, *, where: str) -> list[Relation]:
    """Return the links of a part of an opened file."""
    listed = parts.get(links_name(source))
    if listed is None:
        return []
    links = []
    for one in parse(listed, where=where):
        is_external = one.get("TargetMode") == "External"
        target = one.get("Target", "")
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target))
            target = target.lstrip("/")
        links.append(Relation(one.get("Id", ""), one.get("Type", ""), target, is_external))
    return links


def kept_parts(parts: dict[str, bytes], *, where: str) -> Parts:
    """Return what a template brings along: its look, headers and footers, and nothing else."""
    links = [
        one
        for one in read_links(parts, MAIN_PART, where=where)
        if one.kind.rsplit("/", 1)[-1] in KEPT and not one.is_external and one.target in parts
    ]
    blobs: dict[str, bytes] = {}
    for link in links:
        _keep(link.target, parts, blobs, where)
    defaults, types = _read_types(parts["[Content_Types].xml"], where)
    return Parts(
        blobs=blobs,
        types={name: kind for name, kind in types.items() if name in blobs},
        links=links,
        defaults=defaults,
    )


def _keep(name: str, parts: dict[str, bytes], blobs: dict[str, bytes], where: str) -> None:
    """Keep a part and all it links to; refuse what would be fetched from outside."""
    if name in blobs or name not in parts:
        return
    blobs[name] = parts[name]
    links = read_links(parts, name, where=where)
    if name.endswith("settings.xml"):  # links of settings lead to templates and mail-merge data
        return
    for link in links:
        if not link.is_external:
            _keep(link.target, parts, blobs, where)
        elif not link.kind.endswith("/hyperlink"):
            raise InputError(
                "页眉或页脚引用了文档外部的内容",
                where=where,
                why="内网打开时会取不到，也可能泄露打开记录",
                remedy="请把图片改为“嵌入”文档后再上传",
            )
    if links:
        blobs[links_name(name)] = relations_part(tuple(links), name)


def _read_types(part: bytes, where: str) -> tuple[dict[str, str], dict[str, str]]:
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for one in parse(part, where=where):
        kind = one.get("ContentType", "")
        if etree.QName(one).localname == "Default":
            defaults[one.get("Extension", "").lower()] = kind
        else:
            overrides[one.get("PartName", "").lstrip("/")] = kind
    return defaults, overrides
