"""A batch: files handed in, the tab closed, the results downloaded, one opened to go on with."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Tab
from tests.integration.batch_inputs import yaml_folder

pytestmark = pytest.mark.e2e

COUNT = 12
PATIENCE_MS = 120_000


def test_handed_in_the_tab_closed_and_the_results_there(
    new_tab: Callable[[], Tab], tmp_path: Path
) -> None:
    folder = yaml_folder(tmp_path / "in", COUNT)
    (folder / "坏的.xlsx").write_bytes(b"")
    first = new_tab()
    first.open("/batch")
    files = sorted(str(path) for path in folder.iterdir())
    first.page.locator('input[type="file"]').set_input_files(files)
    first.press(f"开始生成（{COUNT + 1} 个文件）")
    expect(first.page.get_by_text(re.compile(r"已完成 \d+/"))).to_be_visible()
    first.page.goto("about:blank")

    second = new_tab()
    second.open("/batch")
    expect(second.page.get_by_role("button", name="下载全部结果")).to_be_visible(
        timeout=PATIENCE_MS
    )
    expect(second.page.get_by_text("没有生成的 1 份")).to_be_visible()
    with second.page.expect_download() as download:
        second.press("下载全部结果")
    packed = tmp_path / "全部.zip"
    download.value.save_as(packed)
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
        summary = io.BytesIO(archive.read("汇总表.xlsx"))
    assert sum(name.endswith(".docx") for name in names) == COUNT
    assert zipfile.is_zipfile(summary)

    second.settle()
    grid = second.page.get_by_test_id("stDataFrame").last
    grid.click(position={"x": 16, "y": 52})
    second.page.get_by_role("button", name=re.compile("^打开“.+”$")).click()
    expect(second.band).to_contain_text("某市第1中心2023年度")


def test_the_workbook_to_fill_in_is_offered(new_tab: Callable[[], Tab], tmp_path: Path) -> None:
    tab = new_tab()
    tab.open("/batch")
    tab.page.get_by_text("新的批量任务").first.click()
    with tab.page.expect_download() as download:
        tab.press("下载批量填报表")
    assert download.value.suggested_filename == "项目支出绩效自评批量填报表.xlsx"
