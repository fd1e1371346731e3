"""A process that drafts a report by the configured model and kills itself in the middle.

Run as a script with ZIPING_HOME and the model's settings; prints the ids of report and job first.
"""

import os
import signal
import time

from ziping.bootstrap import open_desk, open_engine, open_workspace
from ziping.services.drafting import section_history
from ziping.services.reports import create_example

_WATCHED = ("basic.background", "basic.content", "basic.organisation", "basic.fund_source")


def main() -> None:
    """Draft until some sections are there, then die as `kill -9` does."""
    workspace = open_workspace()
    report_id = create_example(workspace)
    desk = open_desk(workspace)
    desk.library = None
    engine = open_engine(workspace, desk=desk)
    print(report_id, engine.draft_report(report_id), flush=True)  # noqa: T201 - read by the test
    while not all(section_history(workspace, report_id, one) for one in _WATCHED):
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
