"""The roll-up over a batch and the to-do list of a unit as Excel workbooks (汇总表、待办清单)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.excel_cells import CellWriter
from ziping.documents.excel_save import workbook_bytes
from ziping.domain.batch import BatchProject, TodoLine
from ziping.domain.numbers import plain

SUMMARY, UNITS, FAILURES, TODO = "汇总", "单位汇总", "没有生成", "待办"
UNFILLED, UNDETERMINED = "未填", "待定"
"""What stands for an amount not entered, and for a result not determined."""
_RATE = "执行率（%）"
_NAME_WIDTHS = {"序号": 6, "单位": 24, "主管部门": 18, "项目支出名称": 28, "财政年度": 9}
_FUND_WIDTHS = {
    "年初预算数": 13,
    "全年预算数": 13,
    "实际到位数": 13,
    "全年执行数": 13,
    _RATE: 12,
}
_RESULT_WIDTHS = {"总分": 9, "等级": 7, "错误": 7, "警告": 7, "提示": 7, "还缺": 7}
_FILE_WIDTHS = {"说明": 28, "Word 报告": 40, "Excel 自评表": 40, "来源": 34}
_UNIT_WIDTHS = {
    "单位": 28,
    "项目": 8,
    "全年预算数": 14,
    "全年执行数": 14,
    _RATE: 12,
    "平均总分": 10,
    "优": 6,
    "良": 6,
    "中": 6,
    "差": 6,
    "待定": 7,
    "错误": 7,
    "还缺": 7,
    "待办清单": 34,
}
_FAILURE_WIDTHS = {"文件": 40, "位置": 28, "原因和办法": 80}
_TODO_WIDTHS = {
    "序号": 6,
    "类别": 9,
    "项目": 24,
    "事项": 26,
    "位置": 34,
    "原因": 44,
    "怎么办": 34,
    "找谁": 13,
    "影响分值": 9,
}


class SummaryRow(NamedTuple):
    """A project in the roll-up, with where it came from and where its files are (汇总行)."""

    key: str
    """Of the report it is in."""
    unit: str
    """The unit it is filed under."""
    project: BatchProject
    word: str
    excel: str
    source: str
    repeats: str = ""
    """Where the same project stands before; such a line is not counted for its unit."""


class UnitRow(NamedTuple):
    """A unit in the roll-up (单位汇总行); every figure as it is printed."""

    unit: str
    projects: str
    annual_budget: str
    executed: str
    execution_rate: str
    average: str
    grades: tuple[str, ...]
    """How many projects are 优, 良, 中, 差 and 待定."""
    errors: str
    missing: str
    todo_file: str


class FailureRow(NamedTuple):
    """A report that could not be made, or a file that could not be read (没有生成的)."""

    source: str
    label: str
    error: str


def summary_workbook(
    rows: Sequence[SummaryRow], units: Sequence[UnitRow], failures: Sequence[FailureRow]
) -> bytes:
    """Return the roll-up: a line a project, a line a unit, and what could not be made."""
    book = Workbook()
    first = book.active
    sheet = first if isinstance(first, Worksheet) else book.create_sheet()
    cells = CellWriter(book)
    sheet.title = SUMMARY
    levels = list(dict.fromkeys(name for row in rows for name in row.project.levels))
    widths = {
        **_NAME_WIDTHS,
        **_FUND_WIDTHS,
        **{f"{name}得分": 12 for name in levels},
        **_RESULT_WIDTHS,
        **_FILE_WIDTHS,
    }
    listed = [_summary_row(number, row, levels) for number, row in enumerate(rows, 1)]
    cells.listing(
        sheet, f"项目支出绩效自评汇总表（{len(rows)} 个项目，金额单位：万元）", widths, listed
    )
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(widths))}{len(rows) + 2}"
    lines = [_unit_row(row) for row in units]
    cells.listing(
        book.create_sheet(UNITS), "单位汇总（平均总分只计已定分的项目）", _UNIT_WIDTHS, lines
    )
    told = f"没有生成报告的 {len(failures)} 份" if failures else "全部生成，没有失败的"
    cells.listing(book.create_sheet(FAILURES), told, _FAILURE_WIDTHS, list(failures))
    return workbook_bytes(book)


def _percent(rate: str) -> str:
    """Return a rate as the number that can be sorted: 94.00% is 94."""
    number = rate.removesuffix("%")
    return plain(Decimal(number).normalize()) if number else ""


def _unit_row(row: UnitRow) -> tuple[str, ...]:
    """Return a unit's cells."""
    return (
        *(row.unit, row.projects, row.annual_budget, row.executed, _percent(row.execution_rate)),
        *(row.average, *row.grades, row.errors, row.missing, row.todo_file),
    )


def _notes(row: SummaryRow) -> str:
    """Return what is to be said of a project."""
    repeated = f"与“{row.repeats}”是同一个项目，单位汇总只计前一份" if row.repeats else ""
    return "；".join(one for one in (repeated, row.project.open) if one)


def _summary_row(number: int, row: SummaryRow, levels: Sequence[str]) -> tuple[str, ...]:
    """Return a project's cells."""
    one = row.project
    return (
        *(str(number), one.unit, one.department, one.name, str(one.fiscal_year)),
        *(
            one.initial_budget or UNFILLED,
            one.annual_budget or UNFILLED,
            one.received or UNFILLED,
            one.executed or UNFILLED,
            _percent(one.execution_rate) or UNDETERMINED,
        ),
        *((one.levels[name] or UNDETERMINED) if name in one.levels else "" for name in levels),
        *(one.total or UNDETERMINED, one.grade or UNDETERMINED),
        *(str(one.errors), str(one.warnings), str(one.notes), str(one.missing)),
        *(_notes(row), row.word, row.excel, row.source),
    )


def todo_workbook(unit: str, lines: Sequence[TodoLine]) -> bytes:
    """Return what a unit still has to do: what is missing and wrong first."""
    book = Workbook()
    first = book.active
    sheet = first if isinstance(first, Worksheet) else book.create_sheet()
    sheet.title = TODO
    rows = [
        (
            *(str(number), one.kind, one.project, one.what, one.where, one.why, one.remedy),
            *(one.ask, one.points),
        )
        for number, one in enumerate(lines, 1)
    ]
    counts = "，".join(
        f"{kind} {count}"
        for kind in ("还缺", "错误", "请核对", "未读入")
        if (count := sum(one.kind == kind for one in lines))
    )
    title = f"{unit or '未填单位'}待办清单（{counts or '没有待办'}）"
    CellWriter(book).listing(sheet, title, _TODO_WIDTHS, rows)
    return workbook_bytes(book)
