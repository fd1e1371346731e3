"""The acceptance journey: example, one changed figure, draft, Word."""

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab

pytestmark = pytest.mark.e2e

CHAPTERS = ("一、", "二、", "三、", "四、", "五、")
ALL_DRAFTED = re.compile(r"已起草 (\d+)/\1 节")
NOT_DRAFTED = "【待补充：本节尚未起草】"


def test_example_to_word_file(tab: Tab, tmp_path: Path) -> None:
    tab.open_example()
    tab.figure("总分", "98.00")
    tab.figure("等级", "优")
    expect(tab.page.get_by_text("执行率得分与金额不符")).to_have_count(0)

    funds = Grid(tab.page, "项目资金表")
    funds.enter("全年执行数", funds.row("年度资金总额"), "600")

    tab.figure("总分", "97.68")
    tab.figure("执行率", "96.85%")
    expect(funds.cell("执行率", 0)).to_have_text("96.85%")
    expect(funds.cell("得分", 0)).to_have_text("9.68")
    tab.page.get_by_role("tab", name="校验发现").click()
    expect(tab.page.get_by_text("执行率得分与金额不符", exact=True)).to_be_visible()
    expect(tab.page.get_by_text("10×96.85%＝9.68，表上得分 10，相差 0.32")).to_be_visible()

    tab.go("起草")
    tab.press("起草全部")
    expect(tab.page.get_by_text(ALL_DRAFTED)).to_be_visible(timeout=120_000)
    expect(tab.page.get_by_text("还没有起草。")).to_have_count(0)
    expect(tab.page.get_by_role("button", name="起草全部")).to_be_enabled()
    tab.settle()

    tab.go("导出")
    with tab.page.expect_download() as download:
        tab.press("下载 Word 报告")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    _assert_report(file)


def _assert_report(file: Path) -> None:
    """The Word file is the whole report with the changed figures."""
    assert file.name == "怀化市公共资源交易中心2023年度项目支出绩效自评报告（送审稿）.docx"
    document = Document(str(file))
    paragraphs = [one.text for one in document.paragraphs]
    headings = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"
    ]
    text = "\n".join(paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    assert "怀化市公共资源交易中心2023年度" in text
    assert [one[:2] for one in headings[:5]] == list(CHAPTERS)
    assert "附件2-1" in text
    assert "97.68" in text
    assert "97.68" in cells
    assert "600" in cells
    assert "96.85%" in cells
    assert NOT_DRAFTED not in text
