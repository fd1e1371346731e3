"""The model writer (模型撰写): sections worded by a model, every figure and citation by us."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from threading import Lock

from ziping.domain.draft import Author, OutlineSection, SectionText
from ziping.domain.endpoint import ModelEndpoint
from ziping.domain.prompts import Prompt
from ziping.drafting.context import DraftContext
from ziping.drafting.model import client
from ziping.drafting.model.answer import Answer
from ziping.drafting.model.assembling import Judge, OpenGrounds, Sentence, section_text
from ziping.drafting.model.attempts import Attempts
from ziping.drafting.model.events import (
    DraftEvent,
    Finished,
    Restarted,
    SentenceDrafted,
    Staged,
)
from ziping.drafting.model.excerpt import STEPS
from ziping.drafting.model.faults import FATAL, UNREACHABLE, FaultKind, ModelFault
from ziping.drafting.model.prompt import (
    Evidence,
    Message,
    SectionTask,
    messages_of,
    repair_messages,
)
from ziping.drafting.model.repair import (
    as_answer,
    faults_told,
    is_too_thin,
    mended,
    missing_facts,
)
from ziping.drafting.model.sentences import RawSentence
from ziping.drafting.model.slots import slots_of
from ziping.drafting.template_writer import TemplateWriter

_MOST_UNREACHABLE = 3
"""Sections in a row that the endpoint failed before the job asks no more."""
_FALLEN_BACK = "，已改用模板"


class ModelWriter:
    """Writes the sections of one job; serves any number of threads.

    When the endpoint refuses for good (key, model) or fails section after section, the sections
    left are written by template at once, with the reason.
    """

    def __init__(  # noqa: PLR0913 - its parts, each replaceable
        self,
        endpoint: ModelEndpoint,
        prompts: Mapping[str, Prompt],
        template: TemplateWriter,
        open_grounds: OpenGrounds,
        *,
        should_stop: Callable[[], bool] = lambda: False,
        priority: int = 0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Put a writer together; `priority` decides who waits when all places are taken."""
        self.endpoint = endpoint
        self._prompts = prompts
        self._template = template
        self._open_grounds = open_grounds
        self._should_stop = should_stop
        self._priority = priority
        self._sleep = sleep
        self._lock = Lock()
        self._unreachable = 0
        self._given_up: FaultKind | None = None

    def task(
        self,
        section: OutlineSection,
        context: DraftContext,
        evidence: Evidence = (),
        *,
        earlier: Mapping[str, SectionText] | None = None,
        instruction: str = "",
    ) -> SectionTask:
        """Return what is to be written from what."""
        draft = self._template.write(section, context)
        return SectionTask(section, context, draft, evidence, earlier or {}, instruction)

    def messages(self, task: SectionTask) -> tuple[Message, ...]:
        """Return exactly what is sent first for a section."""
        return messages_of(task, self._prompts, STEPS[0])

    def write(
        self, section: OutlineSection, context: DraftContext, evidence: Evidence = ()
    ) -> SectionText:
        """Draft a section."""
        return self.finish(self.task(section, context, evidence))

    def finish(self, task: SectionTask, urgency: int = 0) -> SectionText:
        """Draft a section to its end."""
        for event in self.stream(task, urgency):
            if isinstance(event, Finished):
                return event.section
        raise AssertionError(task.section.id)

    def stream(self, task: SectionTask, urgency: int = 0) -> Iterator[DraftEvent]:
        """Yield grounded sentences as they come, then the section as it is kept.

        The more urgent a section, the sooner it gets a place when all are taken.
        """
        if self._given_up is not None:
            reason = f"{self._given_up.value}，本次不再调用"
            yield Finished(self._by_template(task, reason))
            return
        try:
            yield from self._modelled(task, self._priority + urgency)
        except ModelFault as fault:
            self._note(fault.kind)
            yield Restarted(fault.kind.value)
            yield Finished(self._by_template(task, fault.kind.value))
        else:
            self._note(None)

    def _modelled(self, task: SectionTask, priority: int) -> Iterator[DraftEvent]:
        """Yield a section's events; ModelFault when the template must step in."""
        judge = Judge(task, self._open_grounds)
        attempts = Attempts(self.endpoint, self._should_stop, priority, self._sleep)
        yield Staged("起草")
        sentences, sent = yield from self._drafted(task, judge, attempts)
        if any(not one.is_sound for one in sentences) or missing_facts(task, sentences):
            yield Staged("修改")
            sentences = self._repaired(task, judge, attempts, sentences, sent)
        kept = judge.whole(sentences)
        dropped = len(sentences) - len(kept)
        if not kept or dropped > len(kept):
            raise ModelFault(FaultKind.UNGROUNDED)
        lacking = missing_facts(task, kept)
        if is_too_thin(task, kept) or 2 * len(lacking) > len(task.required):
            raise ModelFault(FaultKind.INCOMPLETE)
        reason = f"模型 {self.endpoint.model} 撰写，已核对"
        if dropped:
            reason += f"；{dropped}句没有通过数据核对，已删去"
        if lacking:
            reason += f"；没有写到：{'、'.join(one.title for one in lacking)}"
        yield Finished(section_text(task, kept, reason))

    def _drafted(
        self, task: SectionTask, judge: Judge, attempts: Attempts
    ) -> Generator[DraftEvent, None, tuple[list[Sentence], tuple[Message, ...]]]:
        """Yield the sentences of the first usable answer; return them with what was sent."""
        while True:
            shown = False
            messages = messages_of(task, self._prompts, attempts.short)
            sentences: list[Sentence] = []
            try:
                for raw in self._asked(messages, attempts):
                    if raw is None:
                        sentences.clear()
                        yield Restarted("以上是模型的思考过程")
                        continue
                    sentences.append(judge.judged(raw))
                    if sentences[-1].is_sound:
                        shown = True
                        yield SentenceDrafted(sentences[-1].resolved.text, raw.opens_paragraph)
            except ModelFault as fault:
                attempts.prepare(fault)
                if shown:
                    yield Restarted(fault.kind.value)
                yield Staged("重试")
            else:
                attempts.worked()
                return sentences, messages

    def _asked(
        self, messages: tuple[Message, ...], attempts: Attempts
    ) -> Iterator[RawSentence | None]:
        """Yield the sentences of one answer, within the bound of requests and of time."""
        with slots_of(self.endpoint).taken(attempts.priority, attempts.check), attempts.timed():
            pieces = client.pieces(self.endpoint, messages, attempts.rung, attempts.left_s)
            with closing(pieces):
                yield from Answer().sentences(_checked(pieces, attempts))

    def _repaired(
        self,
        task: SectionTask,
        judge: Judge,
        attempts: Attempts,
        sentences: list[Sentence],
        sent: tuple[Message, ...],
    ) -> list[Sentence]:
        """Return the sentences with those that were wrong written once more."""
        faulty = [one for one in sentences if not one.is_sound]
        follow = repair_messages(
            self._prompts, as_answer(sentences), faults_told(faulty), missing_facts(task, sentences)
        )
        try:
            answered = [one for one in self._asked((*sent, *follow), attempts) if one is not None]
        except ModelFault:
            return sentences
        return mended(sentences, answered, judge)

    def _by_template(self, task: SectionTask, reason: str) -> SectionText:
        """Return the template's text with the reason it stands there."""
        return task.draft.model_copy(
            update={"author": Author.TEMPLATE, "reason": f"{reason}{_FALLEN_BACK}"}
        )

    def _note(self, kind: FaultKind | None) -> None:
        """Remember how the endpoint behaves in this job."""
        with self._lock:
            if kind in FATAL:
                self._given_up = kind
            elif kind in UNREACHABLE:
                self._unreachable += 1
                if self._unreachable >= _MOST_UNREACHABLE:
                    self._given_up = kind
            else:
                self._unreachable = 0


def _checked(pieces: Iterable[str], attempts: Attempts) -> Iterator[str]:
    """Yield pieces until somebody stops the job or the time is over."""
    for one in pieces:
        attempts.check()
        yield one
