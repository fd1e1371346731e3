"""Cells of a workbook, safe and styled (单元格): no text ever becomes a formula."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.word_xml import clean

MAX_CELL_TEXT = 32_000
"""Excel holds 32,767 characters in a cell."""
A4 = 9
"""Excel's number for the paper size A4."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{0,5}[1-9])?")
"""Numbers that Excel keeps exactly and shows as they were typed."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LINE = Side(style="thin", color="000000")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FACE = "仿宋"
_LINE_POINTS = 15
_MOST_LINES = 27
"""Excel allows a row at most 409 points."""
_SHORT = 12
"""Longest text of a list that is centred."""


class CellWriter:
    """Writes values into one workbook, reusing a few styles (making styles is what costs)."""

    def __init__(self, book: Workbook) -> None:
        """Register the styles once."""
        scratch = book.create_sheet()
        self._styles: dict[tuple[str, bool], StyleArray] = {}
        looks = {
            "label": (Font(name=_FACE, size=10.5, bold=True), "center", _GRID, "F2F2F2"),
            "figure": (Font(name=_FACE, size=10.5), "center", _GRID, ""),
            "text": (Font(name=_FACE, size=10.5), "left", _GRID, ""),
            "title": (Font(name="方正小标宋简体", size=16), "center", Border(), ""),
            "note": (Font(name=_FACE, size=9), "left", Border(), ""),
        }
        for row, (role, (font, across, border, fill)) in enumerate(looks.items(), 1):
            for is_quoted in (False, True):
                cell = scratch.cell(row, 2 if is_quoted else 1)
                cell.font, cell.border = font, border
                cell.alignment = Alignment(across, "center", wrap_text=True)
                if fill:
                    cell.fill = PatternFill("solid", fgColor=fill)
                cell.quotePrefix = is_quoted
                self._styles[role, is_quoted] = cell._style  # noqa: SLF001 - the way openpyxl copies
        book.remove(scratch)

    def put(self, sheet: Worksheet, row: int, column: int, text: str, role: str) -> None:
        """Write a value: a plain number as a number, anything else as text that stays text."""
        cell: Any = sheet.cell(row, column)
        safe = clean(text)[:MAX_CELL_TEXT]
        is_number = bool(_NUMBER.fullmatch(safe)) and safe != "-0"
        is_quoted = not is_number and safe.lstrip(" \n　").startswith(_FORMULA_STARTS)
        cell._style = self._styles[role, is_quoted]  # noqa: SLF001 - the way openpyxl copies
        if not safe:
            return
        if is_number:
            cell.value = Decimal(safe)
        else:
            cell.value = safe
            cell.data_type = "s"

    def listing(
        self,
        sheet: Worksheet,
        title: str,
        widths: Mapping[str, int],
        rows: Sequence[Sequence[str]],
    ) -> None:
        """Fill a sheet with a title, a header that stays in sight, and rows."""
        self.put(sheet, 1, 1, title, "title")
        # `merge_cells` would copy borders cell by cell, a quarter of the time of a whole workbook.
        sheet.merged_cells.add(f"A1:{get_column_letter(len(widths))}1")
        sheet.row_dimensions[1].height = 30
        for column, (heading, width) in enumerate(widths.items(), 1):
            self.put(sheet, 2, column, heading, "label")
            sheet.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows, 3):
            for column, text in enumerate(row, 1):
                self.put(sheet, number, column, text, "text" if len(text) > _SHORT else "figure")
            sheet.row_dimensions[number].height = _LINE_POINTS * _lines(row, widths.values())
        sheet.freeze_panes = "A3"
        sheet.print_title_rows = "1:2"
        set_print(sheet, is_wide=True)


def _lines(texts: Iterable[str], widths: Iterable[int]) -> int:
    """Return how many lines a row of wrapped texts needs, a Chinese character two wide."""
    needed = (
        -(-sum(1 + (mark > "\u2e7f") for mark in text) // max(width - 2, 1))
        for text, width in zip(texts, widths, strict=False)
    )
    return min(max(1, *needed), _MOST_LINES)


def set_print(sheet: Worksheet, *, is_wide: bool) -> None:
    """Fit a sheet to the width of A4 paper."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top = margins.bottom = 0.7
