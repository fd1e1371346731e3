"""A browser tab on the running app, spoken to in the words on its pages."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

SCREENS = {"1280": (1280, 900), "1920": (1920, 1080)}
"""Name and size of the screens that pages are shown on."""

KEY_MS, CELL_MS = 40, 150
"""How fast a practised typist goes: between two keys, and between two cells."""

_SHOTS = os.environ.get("ZIPING_SHOTS", "")
"""Folder for the pictures; read now, for tests run without the machine's settings."""
_LOCAL = {"127.0.0.1", "localhost"}
_BASE_PATH_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit's page looks for its server below the address of a page first, in vain."""
_NO_NETWORK_SCHEMES = {"data", "blob", "about"}

_VISIBLE_WORDS = """() => {
  const words = [];
  const add = (text, where) => {
    for (const word of text.match(/[A-Za-z][A-Za-z0-9_.-]*/g) || []) words.push([word, where]);
  };
  const shown = (element) => {
    if (!element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && parseFloat(getComputedStyle(element).fontSize) > 0;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest('style, script, canvas, noscript')) continue;
    if (getComputedStyle(element).fontFamily.includes('Material Symbols')) continue;
    if (shown(element)) add(walker.currentNode.textContent, walker.currentNode.textContent.trim());
  }
  for (const box of document.querySelectorAll('input, textarea')) {
    if (shown(box) && box.placeholder && !box.value) add(box.placeholder, box.placeholder);
  }
  return words;
}"""


class Tab:
    """One tab: what it shows, what was typed into it, and what it must never do."""

    def __init__(self, page: Page, address: str) -> None:
        """Watch a page from its first request on."""
        self.page = page
        self.address = address
        self.left_the_machine: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._see_request)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in _NO_NETWORK_SCHEMES and parts.hostname not in _LOCAL:
            self.left_the_machine.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        source = message.location.get("url", "")
        if message.type == "error" and not _BASE_PATH_PROBE.search(source):
            self.complaints.append(f"{message.text} {source}")

    def open(self, path: str = "/") -> None:
        """Go to an address of the app and wait until it is drawn."""
        self.page.goto(f"{self.address}{path}")
        expect(self.page.get_by_test_id("stMain")).to_be_visible(timeout=30_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run to its end."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)

    def go(self, title: str) -> None:
        """Follow a link of the sidebar."""
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title)
        path = urlsplit(link.get_attribute("href") or "").path
        link.click()
        expect(self.page).to_have_url(re.compile(rf"{path}(\?|$)"))
        self.settle()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def open_example(self) -> None:
        """Open a fresh copy of the worked example."""
        self.open()
        self.press("打开示例")
        expect(self.band).to_contain_text("98.00")
        self.settle()

    @property
    def band(self) -> Locator:
        """The band over the open report."""
        return self.page.get_by_role("region", name="当前报告")

    @property
    def dialog(self) -> Locator:
        """The open dialog."""
        return self.page.get_by_role("dialog")

    def figure(self, label: str, value: str) -> None:
        """Wait until the band shows a value under a label, and nothing else."""
        shown = self.band.locator(".zp-figure").filter(has_text=label)
        expect(shown.locator("b")).to_have_text(value)

    def field(self, label: str) -> Locator:
        """Return a box by its label; while a page is redrawn the old one is still there below."""
        return self.page.get_by_label(label, exact=True).first

    def enter(self, label: str, text: str) -> None:
        """Type into a box and leave it, as people do."""
        self.field(label).fill(text)
        self.field(label).press("Tab")

    def report_id(self) -> str:
        """Return the id of the open report, as the address states it."""
        return urlsplit(self.page.url).query.partition("report=")[2]

    def shoot(self, name: str, folder: Path) -> None:
        """Save what the page looks like on each screen, for a person to look at."""
        target = Path(_SHOTS or folder)
        target.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size
        for screen, (width, height) in SCREENS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.settle()
            self.page.screenshot(path=target / f"{name}-{screen}.png")
        if before:
            self.page.set_viewport_size(before)

    def foreign_words(self, allowed: frozenset[str]) -> list[tuple[str, str]]:
        """Return the visible words in Latin letters that are not allowed, with their text."""
        found: list[tuple[str, str]] = self.page.evaluate(_VISIBLE_WORDS)
        return [(word, where) for word, where in found if word not in allowed]

    def assert_clean(self) -> None:
        """Fail when the page showed a crash, complained, or asked anything outside the machine."""
        assert not self.left_the_machine, f"asked outside the machine: {self.left_the_machine}"
        assert not self.complaints, f"the browser complained: {self.complaints}"
        expect(self.page.get_by_test_id("stException")).to_have_count(0)


class PaintedGrid:
    """A table that people read: it is painted, and keeps a hidden one for screen readers."""

    def __init__(self, page: Page, title: str) -> None:
        """Find the table by its name for screen readers."""
        frame = page.get_by_test_id("stDataFrame").filter(
            has=page.locator(f'button[aria-label*="{title}"]')
        )
        self.canvas = frame.locator('canvas[data-testid="data-grid-canvas"]')

    def row(self, text: str) -> int:
        """Return the number of the first row with a cell that says exactly this."""
        cell = self.canvas.locator("td").filter(has_text=re.compile(f"^{re.escape(text)}$")).first
        expect(cell).to_be_attached()
        return int((cell.get_attribute("id") or "").rpartition("-")[2])


class Grid:
    """A table that people fill in, spoken to by column titles and row numbers."""

    def __init__(self, page: Page, title: str) -> None:
        """Find the table by its name for screen readers."""
        self.page = page
        self.table = page.locator(f'table.zp-entry[aria-label="{title}"]')

    def row(self, text: str) -> int:
        """Return the number of the first row with a cell that says exactly this."""
        exactly = re.compile(f"^{re.escape(text)}$")
        cell = self.page.locator(".zp-text").filter(has_text=exactly)
        found = self.table.locator("tr.zp-row").filter(has=cell).first
        expect(found).to_be_attached()
        return int(
            found.evaluate("row => [...row.parentNode.querySelectorAll('.zp-row')].indexOf(row)")
        )

    def cell(self, column: str, row: int) -> Locator:
        """Return what says the text of a cell."""
        return self.place(column, row).locator(".zp-text")

    def box(self, column: str, row: int) -> Locator:
        """Return the box of a cell."""
        return self.place(column, row).locator("textarea, select")

    def place(self, column: str, row: int) -> Locator:
        """Return a cell."""
        return self.table.locator("tr.zp-row").nth(row).locator(f'td[data-column="{column}"]')

    def enter(self, column: str, row: int, text: str) -> None:
        """Replace the text of a cell."""
        self.box(column, row).fill(text)
        self.box(column, row).press("Enter")

    def note(self, row: int) -> Locator:
        """Return what the checks say under a row."""
        return self.table.locator("tr.zp-row").nth(row).locator("xpath=following-sibling::tr[1]")

    def type_rows(self, column: str, row: int, block: Sequence[Sequence[str]]) -> None:
        """Type rows of texts from a cell on, by keyboard alone and without looking up."""
        self.box(column, row).focus()
        keyboard = self.page.keyboard
        for texts in block:
            for number, text in enumerate(texts, 1):
                keyboard.type(text, delay=KEY_MS)
                keyboard.press("Tab" if number < len(texts) else "Enter")
                self.page.wait_for_timeout(CELL_MS)
            for _ in texts[1:]:
                keyboard.press("ArrowLeft")

    def texts(self, columns: Sequence[str], rows: int) -> tuple[tuple[str, ...], ...]:
        """Return what the first rows say under some columns."""
        return tuple(
            tuple(self.cell(column, row).text_content() or "" for column in columns)
            for row in range(rows)
        )

    def paste(self, column: str, row: int, block: str) -> None:
        """Paste a block copied from a spreadsheet, its corner on a cell."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.box(column, row).focus()
        self.page.keyboard.press("Control+v")
