"""Objectives in words against those of the table, expected against achieved (目标)."""

import re
from collections.abc import Iterator

from ziping.checks.found import EXPLAIN, TEXT_AND_TABLE, WARNING, found
from ziping.checks.prose.items import split_inline
from ziping.checks.prose.likeness import coverage, has_common_run, without
from ziping.checks.prose.subject import ProseSubject
from ziping.checks.subject import Subject
from ziping.domain.evaluation import Objective
from ziping.domain.findings import Finding, Place
from ziping.domain.text import is_blank, is_mark, shorten

_OBJECTIVES = "objectives"
_BRACKETS = re.compile(r"（[^（）]{0,300}）|\([^()]{0,300}\)")
_CLAUSE = re.compile("[，。；：、,;:\n]|以及|并且|同时")
_FIGURES = re.compile(
    r"[≥≤><=]?\s*\d[\d.,]*\s*[%％‰]?(?:万|亿)?[\u4e00-\u9fff]?(?=[^\u4e00-\u9fff]|$)|\d+"
)
_FOUND_THERE = 0.4
_ACHIEVED = 0.34
_RUN = 3
_SHORTEST = 4
_FEWEST = 2
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


def listed_objectives(subject: ProseSubject) -> Iterator[Finding]:
    """Report objectives listed in words that the table does not have."""
    table = "\n".join(_of_tables(subject))
    if not table.strip():
        return
    for at in subject.passages_of(_OBJECTIVES):
        items = split_inline(subject.prose.passages[at].text)
        if len(items) < _FEWEST:
            continue
        absent = [
            number
            for number, item in enumerate(items)
            if coverage(without(item, subject.words.common_words), table) < _FOUND_THERE
            and coverage(item, table) < _FOUND_THERE + 0.1
        ]
        if absent:
            yield _absent(subject, at, items, absent)


def _of_tables(subject: ProseSubject) -> Iterator[str]:
    """Yield the objectives and indicators of all tables."""
    for table in subject.projects:
        for objective in table.evaluation.objectives:
            yield objective.expected
        if any(not is_blank(one.expected) for one in table.evaluation.objectives):
            yield "\n".join(line.indicator.level3 for line in table.lines)


def _absent(subject: ProseSubject, at: int, items: list[str], absent: list[int]) -> Finding:
    count = sum(
        not is_blank(one.expected)
        for table in subject.projects
        for one in table.evaluation.objectives
    )
    names = "、".join(f"{_CIRCLED[one]}“{shorten(_bare(items[one]))}”" for one in absent[:10])
    there = [one for one in range(len(items)) if one not in absent]
    matched = f"，对应文字里的{'、'.join(_CIRCLED[one] for one in there[:10])}" if there else ""
    return found(
        "text.objectives",
        WARNING,
        subject.at_passage(at),
        title="文字里的目标比自评表多",
        message=f"正文列了 {len(items)} 个目标，自评表的年度总体目标有 {count} 个{matched}；{names}"
        "在自评表里找不到。",
        why="自评对照批复的年度总体目标，文字和表里的目标应当一致。",
        clause=TEXT_AND_TABLE,
        remedy="请对照批复的绩效目标：属于本项目的补进自评表并写明完成情况；不属于本项目的从正文删去。",
    )


def _bare(item: str) -> str:
    return re.sub(
        r"^\s*(?:[①-⑳]|[（(]?[\d一二三四五六七八九十]+[)）.．、]|[一二三四五六七八九十]是)\s*",
        "",
        item,
    )


def objectives_not_reported(subject: ProseSubject) -> Iterator[Finding]:
    """Report things an objective promises that the result and the indicators never mention."""
    for table in subject.projects:
        told = "\n".join(f"{line.indicator.level3} {line.indicator.actual}" for line in table.lines)
        for number, one in enumerate(table.evaluation.objectives, 1):
            if is_blank(one.achieved) or is_mark(one.achieved.strip()):
                continue
            absent = [
                thing
                for thing in _promised(one, subject)
                if not _is_told(thing, f"{one.achieved}\n{told}")
            ]
            if absent:
                yield _not_reported(table, number, absent)


def _promised(objective: Objective, subject: ProseSubject) -> Iterator[str]:
    """Yield the things an objective promises to make, buy or carry out."""
    verbs = sorted(subject.words.commitments, key=len, reverse=True)
    for clause in _CLAUSE.split(_BRACKETS.sub("", objective.expected)):
        said = clause.strip(" \u3000①②③④⑤⑥⑦⑧⑨⑩.．0123456789)）")
        thing = said
        while verb := next((one for one in verbs if thing.startswith(one)), ""):
            thing = thing[len(verb) :]
        if thing == said:
            continue
        thing = _FIGURES.sub("", thing).strip(' 的“”"个项台套次')
        if len(without(thing, subject.words.common_words).replace(" ", "")) >= _SHORTEST:
            yield thing


def _is_told(thing: str, result: str) -> bool:
    """Whether a result speaks of a thing, if only of part of its name."""
    return has_common_run(thing, result, _RUN) or coverage(thing, result) >= _ACHIEVED


def _not_reported(table: Subject, number: int, absent: list[str]) -> Finding:
    names = "、".join(f"“{one}”" for one in dict.fromkeys(absent))
    place: Place = table.at(f"objectives/{number}/achieved", "年度总体目标", "实际完成情况")
    return found(
        "text.objective_not_reported",
        WARNING,
        place,
        title="预期目标没有写完成情况",
        message=f"预期目标里的{names}，实际完成情况和各项指标都没有提到，看不出做了没有。",
        why="自评要逐项写明总体目标的完成情况，没完成的说明原因。",
        clause=EXPLAIN,
        remedy=f"请补写{names}的完成情况；没有完成的，写明原因和下一步安排。",
    )


RULES = (listed_objectives, objectives_not_reported)
