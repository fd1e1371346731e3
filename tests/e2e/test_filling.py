"""Filling in: a new report, what a reload keeps, and blocks from a spreadsheet."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, PaintedGrid, Tab

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
    read = PaintedGrid(tab.page, "读到的行")
    assert read.row("群众咨询答复率") == 0
    tab.dialog.get_by_role("button", name="写入 2 行").click()
    expect(tab.dialog).to_have_count(0)

    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("自助终端台数")
    expect(grid.cell("一级指标", row)).to_have_text("产出指标")
    expect(grid.cell("年度指标值", row)).to_have_text("≥8台")
    expect(grid.cell("得分", row)).to_have_text("4.00")
    tab.figure("总分", "108.00")


def test_block_longer_than_the_table_adds_rows(tab: Tab) -> None:
    tab.open_example()
    grid = Grid(tab.page, "绩效指标表")
    first_free = grid.row("社会公众满意度") + 1
    names = [f"第{number}项工作" for number in range(1, 13)]

    grid.paste("三级指标", first_free, "\n".join(f"{name}\t1\t1\t1" for name in names))

    expect(grid.cell("得分", first_free + 11)).to_have_text("1.00")
    tab.page.reload()
    tab.settle()
    assert [text for (text,) in grid.texts(["三级指标"], first_free + 12)][first_free:] == names


def test_level_of_a_unit_s_own_is_kept_when_pasted(tab: Tab) -> None:
    tab.open_example()
    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("交易宗数")

    grid.paste("一级指标", row, "产出指标（50分）\t工作数量\t进场交易宗数\n")

    name = "进场交易宗数 三级指标"
    expect(grid.box("三级指标", row)).to_have_attribute("aria-label", name)
    tab.page.reload()
    tab.settle()
    expect(grid.cell("一级指标", row)).to_have_text("产出指标（50分）")
    expect(grid.cell("二级指标", row)).to_have_text("工作数量")


def test_cleared_row_leaves_the_table(tab: Tab) -> None:
    tab.open_example()
    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("无")

    for column in ("一级指标", "二级指标"):
        grid.box(column, row).select_option("")
    for column in ("三级指标", "年度指标值", "实际完成值"):
        grid.enter(column, row, "")

    expect(grid.cell("三级指标", row)).to_have_text("可持续影响情况")
    expect(grid.table.locator(".zp-text").filter(has_text="生态效益指标")).to_have_count(0)
    tab.figure("总分", "98.00")
    tab.page.reload()
    tab.settle()
    assert grid.row("可持续影响情况") == row


def test_a_text_too_long_is_told_and_holds_back_nothing(tab: Tab) -> None:
    tab.open_example()
    grid, funds = Grid(tab.page, "绩效指标表"), Grid(tab.page, "项目资金表")
    row = grid.row("交易宗数")

    grid.enter("偏差原因及措施", row, "长" * 30_000)
    expect(tab.page.get_by_text("内容有 30000 个字")).to_be_visible()
    grid.enter("实际完成值", row, "1100")
    expect(grid.cell("得分", row)).to_have_text("18.33")
    assert len(grid.box("偏差原因及措施", row).input_value()) == 30_000
    funds.enter("全年执行数", 0, "600")
    tab.figure("执行率", "96.85%")
    grid.enter("偏差原因及措施", row, "新平台上线较晚")
    expect(tab.page.get_by_text("内容有 30000 个字")).to_have_count(0)
    tab.settle()

    tab.page.reload()
    tab.settle()
    expect(grid.cell("偏差原因及措施", row)).to_have_text("新平台上线较晚")
    expect(grid.cell("实际完成值", row)).to_have_text("1100")


def test_text_in_an_amount_cell_is_marked_where_it_stands(tab: Tab) -> None:
    tab.open_example()
    funds = Grid(tab.page, "项目资金表")

    funds.enter("全年执行数", 0, "六百多")

    expect(funds.note(0)).to_contain_text("金额读不出来")
    expect(funds.place("全年执行数", 0)).to_have_class(re.compile("zp-marked"))
    tab.figure("执行率", "待定")


def test_score_and_findings_of_a_row_are_read_in_full_on_a_small_screen(tab: Tab) -> None:
    tab.open_example()
    grid = Grid(tab.page, "绩效指标表")
    row = grid.row("可持续影响情况")

    expect(grid.cell("得分", row)).to_have_text("8.00")
    expect(grid.note(row)).to_contain_text("扣分没有说明原因")
    expect(grid.note(row)).to_contain_text("请写明扣分的原因和改进措施")
    widths = tab.page.evaluate(
        "() => [...document.querySelectorAll('.zp-entry, .zp-entry td, .zp-entry .zp-text')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert widths == []


def test_keys_walk_from_cell_to_cell(tab: Tab) -> None:
    tab.open_example()
    funds = Grid(tab.page, "项目资金表")

    funds.box("年初预算数", 0).focus()
    tab.page.keyboard.press("Home")
    tab.page.keyboard.press("ArrowRight")
    expect(funds.box("年初预算数", 0)).to_be_focused()
    tab.page.keyboard.press("End")
    tab.page.keyboard.press("ArrowRight")
    expect(funds.box("全年预算数", 0)).to_be_focused()
    tab.page.keyboard.press("ArrowDown")
    expect(funds.box("全年预算数", 1)).to_be_focused()
    tab.page.keyboard.type("5")
    tab.page.keyboard.press("Escape")
    expect(funds.box("全年预算数", 1)).to_have_value("619.52")
