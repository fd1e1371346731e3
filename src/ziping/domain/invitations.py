"""Inviting an external reviewer to a single report (外部审核邀请)."""

from datetime import date, datetime

from ziping.domain.model import Record


class Invitation(Record):
    """A login that may see one report until a day (邀请)."""

    login: str
    until: date
    """The last day on which it holds (有效期至)."""
    saved_at: datetime
    saved_by: str
