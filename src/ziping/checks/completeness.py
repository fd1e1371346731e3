"""What a self-evaluation lacks (完整性)."""

import re
from collections.abc import Iterator

from ziping.checks.found import (
    ERROR,
    FORM,
    NOTE,
    SURVEY,
    TABLE,
    WARNING,
    WEIGHTS,
    found,
)
from ziping.checks.subject import COLUMNS, Subject
from ziping.domain.findings import Finding
from ziping.domain.rules import Level1
from ziping.domain.scores import LineStatus
from ziping.domain.text import clean

_NAMES = (
    ("name", "项目支出名称", ERROR, "业务股室"),
    ("competent_department", "主管部门", WARNING, "单位办公室"),
    ("implementing_unit", "实施单位", WARNING, "单位办公室"),
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")
_SHOWN = 8
"""As many names as a sentence bears."""


def names(subject: Subject) -> Iterator[Finding]:
    """Report blank names at the head of the table."""
    for field, title, severity, ask in _NAMES:
        if getattr(subject.evaluation, field).strip():
            continue
        yield found(
            f"completeness.{field}",
            severity,
            subject.at(field, "表头", title),
            title=f"{title}没有填",
            message=f"自评表的“{title}”是空的。",
            why="自评表要求内容完整，表头说明评的是谁的什么项目。",
            clause=TABLE,
            remedy=f"请向{ask}核实后填写{title}。",
        )


def funds(subject: Subject) -> Iterator[Finding]:
    """Report a fund grid without rows, without a total row or without its amounts."""
    total = subject.total
    if total is None:
        what = "没有年度资金总额这一行" if subject.funds else "没有填写项目资金"
        yield found(
            "completeness.funds",
            WARNING,
            subject.at("funds", "项目资金"),
            title="资金没有填",
            message=f"{what}，执行率不能计算。",
            why="自评的三块内容之一是预算执行情况。",
            clause=FORM,
            remedy="请向财务股要年初预算数、全年预算数、实际到位数和全年执行数。",
        )
        return
    if subject.is_total_empty:
        return
    needed = (subject.rule_set.execution.denominator, "executed")
    blank = [COLUMNS[one] for one in needed if total.amounts[one].is_blank]
    if blank:
        yield found(
            "completeness.amounts",
            WARNING,
            subject.at_fund(total),
            title="资金没有填全",
            message=f"“{total.title}”缺{'、'.join(blank)}，执行率不能按规则计算。",
            why="执行率＝全年执行数÷全年预算数。",
            clause=FORM,
            remedy="请向财务股要这些数；没有调整过预算的，全年预算数与年初预算数相同。",
        )


def dimensions(subject: Subject) -> Iterator[Finding]:
    """Report missing indicators, and dimensions that a project normally sets."""
    if not subject.lines:
        yield found(
            "completeness.indicators",
            ERROR,
            subject.at("indicators", "绩效指标"),
            title="没有绩效指标",
            message="自评表里一条绩效指标也没有，不能计分。",
            why="自评对照的是预算批复时确定的绩效指标。",
            clause=WEIGHTS,
            remedy="请照预算批复的绩效目标表填写产出、效益、满意度指标。",
        )
        return
    present = {line.level1 for line in subject.lines if not line.is_unused}
    if None in present:
        return
    missing = [
        level.value
        for level in (Level1.OUTPUT, Level1.BENEFIT, Level1.SATISFACTION)
        if level not in present
    ]
    if missing:
        yield found(
            "completeness.dimensions",
            NOTE if missing == [Level1.SATISFACTION.value] else WARNING,
            subject.at("indicators", "绩效指标"),
            title=f"没有{'、'.join(missing)}",
            message=f"自评表没有设{'、'.join(missing)}。",
            why="项目指标一般包括产出、效益和服务对象满意度；不面向社会公众的可以不设满意度。",
            clause=WEIGHTS,
            remedy="请对照批复补齐；批复里确实没有的，说明理由并把分值分给其他指标。",
        )


def objectives(subject: Subject) -> Iterator[Finding]:
    """Report blank objectives, and achievements that repeat the expectation."""
    pairs = [(clean(one.expected), clean(one.achieved)) for one in subject.evaluation.objectives]
    if not any(expected or achieved for expected, achieved in pairs):
        yield found(
            "completeness.objectives",
            WARNING,
            subject.at("objectives", "年度总体目标"),
            title="年度总体目标没有填",
            message="预期目标和实际完成情况都是空的。",
            why="自评内容首先是总体绩效目标的完成情况。",
            clause=TABLE,
            remedy="请照批复填预期目标，再请业务股室写实际完成情况。",
        )
    for number, (expected, achieved) in enumerate(pairs, 1):
        if expected and not achieved:
            yield _achieved(subject, number, "是空的", "没有写")
        elif expected and expected == achieved:
            yield _achieved(subject, number, "与预期目标一字不差", "照抄了预期目标")


def _achieved(subject: Subject, number: int, what: str, title: str) -> Finding:
    return found(
        "completeness.achieved",
        WARNING,
        subject.at(f"objectives/{number}/achieved", "年度总体目标", "实际完成情况"),
        title=f"实际完成情况{title}",
        message=f"第 {number} 条总体目标的实际完成情况{what}，看不出做到了什么。",
        why="要写实际做了什么、结果如何，而不是重复目标。",
        clause=TABLE,
        remedy="请业务股室用本年的事实和数字改写。",
    )


def undetermined(subject: Subject) -> Iterator[Finding]:
    """List once what is needed before every line has points."""
    if not subject.has_weights:
        return
    needs = [
        f"{line.level3 or line.level2 or '预算执行率'}：{line.needs}"
        for line in subject.sheet.lines
        if line.status is LineStatus.UNDETERMINED and line.weight is not None and not line.problem
    ]
    if not needs:
        return
    more = f"\n……共 {len(needs)} 行" if len(needs) > _SHOWN else ""
    yield found(
        "completeness.undetermined",
        WARNING,
        subject.at("indicators", "绩效指标", "得分"),
        title=f"{len(needs)} 行还不能定分",
        message="还缺这些，补齐前没有总分和等级：\n" + "\n".join(needs[:_SHOWN]) + more,
        why="数据不全的行不猜分，只给可能的范围。",
        clause=TABLE,
        remedy="请逐行补填或选择档次。",
    )


def satisfaction_evidence(subject: Subject) -> Iterator[Finding]:
    """Ask for the survey behind a satisfaction that was measured."""
    for line in subject.lines:
        if line.level1 is not Level1.SATISFACTION or not clean(line.actual.raw):
            continue
        if line.indicator.evidence or not line.applies:
            continue
        yield found(
            "completeness.satisfaction_evidence",
            NOTE,
            subject.at_line(line, "evidence", "佐证材料"),
            title="满意度没有登记调查材料",
            message=f"“{line.name}”完成值 {line.actual.raw.strip()}，没有登记问卷、样本数等材料。",
            why="设了满意度指标就要实际调查；没有投诉不等于满意。",
            clause=SURVEY,
            remedy="请登记问卷样表、发放和回收份数、统计表；没有调查的，先做调查。",
        )


def year_in_name(subject: Subject) -> Iterator[Finding]:
    """Point at a project named after another year."""
    years = {int(one) for one in _YEAR.findall(clean(subject.evaluation.name))}
    if not years or subject.fiscal_year in years:
        return
    named = "、".join(str(year) for year in sorted(years))
    yield found(
        "completeness.year_in_name",
        NOTE,
        subject.at("name", "表头", "项目支出名称"),
        title="项目名称里的年份与自评年度不同",
        message=f"项目名称写的是 {named} 年，自评年度是 {subject.fiscal_year} 年。",
        why="用上年结转资金的项目会这样，填错年度也会这样。",
        clause=TABLE,
        remedy="请核对年度；属于结转资金的，在“上年结转资金”行列明。",
    )


RULES = (
    names,
    funds,
    dimensions,
    objectives,
    undetermined,
    satisfaction_evidence,
    year_in_name,
)
