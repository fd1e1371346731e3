"""The workbook people fill in by hand and import again (填报模板)."""

import io
from collections.abc import Sequence
from functools import cache

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.reading_headings import GUIDE_SHEET
from ziping.documents.template_cells import ENTRY, EXTRA, NOTE, TITLE, offer_choices, put
from ziping.documents.template_guide import GUIDE, INTRODUCTION, GuideEntry
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    Band,
    FundKind,
    FundSource,
    FundUnit,
    IndicatorScope,
)
from ziping.domain.rules import Level1

SHEET = "自评表"
"""Name of the sheet to fill in."""
FUND_TITLES = ("年初预算数", "全年预算数", "实际到位数", "全年执行数", "分值", "执行率", "得分")
LINE_TITLES = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
EXTRA_TITLES = ("档次", "给分理由", "共性/个性", "佐证材料", "批复指标值", "批复分值")
"""Columns the printed form does not have."""
SKELETON = (
    (Level1.OUTPUT.value, ("数量指标", "质量指标", "时效指标", "成本指标")),
    (
        Level1.BENEFIT.value,
        ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    ),
    (Level1.SATISFACTION.value, ("服务对象满意度指标",)),
)
"""Level-1 and level-2 titles already written into the template."""
ROWS_EACH = 3
"""Rows for the level-3 indicators of each level-2 title."""
OBJECTIVE_ROWS = 3

_WIDTHS = (11, 13, 15, 26, 16, 16, 11, 11, 26, 11, 18, 11, 20, 14, 10)
_FIRST_FUND = 7


@cache
def template_workbook() -> bytes:
    """Return the workbook: the form to fill in, and a sheet that explains each column."""
    book = Workbook()
    del book["Sheet"]
    _fill_form(book.create_sheet(SHEET))
    fill_guide(book.create_sheet(GUIDE_SHEET), INTRODUCTION, GUIDE)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill_form(sheet: Worksheet) -> None:
    """Write the form."""
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    put(sheet, (1, 1), "项目支出绩效自评表", TITLE, columns=len(_WIDTHS))
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet.row_dimensions[1].height = 30
    _fill_head(sheet)
    objectives = _fill_funds(sheet)
    lines = _fill_objectives(sheet, objectives)
    last = _fill_lines(sheet, lines)
    offer_choices(sheet, "B5", FundKind, "资金性质")
    offer_choices(sheet, "F2", FundUnit, "金额单位")
    offer_choices(sheet, f"J{lines + 1}:J{last}", Band, "档次")
    offer_choices(sheet, f"L{lines + 1}:L{last}", IndicatorScope, "共性/个性")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False


def _fill_head(sheet: Worksheet) -> None:
    """Write the rows above the funds."""
    rows = (
        (2, "财政年度", "金额单位"),
        (3, "项目支出名称", "填报单位"),
        (4, "主管部门", "实施单位"),
        (5, "资金性质", "预算调整依据"),
        (6, "批复预算数", "批复总体目标"),
    )
    for row, left, right in rows:
        put(sheet, (row, 1), left, TITLE)
        put(sheet, (row, 2), "", ENTRY, columns=3)
        put(sheet, (row, 5), right, TITLE)
        put(sheet, (row, 6), "", ENTRY, columns=4)
    sheet["F2"] = FundUnit.TEN_THOUSAND_YUAN.value


def _fill_funds(sheet: Worksheet) -> int:
    """Write the fund grid; return the row below it."""
    put(sheet, (_FIRST_FUND, 1), "项目资金", TITLE, rows=len(FundSource) + 1)
    put(sheet, (_FIRST_FUND, 2), "", TITLE, columns=2)
    for column, title in enumerate(FUND_TITLES, 4):
        put(sheet, (_FIRST_FUND, column), title, TITLE)
    for row, source in enumerate(FundSource, _FIRST_FUND + 1):
        put(sheet, (row, 2), FUND_SOURCE_TITLES[source], TITLE, columns=2)
        for column, _ in enumerate(FUND_TITLES, 4):
            put(sheet, (row, column), "", ENTRY)
    return _FIRST_FUND + len(FundSource) + 1


def _fill_objectives(sheet: Worksheet, row: int) -> int:
    """Write the objectives; return the row below them."""
    put(sheet, (row, 1), "年度总体目标", TITLE, rows=OBJECTIVE_ROWS + 1)
    put(sheet, (row, 2), "预期目标", TITLE, columns=4)
    put(sheet, (row, 6), "实际完成情况", TITLE, columns=4)
    for below in range(row + 1, row + 1 + OBJECTIVE_ROWS):
        put(sheet, (below, 2), "", ENTRY, columns=4)
        put(sheet, (below, 6), "", ENTRY, columns=4)
        sheet.row_dimensions[below].height = 48
    return row + 1 + OBJECTIVE_ROWS


def _fill_lines(sheet: Worksheet, head: int) -> int:
    """Write the indicator grid and the total row; return the last indicator row."""
    for column, title in enumerate((*LINE_TITLES, *EXTRA_TITLES), 2):
        put(sheet, (head, column), title, EXTRA if title in EXTRA_TITLES else TITLE)
    sheet.row_dimensions[head].height = 32
    row = head
    for level1, titles in SKELETON:
        for number, level2 in enumerate(titles):
            for place in range(ROWS_EACH):
                row += 1
                for column in range(2, len(_WIDTHS) + 1):
                    put(sheet, (row, column), "", ENTRY)
                if place == 0:
                    sheet.cell(row, 2).value = level1 if number == 0 else None
                    sheet.cell(row, 3).value = level2
    put(sheet, (head, 1), "绩效指标", TITLE, rows=row - head + 1)
    put(sheet, (row + 1, 1), "总分", TITLE, columns=6)
    for column in (7, 8, 9):
        put(sheet, (row + 1, column), "", ENTRY)
    return row


def fill_guide(sheet: Worksheet, introduction: Sequence[str], guide: Sequence[GuideEntry]) -> None:
    """Write the sheet that explains how to fill in each column."""
    for column, width in enumerate((20, 60, 34), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = 1
    for text in introduction:
        put(sheet, (row, 1), text, NOTE, columns=3)
        sheet.row_dimensions[row].height = 22
        row += 1
    for column, heading in enumerate(("栏目", "怎么填", "例子"), 1):
        put(sheet, (row, column), heading, TITLE)
    for entry in guide:
        row += 1
        for column, text in enumerate((entry.title, entry.how, entry.example), 1):
            put(sheet, (row, column), text, NOTE)
        sheet.row_dimensions[row].height = 34
    sheet.freeze_panes = f"A{len(introduction) + 2}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
