"""Whether every deduction has its problem and every problem its suggestion (闭合核对)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ziping.domain.draft import SectionText
from ziping.drafting.context import DraftContext
from ziping.drafting.figures import to_inline, to_points
from ziping.drafting.problems import Seed, find_seeds

PROBLEMS, SUGGESTIONS = "lessons.problems", "lessons.suggestions"
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.．、]\s*([^。\n]*)", re.MULTILINE)
_MEASURE = re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]")
_LEAST_MEASURES = 2
_EXECUTION = ("执行率", "没有执行", "未执行", "没有全部执行", "结余")
_KIND_WORDS = {
    "execution": _EXECUTION,
    "receipt": ("到位",),
    "adjustment": ("调减", "调增", "调整"),
    "checklist": ("框架", "核对"),
    "evidence": ("佐证",),
}
"""Words a problem of a whole project is recognised by."""


class ClosureState(StrEnum):
    """Whether a line is closed (闭合状态)."""

    CLOSED = "已对应"
    NO_PROBLEM = "没有写到问题"
    NO_SUGGESTION = "问题没有对应的建议"
    FEW_MEASURES = "建议的措施少于两项"
    UNSUPPORTED = "问题没有扣分、发现或佐证支撑"


@dataclass(frozen=True, slots=True)
class ClosureLine:
    """A deduction or finding with its problem and suggestion (闭合行)."""

    of: str
    """Field id of the deduction, or the kind of finding; blank for an unsupported problem."""
    cause: str
    """What was deducted or found, in Chinese."""
    points: Decimal
    """Points lost."""
    problem: str
    """Title of the problem; blank: none."""
    suggestion: str
    """Title of the suggestion; blank: none."""
    measures: int
    state: ClosureState


@dataclass(frozen=True, slots=True)
class _Part:
    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Cause:
    id: str
    title: str
    points: Decimal
    words: tuple[str, ...]
    """Any of these in a problem's text makes it this cause's."""


def find_closure(
    context: DraftContext, sections: Mapping[str, SectionText]
) -> tuple[ClosureLine, ...]:
    """Return what each deduction and finding has come to; then the unsupported problems."""
    problems = _parts(sections.get(PROBLEMS))
    suggestions = {one.number: one for one in _parts(sections.get(SUGGESTIONS))}
    lines: list[ClosureLine] = []
    answered: set[str] = set()
    for cause in _causes(context):
        problem = _best(cause, problems)
        if problem is not None:
            answered.add(problem.number)
        lines.append(_line(cause, problem, suggestions))
    names = _names(context)
    for one in problems:
        if one.number not in answered and not any(name in one.text for name in names):
            unsupported = _Cause("", "", Decimal(0), ())
            line = _line(unsupported, one, suggestions)
            lines.append(_as(line, ClosureState.UNSUPPORTED))
    return tuple(lines)


def _best(cause: _Cause, problems: list[_Part]) -> _Part | None:
    """Return the problem that names most of a cause, the first of equals."""
    named = [(sum(word in one.text for word in cause.words), one) for one in problems]
    return max((one for one in named if one[0]), key=lambda one: one[0], default=(0, None))[1]


def _line(cause: _Cause, problem: _Part | None, suggestions: Mapping[str, _Part]) -> ClosureLine:
    """Return a cause with what answers it."""
    suggestion = suggestions.get(problem.number) if problem else None
    measures = len(_MEASURE.findall(suggestion.text)) if suggestion else 0
    if problem is None:
        state = ClosureState.NO_PROBLEM
    elif suggestion is None:
        state = ClosureState.NO_SUGGESTION
    else:
        state = ClosureState.CLOSED if measures >= _LEAST_MEASURES else ClosureState.FEW_MEASURES
    return ClosureLine(
        of=cause.id,
        cause=cause.title,
        points=cause.points,
        problem=problem.title if problem else "",
        suggestion=suggestion.title if suggestion else "",
        measures=measures,
        state=state,
    )


def _as(line: ClosureLine, state: ClosureState) -> ClosureLine:
    return ClosureLine(
        line.of, line.cause, line.points, line.problem, line.suggestion, line.measures, state
    )


def _causes(context: DraftContext) -> list[_Cause]:
    """Return each deduction, then what was found without points."""
    several = len(context.report.projects) > 1
    causes: list[_Cause] = []
    for sheet in context.sheets:
        project = context.report.project(sheet.project_id)
        whose = f"“{to_inline(project.name)}”" if several and project else ""
        for line in sheet.lines:
            if not line.deduction:
                continue
            name = to_inline(line.level3 or line.level2 or line.level1)
            words: tuple[str, ...] = _EXECUTION if line.id == "execution" else (name,)
            title = f"{whose}{name or '预算执行率'}扣{to_points(line.deduction)}"
            causes.append(_Cause(f"{sheet.project_id}.{line.id}", title, line.deduction, words))
    causes += [
        _Cause(seed.kind, _FOUND.get(seed.kind, "校验发现"), Decimal(0), found)
        for seed in find_seeds(context)
        if not seed.points and (found := _words(seed, context))
    ]
    return causes


_FOUND = {
    "receipt": "资金没有全部到位",
    "adjustment": "预算调整没有依据",
    "unmeasurable": "指标值不可衡量",
    "cost_target": "成本指标值等于年初预算数",
    "target_low": "实际完成远超指标值",
    "evidence": "缺少佐证材料",
    "checklist": "框架核对不符合要求",
}


def _words(seed: Seed, context: DraftContext) -> tuple[str, ...]:
    """Return what a problem seeded by a finding is recognised by."""
    if seed.kind in _KIND_WORDS:
        return _KIND_WORDS[seed.kind]
    facts = context.ledger.facts
    ids = [line for case in seed.cases for line in case.line_ids]
    return tuple(facts[f"{one}.name"].display for one in ids if f"{one}.name" in facts)


def _names(context: DraftContext) -> list[str]:
    """Return the names of all indicators, by which a problem may be supported."""
    return [
        name
        for project in context.report.projects
        for one in project.indicators
        if (name := to_inline(one.level3)) and name != "无"
    ]


def _parts(section: SectionText | None) -> list[_Part]:
    """Return the numbered parts of a section, each up to the next."""
    text = section.text if section else ""
    found = list(_NUMBERED.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return [
        _Part(one[1], one[2].strip(), text[one.start() : end])
        for one, end in zip(found, ends, strict=False)
    ]
