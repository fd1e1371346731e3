"""An old .xls workbook as grids, by calamine in a process of its own (读取旧版工作簿)."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

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

RATE_NOTE = "旧版 .xls 里存的是小数，表上可能显示为百分数"
TIMEOUT_SECONDS = 60

_WORKER = Path(__file__).with_name("reading_xls_worker.py")


def read_xls(data: bytes, file_name: str) -> Workbook:
    """Return the visible sheets of an old workbook as grids."""
    found = _from_worker(data, file_name)
    if found.get("error") == "password":
        raise InputError(
            "文件设有打开密码，无法读取",
            where=file_name,
            remedy="请用 Excel 或 WPS 打开，去掉密码后保存，再导入一次",
        )
    if found.get("error") == "too_many":
        raise too_many(found["sheet"], file_name)
    book = Workbook([], [])
    for sheet in found["sheets"]:
        name = sheet["name"]
        if sheet["hidden"]:
            book.notes.append(hidden_note(name))
        else:
            cells = [_cell(name, *values) for values in sheet["cells"]]
            book.grids.append(Grid.of(f"工作表“{name}”", cells, (name,)))
    return book


def _from_worker(data: bytes, file_name: str) -> dict[str, Any]:
    """Return what the worker read; a worker that crashes or hangs means a damaged file."""
    command = [sys.executable, "-I", str(_WORKER), str(MAX_ROWS), str(MAX_CELLS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; the file goes in as data only
            command, input=data, capture_output=True, timeout=TIMEOUT_SECONDS, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise damaged(file_name) from None
    return found


def _cell(  # noqa: PLR0913, PLR0917 - the worker's columns
    sheet: str, row: int, column: int, rows: int, columns: int, kind: str, value: str
) -> GridCell:
    """Return a cell's text and how it came about."""
    text, note = _text(kind, value)
    source = sheet_source(sheet, row, column)
    return GridCell(text, row, column, source, rows=rows, columns=columns, note=note)


def _text(kind: str, value: str) -> tuple[str, str]:
    """Return a stored value as text, with a note where that is not plain."""
    if kind == "number":
        number = Decimal(value)
        is_fraction = number.is_finite() and 0 < abs(number) < 1
        text = figure_text(number) if number.is_finite() else value
        return text, RATE_NOTE if is_fraction else ""
    if kind == "date":
        return date_text(date.fromisoformat(value)), DATE_NOTE
    return value, ""
