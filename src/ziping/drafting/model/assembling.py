"""Sentences of a section, each with what is wrong with it, put together (成文)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ziping.domain.draft import Author, Ledger, SectionText
from ziping.domain.grounding import Grounding
from ziping.drafting.model.citing import citable_clauses
from ziping.drafting.model.prompt import SectionTask
from ziping.drafting.model.resolve import Citable, Resolved, resolve
from ziping.drafting.model.sentences import RawSentence, is_foreign
from ziping.drafting.model.typed import TypedRule


class Grounds(Protocol):
    """Anything that compares texts with the facts of one report."""

    def ground(self, text: str) -> Grounding:
        """Return what of a text does not follow from the facts, and what does."""


OpenGrounds = Callable[[SectionTask], Grounds]
"""Makes ready to compare texts of a section."""


@dataclass(slots=True)
class Sentence:
    """A sentence of a draft and what is wrong with it (草稿句)."""

    raw: RawSentence
    resolved: Resolved
    problems: list[str] = field(default_factory=list)
    """In Chinese, as the model is told."""
    links: dict[str, str] = field(default_factory=dict)
    """Figures that were typed and equal a fact."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


class Judge:
    """Says of each sentence of one section whether it follows from the facts."""

    def __init__(self, task: SectionTask, open_grounds: OpenGrounds) -> None:
        """Prepare for a section."""
        self._grounds = open_grounds(task)
        self._ledger: Ledger = task.context.ledger
        self._citable: Mapping[str, Citable] = citable_clauses(task.evidence, task.context)
        known = [task.draft.text, *(one.text for one in task.earlier.values())]
        self._typed = TypedRule(task.context, "|".join(known))

    def judged(self, raw: RawSentence) -> Sentence:
        """Return a sentence resolved, with every violation."""
        resolved = resolve(raw.text, self._ledger, self._citable)
        sentence = Sentence(raw, resolved, [*resolved.unknown, *self._typed.problems(raw.text)])
        if is_foreign(resolved.text):
            sentence.problems.append("要用中文书写")
        if sentence.is_sound:
            grounding = self._grounds.ground(resolved.text)
            sentence.problems += [f"“{one.text}”：{one.reason}" for one in grounding.violations]
            facts = self._ledger.facts
            sentence.links = {
                one.fact_id: facts[one.fact_id].display
                for one in grounding.links
                if one.fact_id in facts
            }
        return sentence

    def whole(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences that hold together as well as each alone."""
        kept = _kept(sentences, [one for one in sentences if one.is_sound])
        while kept:
            text, starts = _joined(kept)
            wrong = {
                max(at for at, start in enumerate(starts) if start <= one.span.start)
                for one in self._grounds.ground(text).violations
            }
            if not wrong:
                break
            kept = _kept(kept, [one for at, one in enumerate(kept) if at not in wrong])
        return kept


def _kept(sentences: Sequence[Sentence], chosen: Sequence[Sentence]) -> list[Sentence]:
    """Return the chosen sentences; a paragraph whose first one goes begins with the next."""
    result: list[Sentence] = []
    wanted = {id(one) for one in chosen}
    opens = True
    for one in sentences:
        opens = opens or one.raw.opens_paragraph
        if id(one) in wanted:
            result.append(replace(one, raw=replace(one.raw, opens_paragraph=opens)))
            opens = False
    return result


def _joined(sentences: Iterable[Sentence]) -> tuple[str, list[int]]:
    """Return the text of sentences and where each begins."""
    text, starts = "", []
    for one in sentences:
        if one.raw.opens_paragraph and text:
            text += "\n"
        starts.append(len(text))
        text += one.resolved.text
    return text, starts


def section_text(task: SectionTask, sentences: Sequence[Sentence], reason: str) -> SectionText:
    """Return a section put together from sound sentences."""
    facts: dict[str, str] = {}
    clauses: dict[str, None] = {}
    for one in sentences:
        facts |= one.links | one.resolved.facts
        clauses |= dict.fromkeys(one.resolved.clauses)
    return SectionText(
        section_id=task.section.id,
        text=_joined(sentences)[0],
        author=Author.MODEL,
        reason=reason,
        facts=facts,
        clauses=tuple(clauses),
    )
