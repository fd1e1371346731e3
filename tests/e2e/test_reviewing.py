"""Two people and their leaders: figures of one's own, five differences, a return, approvals."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, expect
from tests.e2e.browser_tab import Grid, Tab

pytestmark = pytest.mark.e2e

ALL_DRAFTED = re.compile(r"已起草 (\d+)/\1 节")
MINE, COMPARED = "我的数据", "数据比对"


def act_as(tab: Tab, name: str, role: str) -> None:
    """Say who acts in a tab, as people without a login do."""
    sidebar = tab.page.get_by_test_id("stSidebar")
    sidebar.get_by_role("button", name=re.compile("·")).click()
    box = tab.page.get_by_test_id("stPopoverBody")
    box.get_by_label("姓名", exact=True).fill(name)
    box.get_by_role("combobox").click()
    tab.page.get_by_role("option", name=role, exact=True).click()
    box.get_by_role("button", name="使用这个身份").click()
    expect(sidebar.get_by_role("button", name=f"{name} · {role}")).to_be_visible()
    tab.settle()
    tab.page.keyboard.press("Escape")


def open_review(tab: Tab, report_id: str, name: str, role: str) -> None:
    """Open a report's review as somebody."""
    tab.open(f"/reviewing?report={report_id}")
    act_as(tab, name, role)


def show(tab: Tab, view: str) -> None:
    """Turn to a view of 审核."""
    tab.page.get_by_test_id("stButtonGroup").get_by_text(view, exact=True).click()
    tab.settle()


def go_way(tab: Tab, action: str, reason: str = "") -> None:
    """Move the report on or back."""
    tab.page.get_by_role("button", name=action, exact=True).click()
    box = tab.page.get_by_test_id("stPopoverBody")
    expect(box.get_by_role("textbox")).to_be_visible()
    if box.get_by_text("以上情况已看过").count():  # what is open is listed, and was seen
        box.get_by_text("以上情况已看过").click()
        tab.settle()
    if reason:
        box.get_by_role("textbox").fill(reason)
        box.get_by_role("textbox").press("Tab")
        tab.settle()
    box.get_by_role("button", name=f"确认{action}", exact=True).click()
    expect(box).to_have_count(0)
    tab.settle()


def stands(tab: Tab, state: str) -> None:
    """Wait until the report stands in a state."""
    steps = tab.page.get_by_role("list", name="审核流程")
    expect(steps.locator("[aria-current=step]")).to_contain_text(state)


def differences(tab: Tab) -> Locator:
    """The differences shown."""
    return tab.page.locator(".zp-difference")


def fill_own_figures(tab: Tab) -> None:
    """Enter figures with five planted differences, without sight of the draft."""
    tab.page.get_by_text("先不看草稿数据（盲填），填完再比对").click()
    tab.settle()
    expect(tab.band).to_contain_text("盲填中")
    expect(tab.band).not_to_contain_text("98.00")
    tab.settle()
    funds = Grid(tab.page, "我的资金数据")
    total = funds.row("年度资金总额")
    for column, text in (
        ("年初预算数", "760"),
        ("全年预算数", "6195200元"),  # a unit
        ("实际到位数", "619.52"),
        ("全年执行数", "619.25"),  # a digit
        ("执行率", "81.52%"),  # a basis
    ):
        funds.enter(column, total, text)
        tab.settle()
    lines = Grid(tab.page, "我的指标数据")
    spare = lines.row("社会公众满意度") + 1
    for column, text in (  # a row the draft does not have
        ("一级指标", "产出指标"),
        ("三级指标", "开展培训场次"),
        ("年度指标值", "≥12场"),
        ("实际完成值", "12场"),
    ):
        lines.enter(column, spare, text)
        tab.settle()
    tab.enter("等级", "良")  # a grade
    tab.settle()
    tab.press("填好了，开始比对")
    tab.settle()


def download(tab: Tab, label: str, folder: Path) -> bytes:
    """Return a downloaded file."""
    with tab.page.expect_download() as started:
        tab.press(label)
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file.read_bytes()


def use_computed(tab: Tab) -> None:
    """Say that the printed table was corrected; without it the old results are errors."""
    tab.page.get_by_text("批复与原表上的数（").click()
    tab.press("原表已更正，改用计算结果")
    tab.settle()


def draw_up_and_submit(staff: Tab) -> str:
    """Draft the example, submit it, and return its id."""
    staff.open_example()
    use_computed(staff)
    staff.go("起草")
    staff.press("起草全部")
    expect(staff.page.get_by_text(ALL_DRAFTED)).to_be_visible(timeout=120_000)
    staff.settle()
    staff.go("审核")
    go_way(staff, "送审", "请审核")
    stands(staff, "部室审核")
    return staff.report_id()


def see_five_differences(reviewer: Tab) -> None:
    """See exactly the planted differences, each rightly named."""
    show(reviewer, COMPARED)
    expect(differences(reviewer)).to_have_count(5)
    told = [re.sub(r"\s+", " ", one) for one in differences(reviewer).all_inner_texts()]
    expected = (
        ("单位", "年度资金总额 · 全年预算数", "619.52", "6195200元"),
        ("不一致", "年度资金总额 · 全年执行数", "619.52", "619.25"),
        ("口径", "年度资金总额 · 执行率", "100%", "81.52%"),
        ("缺失", "开展培训场次", "（无）", "实际完成值 12场"),
        ("不一致", "等级", "优", "良"),
    )
    for text, words in zip(told, expected, strict=True):
        assert all(word in text for word in words), (text, words)
    assert "疑似录入错误" in told[1]
    assert "草稿按“全年执行数÷全年预算数" in told[2]
    expect(reviewer.page.locator(".zp-statement").first).to_contain_text("619.52万元")


def comment_and_return(reviewer: Tab) -> None:
    """Comment on the wrong figure and send the report back."""
    place = reviewer.page.locator(".st-key-difference-p1-funds-total-executed")
    place.get_by_role("button", name="批注").click()
    box = reviewer.page.get_by_test_id("stPopoverBody")
    box.get_by_role("textbox").fill("账面执行数为619.25万元，请核对")
    box.get_by_role("textbox").press("Tab")
    box.get_by_role("button", name="添加", exact=True).click()
    expect(reviewer.band).to_contain_text("批注 1")
    reviewer.page.keyboard.press("Escape")
    go_way(reviewer, "退回", "执行数与账面不符，请更正")
    stands(reviewer, "起草")


def correct_and_submit(staff: Tab) -> None:
    """See why it came back, correct the figure and the texts, settle the comment, submit."""
    staff.page.reload()
    staff.settle()
    expect(staff.page.get_by_text("李四（部室审核）退回：执行数与账面不符，请更正")).to_be_visible()
    show(staff, "批注")
    expect(staff.page.get_by_text("账面执行数为619.25万元，请核对")).to_be_visible()
    staff.go("填报")
    funds = Grid(staff.page, "项目资金表")
    for row in ("年度资金总额", "其中：当年财政拨款"):
        funds.enter("全年执行数", funds.row(row), "619.25")
        staff.settle()
    staff.figure("执行率", "99.96%")
    expect(staff.band).to_contain_text("错误 0")
    staff.settle()
    staff.go("起草")
    staff.page.get_by_role("button", name=re.compile("按新数据更新")).click()
    expect(staff.page.get_by_text("节需要更新")).to_have_count(0)
    staff.settle()
    staff.go("审核")
    show(staff, "批注")
    staff.press("已解决")
    expect(staff.band).not_to_contain_text("批注 1")
    go_way(staff, "送审")
    stands(staff, "部室审核")


def approve_at_three_levels(reviewer: Tab, leader: Tab, head: Tab, report_id: str) -> None:
    """Let the report go on to its final version."""
    reviewer.page.reload()
    reviewer.settle()
    act_as(reviewer, "李四", "部室审核")
    show(reviewer, COMPARED)
    expect(differences(reviewer)).to_have_count(4)
    go_way(reviewer, "通过", "数据已核对")
    for tab, name, role, state in (
        (leader, "王五", "分管领导", "主要负责人终审"),
        (head, "赵六", "主要负责人", "定稿"),
    ):
        open_review(tab, report_id, name, role)
        go_way(tab, "通过")
        stands(tab, state)


def cannot_edit(staff: Tab) -> None:
    """The final version is locked on every page."""
    staff.page.reload()
    staff.settle()
    expect(staff.band).to_contain_text("已定稿")
    staff.go("填报")
    expect(staff.field("主管部门")).to_be_disabled()
    staff.go("起草")
    expect(staff.page.get_by_role("button", name="起草全部")).to_be_disabled()
    expect(staff.page.get_by_role("button", name="编辑").first).to_be_disabled()


def download_opinion(reviewer: Tab, folder: Path) -> None:
    """The opinion in both forms says what was found and decided."""
    show(reviewer, "审核意见")
    word = docx.Document(io.BytesIO(download(reviewer, "下载审核意见（Word）", folder)))
    text = "\n".join(one.text for one in word.paragraphs)
    assert "部室审核：通过。意见：数据已核对。" in text
    assert "审核人：李四（部室审核）" in text
    book = load_workbook(io.BytesIO(download(reviewer, "下载审核意见（Excel）", folder)))
    found = [[cell.value for cell in row] for row in book["数据比对"].iter_rows(min_row=3)]
    assert [row[4] for row in found] == ["单位", "口径", "缺失", "不一致"]
    steps = [[cell.value for cell in row] for row in book["办理经过"].iter_rows(min_row=3)]
    assert [row[1] for row in steps] == ["张三", "李四", "张三", "李四", "王五", "赵六"]


def test_a_reload_leaves_who_acts_and_another_tab_knows_nothing_of_it(
    new_tab: Callable[[], Tab],
) -> None:
    tab, other = new_tab(), new_tab()
    tab.open_example()
    report_id = tab.report_id()
    open_review(tab, report_id, "李四", "部室审核")
    tab.page.reload()
    sidebar = tab.page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("button", name="李四 · 部室审核")).to_be_visible()
    other.open(f"/reviewing?report={report_id}")
    told = other.page.get_by_test_id("stSidebar")
    expect(told.get_by_role("button", name=re.compile("· 经办人"))).to_be_visible()
    expect(told.get_by_role("button", name=re.compile("李四"))).to_have_count(0)


def test_draft_review_return_correct_approve_final(
    new_tab: Callable[[], Tab], tmp_path: Path
) -> None:
    staff, reviewer, leader, head = (new_tab() for _ in range(4))
    report_id = draw_up_and_submit(staff)
    open_review(reviewer, report_id, "李四", "部室审核")
    fill_own_figures(reviewer)
    see_five_differences(reviewer)
    comment_and_return(reviewer)
    correct_and_submit(staff)
    approve_at_three_levels(reviewer, leader, head, report_id)
    cannot_edit(staff)
    download_opinion(reviewer, tmp_path)
