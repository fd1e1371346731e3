"""kill -9 at any moment: the database opens, nothing confirmed is missing, no file is half."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.persistence.backup_file import BackupReader
from ziping.services.auditing import verify_audit
from ziping.services.backing_up import back_up
from ziping.services.drafting import section_history
from ziping.services.filing import drafted_files
from ziping.services.importing import load_example
from ziping.services.reports import create_example, list_reports, open_report, report_at
from ziping.services.scored import score_report
from ziping.services.whole_files import PARTIAL
from ziping.services.workspace import Workspace

POINTS = 34
"""Kills of each of six kinds of work, at random moments: more than two hundred together."""
LONGEST_S = {"restore": 0.5}
USUAL_S = 0.25


@dataclass
class Killer:
    """Starts work in a child and kills it after a while."""

    process: subprocess.Popen[str]
    folder: Path
    chance: random.Random

    def kill(self, kind: str, number: int, **work: Any) -> list[Any]:  # noqa: ANN401 - of its kind
        """Let a child work for a random while, kill it, and return what it had confirmed."""
        noted = self.folder / f"{kind}-{number}.confirmed"
        told = {"kind": kind, "name": f"{kind}{number}", "confirmed": str(noted), **work}
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(told), file=self.process.stdin, flush=True)
        pid = int(self.process.stdout.readline())
        time.sleep(self.chance.uniform(0, LONGEST_S.get(kind, USUAL_S)))
        os.kill(pid, signal.SIGKILL)
        assert int(self.process.stdout.readline()) == signal.SIGKILL
        lines = noted.read_bytes().split(b"\n")[:-1] if noted.exists() else []
        return [json.loads(one) for one in lines]


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """Return the one process whose children are killed; it has everything loaded."""
    script = Path(__file__).with_name("killed_anywhere.py")
    folder = tmp_path_factory.mktemp("confirmed")
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Killer(process, folder, random.Random(20240301))  # noqa: S311 - moments, no secrets
        process.kill()


@pytest.fixture
def home(ziping_home: Path) -> Path:
    """Return a data folder with one report."""
    workspace = opened(ziping_home)
    create_example(workspace)
    workspace.database.close()
    return ziping_home


def opened(home: Path) -> Workspace:
    """Open the data folder as the next start of the program does."""
    return open_workspace(replace(load_settings(), home=home))


def is_whole(home: Path) -> bool:
    """Whether SQLite finds nothing wrong with the database of a folder."""
    with closing(sqlite3.connect(home / "ziping.db")) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def each_time(
    killer: Killer, home: Path, kind: str, holds: Callable[[Workspace, Any], bool], **work: str
) -> int:
    """Kill again and again; after each, see that what was confirmed is there. Return how many."""
    count = 0
    for number in range(POINTS):
        confirmed = killer.kill(kind, number, home=str(home), **work)
        assert is_whole(home)
        workspace = opened(home)
        for one in confirmed:
            assert holds(workspace, one), one
        count += len(confirmed)
        workspace.database.close()
    workspace = opened(home)
    assert verify_audit(workspace).ok
    workspace.database.close()
    return count


def test_saves_that_were_confirmed_are_there(killer: Killer, home: Path) -> None:
    def holds(workspace: Workspace, told: tuple[int, str]) -> bool:
        version, text = told
        return report_at(workspace, 1, version).materials["background"] == text

    assert each_time(killer, home, "save", holds) > 0


def test_imports_that_were_confirmed_are_there(killer: Killer, home: Path, tmp_path: Path) -> None:
    workspace = opened(home)
    scored = score_report(workspace.content, load_example(workspace.content))
    files, _ = drafted_files(workspace.content, scored, at=workspace.clock())
    table = tmp_path / "自评表.xlsx"
    table.write_bytes(next(one.data for one in files if one.name.endswith(".xlsx")))
    workspace.database.close()

    def holds(again: Workspace, report_id: int) -> bool:
        return open_report(again, report_id).report.projects[0].name != ""

    assert each_time(killer, home, "import", holds, table=str(table)) > 0


def test_drafts_that_were_confirmed_are_there(killer: Killer, home: Path) -> None:
    def holds(workspace: Workspace, told: tuple[str, int, str]) -> bool:
        section, version, text = told
        kept = {one.version: one.section.text for one in section_history(workspace, 1, section)}
        return kept[version] == text

    assert each_time(killer, home, "draft", holds) > 0


@pytest.mark.parametrize("kind", ["export", "backup"])
def test_a_file_is_there_whole_or_not_at_all(
    killer: Killer, home: Path, tmp_path: Path, kind: str
) -> None:
    count = 0
    for number in range(POINTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        confirmed = killer.kill(kind, number, home=str(home), folder=str(folder))
        offered = {one.name: one for one in folder.iterdir() if one.suffix != PARTIAL}
        assert {*confirmed} <= {*offered}
        for path in offered.values():
            if kind == "backup":
                with BackupReader(path) as reader:
                    assert reader.manifest.tables
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
        count += len(offered)
    assert count > 0


def test_a_restore_is_done_whole_or_not_at_all(killer: Killer, home: Path, tmp_path: Path) -> None:
    """Two backups of one and of two reports are restored over each other, again and again."""
    backups = [tmp_path / "一.zip", tmp_path / "二.zip"]
    workspace = opened(home)
    for path in backups:
        back_up(workspace, path)
        create_example(workspace)
    workspace.database.close()
    target = tmp_path / "目标"
    names = [str(one) for one in backups]
    seen = set()
    for number in range(POINTS):
        before = len(reports_in(target)) if (target / "ziping.db").exists() else 0
        confirmed = killer.kill("restore", number, home=str(target), backups=names)
        last = confirmed[-1] + 1 if confirmed else before
        if not (target / "ziping.db").exists():
            assert (last, confirmed) == (0, [])
            continue
        assert is_whole(target)
        found = len(reports_in(target))
        assert found in {last, 1 if last == 2 else 2 if confirmed else 1}
        seen.add(found)
    assert seen


def reports_in(home: Path) -> tuple[object, ...]:
    """Return the reports of a data folder, whose audit log must be whole."""
    workspace = opened(home)
    try:
        assert verify_audit(workspace).ok
        return list_reports(workspace)
    finally:
        workspace.database.close()
