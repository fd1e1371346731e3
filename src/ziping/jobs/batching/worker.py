"""A worker process of a batch: tasks come in as lines of JSON, what became of them goes out (进程).

It ends when its input does, so that none is left when the process that feeds it is killed. A
mistake in one file is told as the result of that file; only a disk that refuses stops the batch.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from ziping.content.library import Content
from ziping.domain.batch import BatchOptions, ItemEntry, SourceEntry
from ziping.domain.errors import StorageError, ZipingError
from ziping.services.batching.folder import BatchFolder
from ziping.services.batching.making import make_item, own_mistake, read_source

Message = dict[str, Any]


class _Bench:
    """What a worker works with; one a process (工作台)."""

    def __init__(self, setup: Message) -> None:
        self._content = Content(Path(setup["content"]))
        self._folder = BatchFolder(Path(setup["folder"]))
        self._options = BatchOptions.model_validate(setup["options"])
        self._at = datetime.fromisoformat(setup["at"])
        self._run = str(setup["run"])

    def work(self, task: Message) -> Iterator[Message]:
        """Do a task and yield what became of it."""
        if task["what"] == "read":
            yield from self._read(SourceEntry.model_validate(task["source"]), Path(task["path"]))
        else:
            yield self._make(task["key"], task["source"])

    def _read(self, source: SourceEntry, path: Path) -> Iterator[Message]:
        items: list[str] = []
        error = ""
        try:
            found = read_source(
                self._content,
                self._folder,
                source,
                path,
                self._options,
                at=self._at,
                run=self._run,
            )
            for key in found:
                items.append(key)
                yield {"item": key}
        except StorageError:
            raise
        except ZipingError as mistake:
            error = str(mistake)
        except Exception as mistake:  # noqa: BLE001 - one file never stops the rest
            error = own_mistake(source.name, mistake)
        done = source.model_copy(update={"items": tuple(items), "error": error})
        yield {"source": done.model_dump(mode="json")}

    def _make(self, key: str, source: str) -> Message:
        try:
            made = make_item(self._content, self._folder, key, at=self._at, run=self._run)
        except StorageError:
            raise
        except ZipingError as mistake:
            made = ItemEntry(key=key, source=source, error=str(mistake))
        except Exception as mistake:  # noqa: BLE001 - as above
            made = ItemEntry(key=key, source=source, error=own_mistake(source, mistake))
        return {"result": made.model_dump(mode="json")}


def main() -> None:
    """Work until the input ends."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no message

    def tell(message: Message) -> None:
        out.write(json.dumps(message, ensure_ascii=False) + "\n")
        out.flush()

    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    setup = json.loads(lines.readline())
    os.nice(setup["nice"])
    bench = _Bench(setup)
    for line in lines:
        try:
            for message in bench.work(json.loads(line)):
                tell(message)
        except ZipingError as mistake:
            parts = (mistake.what, mistake.where, mistake.why, mistake.remedy)
            tell({"refused": parts})
        tell({"free": True})


if __name__ == "__main__":
    main()
