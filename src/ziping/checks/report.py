"""Findings over a whole report: all its projects, and what only shows across them (报告)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ziping.checks.found import ALL_FULL, ERROR, NOTE, TABLE, WARNING, found, in_order
from ziping.checks.previous import unanswered_problems
from ziping.checks.registry import RULES
from ziping.checks.subject import Subject
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.findings import Finding, Place
from ziping.domain.numbers import read_number
from ziping.domain.rules import Lexicon, RuleSet
from ziping.domain.scores import ScoreSheet
from ziping.domain.text import clean

_FULL = Decimal(100)


def check(
    evaluation: SelfEvaluation,
    sheet: ScoreSheet,
    rule_set: RuleSet,
    lexicon: Lexicon,
    *,
    fiscal_year: int,
) -> tuple[Finding, ...]:
    """Return every finding on one self-evaluation, the gravest first.

    Args:
        evaluation: What the unit reports, with approved and printed values beside.
        sheet: Its score sheet under the same rule set.
        rule_set: The rules it was scored by.
        lexicon: Words the value readers know.
        fiscal_year: The project's year, for dates without one.
    """
    subject = Subject(evaluation, sheet, rule_set, lexicon, fiscal_year)
    return in_order([finding for rule in RULES for finding in rule(subject)])


def check_report(
    report: Report, sheets: tuple[ScoreSheet, ...], rule_set: RuleSet, lexicon: Lexicon
) -> tuple[Finding, ...]:
    """Return the findings on all projects of a report and on the report as a whole."""
    by_project = {sheet.project_id: sheet for sheet in sheets}
    findings = list(_heading(report, rule_set))
    findings += _across(report, sheets)
    findings += unanswered_problems(report)
    for project in report.projects:
        sheet = by_project.get(project.id)
        if sheet is not None:
            findings += check(project, sheet, rule_set, lexicon, fiscal_year=report.fiscal_year)
    return in_order(findings)


def _heading(report: Report, rule_set: RuleSet) -> Iterator[Finding]:
    """Report a blank unit, a report without projects, and rules not in force that year."""
    if not report.unit.strip():
        yield found(
            "completeness.unit",
            ERROR,
            Place(path="unit", label="编报单位"),
            title="编报单位没有填",
            message="报告没有写编报单位。",
            why="自评由项目单位负责，报告要写明是谁编报的。",
            clause=TABLE,
            remedy="请填写单位全称。",
        )
    if not report.projects:
        yield found(
            "completeness.projects",
            ERROR,
            Place(path="projects", label="项目"),
            title="还没有项目",
            message="报告里一个项目也没有。",
            why="自评以项目为单位，一个项目一张自评表。",
            clause=TABLE,
            remedy="请新建或导入至少一个项目。",
        )
    if not any(rule_set.is_in_force(day) for day in _days(report.fiscal_year)):
        yield found(
            "completeness.rule_set_year",
            WARNING,
            Place(path="fiscal_year", label="财政年度"),
            title="评分规则当年没有施行",
            message=f"“{rule_set.title}”自 {rule_set.valid_from:%Y-%m-%d} 起施行，"
            f"{report.fiscal_year} 年度的自评不在施行期内。",
            why="规则有施行日期，旧年度按旧规则评。",
            remedy="请核对财政年度；确实按此规则评的，在报告里说明。",
        )


def _days(year: int) -> tuple[date, date]:
    """Return days of the year evaluated and of the spring in which it is evaluated."""
    return date(year, 12, 31), date(year + 1, 6, 30)


def _across(report: Report, sheets: tuple[ScoreSheet, ...]) -> Iterator[Finding]:
    """Report projects of the same name, and several projects that all have 100 points."""
    counts = Counter(clean(one.name) for one in report.projects if one.name.strip())
    seen: set[str] = set()
    for project in report.projects:
        name = clean(project.name)
        if counts[name] > 1 and name in seen:
            yield found(
                "completeness.duplicate_name",
                WARNING,
                Place(path=f"{project.id}/name", label=f"{project.name} · 项目支出名称"),
                title="项目重名",
                message=f"有 {counts[name]} 个项目都叫“{project.name.strip()}”，"
                "可能是重复录入，汇总时也分不清。",
                why="一个项目一张自评表，不重不漏。",
                clause=TABLE,
                remedy="请删去重复的一份，或在名称里写明区别。",
            )
        seen.add(name)
    totals = [read_number(one.printed.total).value for one in report.projects]
    printed_full = bool(totals) and all(total == _FULL for total in totals)
    scored_full = bool(sheets) and all(sheet.total == _FULL for sheet in sheets)
    if len(report.projects) > 1 and (printed_full or scored_full):
        yield found(
            "overscoring.all_projects_full",
            NOTE,
            Place(path="projects", label="全部项目 · 总分"),
            title="所有项目都是 100 分",
            message=f"{len(report.projects)} 个项目全部 100 分。",
            why="一批项目全部满分，常被认为自评流于形式。",
            clause=ALL_FULL,
            remedy="请抽几个项目对照佐证材料重新核一遍。",
        )
