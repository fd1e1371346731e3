"""The one repair round: what was wrong goes back, what comes back takes its place (修改)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ziping.domain.draft import Fact
from ziping.drafting.model.assembling import Judge, Sentence
from ziping.drafting.model.prompt import SectionTask
from ziping.drafting.model.sentences import RawSentence

_DELETED = frozenset({"删去", "删除", "（删去）", "（删除）"})


def faults_told(faulty: Sequence[Sentence]) -> list[str]:
    """Return the sentences that were wrong, numbered, each with what is wrong."""
    return [
        f"{number}. {one.raw.text}\n   问题：{'；'.join(one.problems)}"
        for number, one in enumerate(faulty, 1)
    ]


def missing_facts(task: SectionTask, sentences: Iterable[Sentence]) -> list[Fact]:
    """Return the facts the section must tell and does not, in any form of the same figure."""
    stated: set[str] = set()
    for one in sentences:
        if one.is_sound:
            stated |= set(one.resolved.facts.values()) | set(one.links.values())
    return [one for one in task.required if one.display not in stated]


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
        first, *rest = groups.pop(0)
        if first.text.strip("。") in _DELETED:
            continue
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
        groups[-1].append(one)
    return groups
