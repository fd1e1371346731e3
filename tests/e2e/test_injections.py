"""Whatever people enter is shown as text: no script runs, no link or picture comes alive."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab
from tests.e2e.test_hostile_texts import LIVE_PARTS
from tests.hostile_texts import CORPUS
from tests.ui.app_driver import REPORT_PAGES

pytestmark = pytest.mark.e2e

_TYPED = ("html", "markdown", "streamlit", "sql", "formulas", "paths", "templates", "prompts")
"""Kinds of texts that a keyboard can type, those a browser would act on first."""


def test_nothing_that_is_entered_comes_alive(tab: Tab, tmp_path: Path) -> None:
    texts = [one for kind in _TYPED for one in CORPUS[kind] if one.isprintable()]
    everything = " ".join(texts)
    each = [*(CORPUS[kind][0] for kind in _TYPED), *CORPUS["formulas"][1:]]
    tab.open()
    tab.press("新建报告")
    tab.dialog.get_by_label("编报单位").fill(everything)
    tab.dialog.get_by_label("编报单位").press("Tab")
    tab.dialog.get_by_role("button", name="新建", exact=True).click()
    expect(tab.band).to_contain_text("DROP TABLE reports")
    tab.settle()
    tab.enter("项目支出名称", everything)
    tab.settle()
    lines = Grid(tab.page, "绩效指标表")
    for number, text in enumerate(each):
        for column in ("三级指标", "年度指标值", "实际完成值", "分值"):
            lines.enter(column, number, text)
    tab.settle()
    assert lines.cell("三级指标", 0).text_content() == CORPUS["html"][0]
    report = tab.report_id()

    found: list[str] = []
    for page in REPORT_PAGES:
        tab.open(f"/{page}?report={report}")
        if page == "drafting":
            tab.page.locator(".st-key-redraft-basic-background").get_by_role("button").click()
            expect(tab.page.locator(".zp-prose")).to_have_count(1)
            tab.page.get_by_test_id("stChatInputTextArea").fill(everything)
            tab.page.keyboard.press("Enter")
            expect(tab.page.get_by_test_id("stChatMessage").nth(1)).to_be_visible()
            tab.settle()
        if page == "reviewing":
            tab.page.get_by_role("radio", name="批注").click()
            tab.page.get_by_label("批注", exact=True).last.fill(everything)
            tab.page.keyboard.press("Tab")
            tab.settle()
            tab.press("添加批注")
            expect(tab.page.get_by_text("未解决（1）")).to_be_visible()
            tab.settle()
        found += [f"{page}: {one}" for one in tab.page.evaluate(LIVE_PARTS)]
    for path in ("/", "/rolling", "/checking", f"/filling?report={everything}"):
        tab.open(path)
        found += [f"{path}: {one}" for one in tab.page.evaluate(LIVE_PARTS)]
    assert not found, "\n".join(found)
    _no_formula_is_exported(tab, report, tmp_path / "table.xlsx")


def _no_formula_is_exported(tab: Tab, report: str, file: Path) -> None:
    """The workbook holds the texts, and none of them is a formula or a link."""
    tab.open(f"/exporting?report={report}")
    with tab.page.expect_download() as download:
        tab.press("下载 Excel 自评表")
    download.value.save_as(file)
    assert "/" not in download.value.suggested_filename
    cells = [cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
