"""Files that appear under their name whole and at once, or not at all (完整写入)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ziping.domain.errors import InputError, StorageError, os_reason

PARTIAL = ".part"
"""How the name of a file ends that is still being written; a killed process leaves one behind."""


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to fill; an existing one of the name is never taken away."""
    partial = path.with_name(f".ziping-{uuid4().hex[:12]}{PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_existing(path)  # before the work of filling it
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _publish(partial, path)
    except FileExistsError as error:
        raise InputError(
            "这个文件已经存在，没有覆盖", where=str(path), remedy="请换一个文件名，或先移走原文件"
        ) from error
    except OSError as error:
        raise StorageError(
            "文件没有写成",
            where=str(path),
            why=os_reason(error),
            remedy="请检查磁盘空间和目录权限",
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _refuse_existing(path: Path) -> None:
    """Raise when the name is taken."""
    if path.exists():
        raise FileExistsError(path)


def _publish(partial: Path, path: Path) -> None:
    """Give a finished file its name, unless somebody has taken that meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # No hard links, e.g. on a USB stick: the name is taken first, then filled in one step.
        path.open("xb").close()
        partial.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Let a new name survive a power cut, where the system can promise that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
