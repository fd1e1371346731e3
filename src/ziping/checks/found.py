"""How a finding is put together (校验发现)."""

import re

from ziping.domain.findings import Family, Finding, Place, Severity

FAMILIES = {
    "arithmetic": Family.ARITHMETIC,
    "weights": Family.WEIGHTS,
    "funds": Family.FUNDS,
    "targets": Family.TARGETS,
    "deviations": Family.DEVIATIONS,
    "overscoring": Family.OVERSCORING,
    "previous": Family.PREVIOUS,
    "completeness": Family.COMPLETENESS,
    "format": Family.FORMAT,
    "text": Family.TEXT,
    "citations": Family.CITATIONS,
    "wording": Family.WORDING,
}
"""Family of a rule by the part of its id before the dot."""

_PARTS = ("", "funds", "objectives", "level1_weights", "indicators", "printed")
"""Parts of the form from top to bottom; its head first."""
_DIGITS = re.compile(r"([0-9]+)")
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

USE_COMPUTED = (
    "金额已核对无误的，在“填报”页展开“批复与原表上的数”，点“原表已更正，改用计算结果”，"
    "原表的执行率、得分和总分一次改好。"
)
"""The cure that the form offers for printed results that the figures have left behind."""

EXPLAIN = "caiyu-2020-10#第十一条"
WEIGHTS = "caiyu-2020-10#第十三条"
METHOD = "caiyu-2020-10#第十六条"
GRADES = "caiyu-2020-10#第十八条"
TRUTHFUL = "caiyu-2020-10#第二十一条"
TABLE = "caiyu-2020-10#第二十五条"
FORM = "caiyu-2020-10#附件1"
BUDGET_BINDS = "yusuanfa#第十三条"
CARRYOVER = "yusuanfa#第四十二条"
NO_FALSE_SPENDING = "yusuanfa#第五十七条"
ADJUSTMENT = "yusuanfa#第七十二条"
TARGET_SETTING = "caiyu-2015-88#目标设定要求"
SURVEY = "choucha-shiwu#满意度调查"
MEASURABLE = "choucha-shiwu#指标可衡量"
ALL_FULL = "choucha-shiwu#全部满分"
OVER_ACHIEVED = "choucha-shiwu#超额完成"
COST_DIRECTION = "choucha-shiwu#成本方向"
DUPLICATES = "choucha-shiwu#重复指标"
TEXT_AND_TABLE = "choucha-shiwu#文表一致"
COUNTS_MATCH = "choucha-shiwu#条数对应"
PROBLEMS = "choucha-shiwu#问题与建议"
CHAPTERS = "choucha-shiwu#报告格式"
TOTAL_AND_GRADE = "choucha-shiwu#总分与等级"
FRAMEWORK = "caiyu-2020-10#附件2"
OUTLINE = "caiyu-2020-10#附件3"
MONEY_AS_QUANTITY = "choucha-shiwu#数量用金额"
ROUNDING = "system-defaults#四舍五入"
YEAR_CHANGE = "system-defaults#上年比较"
RESULTS_USED = "caiyu-2020-10#第二十七条"


def found(  # noqa: PLR0913 - a finding has these parts, all named by the caller
    rule: str,
    severity: Severity,
    where: Place,
    *,
    title: str,
    message: str,
    why: str,
    remedy: str,
    clause: str = "",
) -> Finding:
    """Return a finding; its id is the rule and the place."""
    return Finding(
        id=f"{rule}:{where.path}",
        severity=severity,
        family=FAMILIES[rule.split(".", 1)[0]],
        title=title,
        message=message,
        where=where,
        why=why,
        clause=clause,
        remedy=remedy,
    )


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings once each, by severity, those of one severity in the order of the table."""
    unique = {finding.id: finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda one: (_ORDER[one.severity], position(one))))


def position(finding: Finding) -> tuple[str, int, list[tuple[int, str]]]:
    """Return where in the tables a finding belongs: project, part of the form, row."""
    project, _, rest = finding.where.path.partition("/")
    part, _, row = rest.partition("/")
    rank = _PARTS.index(part) if part in _PARTS else 0
    pieces = [(int(piece), "") if piece.isdigit() else (0, piece) for piece in _DIGITS.split(row)]
    return project, rank, pieces
