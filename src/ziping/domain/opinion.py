"""A reviewer's opinion on a report, ready to be written to a file (审核意见)."""

from datetime import datetime

from ziping.domain.findings import Finding
from ziping.domain.model import Record
from ziping.domain.people import Person, Role
from ziping.domain.reconciliation import Difference, ReconciledField, ScorePair
from ziping.domain.reviews import Comment
from ziping.domain.workflow import State, WorkflowStep


class OtherComparison(Record):
    """What another reviewer's figures differ in (他人比对)."""

    by: str
    role: Role
    equal: int
    """How many of their figures agree."""
    differences: tuple[ReconciledField, ...]


class Opinion(Record):
    """What a reviewer found, said and decided (审核意见)."""

    report_title: str
    unit: str
    fiscal_year: int
    round: int
    """Which version of the report it is on."""
    report_version: int
    state: State
    reviewer: Person
    role: Role
    """In which role the opinion is given."""
    at: datetime
    decision: WorkflowStep | None
    """The reviewer's own last move in this round; None: not decided yet."""
    figures_origin: str
    """Where the reviewer's figures come from; blank: there are none."""
    is_blind: bool
    """Whether they were filled without sight of the draft."""
    counts: dict[Difference, int]
    differences: tuple[ReconciledField, ...]
    """What differs among the figures the reviewer stated."""
    others: tuple[OtherComparison, ...]
    """The comparisons of other reviewers, where nobody is to be kept blind."""
    scores: tuple[ScorePair, ...]
    is_overlaid: bool
    """Whether the reviewer's figures were scored over the draft's."""
    findings: tuple[Finding, ...]
    comments: tuple[Comment, ...]
    steps: tuple[WorkflowStep, ...]
    """The moves of this round."""

    @property
    def conclusion(self) -> str:
        """The decision in one sentence."""
        if self.decision is None:
            return f"尚未作出审核决定，报告现在的状态是“{self.state}”。"
        reason = f"意见：{self.decision.reason}" if self.decision.reason else ""
        words = f"{self.decision.start}：{self.decision.action}。"
        return f"{words}{reason.rstrip('。')}。" if reason else words
