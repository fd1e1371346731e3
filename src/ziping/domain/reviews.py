"""What reviewers leave behind: figures of their own and comments (审核留下的内容)."""

from datetime import datetime
from enum import StrEnum

from ziping.domain.evaluation import Report
from ziping.domain.model import Record
from ziping.domain.people import Role

SECTION, FIELD = "section:", "field:"
"""How the anchor of a comment on a section or on a cell begins; blank: the whole report."""


class OwnFigures(Record):
    """A reviewer's own figures, kept beside a report and never mixed with it (审核人数据)."""

    version: int
    figures: Report
    """Projects as the reviewer knows them; blank cells were not filled."""
    origin: str
    """手工填写, or the file they come from."""
    role: Role
    is_blind: bool
    """Whether the reviewer had not yet looked at the draft's figures."""
    at: datetime
    by: str


class CommentKind(StrEnum):
    """What an entry does to the thread of a comment (批注动作)."""

    OPENED = "批注"
    REPLY = "回复"
    RESOLVED = "已解决"
    REOPENED = "重新打开"


class CommentEntry(Record):
    """One entry of a comment's thread (批注记录)."""

    kind: CommentKind
    text: str
    role: Role
    at: datetime
    by: str


class Comment(Record):
    """A remark on a section, a cell or the whole report, with its replies (批注)."""

    id: int
    anchor: str
    """`section:` with a section's id, `field:` with a field path; blank: the whole report."""
    place: str
    """The same in words, as it was when the comment was made."""
    quote: str
    """The words it is about; may be blank."""
    report_version: int
    """Version of the figures it was made on."""
    entries: tuple[CommentEntry, ...]
    """The first opens it; never empty."""

    @property
    def is_resolved(self) -> bool:
        """Whether the last word on it is that it is settled."""
        marks = [
            one.kind
            for one in self.entries
            if one.kind in (CommentKind.RESOLVED, CommentKind.REOPENED)
        ]
        return bool(marks) and marks[-1] is CommentKind.RESOLVED

    @property
    def opening(self) -> CommentEntry:
        """The entry that opened it."""
        return self.entries[0]
