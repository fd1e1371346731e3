"""Writing files without taking anything away: an existing file is never overwritten."""

from pathlib import Path

from ziping.domain.errors import InputError, StorageError, os_reason


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
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


def free_name(folder: Path, name: str) -> Path:
    """Return the path of a name in a folder, numbered when it is taken: 报告（2）.docx."""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    return path
