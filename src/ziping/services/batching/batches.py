"""Batches of the page: what was handed in, where it is made, what came of it (批量任务)."""

import contextlib
import os
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from uuid import uuid4

from ziping.domain.access import Right, is_local
from ziping.domain.batch import BatchOptions
from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.model import Record
from ziping.services.access import needs
from ziping.services.batching.folder import BatchFolder, write_safely
from ziping.services.batching.making import waiting_report
from ziping.services.batching.results import Results, read_results
from ziping.services.packaging import plain_name
from ziping.services.reports import create_report
from ziping.services.workspace import Workspace

_ABOUT = "batch.json"
_PACKED = "results.zip"
_ID_TIME = "%Y%m%d-%H%M%S"


class Batch(Record):
    """One batch (批量任务)."""

    id: str
    title: str
    """What was handed in, in a few words."""
    files: int
    options: BatchOptions
    created_at: datetime
    created_by: str
    unit: str = ""
    """Of whom it is; blank: made without a login."""


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of one data directory (批量任务库)."""

    root: Path
    workspace: Workspace

    @needs(Right.EDIT)
    def create(self, uploads: Iterable[tuple[str, bytes]], options: BatchOptions) -> str:
        """Keep what is handed in and return the id of the new batch.

        Raises:
            InputError: Nothing is handed in.
            StorageError: The disk refuses.
        """
        stamp = self.workspace.stamp()
        batch_id = f"{stamp.at:{_ID_TIME}}-{uuid4().hex[:6]}"
        kept = self.root / batch_id
        try:
            names = [_keep(kept / "in", name, data) for name, data in uploads]
            about = Batch(
                id=batch_id,
                title=_title(names),
                files=len(names),
                options=options,
                created_at=stamp.at,
                created_by=stamp.by,
                unit=self.workspace.person.unit,
            )
            write_safely(kept / _ABOUT, about.model_dump_json().encode())
        except BaseException:
            shutil.rmtree(kept, ignore_errors=True)
            raise
        return batch_id

    @needs(Right.READ)
    def all(self) -> tuple[Batch, ...]:
        """Return every batch within reach, the newest first."""
        paths = sorted(self.root.glob(f"*/{_ABOUT}"), reverse=True)
        return tuple(one for one in map(_about, paths) if self._is_reachable(one))

    @needs(Right.READ)
    def get(self, batch_id: str) -> Batch:
        """Return a batch; NotFoundError when there is none."""
        path = self._kept(batch_id) / _ABOUT
        if not path.is_file():
            raise _no_batch()
        return _about(path)

    @needs(Right.READ)
    def given(self, batch_id: str) -> Path:
        """Return the folder with what was handed in."""
        return self._kept(batch_id) / "in"

    @needs(Right.READ)
    def folder(self, batch_id: str) -> BatchFolder:
        """Return the folder a batch is made in."""
        return BatchFolder(self._kept(batch_id) / "out")

    @needs(Right.READ)
    def results(self, batch_id: str) -> Results | None:
        """Return what a batch came to; None while it goes on."""
        return read_results(self.folder(batch_id))

    @needs(Right.EDIT)
    def pack(self, batch_id: str) -> None:
        """Put all files of a batch into one, so that it can be downloaded at once."""
        folder = self.folder(batch_id)
        packed = self._kept(batch_id) / _PACKED
        new = packed.with_suffix(".new")
        with zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as archive:  # Word and Excel are packed
            for path in folder.files():
                archive.write(path, path.relative_to(folder.path).as_posix())
        new.replace(packed)

    @needs(Right.READ)
    def packed(self, batch_id: str) -> bytes:
        """Return all files of a batch as one."""
        return self._read(self._kept(batch_id) / _PACKED)

    @needs(Right.READ)
    def summary(self, batch_id: str) -> bytes:
        """Return the roll-up of a batch."""
        results = self.results(batch_id)
        if results is None:
            raise NotFoundError("汇总表还没有生成", remedy="请等这一批做完")
        return self._read(self.folder(batch_id).path / results.summary)

    @needs(Right.EDIT)
    def open_report(self, batch_id: str, key: str) -> int:
        """Store a report of a batch as one of the workbench, and return its id there."""
        read = waiting_report(self.folder(batch_id), key).read
        if read is None:
            raise NotFoundError("这一份没有读入，不能打开", remedy="请看没有生成的原因")
        note = f"由批量任务“{self.get(batch_id).title}”打开"
        return create_report(self.workspace, read.report, note=note)

    @needs(Right.EDIT)
    def remove(self, batch_id: str) -> None:
        """Remove a batch with what was handed in and what was made."""
        shutil.rmtree(self._kept(batch_id), ignore_errors=True)

    def _kept(self, batch_id: str) -> Path:
        """Return a batch's folder; an id leads nowhere else, and to no batch out of reach."""
        folder = self.root / plain_name(batch_id)
        if not is_local(self.workspace.person):
            about = folder / _ABOUT
            if not about.is_file() or not self._is_reachable(_about(about)):
                raise _no_batch()
        return folder

    def _is_reachable(self, batch: Batch) -> bool:
        """Whether a batch is of the person's unit."""
        reach = self.workspace.reach(Right.READ)
        return reach.is_everything or bool(reach.unit and reach.unit == batch.unit)

    def _read(self, path: Path) -> bytes:
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes()
        raise NotFoundError("这个文件还没有生成", remedy="请等这一批做完")


def _about(path: Path) -> Batch:
    """Return what is kept about a batch."""
    return Batch.model_validate_json(path.read_bytes())


def _no_batch() -> NotFoundError:
    """Return the one answer for every id that cannot be opened."""
    return NotFoundError("没有找到这个批量任务", remedy="它可能已被删除，请重新选择")


def _title(names: list[str]) -> str:
    """Return what was handed in, in a few words; InputError for nothing."""
    if not names:
        raise InputError("还没有选择文件", remedy="请先选择要批量生成的文件")
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 个文件"


def _keep(folder: Path, name: str, data: bytes) -> str:
    """Keep a file under its name, its folders too; return the name it got."""
    parts = [part for one in PurePosixPath(name.replace("\\", "/")).parts if (part := _part(one))]
    path = folder.joinpath(*(parts or ["未命名"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 2
    free = path
    while os.path.lexists(free):
        free = path.with_stem(f"{path.stem}（{number}）")
        number += 1
    write_safely(free, data)
    return free.relative_to(folder).as_posix()


def _part(name: str) -> str:
    """Return one part of a path, its suffix kept where the name is cut."""
    path = PurePosixPath(name)
    stem = plain_name(path.stem)
    suffix = plain_name(path.suffix)[:9]
    return f"{stem}{suffix and f'.{suffix}'}" if stem else ""
