"""An old .xls workbook as grids, one a sheet, by calamine (读取旧版工作簿)."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ziping.documents.grid import Grid, GridCell
from ziping.documents.reading_numbers import DATE_NOTE, date_text, figure_text
from ziping.documents.reading_package import damaged
from ziping.documents.reading_xlsx import (
    MAX_CELLS,
    MAX_ROWS,
    Workbook,
    hidden_note,
    sheet_source,
    too_many,
)
from ziping.domain.errors import InputError

Value = int | float | str | bool | date | datetime | time | timedelta

RATE_NOTE = "旧版 .xls 里存的是小数，表上可能显示为百分数"


def read_xls(data: bytes, file_name: str) -> Workbook:
    """Return the visible sheets of an old workbook as grids."""
    try:
        return _read(data, file_name)
    except InputError:
        raise
    except PasswordError:
        raise InputError(
            "文件设有打开密码，无法读取",
            where=file_name,
            remedy="请用 Excel 或 WPS 打开，去掉密码后保存，再导入一次",
        ) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise damaged(file_name) from None
    except BaseException as error:
        # A panic of the Rust reader over a damaged file is no Exception by its class.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(file_name) from None


def _read(data: bytes, file_name: str) -> Workbook:
    """Return the sheets; whatever the library raises passes through."""
    grids, notes = [], []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for number, sheet in enumerate(book.sheets_metadata):
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible is not SheetVisibleEnum.Visible:
                notes.append(hidden_note(sheet.name))
                continue
            cells = _sheet_cells(book.get_sheet_by_index(number), file_name)
            grids.append(Grid.of(f"工作表“{sheet.name}”", cells, (sheet.name,)))
    return Workbook(grids, notes)


def _sheet_cells(sheet: CalamineSheet, file_name: str) -> list[GridCell]:
    """Return the cells with content of a sheet, each with how far it is merged."""
    merges = dict(sheet.merged_cell_ranges or [])
    left = sheet.start[1] if sheet.start else 0
    cells: list[GridCell] = []
    rows = 0
    for row, values in enumerate(sheet.iter_rows()):
        before = len(cells)
        for column, value in enumerate(values, left):
            if value != "":
                end = merges.get((row, column), (row, column))
                cells.append(_cell(value, row, column, end, sheet.name))
        rows += len(cells) > before
        if rows > MAX_ROWS or len(cells) > MAX_CELLS:
            raise too_many(sheet.name, file_name)
    return cells


def _cell(value: Value, row: int, column: int, end: tuple[int, int], sheet: str) -> GridCell:
    """Return a cell's text and how it came about."""
    text, note = _text(value)
    return GridCell(
        text,
        row,
        column,
        sheet_source(sheet, row, column),
        rows=max(end[0] - row, 0) + 1,
        columns=max(end[1] - column, 0) + 1,
        note=note,
    )


def _text(value: Value) -> tuple[str, str]:
    """Return a stored value as text, with a note where that is not plain."""
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if not number.is_finite():
            return str(value), ""
        is_fraction = 0 < abs(number) < 1
        return figure_text(number), RATE_NOTE if is_fraction else ""
    if isinstance(value, date):
        return date_text(value), DATE_NOTE
    return str(value), ""
