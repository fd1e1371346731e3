"""Reads an old .xls in a process of its own: stdin the file, stdout its cells as JSON (隔离读取).

A damaged .xls can make the native reader ask for terabytes and abort its process, which nothing
inside that process can catch. Only this file runs there, by its path; it imports nothing of ours.
"""

import contextlib
import io
import json
import sys
from datetime import date
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY_BYTES = 3 * 1024**3
"""Address space the process may use."""


def _limit_memory() -> None:
    """Bound what the process may use, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not there on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _value(value: object) -> tuple[str, str]:
    """Return the kind and text of a stored value."""
    if isinstance(value, bool):
        return "text", str(value).upper()
    if isinstance(value, int | float):
        return "number", repr(value)
    if isinstance(value, date):
        return "date", f"{value:%Y-%m-%d}"
    return "text", str(value)


def _cells(sheet: CalamineSheet, max_rows: int, max_cells: int) -> list[Any] | None:
    """Return row, column, rows, columns, kind and text of each cell; None when there are too many.

    Rows and columns are counted from 0.
    """
    merges = dict(sheet.merged_cell_ranges or [])
    left = sheet.start[1] if sheet.start else 0
    cells: list[Any] = []
    rows = 0
    for row, values in enumerate(sheet.iter_rows()):
        before = len(cells)
        for column, value in enumerate(values, left):
            if value != "":
                last_row, last_column = merges.get((row, column), (row, column))
                reach = max(last_row - row, 0) + 1, max(last_column - column, 0) + 1
                cells.append((row, column, *reach, *_value(value)))
        rows += len(cells) > before
        if rows > max_rows or len(cells) > max_cells:
            return None
    return cells


def read(data: bytes, max_rows: int, max_cells: int) -> dict[str, Any]:
    """Return the sheets of a workbook, or which error there was."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        return {"error": "password"}
    sheets = []
    for number, about in enumerate(book.sheets_metadata):
        is_hidden = about.visible is not SheetVisibleEnum.Visible
        cells: list[Any] | None = []
        if not is_hidden:
            cells = _cells(book.get_sheet_by_index(number), max_rows, max_cells)
        if cells is None:
            return {"error": "too_many", "sheet": about.name}
        sheets.append({"name": about.name, "hidden": is_hidden, "cells": cells})
    return {"sheets": sheets}


if __name__ == "__main__":
    _limit_memory()
    found = read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(found))
