"""Weights of lines and dimensions (分值)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.execution import effective_weight, rule_weight
from ziping.checks.found import ERROR, FORM, NOTE, TABLE, WARNING, WEIGHTS, found
from ziping.checks.subject import Subject
from ziping.domain.findings import Finding
from ziping.domain.levels import split_level1
from ziping.domain.numbers import plain, read_number
from ziping.domain.rules import Level1, Level1Weights

_FULL = Decimal(100)


def none_stated(subject: Subject) -> Iterator[Finding]:
    """Say once that a table gives no line a weight."""
    if subject.has_weights or not subject.lines:
        return
    declared = "，只写了一级指标的分值" if _declared(subject) else ""
    yield found(
        "weights.none_stated",
        WARNING,
        subject.at("indicators", "绩效指标", "分值"),
        title="指标没有分值",
        message=f"{len(subject.lines)} 条指标都没有填分值{declared}，不能逐条计分，也没有总分。",
        why="自评总分是各指标得分之和，每条适用的指标都要有分值；"
        "转移支付等不计分的表可以保留这一条。",
        clause=WEIGHTS,
        remedy="需要计分的，请按重要程度把一级指标分值分到每条三级指标。",
    )


def missing(subject: Subject) -> Iterator[Finding]:
    """Report applicable lines without a readable weight, where others have one."""
    if not subject.has_weights:
        return
    for line in subject.lines:
        if line.weight.value is not None or not line.applies:
            continue
        stated = f"填的是“{line.weight.raw.strip()}”" if line.weight.problem else "没有填分值"
        yield found(
            "weights.missing",
            ERROR,
            subject.at_line(line, "weight", "分值"),
            title="指标缺分值",
            message=f"“{line.name}”有指标值或完成值，{stated}，这一行不能计分。",
            why="适用的指标都要有分值，不适用的写“无”。",
            clause=WEIGHTS,
            remedy="请填写这一行的分值，并保证分值合计为 100。",
        )


def _declared(subject: Subject) -> dict[str, Decimal]:
    """Return the level-1 weights the table declares, by name: in the grid or in headings."""
    declared: dict[str, Decimal] = {}
    for line in subject.lines:
        if line.level1_weight is not None:
            declared.setdefault(line.level1_name, line.level1_weight)
    for name, raw in subject.evaluation.level1_weights.items():
        weight = read_number(raw).value
        if weight is not None:
            declared[split_level1(name).title] = weight
    return declared


def _sums(subject: Subject) -> dict[str, Decimal]:
    """Return the sum of line weights of each level-1 name; a level with a gap is left out."""
    sums: dict[str, Decimal] = {}
    gaps: set[str] = set()
    for line in subject.lines:
        if line.weight.value is not None:
            name = line.level1_name
            sums[name] = sums.get(name, Decimal(0)) + line.weight.value
        elif line.applies:
            gaps.add(line.level1_name)
    return {name: value for name, value in sums.items() if name not in gaps}


def lines_against_level1(subject: Subject) -> Iterator[Finding]:
    """Compare the line weights of each level-1 indicator with the weight it declares."""
    sums = _sums(subject)
    for name, declared in _declared(subject).items():
        summed = sums.get(name)
        if summed is None or summed == declared:
            continue
        addends = "+".join(
            plain(line.weight.value)
            for line in subject.lines
            if line.level1_name == name and line.weight.value is not None
        )
        addends = f"{addends}＝" if "+" in addends else ""
        yield found(
            "weights.level3",
            ERROR,
            subject.at(f"level1_weights/{name.replace('/', '~1')}", "一级指标分值", name),
            title="三级指标分值合计与一级不符",
            message=f"“{name}”写明 {plain(declared)} 分，所属三级指标合计 {addends}"
            f"{plain(summed)} 分，相差 {plain(abs(summed - declared))}。",
            why="一级指标的分值由所属三级指标分完，不多不少。",
            clause=WEIGHTS,
            remedy="请调整三级指标的分值，使合计等于一级指标的分值。",
        )


def _is_other_family(subject: Subject) -> bool:
    """Whether a line's level-1 indicator is none the rules know (项目决策、项目管理 …)."""
    return any(
        line.level1 is None and line.level1_name and line.weight.value is not None
        for line in subject.lines
    )


def total(subject: Subject) -> Iterator[Finding]:
    """Compare the sum of all weights, the execution rate included, with 100."""
    weights = [line.weight.value for line in subject.lines if line.weight.value is not None]
    if not weights:
        return
    lines = sum(weights, Decimal(0))
    execution = Decimal(0) if subject.execution_row else effective_weight(subject) or Decimal(0)
    whole = lines + execution
    gaps = any(line.applies and line.weight.value is None for line in subject.lines)
    if whole == _FULL or (gaps and whole < _FULL):
        return
    parts = f"指标分值合计 {plain(lines)}"
    if execution:
        parts += f"＋预算执行率 {plain(execution)}＝{plain(whole)}"
    yield found(
        "weights.total",
        WARNING if _is_other_family(subject) else ERROR,
        subject.at("indicators", "绩效指标", "分值合计"),
        title="分值合计不是 100",
        message=f"{parts}，应为 100，{'多' if whole > _FULL else '少'}"
        f" {plain(abs(whole - _FULL))} 分。",
        why="自评满分 100 分，其中包含预算执行率的分值。",
        clause=WEIGHTS,
        remedy="请调整指标分值，使各指标与预算执行率合计为 100。",
    )


def level1_against_rules(subject: Subject) -> Iterator[Finding]:
    """Compare the level-1 weights with those of the rule set; units may adjust them."""
    weights = _dimensions(subject)
    option = _option(subject)
    if not weights or option is None or _is_other_family(subject):
        return
    wanted = dict(option.weights)
    if option.combined:
        first, *others = option.combined
        for weighed in (weights, wanted):
            weighed[first] = sum((weighed.pop(one, Decimal(0)) for one in others), Decimal(0)) + (
                weighed.get(first, Decimal(0))
            )
    different = [
        f"{level.value} {plain(weight)}（规则 {plain(wanted.get(level, Decimal(0)))}）"
        for level, weight in weights.items()
        if weight != wanted.get(level, Decimal(0))
    ]
    if different:
        yield found(
            "weights.level1",
            WARNING,
            subject.at("level1_weights", "一级指标分值"),
            title="一级指标分值与规则不同",
            message=f"{'、'.join(different)}。规则为“{subject.rule_set.title}”。",
            why="一级指标权重原则上统一设置，特殊情况可以适当调整。",
            clause=subject.rule_set.level1_basis.clause,
            remedy="没有特殊情况的，请按规则调整；确需调整的，在报告里说明理由。",
        )


def _dimensions(subject: Subject) -> dict[Level1, Decimal]:
    """Return the weights of the dimensions: as declared, else the sums of lines."""
    by_name = {line.level1_name: line.level1 for line in subject.lines}
    named = _sums(subject) | _declared(subject)
    weights: dict[Level1, Decimal] = {}
    for name, weight in named.items():
        level = by_name.get(name)
        if level is not None:
            weights[level] = weights.get(level, Decimal(0)) + weight
    return weights


def _option(subject: Subject) -> Level1Weights | None:
    """Return the weights the rule set has for a project of this shape."""
    levels = {line.level1 for line in subject.lines}
    shape = {
        "with_satisfaction": Level1.SATISFACTION in levels,
        "with_cost": Level1.COST in levels,
    }
    return next(
        (
            option
            for option in subject.rule_set.level1_weights
            if all(getattr(option, name) in (None, has) for name, has in shape.items())
        ),
        None,
    )


def execution_weight(subject: Subject) -> Iterator[Finding]:
    """Report an execution weight that the points beside it contradict, or another than usual."""
    fund, wanted = subject.total, rule_weight(subject)
    printed = read_number(fund.row.printed.weight).value if fund else None
    if fund is None or printed is None or wanted is None or printed == wanted:
        return
    points = read_number(fund.row.printed.points).value
    wrong = printed >= _FULL
    beside = f"，同一行得分 {plain(points)}" if points is not None else ""
    yield found(
        "weights.execution_weight",
        ERROR if wrong else WARNING,
        subject.at_fund(fund, "printed/weight", "分值"),
        title="预算执行率的分值不对" if wrong else "预算执行率的分值与规则不同",
        message=f"预算执行率的分值填 {plain(printed)}{beside}，规则为 {plain(wanted)} 分"
        + ("；100 分是整张表的满分。" if wrong else "。"),
        why="预算执行率只占总分的一部分，与各指标合计为 100。",
        clause=subject.rule_set.level1_basis.clause,
        remedy=f"请把预算执行率的分值改为 {plain(wanted)}。",
    )


def repeated(subject: Subject) -> Iterator[Finding]:
    """Report weights repeated on the rows below the total."""
    if subject.total is None:
        return
    for fund in subject.details:
        weight = read_number(fund.row.printed.weight).value
        if not weight:
            continue
        points = fund.row.printed.points.strip()
        yield found(
            "weights.repeated",
            NOTE,
            subject.at_fund(fund, "printed/weight", "分值"),
            title="明细行重复填了分值",
            message=f"“{fund.title}”行又填了分值 {plain(weight)}"
            + (f"、得分 {points}" if points else "")
            + "，照此相加会重复计分。",
            why="只有年度资金总额一行计分，明细行的分值和得分画“—”。",
            clause=FORM,
            remedy="请把明细行的分值、得分改为“—”。",
        )


def approved(subject: Subject) -> Iterator[Finding]:
    """Compare each weight with the one the budget reply fixed."""
    for line in subject.lines:
        fixed = read_number(line.indicator.approved.weight).value
        if fixed is None or line.weight.value is None or fixed == line.weight.value:
            continue
        yield found(
            "weights.approved",
            WARNING,
            subject.at_line(line, "weight", "分值"),
            title="分值与批复不一致",
            message=f"“{line.name}”批复分值 {plain(fixed)}，自评表填 {plain(line.weight.value)}。",
            why="指标和权重以预算批复为准，财政部门审核时先与批复比对。",
            clause=TABLE,
            remedy="请改回批复的分值；经批准调整的，写明依据。",
        )


RULES = (
    none_stated,
    missing,
    lines_against_level1,
    total,
    level1_against_rules,
    execution_weight,
    repeated,
    approved,
)
