"""What came back in a Word file of ours that somebody edited (回稿)."""

from enum import StrEnum

from ziping.domain.model import Record


class ReturnedKind(StrEnum):
    """What was changed in the file (回稿改动类别)."""

    TEXT = "正文"
    HEADING = "标题"
    HEADING_REMOVED = "删去标题"
    HEADING_ADDED = "新增标题"
    ORDER = "章节顺序"
    CELL = "表格"
    ROW_ADDED = "增加一行"
    ROW_REMOVED = "删去一行"
    ROW_MOVED = "移动一行"
    TABLE_REMOVED = "删去表格"
    FRONT = "题目"
    LINE = "附件文字"


class ReturnedChange(Record):
    """One change that came back (回稿改动)."""

    id: str
    """Stable within the file, e.g. `text:basic.background` or `cell:p1:4:3`."""
    kind: ReturnedKind
    place: str
    """Where, in words."""
    old: str
    """As exported."""
    new: str
    """As the file has it now."""
    refusal: str = ""
    """Why it cannot be taken over by a click, and what to do; blank: it can."""
    section_id: str = ""
    project_id: str = ""
    paths: tuple[str, ...] = ()
    """Fields within the project that a cell shows."""
    cells: dict[str, str] = {}
    """Texts of an added row by the field of its column."""
    note: str = ""
    """What a person should know beside it, in Chinese."""

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be taken over."""
        return not self.refusal


class UnreadPart(Record):
    """Something in the file that is not read (未读内容)."""

    place: str
    what: str
    """What it is, in Chinese, with its words where it has any."""


class WordComment(Record):
    """A comment made in Word (文件批注)."""

    by: str
    at: str
    """As the file states it."""
    text: str
    place: str
    anchor: str
    """Where a comment of ours would be anchored; blank: the whole report."""
    quote: str


class ReturnedFile(Record):
    """A Word file of ours as it came back (回稿)."""

    file_name: str
    report_version: int
    """Version of the figures it was exported from."""
    exported_at: str
    status: str
    changes: tuple[ReturnedChange, ...]
    unread: tuple[UnreadPart, ...]
    comments: tuple[WordComment, ...]
    notes: tuple[str, ...]
    """Remarks on the file as a whole: tracked changes, macros."""
