"""The journal of a batch: one line a source and a report, kept over a kill (批量进度记录).

A report's line is written before its files get their names, so that after a kill either the line is
missing and the report is made, or it is there and its files only need their names: nothing is made
twice, nothing is lost.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from ziping.domain.batch import ItemEntry, SourceEntry
from ziping.domain.errors import InputError, StorageError, os_reason

VERSION = 1
"""Changes when older journals cannot be read any more."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a report's line stands, and the little that must be known of all."""

    offset: int
    unit: str
    is_made: bool
    is_final: bool


class Journal:
    """What is recorded of a batch; holds places of lines, not the lines."""

    def __init__(self, path: Path, *, is_read_only: bool = False) -> None:
        """Read what is there; unless only reading, a line that a kill cut off is taken away."""
        self._path = path
        self._lines: dict[str, _Line] = {}
        self._results: dict[str, tuple[str, str]] = {}
        self.sources: dict[str, SourceEntry] = {}
        self._file: FileIO | None = None
        if is_read_only:
            self._read()
        else:
            self._file = self._opened()

    def _opened(self) -> FileIO:
        """Open the journal for appending, what it holds read."""
        try:
            # Without a buffer: what a full disk refused must not be tried again when it is closed.
            file = self._path.open("ab", buffering=0)
            end = self._read()
            file.truncate(end)
        except OSError as error:
            raise StorageError(
                "进度记录打不开",
                where=str(self._path),
                why=os_reason(error),
                remedy="请检查磁盘空间和目录权限",
            ) from error
        if end == 0:
            self._append(file, {"kind": "batch", "version": VERSION})
        return file

    def _read(self) -> int:
        """Read every whole line and return where the last one ends."""
        offset = 0
        with self._path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._take(json.loads(line), offset)
                offset += len(line)
        return offset

    def _take(self, entry: dict[str, object], offset: int) -> None:
        """Remember one line; a later line about the same thing wins."""
        if entry["kind"] == "batch" and entry["version"] != VERSION:
            raise InputError(
                "这个文件夹里的批量结果是另一版程序做的，不能接着做",
                where=str(self._path),
                remedy="请换一个文件夹重新做",
            )
        if entry["kind"] == "source":
            source = SourceEntry.model_validate(entry)
            self.sources[source.key] = source
        elif entry["kind"] == "item":
            self._place(ItemEntry.model_validate(entry), offset)
        elif entry["kind"] == "results":
            self._results[str(entry["what"])] = (str(entry["name"]), str(entry["sha256"]))

    def _place(self, item: ItemEntry, offset: int) -> None:
        self._lines[item.key] = _Line(offset, item.unit, not item.error, item.is_final)

    @property
    def is_new(self) -> bool:
        """Whether nothing has been recorded yet."""
        return not self.sources and not self._lines

    def is_settled(self, key: str) -> bool:
        """Whether a report is made, or can never be."""
        line = self._lines.get(key)
        return line is not None and (line.is_made or line.is_final)

    def add_source(self, entry: SourceEntry) -> None:
        """Record a source that was read; it lies on the disk for certain after `sync`."""
        self._add(entry.model_dump(mode="json"))
        self.sources[entry.key] = entry

    def add_item(self, entry: ItemEntry) -> None:
        """Record what became of a report; it lies on the disk for certain after `sync`."""
        self._place(entry, self._add(entry.model_dump(mode="json")))

    def add_results(self, what: str, name: str, sha256: str) -> None:
        """Record a file of results."""
        line = {"kind": "results", "what": what, "name": name, "sha256": sha256}
        self._add(line)
        self._results[what] = (name, sha256)

    def sync(self) -> None:
        """See that everything recorded so far lies on the disk."""
        if self._file is not None:
            with _told(self._path):
                os.fsync(self._file.fileno())

    def results(self, what: str) -> tuple[str, str]:
        """Return name and hash of a file of results as it was written last; blank: never."""
        return self._results.get(what, ("", ""))

    def item(self, key: str) -> ItemEntry:
        """Return a report's line; KeyError when there is none."""
        return next(self._read_at([self._lines[key].offset]))

    def items(self, keys: list[str]) -> Iterator[ItemEntry]:
        """Yield the lines of these reports, one at a time."""
        return self._read_at([self._lines[key].offset for key in keys if key in self._lines])

    def units(self, keys: list[str]) -> dict[str, list[str]]:
        """Return the reports of each unit that has any made."""
        found: dict[str, list[str]] = {}
        for key in keys:
            line = self._lines.get(key)
            if line is not None and line.is_made:
                found.setdefault(line.unit, []).append(key)
        return found

    def known_items(self) -> int:
        """Return how many reports the sources hold that were read, less those sources."""
        read = self.sources.values()
        return sum(len(one.items) + bool(one.error) - 1 for one in read)

    def totals(self) -> tuple[int, int]:
        """Return how many reports are made, and how many reports and sources could not be."""
        made = sum(one.is_made for one in self._lines.values())
        unread = sum(bool(one.error) for one in self.sources.values())
        return made, len(self._lines) - made + unread

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _read_at(self, offsets: list[int]) -> Iterator[ItemEntry]:
        with self._path.open("rb") as file:
            for offset in offsets:
                file.seek(offset)
                yield ItemEntry.model_validate_json(file.readline())

    def _add(self, entry: Mapping[str, object]) -> int:
        if self._file is None:
            raise TypeError(self._path)  # opened for reading
        return self._append(self._file, entry)

    def _append(self, file: FileIO, entry: Mapping[str, object]) -> int:
        """Write a line and return where it begins."""
        offset = file.seek(0, os.SEEK_END)
        left = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with _told(self._path):
            while left:
                left = left[file.write(left) :]
        return offset


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in Chinese that the disk refused."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            "进度没有记下来",
            where=str(path),
            why=os_reason(error),
            remedy="请检查磁盘空间；处理好以后可以接着做，已完成的不会重做",
        ) from error
