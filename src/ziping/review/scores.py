"""Both sides' scores side by side, line by line (得分对照)."""

from collections.abc import Iterator

from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.reconciliation import ScorePair
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet
from ziping.review.matching import Named, pair

PENDING = "待定"

_Scored = tuple[SelfEvaluation, ScoreSheet]


def score_pairs(
    left: Report,
    left_sheets: tuple[ScoreSheet, ...],
    right: Report,
    right_sheets: tuple[ScoreSheet, ...],
) -> tuple[ScorePair, ...]:
    """Return rate, lines, total and grade of every project that both sides have."""
    ours = list(zip(left.projects, left_sheets, strict=True))
    theirs = list(zip(right.projects, right_sheets, strict=True))
    named = [[Named(one.id, one.name) for one, _ in side] for side in (ours, theirs)]
    return tuple(
        line
        for a, b in pair(named[0], named[1])
        if a is not None and b is not None
        for line in _project_pairs(ours[a], theirs[b])
    )


def _project_pairs(left: _Scored, right: _Scored) -> Iterator[ScorePair]:
    """Yield one project's lines, then its results."""
    (project, sheet), (_, other) = left, right
    name = project.name or "未命名项目"
    lines, others = _named(sheet), _named(other)
    for a, b in pair([one for one, _ in lines], [one for one, _ in others]):
        line = None if a is None else lines[a][1]
        counterpart = None if b is None else others[b][1]
        if any(one and one.status is not LineStatus.NOT_APPLICABLE for one in (line, counterpart)):
            yield ScorePair(
                project=name,
                label=_label(line or counterpart),
                left_weight=_weight(line),
                left_points=_points(line),
                right_weight=_weight(counterpart),
                right_points=_points(counterpart),
            )
    results = (
        (
            "执行率",
            *("" if (r := one.execution_rate) is None else rate_text(r) for one in (sheet, other)),
        ),
        (
            "总分",
            *(PENDING if one.total is None else plain(one.total, 2) for one in (sheet, other)),
        ),
        ("等级", *(one.grade or PENDING for one in (sheet, other))),
    )
    for label, ours, theirs in results:
        yield ScorePair(
            project=name,
            label=label,
            left_weight="",
            left_points=ours,
            right_weight="",
            right_points=theirs,
            is_result=True,
        )


def _named(sheet: ScoreSheet) -> list[tuple[Named, LineScore]]:
    """Return the lines with what they may be paired by."""
    return [(Named(one.id, one.level3, f"{one.level1}/{one.level2}"), one) for one in sheet.lines]


def _label(line: LineScore | None) -> str:
    """Return a line's title."""
    return "" if line is None else line.level3 or line.level2 or line.level1


def _weight(line: LineScore | None) -> str:
    """Return a line's weight as printed."""
    return "" if line is None or line.weight is None else plain(line.weight)


def _points(line: LineScore | None) -> str:
    """Return a line's points as printed."""
    if line is None or line.status is LineStatus.NOT_APPLICABLE:
        return ""
    return PENDING if line.points is None else plain(line.points, 2)
