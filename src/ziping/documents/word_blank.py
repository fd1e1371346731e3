"""The empty Word file we write into when the unit brings no template of its own (空白底稿)."""

from ziping.documents.layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    twips,
)
from ziping.documents.word_parts import WORD_TYPE, Parts
from ziping.documents.word_styles import styles_part
from ziping.documents.word_xml import NAMESPACES, XML_HEAD, RunWriter

_FOOTER_MM, _HEADER_MM = 23, 15

_SETTINGS = (
    f"{XML_HEAD}<w:settings {NAMESPACES}>"
    '<w:zoom w:percent="100"/><w:updateFields w:val="true"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
    "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def blank_parts() -> tuple[Parts, str]:
    """Return the parts of our own file, and the id of the link to its footer."""
    parts = Parts(blobs={}, types={}, links=[])
    parts.add("word/styles.xml", styles_part(), "styles", f"{WORD_TYPE}styles+xml")
    parts.add("word/settings.xml", _SETTINGS.encode(), "settings", f"{WORD_TYPE}settings+xml")
    footer = parts.add("word/footer1.xml", _footer(), "footer", f"{WORD_TYPE}footer+xml")
    return parts, footer


def _footer() -> bytes:
    """Return the page number of official papers, — n —, centred."""
    writer = RunWriter()
    number = writer.field("PAGE", "1", "footer")
    sized = (writer.runs("— ", "footer") + number + writer.runs(" —", "footer")).replace(
        "</w:rPr>", '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    )
    inner = (
        '<w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
        f"{sized}</w:p>"
    )
    return f"{XML_HEAD}<w:ftr {NAMESPACES}>{inner}</w:ftr>".encode()


def draft_header_paragraph(status: str) -> str:
    """Return the small mark at the top right of a draft."""
    mark = RunWriter().runs(status, "header")
    sized = mark.replace("</w:rPr>", '<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr>')
    return (
        '<w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/></w:pPr>'
        f"{sized}</w:p>"
    )


def blank_section(references: str, margins: dict[str, int]) -> str:
    """Return an A4 section with our margins."""
    sides = " ".join(f'w:{side}="{twips(size)}"' for side, size in margins.items())
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar {sides} w:header="{twips(_HEADER_MM)}" w:footer="{_footer_twips(margins)}" '
        'w:gutter="0"/><w:cols w:space="425"/></w:sectPr>'
    )


def _footer_twips(margins: dict[str, int]) -> int:
    return twips(min(_FOOTER_MM, margins["bottom"] // 2))
