"""A report's history, told (办理经过)."""

from datetime import datetime
from enum import StrEnum

from ziping.domain.model import Record


class StoryKind(StrEnum):
    """What kind of thing happened (经过类别)."""

    FIGURES = "数据"
    TEXT = "正文"
    WORKFLOW = "流程"
    COMMENT = "批注"
    REVIEW = "比对"
    OVERRIDE = "放行"


class StoryEntry(Record):
    """One thing that happened to a report: when, who, what, why (经过)."""

    at: datetime
    """When it ended; UTC."""
    by: str
    kind: StoryKind
    what: str
    """A Chinese sentence without the person's name."""
    details: tuple[str, ...] = ()
    """Single changes, where there were several."""
    why: str = ""
    """Reason or opinion given."""
