"""The paragraph styles of our Word files (样式): real headings, real contents, no theme fonts."""

from dataclasses import dataclass

from ziping.documents.layout import (
    CONTENTS_LINE_TWIPS,
    LINE_TWIPS,
    TITLE_LINE_TWIPS,
    TYPEFACES,
    twips,
)
from ziping.documents.word_xml import NAMESPACES, XML_HEAD, fonts, run_properties

HEADING_LEVELS = (1, 2, 3, 4)
CONTENTS_LEVELS = (1, 2)
"""Heading levels the contents list."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style of ours."""

    id: str
    name: str
    """Name Word knows it by; built-in names are matched in a unit's own template."""
    role: str
    properties: str
    """Paragraph properties in schema order."""
    is_built_in: bool = True


def _exact(line: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


_SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_WIDOW = "<w:widowControl/>"


def _heading(level: int) -> Style:
    properties = (
        f"<w:keepNext/><w:keepLines/>{_WIDOW}{_exact(LINE_TWIPS)}{_INDENT}"
        f'<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>'
    )
    return Style(f"Heading{level}", f"heading {level}", f"heading{level}", properties)


def _contents(level: int) -> Style:
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(156)}"/></w:tabs>'
    indent = f'<w:ind w:left="{280 * (level - 1)}" w:firstLineChars="0" w:firstLine="0"/>'
    properties = f"{tabs}{_exact(CONTENTS_LINE_TWIPS)}{indent}"
    return Style(f"TOC{level}", f"toc {level}", "contents", properties)


_CENTRED = '<w:jc w:val="center"/>'
STYLES = (
    *(_heading(level) for level in HEADING_LEVELS),
    *(_contents(level) for level in CONTENTS_LEVELS),
    Style(
        "Title",
        "Title",
        "title",
        f"<w:keepNext/>{_exact(TITLE_LINE_TWIPS, 290, 290)}{_NO_INDENT}{_CENTRED}",
    ),
    Style(
        "ZipingBody",
        "自评正文",
        "body",
        f'{_WIDOW}{_exact(LINE_TWIPS)}{_INDENT}<w:jc w:val="both"/>',
        is_built_in=False,
    ),
    Style(
        "ZipingAnnex",
        "自评附件编号",
        "annex",
        f'<w:keepNext/>{_exact(LINE_TWIPS)}{_NO_INDENT}<w:jc w:val="left"/>',
        is_built_in=False,
    ),
    Style(
        "ZipingTableTitle",
        "自评附表标题",
        "title",
        f"<w:keepNext/>{_exact(TITLE_LINE_TWIPS, 0, 120)}{_NO_INDENT}{_CENTRED}",
        is_built_in=False,
    ),
    Style(
        "ZipingContentsTitle",
        "自评目录标题",
        "contents_title",
        f"<w:keepNext/>{_exact(LINE_TWIPS, 0, 120)}{_NO_INDENT}{_CENTRED}",
        is_built_in=False,
    ),
    Style(
        "ZipingClosing",
        "自评附件说明",
        "body",
        f"{_exact(LINE_TWIPS, 579)}{_INDENT}",
        is_built_in=False,
    ),
    Style(
        "ZipingCell", "自评表格文字", "cell", f"{_SINGLE}{_NO_INDENT}{_CENTRED}", is_built_in=False
    ),
    Style(
        "ZipingCellText",
        "自评表格长文字",
        "cell",
        f'{_SINGLE}{_NO_INDENT}<w:jc w:val="left"/>',
        is_built_in=False,
    ),
    Style(
        "ZipingNote",
        "自评附注",
        "note",
        f'<w:spacing w:before="80" w:after="0" w:line="280" w:lineRule="exact"/>{_NO_INDENT}',
        is_built_in=False,
    ),
)
"""Every style we use; those a unit's own template lacks are added to it."""


def style_xml(style: Style, normal: str, *, keeps_base_look: bool = False) -> str:
    """Return a style element.

    Args:
        style: The style.
        normal: Id of the default paragraph style it is based on.
        keeps_base_look: Body text of a unit's own template keeps that template's font and spacing.
    """
    custom = "" if style.is_built_in else ' w:customStyle="1"'
    follow = '<w:next w:val="ZipingBody"/>' if style.id.startswith("Heading") else ""
    properties, look = style.properties, run_properties(TYPEFACES[style.role])
    if keeps_base_look and style.role == "body":
        properties, look = '<w:ind w:firstLineChars="200" w:firstLine="560"/>', ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="{normal}"/>{follow}<w:qFormat/>'
        f"<w:pPr>{properties}</w:pPr>{look}</w:style>"
    )


def styles_part() -> bytes:
    """Return a whole styles part with our styles alone."""
    body = TYPEFACES["body"]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(body.east_asian)}"
        '<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    table_cells = (
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    basics = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{_WIDOW}</w:pPr><w:rPr>{fonts(body.east_asian)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        f'<w:name w:val="Normal Table"/><w:semiHidden/>{table_cells}</w:style>'
    )
    ours = "".join(style_xml(style, "Normal") for style in STYLES)
    return f"{XML_HEAD}<w:styles {NAMESPACES}>{defaults}{basics}{ours}</w:styles>".encode()
