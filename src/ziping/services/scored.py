"""A report with its scores, findings and what is missing; pure, no database."""

from dataclasses import dataclass
from functools import cached_property

from ziping import scoring
from ziping.checks import check_report, missing
from ziping.content.library import Content
from ziping.domain.amounts import read_amount
from ziping.domain.draft import Outline
from ziping.domain.evaluation import FundRow, FundSource, Report, SelfEvaluation
from ziping.domain.findings import Finding, MissingItem, Severity
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.rules import RuleChoice
from ziping.domain.scores import ScoreSheet
from ziping.domain.stored import ProjectOverview, ReportOverview


@dataclass(frozen=True)
class ScoredReport:
    """A report and everything that follows from it (已评分报告)."""

    content: Content
    report: Report
    choice: RuleChoice
    sheets: tuple[ScoreSheet, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def outline(self) -> Outline:
        """The report's outline, with the sections that this report has."""
        whole = self.content.outline(self.report.outline)
        return whole.of_report(has_rectifications=bool(self.report.rectifications))

    @cached_property
    def missing(self) -> tuple[MissingItem, ...]:
        """What is still to be obtained, and from whom."""
        return missing(self.report, self.sheets, self.findings, self.outline)

    def findings_of(self, project_id: str) -> tuple[Finding, ...]:
        """Return the findings whose place lies in a project."""
        return tuple(one for one in self.findings if one.where.path.startswith(f"{project_id}/"))

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(one.severity is severity for one in self.findings)


def score_report(content: Content, report: Report) -> ScoredReport:
    """Return a report with its scores and findings; what else follows is worked out when asked."""
    choice = content.choose_rule_set(report.place, report.fiscal_year, report.rule_set)
    lexicon = content.lexicon()
    sheets = tuple(
        scoring.score(one, choice.rule_set, lexicon, fiscal_year=report.fiscal_year)
        for one in report.projects
    )
    findings = check_report(report, sheets, choice.rule_set, lexicon)
    return ScoredReport(
        content=content, report=report, choice=choice, sheets=sheets, findings=findings
    )


def title_of(report: Report) -> str:
    """Return a report's title for lists and file names."""
    return f"{report.unit or '未填单位'}{report.fiscal_year}年度项目支出绩效自评"


def overview(scored: ScoredReport) -> ReportOverview:
    """Return a report's line for the list of reports."""
    report = scored.report
    return ReportOverview(
        title=title_of(report),
        unit=report.unit,
        fiscal_year=report.fiscal_year,
        projects=tuple(
            _project_overview(one, sheet)
            for one, sheet in zip(report.projects, scored.sheets, strict=True)
        ),
        errors=scored.count(Severity.ERROR),
        warnings=scored.count(Severity.WARNING),
        notes=scored.count(Severity.NOTE),
    )


def _project_overview(evaluation: SelfEvaluation, sheet: ScoreSheet) -> ProjectOverview:
    """Return one project's figures for the list of reports."""
    total = evaluation.fund(FundSource.TOTAL) or FundRow(source=FundSource.TOTAL)
    budget = read_amount(total.annual_budget, evaluation.fund_unit).value
    executed = read_amount(total.executed, evaluation.fund_unit).value
    rate = sheet.execution_rate
    return ProjectOverview(
        name=evaluation.name,
        total="" if sheet.total is None else plain(sheet.total, 2),
        grade=sheet.grade or "",
        annual_budget="" if budget is None else plain(budget),
        executed="" if executed is None else plain(executed),
        execution_rate="" if rate is None else rate_text(rate),
    )
