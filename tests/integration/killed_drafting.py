"""A process that drafts a report and kills itself while it stores the third section.

Run as a script with ZIPING_HOME set; prints the ids of the report and of the job first.
"""

import os
import signal
import time
from datetime import UTC, datetime

from ziping.bootstrap import open_engine, open_workspace
from ziping.services.reports import create_example

LAST_YEAR = datetime(2023, 1, 1, tzinfo=UTC)
_STORED = 2


class FatalClock:
    """A clock whose third look, once armed, is the last thing this process does."""

    def __init__(self) -> None:
        """Begin unarmed."""
        self.armed = False
        self.looks = 0

    def __call__(self) -> datetime:
        """Return a moment, or kill the process as `kill -9` does."""
        if self.armed:
            self.looks += 1
            if self.looks > _STORED:
                os.kill(os.getpid(), signal.SIGKILL)
        return LAST_YEAR


def main() -> None:
    """Draft until killed."""
    clock = FatalClock()
    workspace = open_workspace(clock=clock)
    report_id = create_example(workspace)
    clock.armed = True
    engine = open_engine(workspace)
    print(report_id, engine.draft_report(report_id), flush=True)  # noqa: T201 - read by the test
    time.sleep(60)


if __name__ == "__main__":
    main()
