"""The way of a report from draft to final, and what is kept of it (审核流程)."""

from datetime import datetime
from enum import StrEnum

from ziping.domain.model import Record
from ziping.domain.people import Role


class State(StrEnum):
    """Where a report stands (流程状态)."""

    DRAFTING = "起草"
    DEPARTMENT = "部室审核"
    LEADER = "分管领导复核"
    HEAD = "主要负责人终审"
    FINAL = "定稿"

    @property
    def is_editable(self) -> bool:
        """Whether figures and texts may be changed; what is under review or final stays."""
        return self is State.DRAFTING


class Action(StrEnum):
    """What moves a report on or back (流程操作)."""

    SUBMIT = "送审"
    WITHDRAW = "撤回"
    APPROVE = "通过"
    RETURN = "退回"
    REOPEN = "重新起草"


class WorkflowStep(Record):
    """One move of a report, never changed afterwards (流程记录)."""

    id: int = 0
    round: int
    """Which version of the report this leads to; a final one that is reopened begins the next."""
    action: Action
    start: State
    end: State
    role: Role
    """In which of the person's roles it was done."""
    reason: str
    """Opinion or reason given; may be blank where none is asked for."""
    report_version: int
    """Version of the figures at that moment."""
    sections: dict[str, int]
    """Version of each section's text at that moment."""
    at: datetime
    by: str
