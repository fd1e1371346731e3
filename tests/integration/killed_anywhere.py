"""A process that forks children, each at work until it is killed; see `test_killed_anywhere`.

Reads one JSON object a line: what to do, where, and the file in which confirmed things are noted.
A confirmed thing is what a person has been told is done.
"""

import itertools
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command  # noqa: F401 - loaded before the fork, that a child is at work at once

from ziping.bootstrap import open_workspace
from ziping.cli.writing import write_new
from ziping.config import load_settings
from ziping.content.library import Content
from ziping.domain.fields import with_fields
from ziping.domain.stored import Stamp
from ziping.services import importing, reports
from ziping.services.backing_up import back_up, restore
from ziping.services.drafting import draft_section
from ziping.services.filing import drafted_files
from ziping.services.scored import ScoredReport, score_report
from ziping.services.workspace import Workspace

SECTIONS = ("basic.fund_use", "basic.content", "basic.objectives")

Told = Iterator[object]


def opened(home: Path) -> Workspace:
    """Open the workspace of a data folder, over content that is loaded already."""
    fresh = open_workspace(replace(load_settings(), home=home))
    return replace(fresh, content=LOADED[0]) if LOADED else fresh


LOADED: list[Content] = []
"""Content that the children share with the process they are forked from."""


def save(work: dict[str, Any]) -> Told:
    """Save one text after another; the version and the text are confirmed."""
    workspace = opened(Path(work["home"]))
    for number in itertools.count():
        stored = reports.open_report(workspace, 1)
        text = f"{work['name']}-{number}"
        mine = with_fields(stored.report, {"materials/background": text})
        saved = reports.save_report(workspace, 1, mine, base_version=stored.version)
        yield saved.stored.version, text


def import_tables(work: dict[str, Any]) -> Told:
    """Make one report of a table after another; the id is confirmed."""
    workspace = opened(Path(work["home"]))
    table = Path(work["table"])
    while True:
        data = table.read_bytes()
        read = importing.read_upload(
            workspace.content, data, table.name, place="湖南 怀化", year=2023
        )
        report = importing.report_from(read, place="湖南 怀化", year=2023)
        yield reports.create_report(workspace, report)


def draft(work: dict[str, Any]) -> Told:
    """Draft sections of changing figures; section, version and text are confirmed."""
    workspace = opened(Path(work["home"]))
    for number in itertools.count():
        stored = reports.open_report(workspace, 1)
        mine = with_fields(stored.report, {"unit": f"{work['name']}单位{number}"})
        reports.save_report(workspace, 1, mine, base_version=stored.version)
        section = SECTIONS[number % len(SECTIONS)]
        kept = draft_section(workspace, 1, section)
        yield section, kept.version, kept.section.text


def export(work: dict[str, Any]) -> Told:
    """Write Word and Excel files; their names are confirmed."""
    workspace, folder = opened(Path(work["home"])), Path(work["folder"])
    scored = example(workspace)
    for number in itertools.count():
        files, _ = drafted_files(workspace.content, scored, at=workspace.clock())
        for one in files:
            path = folder / f"{work['name']}-{number}{Path(one.name).suffix}"
            write_new(path, one.data)
            yield path.name


def backup(work: dict[str, Any]) -> Told:
    """Make backups; their names are confirmed."""
    workspace, folder = opened(Path(work["home"])), Path(work["folder"])
    for number in itertools.count():
        path = folder / f"{work['name']}-{number}.zip"
        back_up(workspace, path)
        yield path.name


def restore_again(work: dict[str, Any]) -> Told:
    """Restore two backups in turn over one another; which one is confirmed."""
    for number in itertools.count():
        which = number % 2
        stamp = Stamp(at=datetime.now(UTC), by=f"{work['name']}-{number}")
        # The name of what is kept aside goes by the second, and one is enough.
        for kept in Path(work["home"]).glob("*.replaced_*"):
            kept.unlink()
        restore(Path(work["backups"][which]), Path(work["home"]), "", stamp, replace=True)
        yield which


def example(workspace: Workspace) -> ScoredReport:
    """Return the worked example with its scores."""
    return score_report(workspace.content, importing.load_example(workspace.content))


WORK: dict[str, Callable[[dict[str, Any]], Told]] = {
    "save": save,
    "import": import_tables,
    "draft": draft,
    "export": export,
    "backup": backup,
    "restore": restore_again,
}


def child(work: dict[str, Any]) -> None:
    """Work until killed, noting what is confirmed."""
    with Path(work["confirmed"]).open("ab", buffering=0) as confirmed:
        confirmed.writelines(json.dumps(told).encode() + b"\n" for told in WORK[work["kind"]](work))


def warm_up() -> None:
    """Do everything once, so that a child is at work as soon as it is there."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        workspace = opened(home)
        LOADED.append(workspace.content)
        reports.create_example(workspace)
        workspace.database.close()
        work = {"home": str(home), "folder": folder, "name": "warm"}
        made = [next(WORK[kind](work)) for kind in ("save", "draft", "backup")]
        written = WORK["export"](work)
        made += [next(written), next(written)]
        next(import_tables(work | {"table": str(Path(folder, str(made[-1])))}))
        target = str(Path(folder, "target"))
        next(restore_again(work | {"home": target, "backups": [str(Path(folder, str(made[2])))]}))


def main() -> None:
    """Fork a child for each line, and say when it is there and when it is gone."""
    warm_up()
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            child(json.loads(line))
        print(pid, flush=True)  # noqa: T201 - read by the test
        print(os.waitpid(pid, 0)[1], flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
