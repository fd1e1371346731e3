"""Two people on one report: what each saved is kept, and a collision is theirs to decide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab

pytestmark = pytest.mark.e2e

FIELD = "主管部门"
FIRST, SECOND, THIRD, FOURTH = "市发展改革委", "市数据局", "市行政审批局", "市财政局"


def _two_tabs(new_tab: Callable[[], Tab]) -> tuple[Tab, Tab]:
    """Return two tabs that show the same version of the same report."""
    one, other = new_tab(), new_tab()
    one.open_example()
    other.open(f"/filling?report={one.report_id()}")
    expect(other.field(FIELD)).to_be_visible()
    return one, other


def test_same_field_shows_both_texts_and_either_can_be_taken(new_tab: Callable[[], Tab]) -> None:
    one, other = _two_tabs(new_tab)

    one.enter(FIELD, FIRST)
    one.settle()
    other.enter(FIELD, SECOND)
    expect(other.dialog).to_contain_text("有人同时改了这些内容")
    expect(other.dialog.get_by_text(FIRST, exact=True)).to_be_visible()
    expect(other.dialog.get_by_text(SECOND, exact=True)).to_be_visible()
    other.press("保留对方的")
    expect(other.dialog).to_have_count(0)
    expect(other.field(FIELD)).to_have_value(FIRST)

    other.enter(FIELD, THIRD)
    other.settle()
    one.enter(FIELD, FOURTH)
    expect(one.dialog.get_by_text(THIRD, exact=True)).to_be_visible()
    one.press("改用我的")
    expect(one.dialog).to_have_count(0)
    expect(one.field(FIELD)).to_have_value(FOURTH)

    other.page.reload()
    other.settle()
    expect(other.field(FIELD)).to_have_value(FOURTH)
    other.page.get_by_text("单位与报告信息").click()
    other.page.get_by_text("历史版本").click()
    for text in (FIRST, SECOND, THIRD, FOURTH):
        expect(other.page.get_by_text(text).first).to_be_visible()


def test_different_fields_are_both_saved_without_a_question(new_tab: Callable[[], Tab]) -> None:
    one, other = _two_tabs(new_tab)

    one.enter(FIELD, FIRST)
    one.settle()
    other.enter("实施单位", "市公共资源交易服务中心")
    other.settle()

    expect(other.dialog).to_have_count(0)
    expect(other.field(FIELD)).to_have_value(FIRST)
    one.page.reload()
    one.settle()
    expect(one.field(FIELD)).to_have_value(FIRST)
    expect(one.field("实施单位")).to_have_value("市公共资源交易服务中心")


def test_a_cell_of_a_table_that_both_typed_is_asked_about(new_tab: Callable[[], Tab]) -> None:
    one, other = _two_tabs(new_tab)
    mine, theirs = Grid(other.page, "绩效指标表"), Grid(one.page, "绩效指标表")
    row = mine.row("交易宗数")

    theirs.enter("实际完成值", row, "1300")
    one.settle()
    mine.enter("实际完成值", row, "1400")
    expect(other.dialog.get_by_text("1300", exact=True)).to_be_visible()
    expect(other.dialog.get_by_text("1400", exact=True)).to_be_visible()
    other.press("保留对方的")
    expect(other.dialog).to_have_count(0)
    expect(mine.cell("实际完成值", row)).to_have_text("1300")


def test_a_text_being_typed_stays_when_somebody_else_saves(new_tab: Callable[[], Tab]) -> None:
    one, other = _two_tabs(new_tab)
    mine, theirs = Grid(other.page, "绩效指标表"), Grid(one.page, "绩效指标表")
    row = mine.row("交易宗数")

    theirs.enter("年度指标值", row, "1250")
    one.settle()
    mine.enter("实际完成值", row, "1400")
    mine.box("偏差原因及措施", row).press_sequentially("新平台上线")
    expect(mine.cell("年度指标值", row)).to_have_text("1250")
    expect(mine.box("偏差原因及措施", row)).to_be_focused()
    mine.box("偏差原因及措施", row).press_sequentially("，交易增加")
    mine.box("偏差原因及措施", row).press("Tab")
    other.settle()

    expect(other.dialog).to_have_count(0)
    one.page.reload()
    one.settle()
    expect(theirs.cell("实际完成值", row)).to_have_text("1400")
    expect(theirs.cell("偏差原因及措施", row)).to_have_text("新平台上线，交易增加")
