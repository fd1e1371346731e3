"""One of several app processes: people save figures and start jobs in it, until it is killed.

Run as a script with DATABASE_URL set; each thing that was confirmed is printed, one a line.
"""

import sys

from ziping.bootstrap import open_desk, open_engine, open_workspace
from ziping.config import load_settings
from ziping.domain.fields import with_fields
from ziping.services.reports import create_example, open_report, save_report


def tell(*confirmed: object) -> None:
    """Print what the program has confirmed to a person."""
    print(*confirmed, flush=True)  # noqa: T201 - read by the test


def main(reports: int, edits: int) -> None:
    """Make reports with a job each, then go on editing until killed, or for so many rounds."""
    settings = load_settings()
    workspace = open_workspace(settings)
    desk = open_desk(workspace, settings)
    desk.library = None  # clauses are not what is tested here
    engine = open_engine(workspace, settings, desk)
    made = [create_example(workspace) for _ in range(reports)]
    for report_id in made:
        tell("job", report_id, engine.draft_report(report_id))
    for number in range(edits):
        report_id = made[number % reports]
        stored = open_report(workspace, report_id)
        text = f"背景第{number}次"
        mine = with_fields(stored.report, {"materials/background": text})
        saved = save_report(workspace, report_id, mine, base_version=stored.version)
        tell("saved", report_id, saved.stored.version, text)
    tell("over")
    sys.stdin.read()
    engine.close()
    workspace.database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
