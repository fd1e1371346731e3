"""Mistakes a person can mend: what is wrong, where, why it matters and what to do.

ZipingError
├── InputError        something entered, pasted or uploaded cannot be used
├── ContentError      a file of knowledge/ or prompts/ is wrong
├── NotFoundError     an id names nothing this person can open
├── ConflictError     somebody else saved the same field first
├── RefusedError      the workflow does not let this person do this now
│   └── FrozenError   the report is under review or final and may not be changed
└── StorageError      the database or the disk refuses
"""

import errno

_OS_REASONS = {
    errno.ENOENT: "路径里有找不到的文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EADDRINUSE: "已被占用",
    errno.EIO: "读写磁盘出错",
}


def os_reason(error: OSError) -> str:
    """Return why the operating system refused, in Chinese."""
    return _OS_REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


class ZipingError(Exception):
    """A mistake told in Chinese, in four parts."""

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        """Keep the four parts apart so that pages can lay them out."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        """One Chinese line: where, what, why, remedy."""
        text = f"{self.where}：{self.what}" if self.where else self.what
        if self.why:
            text += f"（{self.why}）"
        text = text.rstrip("。") + "。"
        return text + f"{self.remedy.rstrip('。')}。" if self.remedy else text


class InputError(ZipingError):
    """Something entered, pasted or uploaded cannot be used."""


class ContentError(ZipingError):
    """A file of knowledge/ or prompts/ is wrong."""


class NotFoundError(ZipingError):
    """An id names nothing this person can open."""


class ConflictError(ZipingError):
    """Somebody else saved the same field first."""


class RefusedError(ZipingError):
    """The workflow does not let this person do this now."""


class FrozenError(RefusedError):
    """The report is under review or final and may not be changed."""


class StorageError(ZipingError):
    """The database or the disk refuses."""
