"""Filling in: a new report, what a reload keeps, and blocks from a spreadsheet."""

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab

pytestmark = pytest.mark.e2e

BLOCK = (
    "产出指标\t数量指标\t开展培训场次\t≥12场\t12场\t5\r\n"
    "产出指标\t质量指标\t培训合格率\t≥95%\t96%\t5\r\n"
)
BLOCK_WITH_HEADING = (
    "三级指标\t年度指标值\t实际完成值\t分值\t得分\t二级指标\t一级指标\n"
    "群众咨询答复率\t100%\t100%\t6\t6\t质量指标\t产出指标\n"
    "自助终端台数\t≥8台\t8台\t4\t4\t数量指标\t产出指标\n"
)


def test_new_report_in_hunan_survives_a_reload(tab: Tab) -> None:
    tab.open()
    tab.press("新建报告")
    tab.dialog.get_by_label("编报单位").fill("某某市政务服务中心")
    tab.dialog.get_by_label("地区").fill("湖南")
    tab.dialog.get_by_label("地区").press("Tab")
    expect(tab.dialog.get_by_text("适用规则：湖南省项目支出绩效自评规则")).to_be_visible()
    tab.dialog.get_by_role("button", name="新建", exact=True).click()
    expect(tab.band).to_contain_text("规则：湖南省项目支出绩效自评规则（湘财绩〔2020〕7号）")
    tab.settle()

    funds = Grid(tab.page, "项目资金表")
    funds.enter("全年预算数", funds.row("年度资金总额"), "200万元")
    funds.enter("全年执行数", funds.row("年度资金总额"), "1,500,000元")
    tab.figure("执行率", "75%")
    tab.enter("项目支出名称", "政务服务大厅运行经费")
    expect(tab.band).to_contain_text("政务服务大厅运行经费")
    assert tab.report_id().isdigit()

    tab.page.reload()
    tab.settle()

    expect(tab.band).to_contain_text("某某市政务服务中心")
    expect(tab.band).to_contain_text("湖南省项目支出绩效自评规则")
    expect(tab.field("项目支出名称")).to_have_value("政务服务大厅运行经费")
    expect(funds.cell("全年预算数", 0)).to_have_text("200万元")
    expect(funds.cell("全年执行数", 0)).to_have_text("1,500,000元")
    tab.figure("执行率", "75%")


def test_a_click_while_the_page_is_being_drawn_blanks_no_field(tab: Tab) -> None:
    for _ in range(3):
        tab.open()
        tab.press("打开示例")
        button = tab.page.get_by_role("button", name="粘贴 Excel 区域")
        button.wait_for(state="attached")
        button.dispatch_event("click")
        expect(tab.dialog).to_be_visible()
        tab.settle()

        expect(tab.field("项目支出名称")).to_have_value("专项业务（工作）经费")
        expect(tab.field("实施单位")).to_have_value("怀化市公共资源交易中心")


def test_block_from_a_spreadsheet_pastes_into_the_grid(tab: Tab) -> None:
    tab.open_example()
    grid = Grid(tab.page, "绩效指标表")
    first_free = grid.row("社会公众满意度") + 1

    grid.paste("一级指标", first_free, BLOCK)

    tab.figure("总分", "108.00")
    tab.page.reload()
    tab.settle()
    assert grid.row("开展培训场次") == first_free
    assert grid.row("培训合格率") == first_free + 1
    expect(grid.cell("年度指标值", first_free)).to_have_text("≥12场")
    expect(grid.cell("得分", first_free)).to_have_text("5.00")


def test_block_pastes_through_the_dialog(tab: Tab) -> None:
    tab.open_example()
    tab.press("粘贴 Excel 区域")
    tab.dialog.get_by_label("粘贴到这里").fill(BLOCK_WITH_HEADING)
    tab.dialog.get_by_label("粘贴到这里").press("Control+Enter")
    read = Grid(tab.page, "读到的行")
    assert read.row("群众咨询答复率") == 0
    tab.dialog.get_by_role("button", name="写入 2 行").click()
    expect(tab.dialog).to_have_count(0)

    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("自助终端台数")
    expect(grid.cell("一级指标", row)).to_have_text("产出指标")
    expect(grid.cell("年度指标值", row)).to_have_text("≥8台")
    expect(grid.cell("得分", row)).to_have_text("4.00")
    tab.figure("总分", "108.00")


def test_cleared_row_leaves_the_table(tab: Tab) -> None:
    tab.open_example()
    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("无")

    grid.select("一级指标", row)
    tab.page.keyboard.press("Shift+End")
    for _ in range(10):
        tab.page.keyboard.press("Shift+ArrowRight")
    tab.page.keyboard.press("Delete")

    expect(tab.page.get_by_text("逐项查看")).to_be_visible()
    expect(grid.canvas.locator("td").filter(has_text="生态效益指标")).to_have_count(0)
    tab.figure("总分", "98.00")
    tab.page.reload()
    tab.settle()
    assert grid.row("可持续影响情况") == row
