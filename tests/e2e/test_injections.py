"""Whatever people enter is shown as text: no script runs, no link or picture comes alive."""

from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab
from tests.ui.app_driver import REPORT_PAGES

pytestmark = pytest.mark.e2e

_ALIVE = """() => [
  ...document.querySelectorAll('a[href*="evil"]:not([href^="#"])'), // a heading's own anchor
  ...document.querySelectorAll('a[href^="javascript"], a[href^="mailto"]'),
  ...document.querySelectorAll('img[src*="evil"], img[src="x"]'),
].map((one) => one.outerHTML.slice(0, 200) + ' in ' + one.parentElement.outerHTML.slice(0, 200))
  .concat(window.zpRan ? ['a script ran'] : [])"""


def test_nothing_that_is_entered_comes_alive(tab: Tab, project_root: Path, tmp_path: Path) -> None:
    corpus: dict[str, str] = yaml.safe_load(
        (project_root / "tests/injections.yaml").read_text(encoding="utf-8")
    )
    everything = " ".join(corpus.values())
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
    for number, text in enumerate(corpus.values()):
        for column in ("三级指标", "年度指标值", "实际完成值", "分值"):
            lines.enter(column, number, text)
    tab.settle()
    assert lines.cell("三级指标", 0).text_content() == corpus["html"]
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
        found += [f"{page}: {one}" for one in tab.page.evaluate(_ALIVE)]
    for path in ("/", "/rolling", "/checking", f"/filling?report={everything}"):
        tab.open(path)
        found += [f"{path}: {one}" for one in tab.page.evaluate(_ALIVE)]
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
