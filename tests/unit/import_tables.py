"""The published form as cells with spans, written to each kind of file for the import tests."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

import docx
import xlwt
from docx.table import Table
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.scoring_rules import lexicon, rule_set

from ziping.documents.importing import read_table_file
from ziping.domain.imported import ImportedFile


@dataclass(frozen=True)
class Put:
    """A cell of a form to write."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


FUND_HEADS = ("年初\n预算数", "全年\n预算数", "全年\n执行数", "分值", "执行率", "得分")
LINE_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "得分",
    "偏差原因\n分析及\n改进措施",
)
FUND_ROWS = (
    ("年度资金总额　", "760", "619.52", "619.52", "10", "81.52%", "10"),
    ("其中：当年财政拨款　", "760", "619.52", "619.52", "10", "81.52%", "10"),
    ("上年结转资金　", "　", "　", "　", "　", "　", "　"),
    ("其他资金", "　", "　", "　", "　", "　", "　"),
)
LINES = (
    ("产出指标\n（50分）", "数量指标", "交易宗数", "1200", "　1239", "20", "　20", "　"),
    ("", "质量指标", "质量达标率", "100%", "　100%", "10", "　10", "　"),
    ("", "时效指标", "完成及时率", "　2023年12月之前完成", "2023年12月", "10", "　10", "　"),
    ("", "成本指标", "项目成本控制率", "　760", "　619.52", "10", "　10", "　"),
    ("效益指标\n（30分）", "经济效\n益指标", "充分发挥专项资金效益", "　效果明显", "效果明显", "10",
     "　10", "　"),
    ("", "社会效\n益指标", "提高交易服务工作业务水平", "　效果明显", "效果明显", "10", "10", "　"),
    ("", "生态效\n益指标", "无", "　无", "无", "", "　", "　"),
    ("", "可持续影响指标", "可持续影响情况", "　可持续", "可持续", "10　", "　8", "　"),
    ("满意度\n指标\n（10分）", "服务对象满意度指标", "社会公众满意度", "　90%以上", "　95%", "10",
     "　10", "　"),
)  # fmt: skip
RUNS = {0: 4, 4: 4, 8: 1}
"""How many lines each level-1 title is merged over."""


def published_form(*, unit: str = "万元", total: str = "　98") -> list[Put]:
    """Return annex 2-1 of the published example, its title row included."""
    cells = [
        Put(0, 0, "项目支出绩效自评表", columns=9),
        Put(1, 0, "（2023年度）", columns=9),
        Put(2, 0, "项目支\n出名称"),
        Put(2, 1, "专项业务（工作）经费　", columns=8),
        Put(3, 0, "主管部门"),
        Put(3, 1, "　", columns=3),
        Put(3, 4, "实施单位"),
        Put(3, 5, "　某市公共资源交易中心", columns=4),
        Put(4, 0, f"项目资金\n（{unit}）", rows=5),
        Put(4, 1, "　", columns=2),
        *(Put(4, column, text) for column, text in enumerate(FUND_HEADS, 3)),
    ]
    for row, (label, *values) in enumerate(FUND_ROWS, 5):
        cells.append(Put(row, 1, label, columns=2))
        cells += [Put(row, column, text) for column, text in enumerate(values, 3)]
    cells += [
        Put(9, 0, "年度总体目标", rows=2),
        Put(9, 1, "预期目标", columns=4),
        Put(9, 5, "实际完成情况　", columns=4),
        Put(10, 1, "　　持续推进营商环境不断向好。", columns=4),
        Put(10, 5, "　完成平台建设。", columns=4),
        Put(11, 0, "绩\n效\n指\n标", rows=10),
        *(Put(11, column, text) for column, text in enumerate(LINE_HEADS, 1)),
    ]
    for number, (level1, *values) in enumerate(LINES):
        if level1:
            cells.append(Put(12 + number, 1, level1, rows=RUNS[number]))
        cells += [Put(12 + number, column, text) for column, text in enumerate(values, 2)]
    return [
        *cells,
        Put(21, 0, "总分", columns=6),
        Put(21, 6, "100"),
        Put(21, 7, total),
        Put(21, 8, "　"),
    ]


def moved(cells: Iterable[Put], rows: int = 0, columns: int = 0) -> list[Put]:
    """Return the cells further down or to the right."""
    return [replace(one, row=one.row + rows, column=one.column + columns) for one in cells]


def xlsx_sheet(sheet: Worksheet, cells: Iterable[Put]) -> None:
    """Write the cells to a sheet as text, merged as told."""
    for one in cells:
        sheet.cell(one.row + 1, one.column + 1, one.text).data_type = "s"
        if one.rows * one.columns > 1:
            sheet.merge_cells(
                start_row=one.row + 1,
                start_column=one.column + 1,
                end_row=one.row + one.rows,
                end_column=one.column + one.columns,
            )


def xlsx(*sheets: Iterable[Put], edit: Callable[[Worksheet], object] | None = None) -> bytes:
    """Return a workbook with a sheet for each list of cells; `edit` changes the first."""
    book = Workbook()
    del book["Sheet"]
    for number, cells in enumerate(sheets, 1):
        xlsx_sheet(book.create_sheet(f"自评表{number}"), cells)
    if edit:
        edit(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(cells: Iterable[Put]) -> bytes:
    """Return an old workbook; texts that are plain numbers are written as numbers."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表1")
    for one in cells:
        value: str | float = one.text
        if one.text.strip().replace(".", "", 1).isdigit():
            value = float(one.text)
        if one.rows * one.columns > 1:
            sheet.write_merge(
                one.row, one.row + one.rows - 1, one.column, one.column + one.columns - 1, value
            )
        else:
            sheet.write(one.row, one.column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def docx_table(table: Table, cells: Iterable[Put]) -> None:
    """Write the cells to a Word table, merged as told."""
    width = len(table.columns)
    places = [cell for row in table.rows for cell in row.cells]  # `table.cell` counts them anew
    for one in cells:
        cell = places[one.row * width + one.column]
        if one.rows * one.columns > 1:
            last = (one.row + one.rows - 1) * width + one.column + one.columns - 1
            cell = cell.merge(places[last])
        cell.text = one.text


def docx_file(*tables: list[Put], lines: tuple[str, ...] = ()) -> bytes:
    """Return a Word document with these lines and then the tables."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for cells in tables:
        height = max(one.row + one.rows for one in cells)
        width = max(one.column + one.columns for one in cells)
        docx_table(document.add_table(height, width), cells)
        document.add_paragraph("")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@cache
def read(data: bytes, name: str = "自评表.xlsx") -> ImportedFile:
    """Read a file with the shipped lexicon and rules."""
    return read_table_file(data, name, lexicon=lexicon(), rule_set=rule_set())
