"""What every test can rely on: a home of its own, no keys, no way out, and the tools it names."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.postgres_server import PostgresServer, find_programs

from ziping import bootstrap
from ziping.content.library import Content

OUTSIDE_SETTINGS = (
    "ANTHROPIC_",
    "CHROMA_",
    "DATABASE_URL",
    "DBOS_",
    "LANGCHAIN_",
    "LANGSMITH_",
    "OPENAI_",
    "STREAMLIT_",
    "ZIPING_",
    # A proxy on this machine would be a way out that looks like loopback.
    "ALL_PROXY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
)
"""Settings of the machine (by the start of their name) that must not reach a test."""

REQUIRE_ALL = os.environ.get("ZIPING_REQUIRE_ALL") == "1"
"""Whether a missing browser or office program fails the test instead of skipping it."""


def _is_local(address: Any) -> bool:  # noqa: ANN401 - each address family has its own shape
    """Say whether an address handed to `connect` stays on this machine."""
    if not isinstance(address, tuple):  # the path of a Unix socket
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def outside_attempts() -> Iterator[list[str]]:
    """Refuse connections that leave this machine, and yield the list of those refused.

    It also drops keys and addresses from the environment, before any other fixture starts a server.
    Programs that a test starts are not guarded; they inherit the cleaned environment.
    """
    attempts: list[str] = []

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def refuse_or_connect(self: socket.socket, address: Any) -> Any:  # noqa: ANN401
            if _is_local(address):
                return connect(self, address)
            attempts.append(str(address))
            message = f"测试不得连接外部地址：{address}"
            raise ConnectionRefusedError(message)

        return refuse_or_connect

    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.upper().startswith(OUTSIDE_SETTINGS):
                patch.delenv(name)
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, guarded(getattr(socket.socket, method)))
        yield attempts


@pytest.fixture(autouse=True)
def _nothing_left_the_machine(outside_attempts: list[str]) -> Iterator[None]:
    """Fail a test whose code tried to leave the machine, even if that code swallowed the error."""
    outside_attempts.clear()
    yield
    assert not outside_attempts, f"测试试图连接外部地址：{'、'.join(outside_attempts)}"


@pytest.fixture(autouse=True)
def ziping_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty data folder (`ZIPING_HOME`) of this test."""
    home = tmp_path_factory.mktemp("ziping-home")
    monkeypatch.setenv("ZIPING_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder that holds `pyproject.toml`."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def _shipped_content_is_read_once(project_root: Path) -> Iterator[None]:
    """Let workspaces share the shipped content, as those of one process may.

    Reading it anew for each test was the greater part of what short tests cost. Any other folder
    is read afresh.
    """
    shipped = Content(project_root)

    def content_of(root: Path) -> Content:
        return shipped if root == shipped.root else Content(root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "Content", content_of)
        yield


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of Chromium; without one the test is skipped with the reason."""
    return _tool("Chromium 浏览器", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def soffice_path() -> str:
    """Return the path of LibreOffice; without one the test is skipped with the reason."""
    return _tool("LibreOffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Return a PostgreSQL server; without its programs the test is skipped with the reason."""
    programs = find_programs()
    if programs is None:
        _is_missing("PostgreSQL（pg_ctl）")
    server = PostgresServer(programs)
    yield server
    server.remove()


def _tool(title: str, *names: str) -> str:
    """Return the path of the first program found, else skip (or, where all are required, fail)."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or _is_missing(f"{title}（{names[0]}）")


def _is_missing(tool: str) -> NoReturn:
    """Skip a test, or fail it where all tools are required."""
    message = f"没有找到 {tool}，安装后可运行此项测试。"
    if REQUIRE_ALL:
        pytest.fail(message)
    pytest.skip(message)
