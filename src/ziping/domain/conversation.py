"""What is said in a conversation about a report, and what comes back (对话)."""

from datetime import datetime
from enum import StrEnum

from ziping.domain.draft import SectionText
from ziping.domain.model import Record
from ziping.domain.patches import Patch, PatchState


class ReplyKind(StrEnum):
    """What a reply is (答复类别)."""

    PATCH = "patch"
    """Changes are proposed."""
    ASK = "ask"
    """Something is asked back; nothing is guessed."""
    ANSWER = "answer"
    """A question was answered."""
    COMMAND = "command"
    """An order was carried out, or is laid out for carrying out."""
    NONE = "none"
    """Nothing to write was said."""


class Choice(Record):
    """A way to answer a question (选项)."""

    label: str
    patches: tuple[Patch, ...] = ()
    """What is proposed when it is chosen."""


class Question(Record):
    """What is asked back (追问)."""

    text: str
    choices: tuple[Choice, ...] = ()
    expects: tuple[str, ...] = ()
    """Fields that the next plain figure or text belongs to; all of them get it."""
    why: str = ""
    """What hangs on it, and who has it."""


class SectionProposal(Record):
    """A text proposed for a section (章节草稿建议)."""

    heading: str
    base: int
    """Version the section had when it was proposed; 0: none."""
    old: str
    section: SectionText


class Offer(StrEnum):
    """What a page can do for the person at once (可执行的操作)."""

    NONE = ""
    DRAFT_ALL = "起草全部"
    EXPORT = "导出"
    SCORE = "评分"
    FILL = "填报"


class Reply(Record):
    """What is answered to one thing said (答复)."""

    kind: ReplyKind
    text: str
    """Plain text; never markup."""
    patches: tuple[Patch, ...] = ()
    question: Question | None = None
    """What is asked: about this turn, or for what is missing next."""
    later: tuple[Question, ...] = ()
    """Questions that wait until this one is answered."""
    sections: tuple[SectionProposal, ...] = ()
    clauses: tuple[str, ...] = ()
    """Ids of the clauses it rests on."""
    suggestions: tuple[str, ...] = ()
    """What could be said next."""
    skipped: tuple[str, ...] = ()
    """Fields the person does not want to be asked for now."""
    offer: Offer = Offer.NONE
    writer: str = "离线"
    """Who answered: 离线, or the name of the model."""
    notices: tuple[str, ...] = ()
    """What the person must know about how it was answered."""

    @property
    def asks_further(self) -> bool:
        """Whether the question stands beside the words, not in them."""
        return self.question is not None and self.question.text not in self.text


class Decision(Record):
    """What became of a proposal (处理结果)."""

    state: PatchState = PatchState.PENDING
    value: str = ""
    """What was written, where that differs from what was proposed."""
    version: int = 0
    """Version of the report, or of the section, that holds it."""
    before: str | None = None
    """What the field held before; None: it was not there."""
    added: tuple[str, ...] = ()
    """Rows that came with it."""
    problem: str = ""
    """Why it could not be written."""


class Turn(Record):
    """One thing said, the answer, and what became of the proposals (一轮对话)."""

    number: int
    said: str
    reply: Reply | None
    """None: not answered yet, or stopped."""
    decisions: tuple[Decision, ...] = ()
    """One a patch, then one a section proposal."""
    at: datetime
    by: str
