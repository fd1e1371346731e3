"""A report talked into being: nothing is typed into a form, no model, no network."""

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, expect
from tests.e2e.browser_tab import Tab
from tests.talking_script import MOST_TURNS, TURNS

pytestmark = pytest.mark.e2e


class Talk:
    """The conversation of the open report, as a person uses it."""

    def __init__(self, tab: Tab) -> None:
        """Find the conversation; nothing was said yet."""
        self.tab = tab
        self.turns = 0

    @property
    def box(self) -> Locator:
        """The box to speak into."""
        return self.tab.page.locator(".st-key-chat-box textarea")

    @property
    def messages(self) -> Locator:
        """Everything said so far, by either side."""
        history = self.tab.page.locator(".st-key-chat-history")
        return history.get_by_test_id("stChatMessage")

    def say(self, said: str) -> None:
        """Say something and wait for the answer."""
        self.turns += 1
        self.box.fill(said)
        self.box.press("Enter")
        expect(self.messages).to_have_count(2 * self.turns)
        self.tab.settle()

    def accept(self) -> None:
        """Accept what the last answer proposes, if it proposes anything."""
        button = self.tab.page.locator(f".st-key-chat-accept-{self.turns} button")
        if button.count():
            button.click()
            expect(button).to_have_count(0)
            self.tab.settle()


def test_a_report_is_talked_into_being_and_exported(tab: Tab, tmp_path: Path) -> None:
    assert len(TURNS) <= MOST_TURNS
    tab.open()
    tab.press("新建报告")
    tab.press("新建")
    expect(tab.band).to_be_visible()
    tab.go("起草")

    talk = Talk(tab)
    for said in TURNS:
        talk.say(said)
        talk.accept()
    expect(talk.messages.last).to_contain_text("总分 98.00，等级 优")
    tab.figure("总分", "98.00")
    tab.figure("等级", "优")
    tab.shoot("talked", tmp_path)

    talk.say("起草项目资金使用情况")
    tab.page.locator(f".st-key-chat-section-{talk.turns}-0 button").click()
    expect(talk.messages.last).to_contain_text("已写入")
    tab.settle()

    tab.go("导出")
    with tab.page.expect_download() as download:
        tab.press("下载 Word 报告")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join(one.text for one in document.paragraphs)
    assert "619.52万元" in text
    assert "怀化市公共资源交易中心2023年度" in text
    assert {"760", "619.52", "交易宗数", "1239", "98"} <= set(cells)


def test_what_was_written_by_talking_is_taken_back(tab: Tab) -> None:
    tab.open_example()
    tab.go("起草")
    talk = Talk(tab)
    talk.say("执行数不是619.52，是600")
    talk.accept()
    tab.figure("总分", "97.68")
    tab.page.get_by_role("button", name="撤销这次写入").click()
    tab.figure("总分", "98.00")
    expect(talk.messages.last).to_contain_text("已撤销")


def test_typed_text_survives_a_reload_and_markup_is_never_live(tab: Tab) -> None:
    tab.open_example()
    tab.go("起草")
    talk = Talk(tab)
    address = f"/drafting?report={tab.report_id()}"
    talk.say('年初预算763万元 <img src="x" onerror="document.title=1"> [看](http://x.y)')
    expect(talk.messages.first).to_contain_text("<img src=")
    history = tab.page.locator(".st-key-chat-history")
    expect(history.locator("img[src=x], a[href*='x.y']")).to_have_count(0)

    talk.box.fill("还没说完的话")
    tab.open(address)
    expect(talk.box).to_have_value("还没说完的话")
    expect(tab.page).to_have_title(re.compile("起草|自评"))
