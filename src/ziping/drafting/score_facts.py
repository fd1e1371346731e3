"""Facts of a score sheet: points, counts and the total on the other base (评分数据项)."""

from collections.abc import Iterable
from decimal import Decimal

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.levels import split_level1
from ziping.domain.rules import RuleSet
from ziping.domain.scores import LineKind, LineScore, LineStatus, RateBase, ScoreSheet
from ziping.drafting.fact_builder import FactBuilder
from ziping.drafting.figures import to_inline


def add_sheet(
    build: FactBuilder, project: SelfEvaluation, sheet: ScoreSheet, rule_set: RuleSet
) -> None:
    """Add every figure of a project's score sheet."""
    key, name = project.id, to_inline(project.name)
    if sheet.execution_rate is not None:
        rate = sheet.execution_rate
        build.rate(f"{key}.execution_rate", f"{name} 预算执行率", rate, "评分表", key)
    build.points(f"{key}.determined", f"{name} 已定分", sheet.determined, "评分表", key)
    if not _lacks_weight(sheet.lines):
        build.points(f"{key}.weight_total", f"{name} 分值合计", sheet.weight_total, "评分表", key)
    if sheet.total is not None:
        build.points(f"{key}.total", f"{name} 总分", sheet.total, "评分表", key)
    if sheet.grade is not None:
        build.name(f"{key}.grade", f"{name} 等级", sheet.grade, "评分表", key)
    for number, level in enumerate(sheet.dimensions, 1):
        prefix = f"{key}.D{number}"
        build.name(f"{prefix}.name", "一级指标", level.level1, "评分表", prefix)
        own = [line for line in sheet.lines if split_level1(line.level1).title == level.level1]
        if not _lacks_weight(own):
            build.points(f"{prefix}.weight", f"{level.level1} 分值", level.weight, "评分表", prefix)
        build.points(f"{prefix}.points", f"{level.level1} 得分", level.points, "评分表", prefix)
        _add_counts(build, prefix, own)
    for line in sheet.lines:
        _add_line(build, f"{key}.{line.id}", line)
    _add_counts(build, key, sheet.lines)
    worded = [one for one in sheet.lines if one.kind is LineKind.QUALITATIVE]
    weight = sum((one.weight or Decimal(0) for one in worded), Decimal(0))
    build.points(f"{key}.qualitative_weight", f"{name} 定性指标分值", weight, "各行分值之和", key)
    open_lines = [one for one in sheet.lines if one.status is LineStatus.UNDETERMINED]
    build.count(f"{key}.open_count", f"{name} 未定分行数", len(open_lines), "项", key)
    lost = sum((line.deduction for line in sheet.lines), Decimal(0))
    build.points(f"{key}.lost_points", f"{name} 扣分合计", lost, "各行扣分之和", key)
    _add_other_base(build, key, sheet, rule_set)


def _lacks_weight(lines: Iterable[LineScore]) -> bool:
    """Whether a line that counts has no weight, so that no sum of weights can be told."""
    return any(one.weight is None and one.status is not LineStatus.NOT_APPLICABLE for one in lines)


def _add_line(build: FactBuilder, prefix: str, line: LineScore) -> None:
    name = line.level3 or line.level2 or line.level1
    for field, title, value in (
        ("weight", "分值", line.weight),
        ("points", "得分", line.points),
        ("computed", "按规则计算的得分", line.computed),
    ):
        if value is not None:
            build.points(f"{prefix}.{field}", f"{name} {title}", value, "评分表", prefix)
    if line.points is not None and line.weight is not None:
        build.points(f"{prefix}.deduction", f"{name} 扣分", line.deduction, "分值－得分", prefix)
    if line.ratio is not None:
        build.rate(f"{prefix}.completion", f"{name} 完成率", line.ratio, "评分表", prefix)


def _add_counts(build: FactBuilder, key: str, counted: Iterable[LineScore]) -> None:
    """Add how many indicators are measured, met, short or open, the execution rate apart."""
    lines = [
        line
        for line in counted
        if line.kind is not LineKind.EXECUTION and line.status is not LineStatus.NOT_APPLICABLE
    ]
    measured = (LineKind.QUANTITATIVE, LineKind.DATE)
    settled = [one for one in lines if one.status is LineStatus.DETERMINED]
    counts = {
        "indicator_count": ("指标数", lines),
        "quantified_count": ("量化指标数", [one for one in lines if one.kind in measured]),
        "qualitative_count": (
            "定性指标数",
            [one for one in lines if one.kind is LineKind.QUALITATIVE],
        ),
        "met_count": ("达到指标值的指标数", [one for one in settled if one.met]),
        "unmet_count": ("未达到指标值的指标数", [one for one in settled if one.met is False]),
        "lost_count": ("扣分行数", [one for one in lines if one.deduction]),
        "undetermined_count": (
            "未定分行数",
            [one for one in lines if one.status is LineStatus.UNDETERMINED],
        ),
    }
    for field, (title, chosen) in counts.items():
        build.count(f"{key}.{field}", title, len(chosen), "项", key)


def _add_other_base(build: FactBuilder, key: str, sheet: ScoreSheet, rule_set: RuleSet) -> None:
    """Add what the total and grade would be on the other budget (另一口径)."""
    other = next(
        (
            rate
            for rate in sheet.rates
            if not rate.counts
            and rate.points is not None
            and rate.base in (RateBase.ANNUAL_BUDGET, RateBase.INITIAL_BUDGET)
        ),
        None,
    )
    line = sheet.execution
    if other is None or other.points is None or sheet.total is None or line.points is None:
        return
    build.points(f"{key}.other_points", f"按{other.base}的得分", other.points, "评分表", key)
    build.rate(f"{key}.other_rate", other.base, other.value, "评分表", key)
    total = sheet.total - line.points + other.points
    build.points(f"{key}.other_total", "另一口径的总分", total, "总分－执行率得分＋另一得分", key)
    grade = next((one.title for one in rule_set.grades if total >= one.at_least), "")
    build.name(f"{key}.other_grade", "另一口径的等级", grade, "另一口径的总分", key)
