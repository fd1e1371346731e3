"""The output folder of a batch: its own part, names that are free, files put in place (输出文件夹).

Nothing is written outside the folder, and no file in it is ever replaced by another content.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from ziping.domain.batch import MadeFile
from ziping.domain.errors import InputError, StorageError, os_reason
from ziping.services.packaging import plain_name

_OWN = ".ziping"
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
UNKNOWN_UNIT, UNNAMED = "未填单位", "自评报告"


class BatchFolder:
    """The folder that a batch writes to."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.path = path
        self._own = path / _OWN

    @property
    def journal(self) -> Path:
        """Where what became of each report is recorded."""
        return self._own / "journal.jsonl"

    @property
    def log(self) -> Path:
        """Where mistakes of the program itself are told."""
        return self._own / "errors.log"

    @property
    def spool(self) -> Path:
        """Where reports that were read wait until they are made."""
        return self._own / "reports"

    @property
    def unfinished(self) -> Path:
        """Where files are written before they get their place."""
        return self._own / "unfinished"

    def make(self) -> None:
        """Make the folder and its own part."""
        try:
            if self._own.is_symlink():
                raise InputError(
                    "输出文件夹里的 .ziping 是一个链接，没有使用",
                    where=str(self._own),
                    why="批量只往输出文件夹里写",
                    remedy="请换一个文件夹",
                )
            for one in (self.spool, self.unfinished):
                one.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(self.path, error) from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder, so that no second batch works on it; let go even by kill -9."""
        with (self._own / "lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise InputError(
                    "另一个批量任务正在往这个文件夹里写",
                    where=str(self.path),
                    remedy="请等它结束，或换一个文件夹",
                ) from error
            yield

    def unit_folder(self, unit: str) -> str:
        """Return the name of a unit's folder, made when it is not there."""
        return next(
            name for name in _numbered(plain_name(unit) or UNKNOWN_UNIT) if self._is_folder(name)
        )

    def _is_folder(self, name: str) -> bool:
        """Whether a name is a folder of its own, made when nothing is there."""
        path = self.path / name
        with suppress(FileExistsError):
            path.mkdir()
        return path.is_dir() and not path.is_symlink()

    def free_names(
        self, unit: str, stem: str, suffixes: tuple[str, ...], reserved: set[str]
    ) -> tuple[str, ...]:
        """Return paths in a unit's folder for files of one stem, neither there nor taken."""
        folder = self.unit_folder(unit)
        sets = (
            tuple(f"{folder}/{name}{suffix}" for suffix in suffixes)
            for name in _numbered(plain_name(stem) or UNNAMED)
        )
        return next(
            names
            for names in sets
            if not any(one in reserved or os.path.lexists(self.path / one) for one in names)
        )

    def put_in_place(self, files: Iterable[MadeFile]) -> bool:
        """Give finished files their names; False, and none has its name, when one was taken."""
        placed: list[MadeFile] = []
        for one in files:
            if not self._place(self.unfinished / one.waiting, self.path / one.name):
                for done in placed:
                    (self.path / done.name).rename(self.unfinished / done.waiting)
                return False
            placed.append(one)
        return True

    @staticmethod
    def _place(waiting: Path, target: Path) -> bool:
        """Give a file its name at once; False when there is one of that name."""
        try:
            os.link(waiting, target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise _not_written(target, error) from error
            if os.path.lexists(target):
                return False
            waiting.rename(target)
        waiting.unlink(missing_ok=True)
        return True

    def is_in_place(self, files: Iterable[MadeFile]) -> bool:
        """Whether files have their places; a kill may have come before they got them."""
        for one in files:
            waiting, target = self.unfinished / one.waiting, self.path / one.name
            if not target.is_file() and waiting.is_file():
                self._place(waiting, target)
            if not target.is_file():
                return False
            waiting.unlink(missing_ok=True)
        return True

    def keep_results(self, data: bytes) -> None:
        """Keep the results for programs beside the journal."""
        write_safely(self._own / "results.json.new", data).replace(self._own / "results.json")

    def kept_results(self) -> bytes | None:
        """Return the results kept; None when there are none."""
        path = self._own / "results.json"
        return path.read_bytes() if path.is_file() else None

    def files(self) -> Iterator[Path]:
        """Yield every file for people, in order of their names."""
        for path in sorted(self.path.rglob("*")):
            if path.is_file() and _OWN not in path.relative_to(self.path).parts:
                yield path

    def start_run(self, run: str) -> None:
        """Make the part in which one run writes its unfinished files."""
        (self.unfinished / run).mkdir()

    def clear_unfinished(self) -> None:
        """Remove what this run and earlier ones left unfinished, once all is made."""
        for left in self.unfinished.iterdir():
            shutil.rmtree(left, ignore_errors=True)

    def write_results(self, name: str, data: bytes, ours: str) -> str:
        """Write a file of results over our own of the same name, never over another's.

        Args:
            name: Path below the folder.
            data: The file.
            ours: SHA-256 of what we wrote there last; blank: nothing.

        Returns:
            The name it got.
        """
        waiting = write_safely(self._own / "results.new", data)
        target = self.path / name
        if ours and target.is_file() and not target.is_symlink() and sha256_of(target) == ours:
            waiting.replace(target)
            return name
        suffix = Path(name).suffix
        free = (f"{one}{suffix}" for one in _numbered(name.removesuffix(suffix)))
        return next(one for one in free if self._place(waiting, self.path / one))


def write_safely(path: Path, data: bytes) -> Path:
    """Write a file and see that it lies on the disk; return its path."""
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _not_written(path, error) from error
    return path


def sha256_of(path: Path) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _numbered(stem: str) -> Iterator[str]:
    """Yield a name, then the same with （2）, （3） and so on."""
    yield stem
    yield from (f"{stem}（{number}）" for number in count(2))


def _not_written(path: Path, error: OSError) -> StorageError:
    """Return the error that the disk refused."""
    return StorageError(
        "文件没有写成",
        where=str(path),
        why=os_reason(error),
        remedy="请检查磁盘空间和目录权限；处理好以后可以接着做，已完成的不会重做",
    )
