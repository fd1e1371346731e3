"""Every page as people see it: only words they know, and a picture of each to look at."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Tab

pytestmark = pytest.mark.e2e

KNOWN_WORDS = frozenset(
    {"Esc", "Word", "Excel", "WPS", "GB2312", "MB", "docx", "xlsx", "xls", "min"}
)
"""Latin words that people who write these reports use themselves; min stands in the formula of
the execution rate."""

ADMINISTRATORS_WORDS = KNOWN_WORDS | {
    *("OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_API_KEY"),
    *("ZIPING_MODEL_CONCURRENCY", "ZIPING_MODEL_TIMEOUT", "v1", "Ollama", "vLLM"),
}
"""Names that 设置 tells the administrator to use as they are."""

EMPTY_PAGES = {
    "workbench": "/",
    "importing": "/importing",
    "batch": "/batch",
    "rolling": "/rolling",
    "checking": "/checking",
    "library": "/library",
}
REPORT_PAGES = {
    "filling": "填报",
    "scoring": "评分",
    "drafting": "起草",
    "exporting": "导出",
    "workbench-filled": "工作台",
    "settings": "设置",
}


@pytest.mark.parametrize("name", EMPTY_PAGES)
def test_pages_speak_chinese_before_anything_is_open(tab: Tab, name: str, tmp_path: Path) -> None:
    tab.open(EMPTY_PAGES[name])
    expect(tab.page.locator("html")).to_have_attribute("lang", "zh-CN")
    tab.shoot(name, tmp_path)
    assert tab.foreign_words(KNOWN_WORDS) == []


def test_pages_of_a_report_speak_chinese(tab: Tab, tmp_path: Path) -> None:
    tab.open_example()
    found = {}
    for name, title in REPORT_PAGES.items():
        tab.go(title)
        for summary in tab.page.get_by_test_id("stExpander").locator("summary:visible").all():
            summary.click()
        tab.settle()
        tab.shoot(name, tmp_path)
        known = ADMINISTRATORS_WORDS if name == "settings" else KNOWN_WORDS
        found[name] = tab.foreign_words(known)
    assert {name: words for name, words in found.items() if words} == {}


def test_boxes_speak_chinese_while_somebody_types(tab: Tab) -> None:
    tab.open_example()
    tab.field("主管部门").press_sequentially("市发展")
    expect(tab.field("主管部门")).to_be_focused()
    line = tab.foreign_words(KNOWN_WORDS)
    tab.field("预期目标").press_sequentially("完成")
    box = tab.foreign_words(KNOWN_WORDS)
    assert (line, box) == ([], [])
