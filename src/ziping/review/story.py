"""A report's whole history as a story: who, when, what, why (办理经过)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ziping.domain.evaluation import Report
from ziping.domain.fields import ORDER, flatten
from ziping.domain.merge import Change
from ziping.domain.reviews import Comment, CommentKind, OwnFigures
from ziping.domain.stored import Override, ReportVersion, SectionVersion
from ziping.domain.story import StoryEntry, StoryKind
from ziping.domain.text import shorten
from ziping.domain.workflow import Action, State, WorkflowStep

_TOGETHER = timedelta(minutes=30)
"""Saves of one person that follow each other within this time are told as one."""
_QUOTED = 60
_TITLES = frozenset({"id", "name", "label", "level1", "level2", "level3", "source", "fund_unit"})
"""Fields that a form already holds before a reviewer fills anything in."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Everything that was recorded of a report (留痕)."""

    versions: Sequence[ReportVersion] = ()
    sections: Sequence[tuple[str, SectionVersion]] = ()
    """Heading and version."""
    steps: Sequence[WorkflowStep] = ()
    comments: Sequence[Comment] = ()
    own_figures: Sequence[OwnFigures] = ()
    overrides: Sequence[tuple[str, Override]] = ()
    """Title of the finding, and why it does not hold 定稿 back."""


@dataclass(slots=True)
class _Event:
    """One recorded thing, before those that belong together are told as one."""

    at: datetime
    by: str
    kind: StoryKind
    group: str
    """Events of one group may be told together; blank: always alone."""
    what: str
    parts: list[str] = field(default_factory=list)
    why: str = ""


def tell(traces: Traces) -> tuple[StoryEntry, ...]:
    """Return what happened to a report, the first thing first."""
    events = sorted(
        (
            *_of_versions(traces.versions),
            *_of_sections(traces.sections),
            *_of_steps(traces.steps),
            *_of_comments(traces.comments),
            *_of_figures(traces.own_figures),
            *_of_overrides(traces.overrides),
        ),
        key=lambda one: one.at,
    )
    return tuple(map(_entry, _joined(events)))


def _joined(events: Iterable[_Event]) -> Iterator[_Event]:
    """Yield events, those of one person and group in a row as one."""
    last: _Event | None = None
    for event in events:
        if (
            last is not None
            and event.group
            and (event.group, event.by) == (last.group, last.by)
            and event.at - last.at <= _TOGETHER
        ):
            last.parts += event.parts
            last.at, last.what = event.at, event.what
            continue
        if last is not None:
            yield last
        last = event
    if last is not None:
        yield last


def _entry(event: _Event) -> StoryEntry:
    """Return an event as it is told."""
    details = tuple(dict.fromkeys(event.parts))
    return StoryEntry(
        at=event.at,
        by=event.by,
        kind=event.kind,
        what=event.what.format(count=len(details)),
        details=details,
        why=event.why,
    )


def _of_versions(versions: Iterable[ReportVersion]) -> Iterator[_Event]:
    """Yield the saves of figures."""
    for one in versions:
        parts = [_change(change) for change in one.changes if not change.path.endswith(ORDER)]
        if one.version == 1:
            what = _escaped(f"建立报告（{one.note}）")
            yield _Event(one.saved_at, one.saved_by, StoryKind.FIGURES, "", what)
        elif one.note:
            what = f"{_escaped(one.note)}，改动 {{count}} 处"
            yield _Event(
                one.saved_at, one.saved_by, StoryKind.FIGURES, f"figures:{one.note}", what, parts
            )
        elif parts:
            what = "修改数据 {count} 处"
            yield _Event(one.saved_at, one.saved_by, StoryKind.FIGURES, "figures", what, parts)


def _change(change: Change) -> str:
    """Return a change in words."""
    old, new = (shorten(text, _QUOTED) or "空" for text in (change.old, change.new))
    return f"{change.label}：{old} → {new}"


def _of_sections(sections: Iterable[tuple[str, SectionVersion]]) -> Iterator[_Event]:
    """Yield the saves of texts."""
    for heading, one in sections:
        note = one.note or f"{one.section.author}撰写"
        yield _Event(
            one.saved_at,
            one.saved_by,
            StoryKind.TEXT,
            f"text:{note}",
            f"正文 {{count}} 节：{_escaped(note)}",
            [heading],
        )


def _of_steps(steps: Iterable[WorkflowStep]) -> Iterator[_Event]:
    """Yield the moves of the workflow."""
    for one in steps:
        yield _Event(
            one.at, one.by, StoryKind.WORKFLOW, "", _escaped(step_words(one)), [], one.reason
        )


def step_words(step: WorkflowStep) -> str:
    """Return a move of the workflow in words."""
    if step.action is Action.APPROVE and step.end is State.FINAL:
        return f"以{step.role}身份审核通过，报告定稿（第{step.round}版）"
    if step.action is Action.APPROVE:
        return f"以{step.role}身份审核通过，转{step.end}"
    if step.action is Action.REOPEN:
        return f"重新起草，开始第{step.round}版"
    if step.action is Action.SUBMIT:
        return f"提交{step.end}（数据第{step.report_version}版）"
    if step.action is Action.WITHDRAW:
        return "撤回送审"
    return f"以{step.role}身份退回修改"


def _of_comments(comments: Iterable[Comment]) -> Iterator[_Event]:
    """Yield what was said in comments."""
    words = {
        CommentKind.OPENED: "批注“{place}”",
        CommentKind.REPLY: "回复“{place}”的批注",
        CommentKind.RESOLVED: "将“{place}”的批注标为已解决",
        CommentKind.REOPENED: "重新打开“{place}”的批注",
    }
    for comment in comments:
        for entry in comment.entries:
            what = words[entry.kind].format(place=comment.place)
            yield _Event(entry.at, entry.by, StoryKind.COMMENT, "", _escaped(what), [], entry.text)


def _of_figures(figures: Iterable[OwnFigures]) -> Iterator[_Event]:
    """Yield how reviewers' own figures came about."""
    was_blind: dict[str, bool] = {}
    for one in figures:
        if was_blind.get(one.by) and not one.is_blind:
            yield _Event(one.at, one.by, StoryKind.REVIEW, "", "盲填完毕，开始与草稿比对")
        else:
            blind = "（未看草稿）" if one.is_blind else ""
            what = (
                f"以{one.role}身份准备自己的数据{blind}：{one.origin}，共 {filled(one.figures)} 格"
            )
            yield _Event(
                one.at, one.by, StoryKind.REVIEW, f"own:{one.origin}:{one.is_blind}", _escaped(what)
            )
        was_blind[one.by] = one.is_blind


def filled(figures: Report) -> int:
    """Return how many cells a reviewer has filled."""
    return sum(
        bool(text.strip())
        for path, text in flatten(figures).items()
        if "/" in path and path.rsplit("/", 1)[-1] not in {*_TITLES, ORDER}
    )


def _of_overrides(overrides: Iterable[tuple[str, Override]]) -> Iterator[_Event]:
    """Yield the reasons given for errors."""
    for title, one in overrides:
        what = _escaped(f"放行“{title}”")
        yield _Event(one.saved_at, one.saved_by, StoryKind.OVERRIDE, "", what, [], one.reason)


def _escaped(text: str) -> str:
    """Return a text that means itself in a format string."""
    return text.replace("{", "{{").replace("}", "}}")
