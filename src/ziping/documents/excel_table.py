"""The 自评表 as a worksheet, laid out like the printed form (附件2-1)."""

import math
import re

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.annex import COLUMNS, AnnexCell, AnnexRow, annex_rows, slots
from ziping.documents.carried import carried_notes
from ziping.documents.excel_cells import CellWriter, set_print
from ziping.documents.layout import ANNEX_WIDTHS_MM, characters
from ziping.documents.word_xml import clean
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.package import ReportPackage
from ziping.domain.scores import ScoreSheet

_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\'\s]")
_TITLE_LENGTH = 20
_UNITS_PER_MM = 0.56
"""Excel column width units a millimetre."""
_LINE_HEIGHT, _LEAST_HEIGHT, _MOST_HEIGHT = 15.0, 20.0, 400.0
_FIRST_ROW = 3
"""Row of the sheet the table begins in, below annex number and title."""


def write_annex(  # noqa: PLR0913, PLR0917 - a sheet needs its book, styles, package and project
    book: Workbook,
    cells: CellWriter,
    package: ReportPackage,
    project: SelfEvaluation,
    scored: ScoreSheet | None,
    number: int,
) -> None:
    """Add the worksheet of a project's table."""
    sheet = book.create_sheet(_sheet_title(project.name, number))
    cells.put(sheet, 1, 1, package.outline.table_annex_number, "note")
    cells.put(sheet, 2, 1, "项目支出绩效自评表", "title")
    sheet.merged_cells.add(f"A2:{get_column_letter(COLUMNS)}2")
    sheet.row_dimensions[2].height = 30
    for column, width in enumerate(ANNEX_WIDTHS_MM, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width * _UNITS_PER_MM
    for place, (row, found) in enumerate(slots(annex_rows(project, scored)), _FIRST_ROW):
        for slot in found:
            for column in range(slot.cell.column, slot.cell.column + slot.cell.span):
                is_first = column == slot.cell.column and not slot.continues
                text = slot.cell.text.strip() if is_first else ""
                cells.put(sheet, place, column + 1, text, slot.cell.role.value)
            if not slot.continues:
                _merge(sheet, slot.cell, place)
        sheet.row_dimensions[place].height = _height(row)
    for row_number, note in enumerate(carried_notes(project), place + 1):
        cells.put(sheet, row_number, 1, note, "note")
        sheet.merged_cells.add(f"A{row_number}:{get_column_letter(COLUMNS)}{row_number}")
    set_print(sheet, is_wide=False)


def _sheet_title(name: str, number: int) -> str:
    """Return a title Excel accepts; the number keeps it unique."""
    safe = _FORBIDDEN_IN_TITLE.sub("", clean(name))[:_TITLE_LENGTH]
    return f"自评表{number}-{safe}" if safe else f"自评表{number}"


def _merge(sheet: Worksheet, cell: AnnexCell, row: int) -> None:
    if cell.rows > 1 or cell.span > 1:
        sheet.merged_cells.add(
            f"{get_column_letter(cell.column + 1)}{row}:"
            f"{get_column_letter(cell.column + cell.span)}{row + cell.rows - 1}"
        )


def _height(row: AnnexRow) -> float:
    lines = 1
    for cell in row.cells:
        width = sum(ANNEX_WIDTHS_MM[cell.column : cell.column + cell.span]) / 3.9
        needed = sum(math.ceil(characters(one) / width) for one in cell.text.split("\n"))
        lines = max(lines, math.ceil(needed / cell.rows))
    return min(max(lines * _LINE_HEIGHT + 5, _LEAST_HEIGHT), _MOST_HEIGHT)
