"""Writing files without taking anything away: an existing file is never overwritten."""

from pathlib import Path

from ziping.services.whole_files import new_file


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet."""
    with new_file(path) as file:
        file.write(data)


def free_name(folder: Path, name: str) -> Path:
    """Return the path of a name in a folder, numbered when it is taken: 报告（2）.docx."""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    return path
