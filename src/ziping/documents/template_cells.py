"""Cells, lists of words and looks of the workbooks people fill in by hand (模板单元格)."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.template_guide import HINTS

_GREY, _YELLOW, _BLUE = "E8EDF2", "FFFBE6", "E8F1FB"


@dataclass(frozen=True, slots=True)
class Look:
    """How cells look."""

    fill: str = ""
    is_bold: bool = False
    horizontal: str = "center"


TITLE = Look(_GREY, is_bold=True)
EXTRA = Look(_BLUE, is_bold=True)
NOTE = Look(horizontal="left")
ENTRY = Look(_YELLOW, horizontal="left")


def put(  # noqa: PLR0913 - place, text, look and reach of a cell
    sheet: Worksheet,
    place: tuple[int, int],
    text: str,
    look: Look,
    *,
    rows: int = 1,
    columns: int = 1,
) -> None:
    """Write a cell of the form, merged as far as it reaches."""
    line = Side(style="thin", color="8A94A0")
    for row in range(place[0], place[0] + rows):
        for column in range(place[1], place[1] + columns):
            cell = sheet.cell(row, column)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
    cell = sheet.cell(*place)
    cell.value = text or None
    cell.font = Font(name="宋体", size=10, bold=look.is_bold)
    cell.alignment = Alignment(horizontal=look.horizontal, vertical="center", wrap_text=True)
    cell.number_format = "@"  # 100% and 2023年12月 stay as typed
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look is not NOTE and (hint := HINTS.get(text)):
        cell.comment = Comment(hint, "自评通", height=110, width=280)
    if rows * columns > 1:
        sheet.merge_cells(
            start_row=place[0],
            start_column=place[1],
            end_row=place[0] + rows - 1,
            end_column=place[1] + columns - 1,
        )


def offer_choices(sheet: Worksheet, area: str, words: Iterable[str], title: str) -> None:
    """Offer a list of words in an area."""
    listed = ",".join(str(word) for word in words if word)
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.errorTitle = title
    rule.error = f"请从列表中选择：{listed.replace(',', '、')}"
    rule.showErrorMessage = True
    rule.add(area)
    sheet.add_data_validation(rule)
