"""A process that makes a batch as the page does and kills itself in the middle.

Run as a script with ZIPING_HOME, the folder to hand in and how many reports to wait for; prints the
batch's id first.
"""

import os
import signal
import sys
import time
from pathlib import Path

from ziping.bootstrap import open_engine, open_workspace
from ziping.domain.batch import BatchOptions


def main() -> None:
    """Make reports until some are there, then die as `kill -9` does."""
    engine = open_engine(open_workspace())
    given, count = Path(sys.argv[1]), int(sys.argv[2])
    files = [(path.name, path.read_bytes()) for path in sorted(given.iterdir())]
    batch_id = engine.batching.batches.create(files, BatchOptions())
    engine.batching.start(batch_id)
    print(batch_id, flush=True)  # noqa: T201 - read by the test
    out = engine.batching.batches.folder(batch_id).path
    while len(list(out.glob("*/*.docx"))) < count:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
