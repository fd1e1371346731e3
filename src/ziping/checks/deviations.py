"""Deductions, shortfalls and over-achievement that want a reason (偏差说明)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import ERROR, EXPLAIN, NOTE, OVER_ACHIEVED, WARNING, found
from ziping.checks.subject import Line, Subject
from ziping.domain.evaluation import Band
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain
from ziping.domain.quantities import CellKind, Operator
from ziping.domain.rates import rate_text
from ziping.domain.text import clean


def _is_met(line: Line) -> bool:
    """Whether the target is met, or claimed to be."""
    if line.is_qualitative:
        claimed = bool(clean(line.target.raw)) and clean(line.target.raw) == clean(line.actual.raw)
        return line.indicator.band is Band.ACHIEVED or (
            claimed and line.indicator.band is Band.NOT_CHOSEN
        )
    return line.score is not None and line.score.met is True


def _has_reason(subject: Subject, line: Line) -> bool:
    one = line.indicator
    return subject.explains(one.deviation) or subject.explains(one.points_reason)


def _said(line: Line) -> str:
    """Return what the deviation cell says instead of a reason."""
    text = line.indicator.deviation.strip()
    return f"偏差栏只写“{text}”" if text else "偏差原因栏空白"


def deduction_unexplained(subject: Subject) -> Iterator[Finding]:
    """Report points taken off a target that was met, without a reason."""
    for line in subject.lines:
        points, weight = line.shown.value, line.weight.value
        if points is None or weight is None or not 0 <= points < weight or not _is_met(line):
            continue
        if _has_reason(subject, line) or (line.score is not None and line.score.problem):
            continue
        yield found(
            "deviations.deduction_unexplained",
            WARNING if line.is_qualitative else ERROR,
            subject.at_line(line, "deviation", "偏差原因分析及改进措施"),
            title="扣分没有说明原因",
            message=f"“{line.name}”指标值 {line.target.raw.strip()}，"
            f"完成值 {line.actual.raw.strip() or '空'}，已经完成，"
            f"分值 {plain(weight)} 只给 {plain(points)}，扣了 {plain(weight - points)} 分，"
            f"{_said(line)}。",
            why="完成的指标得满分；扣了分就要写明为什么扣、怎么改。",
            clause=EXPLAIN,
            remedy="请写明扣分的原因和改进措施；没有原因的，改回满分。",
        )


def shortfall_unexplained(subject: Subject) -> Iterator[Finding]:
    """Report a target that was not met, without a reason."""
    for line in subject.lines:
        unmet = line.score is not None and line.score.met is False
        partly = line.indicator.band in (Band.PARTLY, Band.NOT_ACHIEVED)
        if not (unmet or partly) or line is subject.execution_row:
            continue
        if subject.explains(line.indicator.deviation):
            continue
        yield found(
            "deviations.shortfall_unexplained",
            WARNING,
            subject.at_line(line, "deviation", "偏差原因分析及改进措施"),
            title="没有完成，也没有说明原因",
            message=f"“{line.name}”指标值 {line.target.raw.strip()}，"
            f"完成值 {line.actual.raw.strip() or '空'}，没有完成，{_said(line)}。",
            why="没有完成绩效目标或偏离较大的，要分析原因并提出改进措施。",
            clause=EXPLAIN,
            remedy="请写明没有完成的原因和下一步措施。",
        )


def _ratio(subject: Subject, line: Line) -> Decimal | None:
    """Return the completion ratio of a number to be reached, also where nothing is scored."""
    if line.score is not None and line.score.ratio is not None:
        return line.score.ratio
    target, actual = line.target, line.actual
    numbers = target.kind is CellKind.NUMBER and actual.kind is CellKind.NUMBER
    if not numbers or not target.value or actual.value is None or actual.operator is not None:
        return None
    same_unit = target.is_rate == actual.is_rate and (
        not actual.unit or not target.unit or actual.unit == target.unit
    )
    if target.sense is not actual.sense:
        return None
    lower = target.operator is not None and target.operator.is_lower_better
    cost = "成本" in f"{line.indicator.level2}{line.level1_name}"
    harm = any(word in line.name for word in subject.lexicon.harm_words)
    if not same_unit or lower or (target.operator is None and (cost or harm)):
        return None
    return actual.value / target.value


def over_achievement(subject: Subject) -> Iterator[Finding]:
    """Ask for the reason where far more was achieved than the target wants."""
    threshold = subject.rule_set.over_achievement.threshold
    if threshold is None:
        return
    for line in subject.lines:
        upward = line.target.operator in (None, Operator.AT_LEAST, Operator.MORE_THAN)
        ratio = _ratio(subject, line) if upward else None
        cost = "成本" in f"{line.indicator.level2}{line.level1_name}"
        if ratio is None or ratio < threshold or cost:
            continue
        if subject.explains(line.indicator.deviation):
            continue
        yield found(
            "deviations.over_achievement",
            WARNING,
            subject.at_line(line, "deviation", "偏差原因分析及改进措施"),
            title="超额完成较多，请说明原因",
            message=f"“{line.name}”指标值 {line.target.raw.strip()}，"
            f"完成值 {line.actual.raw.strip()}，是指标值的 {rate_text(ratio)}，"
            f"达到 {rate_text(threshold)} 的说明线，{_said(line)}。",
            why="超出很多往往是指标值定低了；不自动扣分，但要说明原因。",
            clause=OVER_ACHIEVED,
            remedy="请写明是指标值偏低、任务增加还是别的原因，下年度据此调整指标值。",
        )


def stock_reason(subject: Subject) -> Iterator[Finding]:
    """Report reasons that are stock phrases."""
    for line in subject.lines:
        text = line.indicator.deviation.strip().strip("。")
        if text not in subject.lexicon.stock_phrases:
            continue
        yield found(
            "deviations.stock_phrase",
            WARNING,
            subject.at_line(line, "deviation", "偏差原因分析及改进措施"),
            title="原因写得笼统",
            message=f"“{line.name}”的偏差原因只写“{text}”，看不出差在哪里、差多少、怎么改。",
            why="原因要具体，扣分要有比例或依据。",
            clause=EXPLAIN,
            remedy="请写清楚差距多少、因为什么、由谁在什么时候前改进。",
        )


def manual_points(subject: Subject) -> Iterator[Finding]:
    """Show points a person gave beside those of the rule, where they differ."""
    for line in subject.lines:
        score = line.score
        if score is None or score.problem or score.given is None or score.computed is None:
            continue
        if score.given == score.computed:
            continue
        yield found(
            "deviations.manual_points",
            NOTE,
            subject.at_line(line, "points", "得分"),
            title="人工给分与计算不同",
            message=f"“{line.name}”按规则 {plain(score.computed)} 分，"
            f"人工给 {plain(score.given)} 分，理由：{line.indicator.points_reason.strip()}。",
            why="允许人工给分，但要留下理由，供审核时核对。",
            clause=subject.rule_set.quantitative.basis.clause,
            remedy="请审核人确认理由是否成立。",
        )


RULES = (
    deduction_unexplained,
    shortfall_unexplained,
    over_achievement,
    stock_reason,
    manual_points,
)
