"""The files that are handed in, and their keys (批量的来源)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import ziping
from ziping.content.library import Content
from ziping.domain.batch import BatchOptions
from ziping.domain.errors import InputError, os_reason
from ziping.services.importing import READABLE_SUFFIXES

_LEFT_BY_PROGRAMS = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_LOCK_PREFIXES = ("~$", ".", "~wrl")
"""What names of lock files and hidden files begin with."""
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was handed in (来源文件)."""

    key: str
    name: str
    """Path below the folder that was handed in."""
    path: Path


def find_sources(
    given: Path, output: Path, content: Content, options: BatchOptions
) -> list[Source]:
    """Return the file given, or every file of the folder given, in order of their names.

    What lies in the output folder, hidden files and what programs leave behind are passed over;
    files of a kind that is not read are not: that they were not read is told with the results.

    Raises:
        InputError: There is no such file or folder, or nothing in it.
    """
    salt = _salt(content, options)
    if given.is_file():
        return [_source(given, given.name, salt)]
    if not given.is_dir():
        raise InputError("找不到这个文件或文件夹", where=str(given), remedy="请检查路径")
    found = [
        _source(path, path.relative_to(given).as_posix(), salt)
        for path in _files_below(given, output.resolve())
    ]
    if not found:
        raise InputError(
            "文件夹里没有文件",
            where=str(given),
            remedy=f"请放入自评数据文件：{'、'.join(sorted(READABLE_SUFFIXES))}",
        )
    return found


def _files_below(folder: Path, output: Path) -> Iterator[Path]:
    """Yield the files of a folder and its folders; links to folders are not followed."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            "读不了这个文件夹", where=str(folder), why=os_reason(error), remedy="请检查权限"
        ) from error
    for path in entries:
        name = path.name.lower()
        if name in _LEFT_BY_PROGRAMS or name.startswith(_LOCK_PREFIXES):
            continue
        if path.is_dir():
            if not path.is_symlink() and path.resolve() != output:
                yield from _files_below(path, output)
        elif path.is_file():
            yield path


def _salt(content: Content, options: BatchOptions) -> str:
    """Return what goes into every key: program, rules, outlines and settings."""
    return f"{ziping.__version__}\0{content.digest()}\0{options.model_dump_json()}"


def _source(path: Path, name: str, salt: str) -> Source:
    """Return a file with its key; what cannot be read now is told when its turn comes."""
    summary = hashlib.sha256(f"{salt}\0{name}\0".encode())
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                summary.update(piece)
    except OSError as error:
        summary.update(str(error.errno).encode())
    return Source(summary.hexdigest()[:24], name, path)
