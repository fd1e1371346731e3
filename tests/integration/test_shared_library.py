"""Two app processes over one PostgreSQL and one chromadb server find the same clauses."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.chroma_server import chroma_server
from tests.unit.policy_papers import text_file

from ziping.bootstrap import open_library, open_workspace
from ziping.config import load_settings
from ziping.services import originals
from ziping.services.library import Library, search

QUESTION = "各单位三月底前完成自评"


@pytest.fixture
def library(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """Return the library of this process; others share its database and its server."""
    with chroma_server(tmp_path) as address:
        monkeypatch.setenv("CHROMA_URL", address)
        settings = load_settings()
        workspace = open_workspace(settings)
        opened = open_library(workspace, settings)
        yield opened
        opened.close()
        workspace.database.close()


@pytest.fixture
def other_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of a process on another machine."""
    return tmp_path_factory.mktemp("other-home")


def other(home: Path, *arguments: str) -> Any:  # noqa: ANN401 - whatever JSON it prints
    """Run a command as a process with a data folder of its own."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("ziping")), *arguments, "--json"],
        env=os.environ | {"ZIPING_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def found_here(library: Library) -> list[str]:
    """Return what this process finds by meaning, once it has the vectors of what is new to it."""
    library.sync()
    library.finish()
    hits = search(library, QUESTION, 3).hits
    return [one.clause.id for one in hits if "语义" in one.by]


def test_what_one_process_adds_and_removes_the_other_finds_and_loses(
    library: Library, other_home: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "办法.txt"
    paper.write_bytes(text_file())
    assert "o1#第三条" not in found_here(library)

    other(other_home, "knowledge", "add", str(paper))
    assert found_here(library)[0] == "o1#第三条"

    originals.remove_original(library, "o1")
    hits = other(other_home, "search", QUESTION)
    assert hits
    assert not [one for one in hits if one["clause_id"].startswith("o1")]
    assert not list(other_home.rglob("chroma.sqlite3"))
