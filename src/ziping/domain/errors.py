"""Mistakes a person can mend: what is wrong, where, why it matters and what to do.

ZipingError
├── InputError        something entered, pasted or uploaded cannot be used
├── ContentError      a file of knowledge/ or prompts/ is wrong
├── NotFoundError     an id names nothing this person can open
├── ConflictError     somebody else saved the same field first
└── StorageError      the database or the disk refuses
"""


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


class StorageError(ZipingError):
    """The database or the disk refuses."""
