"""Writing a report's tables as an Excel workbook (Excel 导出)."""

from collections import Counter
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ziping.documents.excel_cells import CellWriter
from ziping.documents.excel_save import workbook_bytes
from ziping.documents.excel_table import write_annex
from ziping.domain.evaluation import FundSource
from ziping.domain.findings import Severity
from ziping.domain.numbers import plain
from ziping.domain.package import ReportPackage
from ziping.domain.rates import rate_text
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet

SUMMARY, LINES, FINDINGS = "汇总", "评分明细", "校验发现"
_SUMMARY_WIDTHS = {
    "项目支出名称": 30,
    "实施单位": 24,
    "金额单位": 9,
    "预算数（全年）": 15,
    "执行数（全年）": 15,
    "执行率": 10,
    "总分": 10,
    "等级": 8,
    "错误": 7,
    "警告": 7,
    "提示": 7,
}
_LINE_WIDTHS = {
    "项目支出名称": 22,
    "一级指标": 13,
    "二级指标": 15,
    "三级指标": 24,
    "分值": 8,
    "得分": 8,
    "扣分": 8,
    "算式": 40,
    "说明": 40,
    "依据条款": 24,
    "把握程度": 14,
}
_FINDING_WIDTHS = {
    "级别": 8,
    "类别": 11,
    "位置": 32,
    "问题": 22,
    "说明": 44,
    "依据": 36,
    "处理建议": 40,
}


def write_excel(package: ReportPackage) -> bytes:
    """Return the report as an .xlsx: roll-up, one table a project, score lines and findings."""
    book = Workbook()
    summary = book.active
    if not isinstance(summary, Worksheet):  # a new workbook always has one
        summary = book.create_sheet()
    cells = CellWriter(book)
    sheets = {sheet.project_id: sheet for sheet in package.sheets}
    _fill_summary(summary, cells, package, sheets)
    for number, project in enumerate(package.report.projects, 1):
        write_annex(book, cells, package, project, sheets.get(project.id), number)
    _fill_lines(book.create_sheet(LINES), cells, package, sheets)
    _fill_findings(book.create_sheet(FINDINGS), cells, package)
    return workbook_bytes(book)


def _fill_summary(
    sheet: Worksheet, cells: CellWriter, package: ReportPackage, scores: dict[str, ScoreSheet]
) -> None:
    sheet.title = SUMMARY
    rows = []
    for project in package.report.projects:
        total = project.fund(FundSource.TOTAL)
        scored = scores.get(project.id)
        counts = Counter(
            one.severity
            for one in package.findings
            if one.where.path.split("/", 1)[0] == project.id
        )
        rows.append(
            (
                project.name,
                project.implementing_unit or package.report.unit,
                project.fund_unit.value,
                total.annual_budget if total else "",
                total.executed if total else "",
                *_result(scored),
                *(str(counts[severity]) for severity in Severity),
            )
        )
    title = f"{package.report.unit}{package.report.fiscal_year}年度项目支出绩效自评汇总"
    cells.listing(sheet, f"{title}（{package.status}）", _SUMMARY_WIDTHS, rows)


def _result(sheet: ScoreSheet | None) -> tuple[str, str, str]:
    """Return rate, total and grade as printed."""
    if sheet is None:
        return ("", "", "")
    rate = sheet.execution_rate
    return (
        "" if rate is None else rate_text(rate),
        "待定" if sheet.total is None else plain(sheet.total),
        sheet.grade or "",
    )


def _fill_lines(
    sheet: Worksheet, cells: CellWriter, package: ReportPackage, scores: dict[str, ScoreSheet]
) -> None:
    rows = [
        _line_row(project.name, line, package.citations)
        for project in package.report.projects
        if (scored := scores.get(project.id))
        for line in scored.lines
    ]
    cells.listing(sheet, f"评分明细（{package.rule_set.title}）", _LINE_WIDTHS, rows)


def _line_row(project: str, line: LineScore, citations: Mapping[str, str]) -> tuple[str, ...]:
    is_pending = line.status is LineStatus.UNDETERMINED
    points = "" if line.points is None else plain(line.points)
    reason = "；".join(filter(None, (line.trace.reason, line.needs, line.problem, *line.notes)))
    return (
        project,
        line.level1,
        line.level2,
        line.level3,
        "" if line.weight is None else plain(line.weight),
        "待定" if is_pending else points,
        plain(line.deduction) if points else "",
        line.trace.formula,
        reason,
        citations.get(line.trace.clause, line.trace.clause),
        line.trace.certainty,
    )


def _fill_findings(sheet: Worksheet, cells: CellWriter, package: ReportPackage) -> None:
    rows = [
        (
            one.severity.value,
            one.family.value,
            one.where.label,
            one.title,
            one.message,
            "；".join(filter(None, (one.why, package.citations.get(one.clause, one.clause)))),
            one.remedy,
        )
        for one in package.findings
    ]
    cells.listing(sheet, "校验发现", _FINDING_WIDTHS, rows)
