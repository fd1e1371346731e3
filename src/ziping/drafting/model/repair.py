"""The one repair round: what was wrong goes back, what comes back takes its place (修改)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ziping.domain.draft import Fact
from ziping.drafting.model.assembling import Judge, Sentence
from ziping.drafting.model.prompt import SectionTask
from ziping.drafting.model.sentences import RawSentence

_DELETED = frozenset({"删去", "删除", "（删去）", "（删除）"})
_FEW_CHARACTERS = 30


def faults_told(faulty: Sequence[Sentence]) -> list[str]:
    """Return the sentences that were wrong, numbered, each with what is wrong."""
    return [
        f"{number}. {one.raw.text}\n   问题：{'；'.join(one.problems)}"
        for number, one in enumerate(faulty, 1)
    ]


def missing_facts(task: SectionTask, sentences: Iterable[Sentence]) -> list[Fact]:
    """Return the facts the section must tell and does not, in any form of the same figure."""
    told = [one for one in sentences if one.is_sound]
    text = "".join(one.resolved.text for one in told)
    linked = {display for one in told for display in one.links.values()}
    return [one for one in task.required if one.display not in linked and one.display not in text]


def is_too_thin(task: SectionTask, sentences: Iterable[Sentence]) -> bool:
    """Whether a draft says next to nothing, seen beside what the data has to tell."""
    length = sum(len(one.resolved.text) for one in sentences)
    return length < min(_FEW_CHARACTERS, len(task.draft.text) // 3)


def as_answer(sentences: Iterable[Sentence]) -> str:
    """Return a draft as the model gave it, without its wrapping."""
    paragraphs: list[str] = []
    for one in sentences:
        if one.raw.opens_paragraph or not paragraphs:
            paragraphs.append("")
        paragraphs[-1] += one.raw.text
    return json.dumps({"paragraphs": paragraphs}, ensure_ascii=False)


def mended(
    sentences: Sequence[Sentence], answered: Iterable[RawSentence], judge: Judge
) -> list[Sentence]:
    """Return the draft with each faulty sentence replaced by what the repair gives for it.

    The repair answers in paragraphs, one a faulty sentence in order; further ones are added.
    """
    groups = _grouped(answered)
    result: list[Sentence] = []
    for one in sentences:
        if one.is_sound or not groups:
            result.append(one)
            continue
        if not (group := groups.pop(0)):
            continue
        first, *rest = group
        first = replace(first, opens_paragraph=one.raw.opens_paragraph)
        result += [judge.judged(raw) for raw in (first, *rest)]
    result += [judge.judged(replace(raw, opens_paragraph=False)) for one in groups for raw in one]
    return result


def _grouped(answered: Iterable[RawSentence]) -> list[list[RawSentence]]:
    """Return sentences by paragraph."""
    groups: list[list[RawSentence]] = []
    for one in answered:
        if one.opens_paragraph or not groups:
            groups.append([])
        if one.text.strip("。") not in _DELETED:
            groups[-1].append(one)
    return groups
