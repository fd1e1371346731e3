"""Signs that a self-evaluation scored itself too high (自评虚高)."""

from collections.abc import Iterator

from ziping.checks.found import ALL_FULL, NOTE, WARNING, found
from ziping.checks.subject import Line, Subject
from ziping.domain.findings import Finding
from ziping.domain.numbers import read_number
from ziping.domain.rates import rate_text
from ziping.domain.rules import Level1

_FULL = 100
_SEVERAL = 3
"""So few full marks say nothing yet."""


def _points(line: Line) -> tuple[bool, bool]:
    """Return whether a line has points, and whether they are its full weight."""
    points = line.shown.value
    if points is None and line.score is not None:
        points = line.score.points
    return points is not None, points is not None and points == line.weight.value


def _is_all_full(subject: Subject) -> bool:
    if read_number(subject.evaluation.printed.total).value == _FULL:
        return True
    lines = [line for line in subject.lines if line.weight.value]
    return len(lines) >= _SEVERAL and all(_points(line)[1] for line in lines)


def full_marks(subject: Subject) -> Iterator[Finding]:
    """Point at a table in which every indicator has full marks."""
    if not _is_all_full(subject):
        yield from _full_words(subject)
        return
    lines = [line for line in subject.lines if line.weight.value]
    yield found(
        "overscoring.all_full",
        NOTE,
        subject.at("indicators", "绩效指标", "得分"),
        title="所有指标都是满分",
        message=f"{len(lines)} 条计分指标全部满分。"
        if lines
        else "表上总分 100 分，没有一处扣分。",
        why="全部满分的自评常被认为流于形式，是抽查的重点。",
        clause=ALL_FULL,
        remedy="请逐条对照佐证材料再核一遍，尤其是定性指标和满意度。",
    )


def _full_words(subject: Subject) -> Iterator[Finding]:
    """Point at qualitative lines that all have full marks."""
    lines = [line for line in subject.lines if line.weight.value and line.is_qualitative]
    if len(lines) < _SEVERAL or not all(_points(line)[1] for line in lines):
        return
    named = "、".join(line.name for line in lines[:5])
    yield found(
        "overscoring.words_full",
        NOTE,
        subject.at("indicators", "绩效指标", "得分"),
        title="定性指标全部满分",
        message=f"{len(lines)} 条定性指标（{named}）都给了满分。",
        why="定性指标靠人判断，一律满分容易被认为虚高。",
        clause=ALL_FULL,
        remedy="请用具体事实支撑每条判断，有差距的选“部分达成”并给相应的分。",
    )


def low_rate_full_output(subject: Subject) -> Iterator[Finding]:
    """Point at output claimed in full although much of the money was not spent."""
    rate, threshold = subject.execution_rate, subject.rule_set.execution.low_threshold
    outputs = [line for line in subject.lines if line.level1 is Level1.OUTPUT and line.weight.value]
    if rate is None or rate >= threshold or len(outputs) < _SEVERAL:
        return
    if not all(_points(line)[1] for line in outputs):
        return
    yield found(
        "overscoring.low_rate_full_output",
        WARNING,
        subject.at("indicators", "绩效指标", "产出指标"),
        title="钱没花完，产出却全部满分",
        message=f"执行率只有 {rate_text(rate)}，{len(outputs)} 条产出指标却全部满分。",
        why="花的钱与完成的工作量相差太大，要么预算编多了，要么产出报高了。",
        clause=ALL_FULL,
        remedy="请说明少花钱怎样完成了全部任务；有未付款、结转的写明。",
    )


RULES = (full_marks, low_rate_full_output)
