"""Writing files without taking anything away: an existing file is never overwritten."""

from pathlib import Path

from ziping.domain.errors import InputError
from ziping.services.whole_files import new_file


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet."""
    with new_file(path) as file:
        file.write(data)


def refuse_no_folder(path: Path) -> None:
    """Refuse a place for several files that is no folder."""
    if path.exists() and not path.is_dir():
        raise InputError(
            "这不是文件夹，放不下导出的文件",
            where=str(path),
            why="这个名字已经是一个文件或设备",
            remedy="请在 -o 后面写一个文件夹，没有的会新建，如 -o 导出",
        )


def free_name(folder: Path, name: str) -> Path:
    """Return the path of a name in a folder, numbered when it is taken: 报告（2）.docx."""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    return path
