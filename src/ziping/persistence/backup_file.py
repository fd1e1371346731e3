"""A backup file: a zip of one text a table, and a list with their hashes (备份文件)."""

import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Self

from pydantic import ValidationError

from ziping.domain.backup import BackupManifest, BackupTable
from ziping.domain.errors import InputError, os_reason

_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1_000_000


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises over a damaged file."""


class BackupWriter:
    """Writes the tables one after the other, the list last."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin a backup."""
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.tables: list[BackupTable] = []

    def add(self, name: str, lines: Iterable[bytes]) -> None:
        """Write a table."""
        digest, rows, size = hashlib.sha256(), 0, 0
        with self._zip.open(_member(name), "w", force_zip64=True) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                rows, size = rows + 1, size + len(line)
        self.tables.append(BackupTable(name=name, rows=rows, size=size, sha256=digest.hexdigest()))

    def finish(self, manifest: BackupManifest) -> None:
        """Write the list and end the file."""
        self._zip.writestr(_MANIFEST, manifest.model_dump_json(indent=2))
        self._zip.close()


class BackupReader:
    """Reads a backup that was found to be whole."""

    def __init__(self, path: Path) -> None:
        """Open a backup; InputError when it is foreign or damaged."""
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise InputError(
                "备份文件打不开", where=str(path), why=os_reason(error), remedy="请核对路径和权限"
            ) from error
        except _BROKEN as error:
            raise self._foreign() from error
        try:
            self.manifest = self._read_manifest()
            self._check()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a table's rows."""
        with self._zip.open(_member(name)) as member:
            yield from member

    def _read_manifest(self) -> BackupManifest:
        """Return the list in the file."""
        try:
            if self._zip.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
                raise self._foreign()
            return BackupManifest.model_validate_json(self._zip.read(_MANIFEST))
        except (KeyError, ValidationError) as error:
            raise self._foreign() from error
        except _BROKEN as error:
            raise self._damaged("清单读不出来") from error

    def _check(self) -> None:
        """Compare every table with the list before anything is restored."""
        told = {_member(one.name) for one in self.manifest.tables} | {_MANIFEST}
        if sorted(self._zip.namelist()) != sorted(told):
            raise self._damaged("文件里的内容与清单不符")
        for table in self.manifest.tables:
            try:
                is_same = self._is_same(table)
            except _BROKEN as error:
                raise self._damaged(f"{table.name} 读不出来") from error
            if not is_same:
                raise self._damaged(f"{table.name} 的内容与清单不符")

    def _is_same(self, table: BackupTable) -> bool:
        """Whether a table is as it was written."""
        if self._zip.getinfo(_member(table.name)).file_size != table.size:
            return False
        digest, rows = hashlib.sha256(), 0
        for line in self.lines(table.name):
            digest.update(line)
            rows += 1
        return (digest.hexdigest(), rows) == (table.sha256, table.rows)

    def _foreign(self) -> InputError:
        """Return the refusal of a file that is no backup."""
        return InputError(
            "这不是自评通的备份文件",
            where=str(self._path),
            remedy="请选择用 ziping backup 生成的文件",
        )

    def _damaged(self, why: str) -> InputError:
        """Return the refusal of a backup that is not as it was written."""
        return InputError(
            "备份文件已损坏，没有恢复任何内容",
            where=str(self._path),
            why=why,
            remedy="请换一份备份，或重新复制这个文件后再试",
        )


def _member(table: str) -> str:
    """Return under which name a table is in the file."""
    return f"tables/{table}.jsonl"
