"""A report of hostile texts in a real browser: nothing runs, nothing is linked, nothing leaves."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.e2e.browser_tab import Tab
from tests.e2e.conftest import free_port, running, wait_until_healthy
from tests.hostile_texts import COCKTAIL, poisoned

from ziping.bootstrap import open_desk, open_workspace
from ziping.config import load_settings
from ziping.services.chatting import say
from ziping.services.commenting import add_comment
from ziping.services.drafting import draft_section, save_section
from ziping.services.importing import load_example
from ziping.services.reports import create_report

pytestmark = pytest.mark.e2e

LIVE_PARTS = """() => {
  const found = [];
  if (window.ranHere) found.push('a script ran');
  for (const one of document.querySelectorAll('a[href], img[src], [src], [action]')) {
    const address = new URL(one.href || one.src || one.action, location.href);
    const inside = ['data:', 'blob:'].includes(address.protocol);
    if (!inside && address.origin !== location.origin) found.push(one.outerHTML.slice(0, 200));
  }
  for (const one of document.querySelectorAll('.katex, svg[onload], img[alt="Streamlit logo"]'))
    found.push(one.outerHTML.slice(0, 200));
  const alone = {'粗': '**粗**', '红': ':red[红]', '徽': ':blue-badge[徽]', '码': '`码`',
    '图': '![图]', '点此': '[点此]', '标题': '# 标题'};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (alone[text]) found.push(`${text} without ${alone[text]}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def poisoned_address(
    project_root: Path, chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Start the app over a report with hostile texts in every field, section and comment."""
    del chromium_path  # without a browser there is nothing to look at
    folder, port = tmp_path_factory.mktemp("poisoned"), free_port()
    own = {"ZIPING_HOME": str(folder / "home"), "ZIPING_USER": COCKTAIL[:200]}
    settings = load_settings(own)
    workspace = open_workspace(settings)
    desk = open_desk(workspace, settings)
    bad = poisoned(load_example(workspace.content), COCKTAIL)
    report_id = create_report(workspace, bad, note=COCKTAIL)
    for section in ("basic.fund_use", "lessons.problems"):
        draft_section(workspace, report_id, section)
    save_section(workspace, report_id, "basic.background", COCKTAIL, base_version=0)
    add_comment(workspace, report_id, COCKTAIL, quote=COCKTAIL)
    say(desk, report_id, f"主管部门是{COCKTAIL}，执行数600")
    workspace.database.close()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with running(command, project_root, folder / "log.txt", **own) as server:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(server, f"{address}/_stcore/health", folder / "log.txt")
        yield f"{address}/?report={report_id}"


def test_no_page_acts_on_what_people_wrote(browser: Browser, poisoned_address: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    tab = Tab(context.new_page(), poisoned_address)
    found = {}
    tab.open("")
    links = tab.page.get_by_test_id("stSidebarNav").get_by_role("link").all_inner_texts()
    for title in dict.fromkeys(text.split("\n")[-1].strip() for text in links):
        tab.go(title)
        for summary in tab.page.get_by_test_id("stExpander").locator("summary:visible").all():
            summary.click()
        tab.settle()
        found[title] = tab.page.evaluate(LIVE_PARTS)
    assert len(found) >= 10, found
    assert {title: parts for title, parts in found.items() if parts} == {}
    tab.assert_clean()
    context.close()
