"""The main journey by keyboard alone, and every page under axe-core."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab
from tests.e2e.keyboard import Keyboard

pytestmark = pytest.mark.e2e

ALL_DRAFTED = re.compile(r"已起草 (\d+)/\1 节")
SECTION = "basic-background"
MINE = "本项目由市政府常务会议批准设立。"


def test_the_main_journey_by_keyboard_alone(tab: Tab, tmp_path: Path) -> None:
    keys = Keyboard(tab.page)
    tab.open()
    keys.activate(tab.page.get_by_role("button", name="打开示例", exact=True))
    tab.figure("总分", "98.00")
    tab.settle()

    funds = Grid(tab.page, "项目资金表")
    total = funds.row("年度资金总额")
    keys.reach(funds.box("全年执行数", total))
    keys.type("600")
    keys.press("Enter")
    tab.figure("总分", "97.68")
    expect(tab.page.get_by_role("status").filter(has_text="总分 97.68")).to_have_count(1)
    tab.settle()

    _follow(tab, keys, "起草")
    keys.activate(tab.page.get_by_role("button", name="起草全部", exact=True))
    expect(tab.page.get_by_text(ALL_DRAFTED)).to_be_visible(timeout=120_000)
    expect(tab.page.get_by_role("button", name="起草全部", exact=True)).to_be_enabled()
    tab.settle()
    tools = tab.page.locator(f".st-key-edit-{SECTION}")
    keys.activate(tools.get_by_role("button"))
    editor = tab.page.get_by_placeholder("一段写一行。")
    keys.reach(editor)
    keys.press("Control+Home")
    keys.type(MINE)
    keys.activate(tab.page.get_by_role("button", name="保存", exact=True), "Space")
    expect(tab.page.get_by_placeholder("一段写一行。")).to_have_count(0)
    tab.settle()

    _follow(tab, keys, "导出")
    keys.reach(tab.page.get_by_role("button", name="下载 Word 报告"))
    with tab.page.expect_download() as download:
        keys.press("Enter")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    document = Document(str(file))
    assert any(one.text.startswith(MINE) for one in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"600", "97.68", "96.85%"} <= set(cells)


def _follow(tab: Tab, keys: Keyboard, title: str) -> None:
    """Follow a link of the sidebar; the first stop of the page leads past it."""
    link = tab.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title)
    keys.reach(link, back=True)
    keys.press("Enter")
    expect(tab.page).to_have_url(re.compile(r"/(drafting|exporting)\?"))
    tab.settle()


OF_STREAMLIT = (
    ("list", '[data-testid="stSidebarNavItems"]', "它的导航在列表里套了一层 div"),
    ("listitem", '[data-testid="stSidebarNavItems"] li', "同上"),
    (
        "button-name",
        '[data-testid="stFileUploaderDropzone"] button',
        "按钮的字由样式换成中文，浏览器读得到（见下），axe 不读样式里的字",
    ),
)
"""Rule, elements and reason of what is Streamlit's own and not ours to mend."""
PAGES: tuple[tuple[str, str, str], ...] = (
    ("/", "", ""),
    ("/filling", "", ""),
    ("/scoring", "", ""),
    ("/drafting", "", ""),
    ("/reviewing", "radio", "我的数据 数据比对 批注 Word 审核意见 办理经过"),
    ("/exporting", "", ""),
    ("/checking", "", ""),
    ("/library", "radio", "检索 文件 添加原文 核对转述 规则依据"),
    ("/settings", "tab", "模型 底稿 评分规则 运行"),
    ("/batch", "", ""),
    ("/rolling", "", ""),
    ("/importing", "", ""),
)
"""Address, role of what changes its views, and words in the names of those."""
_IS_THEIRS = "([target, selectors]) => document.querySelector(target)?.matches(selectors)"


def test_axe_finds_nothing_serious_of_ours(tab: Tab) -> None:
    tab.open_example()
    report = tab.report_id()
    found: list[str] = []
    for path, role, views in PAGES:
        tab.open(path if path == "/" else f"{path}?report={report}")
        if path == "/exporting":
            expect(tab.page.get_by_role("button", name="选择文件")).to_have_count(1)
        if path == "/drafting":
            tab.page.locator(f".st-key-redraft-{SECTION}").get_by_role("button").click()
            expect(tab.page.locator(".zp-prose")).to_have_count(1)
        for view in views.split() or [""]:
            if view:
                tab.page.get_by_role(role, name=view).first.click()  # type: ignore[arg-type]  # one of two roles
                tab.settle()
            found += [f"{path} {view}: {one}" for one in _serious(tab)]
    assert not found, "\n".join(found)


def _serious(tab: Tab) -> list[str]:
    """Return what axe finds serious and is ours, once nothing is faded for being redrawn."""
    tab.settle()
    expect(tab.page.locator('[data-stale="true"]')).to_have_count(0)
    results = Axe().run(tab.page, options={"resultTypes": ["violations"]}).response
    return [
        f"{rule['id']} {node['html'][:200]} {node['failureSummary'][:200]}"
        for rule in results["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
        if not _is_theirs(tab, rule["id"], node["target"][-1])
    ]


def _is_theirs(tab: Tab, rule: str, target: str) -> bool:
    """Whether an element is on the list for a rule."""
    selectors = ", ".join(one for name, one, _ in OF_STREAMLIT if name == rule)
    return bool(selectors) and bool(tab.page.evaluate(_IS_THEIRS, [target, selectors]))
