"""Measures and fonts of the official layout (版式), shared by Word and Excel.

The habits are those of GB/T 9704 as provincial finance bureaus print their reports.
"""

import unicodedata
from dataclasses import dataclass

TWIPS_PER_MM = 56.6929


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def characters(text: str) -> float:
    """Return the width of a text in Chinese characters; latin letters and digits take a half."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text) / 2


@dataclass(frozen=True, slots=True)
class Typeface:
    """How one role of text looks (字体字号)."""

    east_asian: str
    """Chinese font; latin letters and digits are always Times New Roman."""
    half_points: int
    """Size in half points, as Word counts."""
    bold: bool = False


LATIN = "Times New Roman"
"""Font of digits and latin letters."""

TYPEFACES: dict[str, Typeface] = {
    "annex": Typeface("黑体", 32),
    "title": Typeface("方正小标宋简体", 44),
    "heading1": Typeface("黑体", 32),
    "heading2": Typeface("楷体_GB2312", 32),
    "heading3": Typeface("仿宋_GB2312", 32, bold=True),
    "heading4": Typeface("仿宋_GB2312", 32),
    "body": Typeface("仿宋_GB2312", 32),
    "contents": Typeface("仿宋_GB2312", 28),
    "contents_title": Typeface("黑体", 32),
    "cell": Typeface("仿宋_GB2312", 21),
    "label": Typeface("仿宋_GB2312", 21, bold=True),
    "note": Typeface("仿宋_GB2312", 18),
    "footer": Typeface("宋体", 28),
    "header": Typeface("黑体", 21),
}
"""The typeface of each role of text."""

PAGE_WIDTH, PAGE_HEIGHT = twips(210), twips(297)
BODY_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
"""Margins of the report in millimetres (天头、地脚、订口、切口)."""
TABLE_MARGINS = {"top": 20, "bottom": 18, "left": 18, "right": 18}
"""Margins of the annex pages in millimetres."""
LINE_TWIPS = 579
"""Line pitch of the body: 28.95 pt, so that a page carries 22 lines."""
TITLE_LINE_TWIPS = 700
CONTENTS_LINE_TWIPS = 380
LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 27.5
"""Characters of 三号 across the body."""

ANNEX_WIDTHS_MM = (17, 19, 20, 26, 21, 21, 11, 17, 22)
"""Column widths of the 自评表 grid; together the width between `TABLE_MARGINS`."""

PLACEHOLDER_FILL = "FFF2A8"
"""Shading of 【待补充：…】: yellow on screen, light grey in print."""
