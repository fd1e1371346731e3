"""This year beside last year's report: changes that want a reason, targets carried over (上年)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import NOTE, RESULTS_USED, TARGET_SETTING, WARNING, YEAR_CHANGE, found
from ziping.checks.subject import Line, Subject
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding, Place
from ziping.domain.previous import RectificationState
from ziping.domain.rates import rate_text
from ziping.domain.text import clean, is_blank, shorten
from ziping.domain.year_change import Compared, YearChange, year_changes

_MONEY = (Compared.INITIAL_BUDGET, Compared.ANNUAL_BUDGET, Compared.EXECUTED)
_SHOWN = 4


def money_changes(subject: Subject) -> Iterator[Finding]:
    """Ask why budget or spending differ much from last year's."""
    one = subject.evaluation
    if subject.explains(one.previous.reason) or subject.explains(one.adjustment_basis):
        return
    large = [change for change in _large(subject) if change.of in _MONEY]
    if not large:
        return
    told = "；".join(
        f"{change.of.value} {change.last.strip()} → {change.now.strip()}（{change.change_text}）"
        for change in large
    )
    yield found(
        "previous.money",
        WARNING,
        subject.at("previous/reason", "上年比较", "资金变动原因"),
        title="资金比上年变动较大，没有说明原因",
        message=f"与{one.previous.fiscal_year.strip()}年相比：{told}，{_line_of(subject)}。",
        why="预算和支出的规模变了，目标和效果也应随之说明；两年的数常被对着看。",
        clause=YEAR_CHANGE,
        remedy="请在“与上年比较”里写明变动原因，如任务增减、标准调整、一次性支出。",
    )


def line_changes(subject: Subject) -> Iterator[Finding]:
    """Ask why a target or a result differs much from last year's."""
    by_id: dict[str, list[YearChange]] = {}
    for change in _large(subject):
        if change.indicator_id:
            by_id.setdefault(change.indicator_id, []).append(change)
    for line in subject.lines:
        changes = by_id.get(line.indicator.id, [])
        explained = (line.indicator.previous.reason, line.indicator.deviation)
        if changes and not any(subject.explains(text) for text in explained):
            yield _line_change(subject, line, changes)


def _line_change(subject: Subject, line: Line, changes: list[YearChange]) -> Finding:
    """Return what is asked about one indicator; easier targets and worse results more gravely."""
    eased = [one for one in changes if one.is_eased]
    told = "；".join(
        f"{one.of.value}上年 {one.last.strip()}，今年 {one.now.strip()}（{one.change_text}）"
        for one in changes
    )
    is_lowered = any(one.of is Compared.TARGET for one in eased)
    return found(
        "previous.line",
        WARNING if eased else NOTE,
        subject.at_line(line, "previous/reason", "变动原因"),
        title="指标值比上年定低了，请说明原因"
        if is_lowered
        else "完成值不如上年，请说明原因"
        if eased
        else "比上年变动较大，请说明原因",
        message=f"“{line.name}”{told}，{_line_of(subject)}。",
        why="目标逐年定低、结果明显波动，审核时会问原因。",
        clause=YEAR_CHANGE,
        remedy="请在“与上年比较”里写明变动原因；指标值有误的，改回应有的数。",
    )


def carried_targets(subject: Subject) -> Iterator[Finding]:
    """Tell which targets are last year's word for word and not held against a budget reply."""
    if not subject.evaluation.previous.fiscal_year.strip():
        return
    same = [
        line.name
        for line in subject.lines
        if not is_blank(line.indicator.previous.target)
        and is_blank(line.indicator.approved.target)
        and clean(line.indicator.target) == clean(line.indicator.previous.target)
    ]
    if not same:
        return
    rest = f"等 {len(same)} 项" if len(same) > _SHOWN else ""
    yield found(
        "previous.carried_targets",
        NOTE,
        subject.at("indicators", "绩效指标", "年度指标值"),
        title="指标值与上年完全相同",
        message=f"{'、'.join(f'“{one}”' for one in same[:_SHOWN])}{rest}的指标值与上年一样，"
        "结转时沿用过来，还没有填批复指标值。",
        why="年度指标值以今年批复的绩效目标为准，上年的只能作参考。",
        clause=TARGET_SETTING,
        remedy="请对照今年的预算批复逐项核对，批复不同的改过来。",
    )


def _large(subject: Subject) -> Iterator[YearChange]:
    """Yield the changes from which the rule set wants a reason."""
    rule = subject.rule_set.year_change
    if rule is None:
        return
    for one in year_changes(subject.evaluation, subject.fiscal_year, subject.lexicon):
        if one.change is not None and abs(one.change) >= rule.threshold:
            yield one


def _line_of(subject: Subject) -> str:
    """Return which line was reached."""
    rule = subject.rule_set.year_change
    return f"达到 {rate_text(rule.threshold if rule else Decimal(0))} 的说明线"


def unanswered_problems(report: Report) -> Iterator[Finding]:
    """Report problems of last year that nothing is said about."""
    for number, one in enumerate(report.rectifications, 1):
        is_told = one.state is not RectificationState.UNKNOWN and one.result.strip()
        if is_told or is_blank(one.problem):
            continue
        yield found(
            "previous.unanswered",
            WARNING,
            Place(path=f"rectifications/{number}/result", label=f"上年问题整改 · 第{number}条"),
            title="上年的问题没有写整改情况",
            message=f"上年报告的问题“{shorten(one.problem, 40)}”，今年没有写整改到什么程度。",
            why="评价发现的问题要整改，整改不到位的会影响预算安排。",
            clause=RESULTS_USED,
            remedy="请选整改状态，并写明做了什么、什么时候、结果怎样；还没有整改的写明打算。",
        )


RULES = (money_changes, line_changes, carried_targets)
