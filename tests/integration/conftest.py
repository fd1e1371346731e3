"""A workspace over a real database in a directory of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.postgres_server import PostgresServer

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.services.reports import create_example
from ziping.services.workspace import Workspace

MORNING = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)


class TickingClock:
    """A clock that moves one second at each look."""

    def __init__(self) -> None:
        """Begin in the morning."""
        self.looks = 0

    def __call__(self) -> datetime:
        """Return the moment of this look."""
        self.looks += 1
        return MORNING + timedelta(seconds=self.looks)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Set `DATABASE_URL` to an empty PostgreSQL database and return it."""
    with postgres_server.database() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Let the test run on either database; blank: the file in its data folder."""
    found = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return str(found)


@pytest.fixture
def workspace(ziping_home: Path, database_url: str) -> Iterator[Workspace]:
    """Return a workspace whose clock ticks."""
    opened = open_workspace(load_settings(), clock=TickingClock())
    yield opened
    opened.database.close()


@pytest.fixture
def example_id(workspace: Workspace) -> int:
    """Return the id of a stored copy of the worked example."""
    return create_example(workspace)
