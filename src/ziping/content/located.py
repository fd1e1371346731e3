"""What a file holds as plain text values, each with the line it stands on."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ziping.domain.errors import ContentError, ZipingError

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
"""A scalar is always text, so that 619.50 stays 619.50."""

Path_: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of the file."""

MAX_BYTES = 5_000_000
"""A file beyond this is no report and no rule: refused before it is parsed."""
MAX_DEPTH = 40
"""Levels of nesting beyond which a file is refused."""


@dataclass(frozen=True, slots=True)
class Located:
    """A file's values and their lines."""

    name: str
    """The file as people know it, e.g. knowledge/rules/cn-2020-10.yaml."""
    value: Value
    lines: dict[Path_, int]
    """Line of each key or list item, from 1."""
    error: type[ZipingError] = ContentError
    """What kind of mistake a mistake in this file is."""

    def line(self, path: Path_) -> int:
        """Return the line of a path, or of the nearest part of it that is there."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def where(self, path: Path_) -> str:
        """Return `file 第 N 行`."""
        return at_line(self.name, self.line(path))


def at_line(name: str, line: int) -> str:
    """Return `name 第 N 行`, the way every message names a place in a file."""
    return f"{name} 第 {line} 行"


def read_text(path: Path, name: str, error: type[ZipingError] = ContentError) -> str:
    """Return a file's text; what keeps it from being read is told in Chinese."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise error("找不到文件", where=name, remedy="请核对文件名和所在文件夹") from None
    except OSError as problem:
        raise error(
            "文件打不开", where=name, why=type(problem).__name__, remedy="请检查文件权限后重试"
        ) from None
    if len(data) > MAX_BYTES:
        raise error(
            f"文件太大（{len(data) / 1_000_000:.1f} MB）",
            where=name,
            why=f"最多 {MAX_BYTES // 1_000_000} MB",
            remedy="请拆成几个文件",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise error(
            "文件不是 UTF-8 编码",
            where=at_line(name, line),
            remedy="请用记事本打开，另存为时把编码选为 UTF-8",
        ) from None
