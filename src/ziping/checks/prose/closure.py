"""Whether problems answer deductions, and suggestions answer problems (问题与扣分对应)."""

import re
from collections.abc import Iterator, Sequence

from ziping.checks.found import COUNTS_MATCH, NOTE, PROBLEMS, WARNING, found
from ziping.checks.prose.deductions import Deduction, deductions, names_line
from ziping.checks.prose.items import Item, items_of
from ziping.checks.prose.likeness import likeness
from ziping.checks.prose.outline import PROBLEMS as PROBLEM_PART
from ziping.checks.prose.outline import SUGGESTIONS
from ziping.checks.prose.subject import ProseSubject
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain
from ziping.domain.text import shorten

_FIGURE = re.compile(
    r"\d|《[^》\n]{1,120}》|[一二两三四五六七八九十百]{1,6}(?:个|家|次|项|人|户|天|条|处|台|份)"
)
_NOT_FIGURE = re.compile(r"(?m)^\s*[（(]?\d{1,2}[)）.．、]|(?:19|20)\d{2}\s*年度?|[一二三]是|[①-⑳]")
_ALIKE = 0.3
_MOST_APART = 1
_SHOWN = 6
_TITLE = 16
"""Characters of an item's title in a list."""


def _answers(subject: ProseSubject, item: Item, one: Deduction) -> bool:
    """Whether an item speaks of a deduction."""
    is_named = names_line(item.text, one.name, subject.words)
    return is_named or any(word in item.text for word in one.words)


def deductions_without_problem(subject: ProseSubject) -> Iterator[Finding]:
    """Report deductions that no problem speaks of."""
    headings = subject.headings_of(PROBLEM_PART)
    if not headings:
        return
    items = items_of(subject, PROBLEM_PART)
    for one in deductions(subject):
        if any(_answers(subject, item, one) for item in items):
            continue
        place = subject.at_heading(headings[0])
        told = f"写的 {len(items)} 个问题都没有谈到它" if items else "却说没有问题"
        yield found(
            "text.deduction_without_problem",
            WARNING,
            place.model_copy(update={"path": f"{place.path}/{one.id}"}),
            title="扣分没有写到问题",
            message=f"自评表“{one.name}”扣 {plain(one.points)} 分，“存在的问题”{told}。",
            why="扣分说明有地方没做到，报告应写明是什么问题；扣分点和问题要对得上。",
            clause=PROBLEMS,
            remedy=f"请在“存在的问题”里写明“{one.name}”为什么扣分，并在建议里写改进措施。",
        )


def _supports(subject: ProseSubject, item: Item) -> str:
    """Return what a problem rests on: 扣分, 指标, 佐证, 数据; blank for nothing."""
    if any(_answers(subject, item, one) for one in deductions(subject)):
        return "扣分"
    lines = [line for table in subject.projects for line in table.lines if line.applies]
    if any(names_line(item.text, line.name, subject.words) for line in lines):
        return "指标"
    if any(word in item.text for word in subject.words.evidence_words):
        return "佐证"
    return "数据" if _FIGURE.search(_NOT_FIGURE.sub("", item.text)) else ""


def _finding_spoken_of(subject: ProseSubject, item: Item) -> Finding | None:
    """Return a finding on the table that a problem speaks of without naming anything."""
    for finding in subject.findings:
        for rule, words in subject.words.answered_by.items():
            if finding.id.startswith(rule) and any(word in item.text for word in words):
                return finding
    return None


def _unsupported(subject: ProseSubject) -> tuple[Item, ...]:
    """Return the problems that rest on no deduction, no indicator and no figure."""
    if not subject.projects:
        return ()
    items = items_of(subject, PROBLEM_PART)
    return tuple(item for item in items if not _supports(subject, item))


def problems_without_deduction(subject: ProseSubject) -> Iterator[Finding]:
    """Report problems that answer no deduction and nothing else that was found."""
    lost = deductions(subject)
    shown = "、".join(f"“{one.name}”扣 {plain(one.points)} 分" for one in lost)
    table = f"自评表的扣分是{shown}" if lost else "自评表没有扣分"
    for item in _unsupported(subject):
        finding = _finding_spoken_of(subject, item)
        rest = (
            f"；它谈到的情况与校验发现“{finding.title}”有关，但没有点明是哪几条指标"
            if finding
            else "；也没有指标、数据或佐证支撑"
        )
        yield found(
            "text.problem_without_deduction",
            NOTE if finding else WARNING,
            item.place,
            title="问题不对应扣分" if lost else "没有扣分却写了问题",
            message=f"问题“{shorten(item.title)}”没有对应的扣分（{table}）{rest}。",
            why="问题应来自扣分、校验发现或佐证材料，写成谁都适用的话，扣分原因反而没有交代。",
            clause=PROBLEMS,
            remedy="请写清是哪条指标、差在哪里、有什么数据或材料可以证明；确与本项目无关的删去。",
        )


def suggestions_without_deduction(subject: ProseSubject) -> Iterator[Finding]:
    """Report once the suggestions that answer only problems without support."""
    problems, loose = items_of(subject, PROBLEM_PART), _unsupported(subject)
    suggestions = items_of(subject, SUGGESTIONS)
    idle = [
        item
        for at, item in enumerate(suggestions)
        if _pair(at, item, problems, len(suggestions)) in loose and not _supports(subject, item)
    ]
    if not idle:
        return
    listed = "；".join(f"“{shorten(one.title)}”（{one.place.source}）" for one in idle)
    answered = [_pair(at, item, problems, len(suggestions)) for at, item in enumerate(suggestions)]
    told = [*suggestions, *(one for one in answered if one is not None)]
    without_any = [
        one for one in deductions(subject) if not any(_answers(subject, item, one) for item in told)
    ]
    lost = "、".join(f"“{one.name}”" for one in without_any)
    yield found(
        "text.suggestion_without_deduction",
        WARNING,
        idle[0].place,
        title="建议不对应扣分",
        message=f"{len(idle)} 条建议只针对没有扣分支撑的问题：{listed}"
        + (f"；扣分的{lost}没有建议。" if lost else "。"),
        why="每个扣分点都应有针对的建议，写明谁来做、做什么、什么时候完成。",
        clause=PROBLEMS,
        remedy="请针对扣分点写建议；与扣分无关的建议删去，或先写清它针对的具体问题。",
    )


def _pair(at: int, item: Item, problems: Sequence[Item], count: int) -> Item | None:
    """Return the problem a suggestion answers: the most alike, else the one of its number."""
    alike = max(problems, key=lambda one: likeness(one.title, item.title), default=None)
    if alike is not None and likeness(alike.title, item.title) >= _ALIKE:
        return alike
    return problems[at] if at < len(problems) == count else None


def problem_and_suggestion_counts(subject: ProseSubject) -> Iterator[Finding]:
    """Report numbers of problems and suggestions that differ by more than one."""
    problems, suggestions = items_of(subject, PROBLEM_PART), items_of(subject, SUGGESTIONS)
    if not problems or not suggestions or abs(len(problems) - len(suggestions)) <= _MOST_APART:
        return
    if not all(one.is_numbered for one in (*problems, *suggestions)):
        return  # nobody can say how many suggestions a plain paragraph holds
    more = len(suggestions) > len(problems)
    yield found(
        "text.problem_suggestion_count",
        WARNING,
        (suggestions if more else problems)[0].place,
        title="问题和建议条数不对应",
        message=f"“存在的问题”有 {len(problems)} 条（{_titles(problems)}），"
        f"“建议”有 {len(suggestions)} 条（{_titles(suggestions)}），"
        f"相差 {abs(len(problems) - len(suggestions))} 条。",
        why="问题和建议要一一对应，相差超过一条的列为缺陷。",
        clause=COUNTS_MATCH,
        remedy="请给每个问题写一条建议，删去没有问题的建议。",
    )


def _titles(items: Sequence[Item]) -> str:
    """Return what items are called, the first of many."""
    shown = "、".join(shorten(one.title, _TITLE) for one in items[:_SHOWN])
    return f"{shown}等" if len(items) > _SHOWN else shown


RULES = (
    deductions_without_problem,
    problems_without_deduction,
    suggestions_without_deduction,
    problem_and_suggestion_counts,
)
