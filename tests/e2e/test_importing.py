"""A table goes out as Excel and comes back through 导入."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, PaintedGrid, Tab

pytestmark = pytest.mark.e2e


def test_exported_table_is_read_back_after_confirmation(tab: Tab, tmp_path: Path) -> None:
    tab.open_example()
    first = tab.report_id()
    tab.go("导出")
    with tab.page.expect_download() as download:
        tab.press("下载 Excel 自评表")
    file = tmp_path / "自评表.xlsx"
    download.value.save_as(file)

    tab.go("工作台")
    tab.press("从表格导入")
    tab.enter("地区", "湖南 怀化")
    expect(tab.page.get_by_text("适用规则：湖南省项目支出绩效自评规则")).to_be_visible()
    tab.page.locator('input[type="file"]').set_input_files(file)
    expect(tab.page.get_by_role("heading", name="格请核对")).to_be_visible()
    cells = PaintedGrid(tab.page, "读到的单元格")
    expect(cells.canvas.locator("td").filter(has_text="619.52").first).to_be_attached()
    tab.press("核对无误，写入新报告")

    tab.figure("执行率", "100%")
    tab.settle()
    assert tab.report_id() != first
    expect(tab.field("项目支出名称")).to_have_value("专项业务（工作）经费")
    funds = Grid(tab.page, "项目资金表")
    expect(funds.cell("年初预算数", 0)).to_have_text("760")
    expect(funds.cell("全年执行数", 0)).to_have_text("619.52")
    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("社会公众满意度")
    expect(grid.cell("年度指标值", row)).to_have_text("90%以上")
    expect(grid.cell("实际完成值", row)).to_have_text("95%")


def test_template_workbook_downloads(tab: Tab, tmp_path: Path) -> None:
    tab.open("/importing")
    with tab.page.expect_download() as download:
        tab.press("下载填报模板")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "项目支出绩效自评表（填报模板）.xlsx"
    tab.page.locator('input[type="file"]').set_input_files(file)
    expect(tab.page.get_by_role("heading", name="格请核对")).to_be_visible()


def test_wrong_file_is_told_with_a_remedy(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "会议纪要.docx"
    file.write_bytes("这不是一个 Word 文件".encode())
    tab.open("/importing")
    tab.page.locator('input[type="file"]').set_input_files(file)
    expect(tab.page.get_by_text("怎么办：")).to_be_visible()
    expect(tab.page.get_by_role("button", name="核对无误，写入新报告")).to_have_count(0)
