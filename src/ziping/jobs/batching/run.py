"""One batch from the sources to the results, taken up where it was (批量运行)."""

import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from ziping.content.library import Content
from ziping.domain.batch import BatchOptions, ItemEntry, SourceEntry
from ziping.domain.errors import InputError, StorageError
from ziping.jobs.batching.pool import DIED, WorkerPool
from ziping.jobs.progress import BatchProgress
from ziping.services.batching.folder import BatchFolder
from ziping.services.batching.journal import Journal
from ziping.services.batching.results import Results, write_results
from ziping.services.batching.sources import Source, find_sources

_LOOK_S = 0.2
"""How often a stop is looked for while nothing happens."""
_POLITE = 10
"""How far workers stand back behind the page."""
_TRIES = 2
"""How often a task is tried whose worker died."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What a batch is to do (批量任务)."""

    given: Path
    """A file, or a folder of files."""
    output: Path
    options: BatchOptions
    workers: int
    at: datetime
    """Stamped on the reports."""
    resume: bool = False
    """Go on with what lies in the output folder."""
    is_background: bool = False
    """Let whoever uses the page go first."""


Tell = Callable[[BatchProgress], None]


def run_batch(
    content: Content,
    request: BatchRequest,
    tell: Tell = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Results | None:
    """Make every report and the results over them; None when it was stopped before the end.

    Raises:
        InputError: What is given or the output folder cannot be used.
        StorageError: The disk refuses; what was made stays and the batch can be resumed.
    """
    folder = BatchFolder(request.output)
    sources = find_sources(request.given, request.output, content, request.options)
    folder.make()
    with folder.held(), contextlib.closing(Journal(folder.journal)) as journal:
        if not request.resume and not journal.is_new:
            raise InputError(
                "这个文件夹里已有一次批量的结果",
                where=str(request.output),
                remedy="要接着做，请加 --resume；要重新做，请换一个文件夹",
            )
        run = _Run(content, folder, journal, sources, request)
        if not run.work(tell, should_stop):
            return None
        return write_results(folder, journal, sources)


class _Run:
    """A batch under way."""

    def __init__(
        self,
        content: Content,
        folder: BatchFolder,
        journal: Journal,
        sources: list[Source],
        request: BatchRequest,
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._sources = {one.key: one for one in sources}
        self._unread: deque[Source] = deque()
        self._waiting: deque[str] = deque()
        self._items: dict[str, None] = {}
        self._tried: dict[str, int] = {}
        self._current = ""
        self._made = self._failed = 0
        run = uuid4().hex[:8]
        folder.start_run(run)
        setup = {
            "run": run,
            "nice": _POLITE if request.is_background else 0,
            "content": str(content.root),
            "folder": str(folder.path.resolve()),
            "options": request.options.model_dump(mode="json"),
            "at": request.at.isoformat(),
        }
        self._pool = WorkerPool(request.workers, setup, folder.log)

    def work(self, tell: Tell, should_stop: Callable[[], bool]) -> bool:
        """Read and make everything; return False when it was stopped before the end."""
        try:
            self._take_up()
            tell(self._progress())
            while self._unread or self._waiting or self._pool.is_busy:
                if should_stop():
                    return False
                self._feed()
                for task, message in self._pool.messages(_LOOK_S):
                    if self._heard(task, message):
                        tell(self._progress())
            self._folder.clear_unfinished()
            return True
        finally:
            self._pool.close()

    def _take_up(self) -> None:
        """Find out what is left to do, and give finished files the names they were to have."""
        for source in self._sources.values():
            read = self._journal.sources.get(source.key)
            if read is None or not read.is_final:
                self._unread.append(source)
                continue
            for key in read.items:
                self._add(key)

    def _add(self, key: str) -> None:
        """Take on a report; one that was made before only has its files looked after."""
        if key in self._items:
            return
        self._items[key] = None
        if self._journal.is_settled(key):
            entry = self._journal.item(key)
            if self._folder.is_in_place(entry.files):
                self._count(entry)
                return
        self._waiting.append(key)

    def _count(self, entry: ItemEntry) -> None:
        self._made += not entry.error
        self._failed += bool(entry.error)

    def _feed(self) -> None:
        """Give work to free workers: reports that wait first, so that few ever wait."""
        while self._pool.has_room and (self._waiting or self._unread):
            if self._waiting:
                key = self._waiting.popleft()
                source = self._sources[key.partition("-")[0]]
                self._pool.give({"what": "make", "key": key, "source": source.name})
            else:
                one = self._unread.popleft()
                entry = SourceEntry(key=one.key, name=one.name)
                source_task = {"source": entry.model_dump(mode="json"), "path": str(one.path)}
                self._pool.give({"what": "read", **source_task})

    def _heard(self, task: dict[str, Any], message: dict[str, Any]) -> bool:
        """Take what a worker tells; return whether something was finished."""
        if "item" in message:
            self._add(message["item"])
            return False
        if "refused" in message:
            what, where, why, remedy = message["refused"]
            raise StorageError(what, where=where, why=why, remedy=remedy)
        if DIED in message:
            return self._died(task, message[DIED])
        if "source" in message:
            entry = SourceEntry.model_validate(message["source"])
            self._journal.add_source(entry)
            self._current = entry.name
            return bool(entry.error)
        self._finish(ItemEntry.model_validate(message["result"]))
        return True

    def _died(self, task: dict[str, Any], reason: str) -> bool:
        """Try a task once more whose worker died; the second time it is the file's fault."""
        if not task:
            return False
        key = task["key"] if task["what"] == "make" else task["source"]["key"]
        self._tried[key] = self._tried.get(key, 0) + 1
        again = self._tried[key] < _TRIES
        if task["what"] == "read":
            if again:
                self._unread.appendleft(self._sources[key])
                return False
            entry = SourceEntry.model_validate(task["source"])
            self._journal.add_source(
                entry.model_copy(update={"error": f"{reason}。", "is_final": False})
            )
        elif again:
            self._waiting.appendleft(key)
            return False
        else:
            self._finish(
                ItemEntry(key=key, source=task["source"], error=f"{reason}。", is_final=False)
            )
        return True

    def _finish(self, entry: ItemEntry) -> None:
        """Record a report and give its files their names."""
        self._current = "　".join(
            part for part in (entry.unit, *(one.name for one in entry.projects)) if part
        )
        self._count(entry)
        if not entry.files:
            self._journal.add_item(entry)
            self._current = entry.source
            return
        while True:
            entry = self._named(entry)
            self._journal.add_item(entry)
            if self._folder.put_in_place(entry.files):
                return

    def _named(self, entry: ItemEntry) -> ItemEntry:
        """Return the entry with names that are free."""
        wished = [Path(one.name) for one in entry.files]
        suffixes = tuple(one.suffix for one in wished)
        names = self._folder.free_names(entry.unit, wished[0].stem, suffixes)
        files = tuple(
            one.model_copy(update={"name": name})
            for one, name in zip(entry.files, names, strict=True)
        )
        return entry.model_copy(update={"files": files})

    def _progress(self) -> BatchProgress:
        """Return how far the batch is."""
        read = [self._journal.sources.get(key) for key in self._sources]
        unreadable = sum(1 for one in read if one is not None and one.error)
        unread = sum(1 for one in read if one is None)
        return BatchProgress(
            made=self._made,
            failed=self._failed + unreadable,
            total=len(self._items) + unreadable + unread,
            current=self._current,
        )
