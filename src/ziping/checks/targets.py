"""Whether targets and actual values can be judged at all (指标值、完成值的写法)."""

from collections import defaultdict
from collections.abc import Iterator

from ziping.checks.found import (
    DUPLICATES,
    ERROR,
    EXPLAIN,
    MEASURABLE,
    NOTE,
    TABLE,
    TARGET_SETTING,
    TRUTHFUL,
    WARNING,
    found,
)
from ziping.checks.subject import Line, Subject
from ziping.domain.cells import read_target
from ziping.domain.findings import Finding
from ziping.domain.quantities import Cell, CellKind
from ziping.domain.rules import Level1
from ziping.domain.text import clean

_LONG_WORD = 4
"""A vague word of this many characters counts at the end of a longer target too."""
_NOTHING = (CellKind.BLANK, CellKind.NOT_APPLICABLE)


def _is_vague(subject: Subject, cell: Cell) -> bool:
    """Whether a target consists of words that measure nothing."""
    if cell.kind is not CellKind.QUALITATIVE:
        return False
    text = clean(cell.raw).strip("。；;，,")
    words = subject.lexicon.qualitative_words
    return text in words or any(text.endswith(word) for word in words if len(word) >= _LONG_WORD)


def _is_option_list(subject: Subject, cell: Cell) -> bool:
    """Whether a cell still holds the list of options."""
    text = clean(cell.raw).replace(" ", "").removeprefix("定性")
    return text in subject.lexicon.option_lists


def not_measurable(subject: Subject) -> Iterator[Finding]:
    """Report targets that are vague words, and actual values that repeat a target's words."""
    for line in subject.lines:
        if _is_option_list(subject, line.target) or not line.applies:
            continue
        target, actual = clean(line.target.raw), clean(line.actual.raw)
        same = bool(target) and target == actual
        if _is_vague(subject, line.target):
            yield _vague(subject, line, same=same)
        elif same and line.target.kind is CellKind.QUALITATIVE:
            yield _same_words(subject, line)


def _vague(subject: Subject, line: Line, *, same: bool) -> Finding:
    word = line.target.raw.strip()
    return found(
        "targets.not_measurable",
        WARNING,
        subject.at_line(line, "target", "年度指标值"),
        title="指标值无法衡量",
        message=f"“{line.name}”的指标值写的是“{word}”"
        + ("，完成值照写同一个词" if same else "")
        + "，没有可以核对的数量、比率或时限。",
        why="绩效目标要细化、量化，完成与否要能拿证据核对。",
        clause=MEASURABLE,
        remedy="请改用可统计的指标，如办件用时、覆盖率、评价得分；"
        "确属定性的，写清判断标准，并在完成值里写具体事实。",
    )


def _same_words(subject: Subject, line: Line) -> Finding:
    return found(
        "targets.same_words",
        NOTE,
        subject.at_line(line, "actual", "实际完成值"),
        title="完成值照抄指标值",
        message=f"“{line.name}”的完成值与指标值一字不差：“{line.actual.raw.strip()[:40]}”，"
        "看不出实际做到了什么。",
        why="完成值要写实际结果，照抄目标不能证明已经完成。",
        clause=MEASURABLE,
        remedy="请写实际情况，如具体数量、时间或事例，并附佐证。",
    )


def leftovers(subject: Subject) -> Iterator[Finding]:
    """Report lists of options and prompts of the form left in place of a value."""
    for line in subject.lines:
        for field, word, cell in (
            ("target", "年度指标值", line.target),
            ("actual", "实际完成值", line.actual),
        ):
            options = _is_option_list(subject, cell)
            told_on_actual = field == "target" and options and _is_option_list(subject, line.actual)
            if told_on_actual or (not options and cell.kind is not CellKind.LEFTOVER):
                continue
            kind = "option_list" if options else "leftover"
            what = "选项清单，没有作出选择" if options else "表格的填写提示，没有填内容"
            yield found(
                f"targets.{kind}",
                ERROR if field == "actual" and line.shown.value else WARNING,
                subject.at_line(line, field, word),
                title="选项没有选" if options else "表格提示没有删",
                message=f"“{line.name}”的{word}写的是“{cell.raw.strip()}”，这是{what}"
                + (f"，却得了 {line.shown.raw.strip()} 分。" if line.shown.value else "。"),
                why="没有完成情况就没有得分的依据。",
                clause=TABLE,
                remedy="请填写实际的指标值和完成情况；不适用的写“无”。",
            )


def copied_operator(subject: Subject) -> Iterator[Finding]:
    """Report an operator in the actual value: the target was copied."""
    for line in subject.lines:
        if line.actual.operator is None or line.actual.kind is CellKind.LOWER_BOUND:
            continue
        same = clean(line.actual.raw) == clean(line.target.raw)
        if not same and not clean(line.actual.raw).startswith(("≥", "≤", ">", "<", "=")):
            continue
        yield found(
            "targets.operator_in_actual",
            WARNING,
            subject.at_line(line, "actual", "实际完成值"),
            title="完成值带比较符，没有实际数",
            message=f"“{line.name}”的完成值写的是“{line.actual.raw.strip()}”"
            + ("，与指标值一样" if same else "")
            + "；比较符说明这是目标，不是实际量出来的数。",
            why="完成值是统计或测量得到的一个数，不带“≥”“≤”。",
            clause=TRUTHFUL,
            remedy="请填写实际完成的数，如验收单、统计表上的数。",
        )


def cannot_be_compared(subject: Subject) -> Iterator[Finding]:
    """Report targets and actual values with two readings or none, and a status for a date."""
    for line in subject.lines:
        for field, word, cell in (
            ("target", "年度指标值", line.target),
            ("actual", "实际完成值", line.actual),
        ):
            if cell.kind not in (
                CellKind.AMBIGUOUS,
                CellKind.UNREADABLE,
                CellKind.APPROXIMATE,
            ) or (field == "actual" and cell.kind is CellKind.APPROXIMATE):
                continue
            yield found(
                "targets.ambiguous",
                WARNING,
                subject.at_line(line, field, word),
                title=f"{word}读不准",
                message=f"“{line.name}”的{word}“{cell.raw.strip()[:60]}”"
                f"：{(cell.problem or '没有明确的数，不能比较').rstrip('。')}。",
                why="读法不同，结论就可能相反，系统不替人猜。",
                clause=TARGET_SETTING,
                remedy="请改写成一个明确的数、比率或日期。",
            )
        measured = line.target.kind in (CellKind.DATE, CellKind.NUMBER)
        if measured and line.actual.kind is CellKind.STATUS:
            yield _status(subject, line)


def _status(subject: Subject, line: Line) -> Finding:
    is_date = line.target.kind is CellKind.DATE
    kind, what = ("date", "日期") if is_date else ("number", "数")
    return found(
        f"targets.status_for_{kind}",
        WARNING,
        subject.at_line(line, "actual", "实际完成值"),
        title=f"完成值是状态，不是{what}",
        message=f"“{line.name}”要求“{line.target.raw.strip()}”，完成值写的是"
        f"“{line.actual.raw.strip()}”，只是状态，"
        + ("看不出是否按时。" if is_date else "看不出完成了多少；尚未建成、办结的按 0 算。"),
        why=f"完成值要与指标值是同一种东西：这里应当是{what}。",
        clause=EXPLAIN,
        remedy="请填写实际完成的年月（日），并以验收单等为证。"
        if is_date
        else "请填写到年底实际完成的数，没有完成的写明原因。",
    )


def without_values(subject: Subject) -> Iterator[Finding]:
    """List once the lines that lack a target or an actual value."""
    no_target = [
        one.name for one in subject.lines if one.target.kind is CellKind.BLANK and not one.is_unused
    ]
    no_actual = [
        one.name
        for one in subject.lines
        if one.actual.kind is CellKind.BLANK and one.target.kind not in _NOTHING
    ]
    parts = [
        f"{what} {len(names)} 条（{'、'.join(names[:8])}{'等' if len(names) > 8 else ''}）"  # noqa: PLR2004 - as many names as a sentence bears
        for what, names in (("缺年度指标值", no_target), ("缺实际完成值", no_actual))
        if names
    ]
    if parts:
        yield found(
            "targets.blank",
            WARNING,
            subject.at("indicators", "绩效指标"),
            title="指标没有填完",
            message="；".join(parts) + "。",
            why="每条指标都要有年度指标值和实际完成值，才谈得上完成与否。",
            clause=TABLE,
            remedy="请向业务股室要这些数；不适用的指标写“无”。",
        )


def duplicates(subject: Subject) -> Iterator[Finding]:
    """Report indicators set twice."""
    groups: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in subject.lines:
        if line.applies and line.indicator.level3.strip():
            groups[clean(line.indicator.level3), clean(line.target.raw)].append(line)
    for (name, target), lines in groups.items():
        if len(lines) == 1:
            continue
        levels = "、".join(one.indicator.level2.strip() or one.level1_name for one in lines)
        yield found(
            "targets.duplicate",
            WARNING,
            subject.at_line(lines[-1], "level3", "三级指标"),
            title="指标重复",
            message=f"“{name}”（指标值 {target or '空'}）出现了 {len(lines)} 次，分别在{levels}。",
            why="同一件事设两条指标等于重复计分，抽查时只认一条。",
            clause=DUPLICATES,
            remedy="请保留一条，另一条换成不同角度的指标，分值重新分配。",
        )


def approved(subject: Subject) -> Iterator[Finding]:
    """Compare each target with the one the budget reply fixed."""
    for line in subject.lines:
        raw = line.indicator.approved.target
        if not raw.strip() or clean(raw) == clean(line.target.raw):
            continue
        fixed = read_target(raw, fiscal_year=subject.fiscal_year, lexicon=subject.lexicon)
        if fixed.value is not None and (
            (fixed.value, fixed.operator, fixed.unit, fixed.sense)
            == (line.target.value, line.target.operator, line.target.unit, line.target.sense)
        ):
            continue
        yield found(
            "targets.approved",
            ERROR,
            subject.at_line(line, "target", "年度指标值"),
            title="指标值与批复不一致",
            message=f"“{line.name}”批复的指标值是“{raw.strip()}”，"
            f"自评表写的是“{line.target.raw.strip() or '空'}”。",
            why="自评对照的是预算批复时确定的指标，财政部门审核时先与批复比对。",
            clause=subject.rule_set.level1_basis.clause,
            remedy="请改回批复的指标值；经批准调整的，写明调整依据。",
        )


def satisfaction_over_100(subject: Subject) -> Iterator[Finding]:
    """Report a satisfaction above 100 %, which a misread ≥ often causes."""
    for line in subject.lines:
        if line.level1 is not Level1.SATISFACTION:
            continue
        for field, word, cell in (
            ("target", "年度指标值", line.target),
            ("actual", "实际完成值", line.actual),
        ):
            if cell.value is None or not cell.is_rate or cell.value <= 1:
                continue
            raw = cell.raw.strip()
            guess = f"，是不是“≥{clean(raw)[1:]}”识别错了？" if clean(raw).startswith("2") else "。"
            yield found(
                "targets.satisfaction_over_100",
                ERROR,
                subject.at_line(line, field, word),
                title="满意度超过 100%",
                message=f"“{line.name}”的{word}是 {raw}，满意度不会超过 100%{guess}",
                why="满意度是满意的人数占被调查人数的比例。",
                clause=TARGET_SETTING,
                remedy="请对照批复和问卷统计改正。",
            )


RULES = (
    not_measurable,
    leftovers,
    copied_operator,
    cannot_be_compared,
    without_values,
    duplicates,
    approved,
    satisfaction_over_100,
)
