"""The JSON of `say`: part of the published contract (对话命令输出)."""

from ziping.domain.conversation import Question, Reply
from ziping.domain.model import Record
from ziping.domain.patches import Patch


class PatchAnswer(Record):
    """A proposed change of one field (改动建议)."""

    path: str
    """Field path."""
    label: str
    """The field in words."""
    old: str
    """What the field holds now; blank: nothing."""
    new: str
    """What is proposed."""
    said: str
    """The words it came from."""
    start: int
    """Where those words begin in the text, in characters."""
    end: int
    note: str
    """How they were read where that is not plain."""


class ChoiceAnswer(Record):
    """A way to answer a question (选项)."""

    label: str
    patches: tuple[PatchAnswer, ...]
    """What is proposed when it is chosen."""


class QuestionAnswer(Record):
    """What is asked back (追问)."""

    text: str
    why: str
    choices: tuple[ChoiceAnswer, ...]
    expects: tuple[str, ...]
    """Paths of the fields that a plain figure or text said next belongs to."""


class SectionAnswer(Record):
    """A text proposed for a section (章节草稿建议)."""

    section: str
    heading: str
    text: str


class SayAnswer(Record):
    """What `say` prints: proposals, a question, an answer; nothing is written (对话结果)."""

    kind: str
    """patch, ask, answer, command or none."""
    text: str
    """The reply in words."""
    patches: tuple[PatchAnswer, ...]
    question: QuestionAnswer | None
    sections: tuple[SectionAnswer, ...]
    clauses: tuple[str, ...]
    """Ids of the clauses it rests on."""
    suggestions: tuple[str, ...]
    notices: tuple[str, ...]
    writer: str
    """Who answered: 离线, or the name of the model."""


def say_answer(reply: Reply) -> SayAnswer:
    """Return a reply as the command prints it."""
    return SayAnswer(
        kind=reply.kind.value,
        text=reply.text,
        patches=tuple(map(_patch, reply.patches)),
        question=_question(reply.question) if reply.question else None,
        sections=tuple(
            SectionAnswer(
                section=one.section.section_id, heading=one.heading, text=one.section.text
            )
            for one in reply.sections
        ),
        clauses=reply.clauses,
        suggestions=reply.suggestions,
        notices=reply.notices,
        writer=reply.writer,
    )


def _patch(one: Patch) -> PatchAnswer:
    stated = one.model_dump(exclude={"span"})
    return PatchAnswer(**stated, start=one.span.start, end=one.span.end)


def _question(one: Question) -> QuestionAnswer:
    choices = tuple(
        ChoiceAnswer(label=choice.label, patches=tuple(map(_patch, choice.patches)))
        for choice in one.choices
    )
    return QuestionAnswer(text=one.text, why=one.why, choices=choices, expects=one.expects)
