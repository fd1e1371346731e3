"""Generations of the index on disk: written beside the old one, swapped by a pointer (索引代)."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

FORMAT = 1
"""Raised when files of an older program can no longer be read: the index is then made anew."""

_POINTER = "current"
_LIBRARY = "library"
_LOCK = "lock"
_KEPT = 2
"""Generations kept: the current one and the one before, which a reader may still have open."""


@dataclass(frozen=True)
class SegmentUse:
    """A segment in a generation, and which of its documents no longer count."""

    name: str
    dead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What a generation is made of (索引清单)."""

    generation: str
    settings: str
    """How texts were indexed; another value means another index."""
    documents: dict[str, str]
    """Document id -> digest of its clauses."""
    segments: tuple[SegmentUse, ...]
    embedder: str = ""
    """Name of what made the vectors; blank when there are none."""
    dimension: int = 0
    vectors: dict[str, int] = field(default_factory=dict)
    """Digest -> number of clauses, of documents whose vectors are kept."""
    format: int = FORMAT


class Generations:
    """The folder of an index (索引目录)."""

    def __init__(self, directory: Path) -> None:
        """Take the folder; it need not exist yet."""
        self.directory = directory

    @property
    def segments(self) -> Path:
        """The folder of segments, shared by generations."""
        return self.directory / "segments"

    def folder(self, generation: str) -> Path:
        """Return a generation's own folder."""
        return self.directory / "generations" / generation

    def chroma(self, generation: str) -> Path:
        """Return where a generation keeps its vectors."""
        return self.folder(generation) / "chroma"

    def current(self) -> str:
        """Return the generation the pointer names, blank when there is none."""
        try:
            name = (self.directory / _POINTER).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return name if name.replace("-", "").isalnum() else ""

    def manifest(self, generation: str) -> Manifest | None:
        """Return a generation's manifest; None when damaged or of another version."""
        if not generation:
            return None
        try:
            text = (self.folder(generation) / "manifest.json").read_text(encoding="utf-8")
            data = json.loads(text)
            if data["format"] != FORMAT or data["generation"] != generation:
                return None
            uses = [SegmentUse(one["name"], tuple(one["dead"])) for one in data.pop("segments")]
            return Manifest(segments=tuple(uses), **data)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def new_name(self) -> str:
        """Return a name for the next generation, later than all before."""
        head = self.current().partition("-")[0]
        number = int(head) + 1 if head.isdigit() else 1
        return f"{number:06d}-{uuid4().hex[:8]}"

    def library_id(self) -> str:
        """Return an id of this folder, so that several can share a server."""
        path = self.directory / _LIBRARY
        try:
            found = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
        if not found.isalnum():
            found = uuid4().hex[:12]
            self.directory.mkdir(parents=True, exist_ok=True)
            _write(path, found)
        return found

    def publish(self, manifest: Manifest) -> None:
        """Write a manifest, then make it the current one in a single step."""
        folder = self.folder(manifest.generation)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(manifest), ensure_ascii=False)
        _write(folder / "manifest.json", text)
        _write(self.directory / _POINTER, manifest.generation)

    def clean(self) -> None:
        """Remove what neither the current generation nor the one before uses."""
        current = self.current()
        names = sorted(_children(self.directory / "generations"))
        published = [one for one in names if self.manifest(one) and one <= current]
        kept = {current, *published[-_KEPT:]}
        for name in names:
            if name not in kept:
                shutil.rmtree(self.folder(name), ignore_errors=True)
        manifests = [one for name in kept if (one := self.manifest(name))]
        used = {use.name for one in manifests for use in one.segments}
        for name in _children(self.segments):
            if name not in used:
                shutil.rmtree(self.segments / name, ignore_errors=True)

    def previous(self) -> Manifest | None:
        """Return the manifest before the current one, if it is still kept."""
        current = self.current()
        names = [one for one in sorted(_children(self.directory / "generations")) if one < current]
        return self.manifest(names[-1]) if names else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder against other writers, in this and other processes."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with (self.directory / _LOCK).open("a+b") as file:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415 - exists on Windows only

                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl  # noqa: PLC0415 - does not exist on Windows

                fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _children(folder: Path) -> list[str]:
    """Return the names in a folder, none when it is missing."""
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def _write(path: Path, text: str) -> None:
    """Write a file so that it is whole or absent, even after a power cut."""
    beside = path.with_name(f"{path.name}.{uuid4().hex[:8]}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
