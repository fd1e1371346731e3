"""Writing 审核意见 as an Excel workbook: a sheet a list."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents import opinion_rows as rows
from ziping.documents.excel_cells import CellWriter
from ziping.documents.excel_save import workbook_bytes
from ziping.domain.opinion import Opinion

_SUMMARY_WIDTHS = {"内容": 18, "说明": 90}


def write_opinion_excel(opinion: Opinion) -> bytes:
    """Return an opinion as an .xlsx."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):  # a new workbook always has one
        first = book.create_sheet()
    cells = CellWriter(book)
    first.title = "审核意见"
    title = f"关于{opinion.report_title}的审核意见"
    cells.listing(first, title, _SUMMARY_WIDTHS, list(rows.summary(opinion)))
    lists = (
        ("数据比对", rows.DIFFERENCE_TITLES, (24, 30, 20, 20, 12, 56), rows.differences(opinion)),
        ("得分对照", rows.SCORE_TITLES, (24, 30, 12, 12, 12, 12), rows.scores(opinion)),
        ("校验发现", rows.FINDING_TITLES, (8, 30, 50, 36, 40), rows.findings(opinion)),
        ("批注", rows.COMMENT_TITLES, (30, 50, 30, 40), rows.comments(opinion)),
        ("办理经过", rows.STEP_TITLES, (18, 14, 14, 34, 50), rows.steps(opinion)),
    )
    for name, titles, widths, found in lists:
        sheet = book.create_sheet(name)
        cells.listing(sheet, name, dict(zip(titles, widths, strict=True)), found)
    return workbook_bytes(book)
