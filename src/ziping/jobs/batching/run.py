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
from ziping.jobs.batching.pool import DIED, UNDONE, WorkerPool
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
        self._finished: list[ItemEntry] = []
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
                heard = [self._heard(*one) for one in self._pool.messages(_LOOK_S)]
                if any(heard):
                    self._record()
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
        if UNDONE in message:
            self._put_back(task)
            return False
        if DIED in message:
            return self._died(task, message[DIED])
        if "source" in message:
            entry = SourceEntry.model_validate(message["source"])
            self._journal.add_source(entry)
            self._current = entry.name
            return bool(entry.error)
        self._finished.append(ItemEntry.model_validate(message["result"]))
        return True

    def _died(self, task: dict[str, Any], reason: str) -> bool:
        """Try a task once more whose worker died; the second time it is the file's fault."""
        key = _key_of(task)
        self._tried[key] = self._tried.get(key, 0) + 1
        if self._tried[key] < _TRIES:
            self._put_back(task)
            return False
        told = {"error": f"{reason}。", "is_final": False}
        if task["what"] == "read":
            entry = SourceEntry.model_validate(task["source"])
            self._journal.add_source(entry.model_copy(update=told))
        else:
            entry_of = ItemEntry(key=key, source=task["source"])
            self._finished.append(entry_of.model_copy(update=told))
        return True

    def _put_back(self, task: dict[str, Any]) -> None:
        """Take a task back that is to be given again."""
        if task["what"] == "read":
            self._unread.appendleft(self._sources[_key_of(task)])
        else:
            self._waiting.appendleft(_key_of(task))

    def _record(self) -> None:
        """Record the reports that were finished, then give their files their names.

        One look at the disk does for all that came in together: with many workers that is what
        would hold them up.
        """
        while self._finished:
            reserved: set[str] = set()
            entries = [self._named(one, reserved) for one in self._finished]
            for one in entries:
                self._journal.add_item(one)
            self._journal.sync()
            # Where somebody took a name meanwhile, the report gets another.
            self._finished = [one for one in entries if not self._folder.put_in_place(one.files)]
            for one in entries:
                if one not in self._finished:
                    self._count(one)
                    named = (one.unit, *(project.name for project in one.projects))
                    self._current = "　".join(filter(None, named)) or one.source

    def _named(self, entry: ItemEntry, reserved: set[str]) -> ItemEntry:
        """Return the entry with names that are free, and reserve them."""
        if not entry.files:
            return entry
        wished = [Path(one.name) for one in entry.files]
        suffixes = tuple(one.suffix for one in wished)
        names = self._folder.free_names(entry.unit, wished[0].stem, suffixes, reserved)
        reserved.update(names)
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


def _key_of(task: dict[str, Any]) -> str:
    """Return the key of what a task reads or makes."""
    key: str = task["key"] if task["what"] == "make" else task["source"]["key"]
    return key
