"""The running app and browser tabs on it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from tests.e2e.browser_tab import SCREENS, Tab

AnyTab = TypeVar("AnyTab", bound=Tab)

_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START_S = 60
_WAIT_MS = 30_000


@pytest.fixture(scope="session")
def app_address(
    project_root: Path, chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Start the app on a free port over an empty data folder, and return its address."""
    folder = tmp_path_factory.mktemp("app")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    own = {"ZIPING_HOME": str(folder / "home"), "ZIPING_USER": "张三"}
    with running(command, project_root, folder / "log.txt", **own) as server:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(server, f"{address}/_stcore/health", folder / "log.txt")
        yield address


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], folder: Path, log: Path, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a folder with settings of its own."""
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **settings}, stdout=file, stderr=file
        )
    try:
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Ask until the server answers."""
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"界面没有启动：\n{log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A browser for the journeys of one file.

    Not for the whole session: Playwright's event loop would run on under tests of other rooms.
    """
    expect.set_options(timeout=_WAIT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=list(_SWITCHES))
        yield launched
        launched.close()


@pytest.fixture
def new_tab(browser: Browser, app_address: str) -> Iterator[Callable[[], Tab]]:
    """Open tabs of separate people; at the end each must have stayed clean and at home."""

    def opened(context: BrowserContext) -> Tab:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return Tab(context.new_page(), app_address)

    with tabs_of_people(browser, opened, _WAIT_MS) as new:
        yield new


@contextmanager
def tabs_of_people(
    browser: Browser, opened: Callable[[BrowserContext], AnyTab], wait_ms: float
) -> Iterator[Callable[[], AnyTab]]:
    """Yield what opens a tab in a browser of its own; at the end each must have stayed clean."""
    tabs: list[AnyTab] = []

    def new() -> AnyTab:
        width, height = SCREENS["1280"]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.set_default_timeout(wait_ms)
        tabs.append(opened(context))
        return tabs[-1]

    yield new
    try:
        for tab in tabs:
            tab.assert_clean()
    finally:
        for tab in tabs:
            tab.page.context.close()


@pytest.fixture
def tab(new_tab: Callable[[], Tab]) -> Tab:
    """One person's tab."""
    return new_tab()
