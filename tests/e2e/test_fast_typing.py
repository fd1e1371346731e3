"""Typing as fast as people do on a machine that is busy: nothing typed is lost."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import cpu_count

import pytest
from playwright.sync_api import expect
from tests.e2e.browser_tab import Grid, Tab

pytestmark = pytest.mark.e2e

FUND_COLUMNS = ("年初预算数", "全年预算数", "实际到位数", "全年执行数")
FUNDS = tuple(
    tuple(str(row * 100 + column * 10 + 3) for column in range(1, 5)) for row in (9, 6, 2, 1)
)
INDICATOR_COLUMNS = ("三级指标", "年度指标值", "实际完成值", "分值")
INDICATORS = tuple(
    (f"{row}号指标", f"{row * 10}", f"{row * 10 + 1}", f"{row % 9 + 1}") for row in range(1, 13)
)


@contextmanager
def busy_machine() -> Iterator[None]:
    """Keep every core busy with other work."""
    work = [sys.executable, "-c", "while True: pass"]
    burning = [subprocess.Popen(work) for _ in range(cpu_count() or 1)]
    try:
        yield
    finally:
        for one in burning:
            one.kill()
            one.wait()


def _new_report(tab: Tab) -> None:
    tab.open()
    tab.press("新建报告")
    tab.dialog.get_by_label("编报单位").fill("某某市政务服务中心")
    tab.dialog.get_by_label("编报单位").press("Tab")
    tab.dialog.get_by_role("button", name="新建", exact=True).click()
    expect(tab.band).to_contain_text("某某市政务服务中心")
    tab.settle()


def test_every_cell_typed_in_a_hurry_is_stored(tab: Tab) -> None:
    _new_report(tab)
    funds, indicators = Grid(tab.page, "项目资金表"), Grid(tab.page, "绩效指标表")

    with busy_machine():
        funds.type_rows("年初预算数", 0, FUNDS)
        indicators.type_rows("三级指标", 0, INDICATORS)
    last = f"{INDICATORS[-1][0]} 三级指标"
    answered = indicators.box("三级指标", len(INDICATORS) - 1)
    expect(answered).to_have_attribute("aria-label", last, timeout=60_000)
    tab.settle()

    shown = (funds.texts(FUND_COLUMNS, 4), indicators.texts(INDICATOR_COLUMNS, len(INDICATORS)))
    tab.page.reload()
    tab.settle()
    stored = (funds.texts(FUND_COLUMNS, 4), indicators.texts(INDICATOR_COLUMNS, len(INDICATORS)))
    assert stored == (FUNDS, INDICATORS)
    assert shown == stored
