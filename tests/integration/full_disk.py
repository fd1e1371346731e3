"""A process whose data folder lies on a disk of two megabytes; see `test_full_disk`.

Started in a mount namespace of its own; prints what it was told as the disk was full.
"""

import os
import subprocess
import sys
from pathlib import Path

from ziping.bootstrap import open_workspace
from ziping.cli.writing import write_new
from ziping.domain.errors import StorageError
from ziping.domain.fields import with_fields
from ziping.services.backing_up import back_up
from ziping.services.reports import create_example, open_report, save_report
from ziping.services.workspace import Workspace

LARGE = "长" * 19_000


def save_once(workspace: Workspace, number: int) -> int:
    """Save a large text and return the version."""
    stored = open_report(workspace, 1)
    mine = with_fields(stored.report, {"materials/background": f"{number}{LARGE}"})
    return save_report(workspace, 1, mine, base_version=stored.version).stored.version


def fill(workspace: Workspace) -> int:
    """Save until the disk is full; return the last version that was confirmed."""
    confirmed = 0
    for number in range(1000):
        try:
            confirmed = save_once(workspace, number)
        except StorageError as error:
            print(error)  # noqa: T201 - read by the test
            return confirmed
    sys.exit("the disk was never full")


def refused(path: Path, workspace: Workspace) -> None:
    """Print why files cannot be written, and see that none is left half."""
    for write in (lambda: write_new(path, os.urandom(4_000_000)), lambda: back_up(workspace, path)):
        try:
            write()
        except StorageError as error:
            print(error)  # noqa: T201 - read by the test
        assert [one.name for one in path.parent.iterdir()] == ["ballast"]


def main(disk: Path) -> None:
    """Fill the disk, be refused, make room, and go on."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], check=True)
    ballast = disk / "files" / "ballast"
    ballast.parent.mkdir()
    ballast.write_bytes(b"\0" * 700_000)
    workspace = open_workspace()
    create_example(workspace)
    confirmed = fill(workspace)
    assert open_report(workspace, 1).version == confirmed
    refused(ballast.with_name("报告.docx"), workspace)
    ballast.unlink()
    assert save_once(workspace, 0) == confirmed + 1
    workspace.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
