"""A finished report is uploaded, its findings are read and downloaded."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Tab
from tests.unit.finished_files import finished

pytestmark = pytest.mark.e2e


def test_a_report_is_checked_and_its_findings_downloaded(tab: Tab, tmp_path: Path) -> None:
    report = tmp_path / "自评报告.docx"
    report.write_bytes(finished("hunan_with_defects").docx)
    tab.open()
    tab.go("核查文件")
    tab.page.locator('input[type="file"]').set_input_files(report)

    result = tab.page.get_by_role("region", name="核查结果")
    expect(result).to_contain_text("核查了报告正文、自评表")
    expect(tab.page.get_by_text("执行率用错了分母")).to_be_visible()
    tab.page.get_by_role("tab", name="警告").click()
    shown = tab.page.locator(".zp-finding").filter(has_text="正文说的指标体系与自评表不同")
    expect(shown.locator(".zp-quote")).to_contain_text("由决策、过程、产出和效益四个维度构成")
    expect(shown).to_contain_text("第二章（三）第1段")
    tab.settle()

    with tab.page.expect_download() as download:
        tab.press("下载核查结果（Excel）")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "自评报告_核查结果.xlsx"
    assert "核查结果" in openpyxl.load_workbook(file).sheetnames
