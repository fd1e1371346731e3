"""The findings on a checked file as an Excel workbook (核查结果)."""

from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.excel_cells import CellWriter
from ziping.documents.excel_save import workbook_bytes
from ziping.domain.findings import Finding

SHEET = "核查结果"
_WIDTHS = {
    "序号": 6,
    "级别": 8,
    "类别": 11,
    "位置": 30,
    "出处": 16,
    "原文": 40,
    "问题": 22,
    "说明": 44,
    "依据": 36,
    "处理建议": 40,
}


def write_findings(
    file_name: str, findings: Iterable[Finding], citations: Mapping[str, str]
) -> bytes:
    """Return findings as an .xlsx, one a row.

    Args:
        file_name: The file that was checked.
        findings: In the order they are to be listed.
        citations: Clause ids as people cite them.
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook always has one
        sheet = book.create_sheet()
    sheet.title = SHEET
    rows = [
        (
            str(number),
            one.severity.value,
            one.family.value,
            one.where.label,
            one.where.source,
            one.where.quote,
            one.title,
            one.message,
            "；".join(filter(None, (one.why, citations.get(one.clause, one.clause)))),
            one.remedy,
        )
        for number, one in enumerate(findings, 1)
    ]
    CellWriter(book).listing(sheet, f"{file_name} 核查结果", _WIDTHS, rows)
    return workbook_bytes(book)
