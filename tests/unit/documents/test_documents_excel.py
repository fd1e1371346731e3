"""What a reader finds in the workbook."""

import io
from collections.abc import Callable

import openpyxl
from openpyxl.workbook import Workbook

from ziping.documents.excel import write_excel
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage

Packages = Callable[..., ReportPackage]


def opened(package: ReportPackage) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_excel(package)))


def test_workbook_has_rollup_table_lines_and_findings(make_package: Packages) -> None:
    book = opened(make_package())
    assert book.sheetnames == ["汇总", "自评表1-专项业务（工作）经费", "评分明细", "校验发现"]
    summary = [cell.value for cell in book["汇总"][3]]
    assert summary[0] == "专项业务（工作）经费"
    assert summary[3:8] == [619.52, 619.52, "100%", 98, "优"]
    assert summary[8:] == [1, 0, 0]
    lines = [[cell.value for cell in row] for row in book["评分明细"].iter_rows(min_row=3)]
    assert len(lines) == 10
    assert "619.52" in str(lines[0][7])
    finding = [cell.value for cell in book["校验发现"][3]]
    assert finding[0] == "错误"
    assert finding[2] == "项目资金 · 执行率"


def test_table_sheet_is_laid_out_like_the_form(make_package: Packages) -> None:
    sheet = opened(make_package()).worksheets[1]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[1][0] == "项目支出绩效自评表"
    total = next(row for row in values if row[1] == "年度资金总额")
    assert total[3:] == [760, 619.52, 619.52, 10, "100%", 10]
    points = next(row for row in values if row[0] == "总分")
    assert points[6:] == [100, 98, "优"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert "B3:I3" in merged
    assert sheet.page_setup.paperSize in (9, "9")
    assert sheet.page_setup.fitToWidth == 1


def test_no_text_becomes_a_formula(make_package: Packages, hostile_report: Report) -> None:
    book = opened(make_package(hostile_report))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    risky = [cell for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_plain_numbers_are_numbers_and_the_rest_stays_as_entered(
    make_package: Packages, example: Report
) -> None:
    project = example.projects[0]
    values = ("-5", "007", "1,200", "12345678901234567890", "1e5")
    lines = tuple(
        line.model_copy(update={"actual": value})
        for line, value in zip(project.indicators[:5], values, strict=True)
    )
    report = example.model_copy(
        update={"projects": (project.model_copy(update={"indicators": lines}),)}
    )
    sheet = opened(make_package(report)).worksheets[1]
    found = [cell.value for cell in sheet["F"]]
    for expected in (-5, "007", "1,200", "12345678901234567890", "1e5"):
        assert expected in found


def test_projects_of_one_name_get_sheets_of_their_own(
    make_package: Packages, example: Report
) -> None:
    first = example.projects[0].model_copy(update={"name": "a/b:[c]*?\\" + "长" * 60})
    second = first.model_copy(update={"id": "p2"})
    book = opened(make_package(example.model_copy(update={"projects": (first, second)})))
    assert len(set(book.sheetnames)) == 5
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_report_without_projects_still_gives_a_workbook(
    make_package: Packages, example: Report
) -> None:
    book = opened(make_package(example.model_copy(update={"projects": ()})))
    assert book.sheetnames == ["汇总", "评分明细", "校验发现"]
