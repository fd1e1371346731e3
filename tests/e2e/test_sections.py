"""A section from template to a person's text and back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.browser_tab import Tab

pytestmark = pytest.mark.e2e

SECTION = "basic-background"
MINE = "项目由市政府常务会议批准设立，用于补齐交易平台的硬件短板。"


def _tool(tab: Tab, name: str) -> Locator:
    """Return a button of the section."""
    return tab.page.locator(f".st-key-{name}-{SECTION}").get_by_role("button")


def _drafted(tab: Tab) -> str:
    """Draft the section and return its first sentence."""
    tab.open_example()
    tab.go("起草")
    _tool(tab, "redraft").click()
    prose = tab.page.locator(".zp-prose")
    expect(prose).to_have_count(1)
    return prose.inner_text().strip()[:12]


def test_edited_section_keeps_its_history_and_can_be_restored(tab: Tab) -> None:
    template = _drafted(tab)

    _tool(tab, "edit").click()
    editor = tab.page.get_by_placeholder("一段写一行。")
    editor.fill(MINE)
    tab.press("保存")
    expect(tab.page.locator(".zp-prose")).to_have_text(MINE)
    expect(tab.page.locator(".stMarkdownBadge").filter(has_text="人工").first).to_be_visible()

    tab.page.reload()
    tab.settle()
    expect(tab.page.locator(".zp-prose")).to_have_text(MINE)

    _tool(tab, "history").click()
    expect(tab.dialog.locator(".zp-prose")).to_have_text(MINE)
    tab.dialog.get_by_role("combobox").click()
    tab.page.get_by_role("option", name="第1版").click()
    expect(tab.dialog.locator("ins").first).to_be_visible()
    expect(tab.dialog.locator("del").first).to_be_visible()
    tab.dialog.get_by_role("button", name="恢复这一版").click()
    expect(tab.dialog).to_have_count(0)
    expect(tab.page.locator(".zp-prose")).to_contain_text(template)


def test_second_save_of_a_section_shows_both_texts(new_tab: Callable[[], Tab]) -> None:
    one, other = new_tab(), new_tab()
    _drafted(one)
    other.open(f"/drafting?report={one.report_id()}")
    for person in (one, other):
        _tool(person, "edit").click()
        expect(person.page.get_by_placeholder("一段写一行。")).to_be_visible()

    one.page.get_by_placeholder("一段写一行。").fill("先保存的文字。")
    one.press("保存")
    expect(one.page.locator(".zp-prose")).to_have_text("先保存的文字。")
    other.page.get_by_placeholder("一段写一行。").fill("后保存的文字。")
    other.press("保存")
    expect(other.page.get_by_text("别人先保存了这一节")).to_be_visible()
    expect(other.page.get_by_text("先保存的文字。", exact=True).first).to_be_visible()
    expect(other.page.get_by_text("后保存的文字。", exact=True).first).to_be_visible()

    other.press("保存")
    expect(other.page.locator(".zp-prose")).to_have_text("后保存的文字。")
