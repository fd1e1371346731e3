"""The app without a browser, each test over an empty data folder."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.ui.app_driver import App

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.errors import StorageError
from ziping.domain.evaluation import Report
from ziping.ui import identities, resources


@pytest.fixture(autouse=True)
def _fresh_resources(ziping_home: Path) -> Iterator[None]:
    """Give each test a workspace and a job engine of its own: the app keeps one a process."""
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    with suppress(StorageError):
        database = resources.shared_workspace().database
        st.cache_resource.clear()
        database.close()
    st.cache_resource.clear()


SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "ziping"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


@pytest.fixture
def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], None]:
    """Have people sign in here; return what sets the statements of the provider."""
    file = tmp_path / "secrets.toml"
    file.write_text(SECRETS, encoding="utf-8")
    monkeypatch.setenv("ZIPING_LOGIN", str(file))
    monkeypatch.setattr(identities, "is_ready", lambda: True)

    def states(claims: dict[str, Any]) -> None:
        monkeypatch.setattr(identities, "claims", lambda: claims)

    return states


@pytest.fixture
def app(project_root: Path) -> App:
    """Return the app, opened at its first page."""
    return App(AppTest.from_file(project_root / "app.py", default_timeout=60).run(), project_root)


@pytest.fixture(scope="session")
def content() -> Content:
    return Content(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="session")
def example(content: Content) -> Report:
    return load_report(content.root / "knowledge" / "examples" / "huaihua-2023.yaml")
