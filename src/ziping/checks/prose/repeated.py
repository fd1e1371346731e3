"""Problems that are last year's word for word (照抄上年问题)."""

from collections.abc import Iterable, Iterator

from ziping.checks.found import PROBLEMS, WARNING, found
from ziping.checks.prose.likeness import normalised
from ziping.checks.prose.subject import ProseSubject
from ziping.domain.findings import Finding
from ziping.domain.prose import sentences
from ziping.domain.text import shorten

_SHORTEST = 12
"""Characters from which a sentence is hardly the same by chance."""


def last_years(problems: Iterable[str]) -> frozenset[str]:
    """Return the sentences of last year's problems as they are compared."""
    return frozenset(
        plain
        for problem in problems
        for _, text in sentences(problem)
        if len(plain := normalised(text)) >= _SHORTEST
    )


def repeated_sentences(text: str, known: frozenset[str]) -> list[str]:
    """Return the sentences of a text that stood in last year's problems word for word."""
    return [said for _, said in sentences(text) if normalised(said) in known]


def repeated_problems(subject: ProseSubject) -> Iterator[Finding]:
    """Report each paragraph of the problems that repeats last year's."""
    known = last_years(one.problem for one in subject.report.rectifications)
    for at in subject.passages_of("problems") if known else ():
        passage = subject.prose.passages[at]
        same = repeated_sentences(passage.text, known)
        if same:
            yield found(
                "wording.repeated_problem",
                WARNING,
                subject.at_passage(at, shorten(same[0], 80)),
                title="问题与上年一字不差",
                message=f"“{shorten(same[0], 60)}”与上年报告里的问题完全一样。",
                why="照抄上年的问题，说明要么没有整改，要么没有重新查找。",
                clause=PROBLEMS,
                remedy="请按今年的数据重新写；确是老问题没有解决的，写明整改到哪一步、为什么还没有解决。",
            )


RULES = (repeated_problems,)
