"""Points, total and grade as printed against what they follow from (计算)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import (
    ERROR,
    GRADES,
    METHOD,
    NOTE,
    ROUNDING,
    USE_COMPUTED,
    WARNING,
    found,
)
from ziping.checks.precision import Agreement, points_compared
from ziping.checks.subject import Line, Subject
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain, read_number
from ziping.domain.quantities import Number
from ziping.domain.rules import RuleSet
from ziping.domain.scores import LineKind, LineScore, LineStatus

_FULL = Decimal(100)


def printed_points(subject: Subject) -> Iterator[Finding]:
    """Compare each line's printed points with those that count: the rule's, or a person's."""
    for line in subject.lines:
        score, printed = line.score, line.printed
        if score is None or printed.value is None or score.status is not LineStatus.DETERMINED:
            continue
        by_hand = has_manual_points(score)
        exact = score.points if score.kind is not LineKind.QUALITATIVE else None
        weight = score.weight
        if exact is None or weight is None:
            continue
        if score.met and printed.value < weight and not by_hand:
            continue  # a deduction though the target is met belongs to the deviations
        if score.met is False and printed.value >= weight > exact:
            yield _unmet_full(subject, line, exact)
        elif printed.value <= weight:
            yield from _compared(subject, line, printed.value, exact)


def has_manual_points(score: LineScore) -> bool:
    """Whether points a person gave count in place of the computed ones (人工给分)."""
    return score.given is not None and not score.problem and score.given != score.computed


def _rightful(score: LineScore, exact: Decimal) -> str:
    """Return the points that count, with where they come from."""
    if has_manual_points(score):
        return f"人工给分 {plain(exact)}"
    return f"按规则应为 {plain(exact)}（{score.trace.formula}）"


def _unmet_full(subject: Subject, line: Line, exact: Decimal) -> Finding:
    rightful = _rightful(line.score, exact) if line.score else ""
    return found(
        "arithmetic.unmet_full",
        ERROR,
        subject.at_line(line, "printed/points", "得分"),
        title="未完成却给满分",
        message=f"“{line.name}”指标值 {line.indicator.target}，完成值 {line.indicator.actual}，"
        f"没有完成，表上却给了满分 {line.printed.raw} 分；{rightful}。",
        why="未完成的定量指标按完成值与指标值的比例计分，不能得满分。",
        clause=subject.rule_set.quantitative.basis.clause,
        remedy="请核对完成值；确实没有完成的，按比例改得分，并写明原因和改进措施。",
    )


def _compared(subject: Subject, line: Line, printed: Decimal, exact: Decimal) -> Iterator[Finding]:
    agreement = points_compared(printed, line.printed.places, exact)
    if agreement is Agreement.EQUAL:
        return
    close = agreement.is_close
    rightful = _rightful(line.score, exact) if line.score else ""
    difference = plain(abs(printed - exact))
    yield found(
        "arithmetic.points",
        NOTE if close else ERROR,
        subject.at_line(line, "printed/points", "得分"),
        title="得分取整" if close else "得分与规则算出的不一致",
        message=f"“{line.name}”表上得分 {plain(printed)}，{rightful}，相差 {difference}"
        + (f"，属于{agreement}。" if close else "。"),
        why="定量指标没有完成时，得分＝分值×完成比例；每行四舍五入保留两位小数。",
        clause=ROUNDING if close else subject.rule_set.quantitative.basis.clause,
        remedy="请按算出的得分改表；有意多扣或少扣的，在得分旁写明理由。",
    )


def above_weight(subject: Subject) -> Iterator[Finding]:
    """Report points above the weight or below zero."""
    for line in subject.lines:
        points, weight = line.printed.value, line.weight.value
        if points is None or weight is None or 0 <= points <= weight:
            continue
        yield found(
            "arithmetic.above_weight",
            ERROR,
            subject.at_line(line, "printed/points", "得分"),
            title="得分超过分值" if points > 0 else "得分为负",
            message=f"“{line.name}”分值 {plain(weight)}，得分 {plain(points)}。",
            why="每条指标的得分在 0 和分值之间，自评不设加分。",
            clause=METHOD,
            remedy="请核对得分，超额完成的也最多给满分。",
        )


def points_that_cannot_stand(subject: Subject) -> Iterator[Finding]:
    """Report points outside the chosen band or without a reason, as scoring found them."""
    for line in subject.lines:
        if line.score is None or not line.score.problem:
            continue
        yield found(
            "arithmetic.points_problem",
            ERROR,
            subject.at_line(line, "points", "得分"),
            title="给分不能成立",
            message=f"“{line.name}”：{line.score.problem}",
            why="得分在 0 和分值之间；定性指标要落在所选档次的区间里；人工改动的分要写理由。",
            clause=subject.rule_set.qualitative.basis.clause,
            remedy="请改档次、改得分，或补写给分理由。",
        )


def _printed_sum(subject: Subject) -> tuple[Decimal, str] | None:
    """Return the sum of the printed points with its addends, None where one is not shown."""
    parts: list[Number] = []
    total = subject.total
    if subject.execution_row is None:
        if total is None:
            return None
        parts.append(read_number(total.row.printed.points))
    parts += [line.printed for line in subject.lines if line.applies or line.printed.value]
    values = [part.value for part in parts if part.value is not None]
    if len(values) < len(parts) or not values:
        return None
    return sum(values, Decimal(0)), "+".join(plain(value) for value in values)


def total_is_the_sum(subject: Subject) -> Iterator[Finding]:
    """Compare the printed total with the sum of the printed points."""
    total = read_number(subject.evaluation.printed.total)
    summed = _printed_sum(subject)
    if total.value is None or summed is None:
        return
    value, addends = summed
    agreement = points_compared(total.value, total.places, value)
    if agreement is Agreement.EQUAL:
        return
    close = agreement.is_close and agreement is not Agreement.NEAR
    yield found(
        "arithmetic.total_sum",
        NOTE if close else ERROR,
        subject.at("printed/total", "总分"),
        title="总分取整" if close else "总分不等于各项得分之和",
        message=f"各项得分 {addends}＝{plain(value)}，表上总分 {total.raw}，"
        f"相差 {plain(abs(total.value - value))}。",
        why="总分是预算执行率得分与各指标得分之和。",
        clause=ROUNDING if close else METHOD,
        remedy="请逐行核对得分和分值后重新合计总分。" + USE_COMPUTED,
    )


def total_follows_the_rules(subject: Subject) -> Iterator[Finding]:
    """Compare the printed total with the total the rules give."""
    total, computed = read_number(subject.evaluation.printed.total), subject.sheet.total
    if total.value is None or computed is None or subject.sheet.weight_total != _FULL:
        return
    agreement = points_compared(total.value, total.places, computed)
    if agreement is Agreement.EQUAL:
        return
    summed = _printed_sum(subject)
    from_lines = summed is not None and summed[0] == total.value
    severity = NOTE if agreement.is_close else WARNING if summed is not None else ERROR
    grade = f"、等级{subject.sheet.grade}" if subject.sheet.grade else ""
    yield found(
        "arithmetic.total_computed",
        severity,
        subject.at("printed/total", "总分"),
        title="总分与规则算出的不一致",
        message=f"表上总分 {total.raw}，按规则逐行计算为 {plain(computed)} 分{grade}，"
        f"相差 {plain(abs(total.value - computed))}"
        + ("；差额来自各行得分，合计本身没有错。" if from_lines else "。"),
        why="总分是各行按规则得分之和。",
        clause=ROUNDING if agreement.is_close else METHOD,
        remedy="请先处理各行得分的问题，总分随之改正。" + USE_COMPUTED,
    )


def grade_follows_the_total(subject: Subject) -> Iterator[Finding]:
    """Compare the printed grade with the grade of the printed total."""
    printed = subject.evaluation.printed
    total = read_number(printed.total).value
    adds_up = subject.sheet.weight_total == _FULL
    value = subject.sheet.total if total is None and adds_up else total
    right = grade_of(subject.rule_set, value)
    stated = printed.grade.strip()
    if not stated or value is None or right is None or stated.startswith(right):
        return
    yield found(
        "arithmetic.grade",
        ERROR,
        subject.at("printed/grade", "等级"),
        title="等级与总分不符",
        message=f"总分 {plain(value)} 应评为“{right}”，表上写的是“{stated}”。",
        why="等级由总分所在的区间决定，分界的一分归上一档。",
        clause=subject.rule_set.grades_basis.clause or GRADES,
        remedy=f"请核对总分；总分无误的，把等级改为“{right}”。",
    )


def grade_of(rule_set: RuleSet, total: Decimal | None) -> str | None:
    """Return the grade of a total, None where the rule set gives none."""
    if total is None:
        return None
    fitting = (one.title for one in rule_set.grades if total >= one.at_least)
    return next(fitting, None)


RULES = (
    printed_points,
    above_weight,
    points_that_cannot_stand,
    total_is_the_sum,
    total_follows_the_rules,
    grade_follows_the_total,
)
