"""The workbook in which many projects are filled in, a row block a project (批量填报模板)."""

import io
from collections.abc import Iterable, Sequence
from functools import cache

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.reading_headings import GUIDE_SHEET
from ziping.documents.template_cells import EXTRA, TITLE, offer_choices, put
from ziping.documents.template_guide import LIST_GUIDE, LIST_INTRODUCTION
from ziping.documents.template_workbook import fill_guide
from ziping.domain.evaluation import FUND_SOURCE_TITLES, Band, FundKind, IndicatorScope
from ziping.domain.rules import Level1

LIST_SHEET = "项目清单"
"""Name of the sheet to fill in."""
HEAD_ROW = 3
LAST_ROW = 20_000
"""Last row for which words are offered."""
READY_ROWS = 300
"""Rows that are drawn with lines."""

PROJECT_COLUMNS = {
    "序号": 6,
    "单位": 24,
    "主管部门": 18,
    "项目支出名称": 26,
    "财政年度": 9,
    "资金性质": 15,
    "预算调整依据": 20,
    "资金来源": 18,
    "年初预算数": 12,
    "全年预算数": 12,
    "实际到位数": 12,
    "全年执行数": 12,
    "预期目标": 30,
    "实际完成情况": 30,
}
"""Columns that are filled in on a project's first row, with their widths."""
LINE_COLUMNS = {
    "一级指标": 12,
    "二级指标": 16,
    "三级指标": 24,
    "年度指标值": 16,
    "实际完成值": 16,
    "分值": 8,
    "得分": 8,
    "偏差原因分析及改进措施": 30,
    "档次": 11,
    "给分理由": 18,
    "共性/个性": 10,
    "佐证材料": 20,
}
"""Columns that are filled in on each row."""
_EXTRA_COLUMNS = frozenset({"序号", "资金性质", "档次", "给分理由", "共性/个性", "佐证材料"})
_WORDS: dict[str, Iterable[str]] = {
    "资金性质": FundKind,
    "资金来源": FUND_SOURCE_TITLES.values(),
    "一级指标": tuple(one.value for one in Level1 if one is not Level1.EXECUTION),
    "档次": Band,
    "共性/个性": IndicatorScope,
}
_YEAR = "财政年度"
_FIRST_YEAR, _LAST_YEAR = 2011, 2100


@cache
def template_list() -> bytes:
    """Return the workbook: the list to fill in, and a sheet that explains each column."""
    book = Workbook()
    del book["Sheet"]
    _fill_list(book.create_sheet(LIST_SHEET))
    fill_guide(book.create_sheet(GUIDE_SHEET), LIST_INTRODUCTION, LIST_GUIDE)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill_list(sheet: Worksheet) -> None:
    """Write headings, lines and the words offered in each column."""
    columns = PROJECT_COLUMNS | LINE_COLUMNS
    put(sheet, (1, 1), "项目支出绩效自评批量填报表", TITLE, columns=len(columns))
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet.row_dimensions[1].height = 30
    put(sheet, (2, 1), "金额单位：万元", TITLE, columns=len(columns))
    for number, (title, width) in enumerate(columns.items(), 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        put(sheet, (HEAD_ROW, number), title, EXTRA if title in _EXTRA_COLUMNS else TITLE)
        area = f"{letter}{HEAD_ROW + 1}:{letter}{LAST_ROW}"
        if title in _WORDS:
            offer_choices(sheet, area, _WORDS[title], title)
        elif title == _YEAR:
            _ask_for_year(sheet, area)
    sheet.row_dimensions[HEAD_ROW].height = 32
    _draw_rows(sheet, list(columns))
    sheet.freeze_panes = f"E{HEAD_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3: twenty-six columns
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False


def _draw_rows(sheet: Worksheet, titles: Sequence[str]) -> None:
    """Draw empty rows; cells are text, so that 100% and 2023年12月 stay as typed."""
    line = Side(style="thin", color="C3CAD2")
    border = Border(left=line, right=line, top=line, bottom=line)
    fill = PatternFill("solid", fgColor="FFFBE6")
    look = Alignment(vertical="center", wrap_text=True)
    face = Font(name="宋体", size=10)
    for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + READY_ROWS):
        for column, title in enumerate(titles, 1):
            cell = sheet.cell(row, column)
            cell.border, cell.alignment, cell.font = border, look, face
            cell.number_format = "0" if title == _YEAR else "@"
            if column <= len(PROJECT_COLUMNS):
                cell.fill = fill


def _ask_for_year(sheet: Worksheet, area: str) -> None:
    """Let a column take years alone."""
    first, last = _FIRST_YEAR, _LAST_YEAR
    rule = DataValidation(
        type="whole", operator="between", formula1=str(first), formula2=str(last), allow_blank=True
    )
    rule.errorTitle = _YEAR
    rule.error = f"请填四位年份（{first}～{last}）"
    rule.showErrorMessage = True
    rule.add(area)
    sheet.add_data_validation(rule)
