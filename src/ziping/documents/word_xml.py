"""Runs and paragraphs as WordprocessingML text, with everything a person typed made harmless."""

import re
from xml.sax.saxutils import escape

from ziping.documents.layout import LATIN, PLACEHOLDER_FILL, TYPEFACES, Typeface

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
"""Declarations every part of ours begins with."""
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters XML or Word cannot hold."""
_PLACEHOLDER = re.compile(r"(【待补充[^】]{0,500}】)")
_BREAKS = re.compile("\r\n|[\r\n\u2028\u2029]")


def clean(text: str) -> str:
    """Return text without the characters a file cannot hold, with one kind of line break."""
    return _BREAKS.sub("\n", _FORBIDDEN.sub("", text))


def attribute(text: str) -> str:
    """Return text safe inside a double-quoted attribute."""
    return escape(clean(text), {'"': "&quot;", "\n": " ", "\t": " "})


def fonts(east_asian: str) -> str:
    """Return the font element: Chinese font for Chinese and its punctuation, Times for latin."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" '
        f'w:eastAsia="{attribute(east_asian)}"/>'
    )


def run_properties(face: Typeface) -> str:
    """Return font, weight and size of a typeface, for styles."""
    bold = "<w:b/>" if face.bold else '<w:b w:val="0"/>'
    size = f'<w:sz w:val="{face.half_points}"/><w:szCs w:val="{face.half_points}"/>'
    return f'<w:rPr>{fonts(face.east_asian)}{bold}<w:color w:val="000000"/>{size}</w:rPr>'


class RunWriter:
    """Writes the runs of one document; a unit's own template may bring its own Chinese fonts."""

    def __init__(self, own_fonts: dict[str, str] | None = None) -> None:
        """Prepare the font element of each role."""
        faces = {role: face.east_asian for role, face in TYPEFACES.items()} | (own_fonts or {})
        self._fonts = {role: fonts(name) for role, name in faces.items()}

    def runs(self, text: str, role: str, *, bold: bool = False) -> str:
        """Return the runs of a text; 【待补充：…】 is shaded."""
        if "【待补充" not in text:
            return self._run(text, role, bold=bold) if text else ""
        return "".join(
            self._run(piece, role, bold=bold, marked=place % 2 == 1)
            for place, piece in enumerate(_PLACEHOLDER.split(text))
            if piece
        )

    def special(self, inner: str, role: str) -> str:
        """Return a run that holds markup of ours (fields, tabs, breaks)."""
        return f"<w:r><w:rPr>{self._fonts[role]}</w:rPr>{inner}</w:r>"

    def field(self, instruction: str, shown: str, role: str, *, is_dirty: bool = False) -> str:
        """Return a field with the text shown until it is computed."""
        dirty = ' w:dirty="true"' if is_dirty else ""
        begin = f'<w:fldChar w:fldCharType="begin"{dirty}/>'
        code = f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'
        return (
            self.special(begin, role)
            + self.special(code, role)
            + self.special('<w:fldChar w:fldCharType="separate"/>', role)
            + self.runs(shown, role)
            + self.special('<w:fldChar w:fldCharType="end"/>', role)
        )

    def _run(self, text: str, role: str, *, bold: bool = False, marked: bool = False) -> str:
        weight = "<w:b/>" if bold else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{PLACEHOLDER_FILL}"/>'
        properties = self._fonts[role] + weight + (shade if marked else "")
        return f"<w:r><w:rPr>{properties}</w:rPr>{_inner(text)}</w:r>"


def _inner(text: str) -> str:
    """Return the text elements of a run, with breaks and tabs."""
    safe = escape(clean(text))
    whole = f'<w:t xml:space="preserve">{safe}</w:t>'
    if "\n" not in safe and "\t" not in safe:
        return whole
    between = '</w:t>{}<w:t xml:space="preserve">'
    return whole.replace("\n", between.format("<w:br/>")).replace("\t", between.format("<w:tab/>"))


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """Return a paragraph of a style id; `properties` follow the style in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'
