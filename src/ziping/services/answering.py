"""What the commands answer about a report and the rules: one project, or several."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ziping import scoring
from ziping.content.library import Content
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.findings import Finding, Severity
from ziping.domain.package import Verification
from ziping.domain.rules import CERTAINTY_TITLES, RuleChoice, RuleSet
from ziping.domain.scores import AverageScore, LevelSum, LineScore, NextGrade, Rate, ScoreSheet
from ziping.services import answers
from ziping.services.scored import ScoredReport

if TYPE_CHECKING:  # checking texts takes a while to load, and most answers need none of it
    from ziping.services.checking import CheckedFile


def score_answer(scored: ScoredReport) -> answers.ProjectScore | answers.ReportScore:
    """Return the scores: of one project at top level, of several under `projects`."""
    report = scored.report
    if not report.projects:
        raise InputError("文件里没有项目，无法评分", remedy="请在 projects 下填写至少一个项目")
    projects = tuple(
        _project_score(one, sheet, scored.choice, _findings(scored, one.id))
        for one, sheet in zip(report.projects, scored.sheets, strict=True)
    )
    if len(projects) == 1:
        return projects[0]
    average = scoring.average(report, scored.sheets)
    return _report_score(report, scored.choice, average, projects, _of_report(scored))


def check_answer(checked: "CheckedFile") -> answers.ProjectCheck | answers.ReportCheck:
    """Return the findings: of one project at top level, of several under `projects`."""
    projects = checked.scored.report.projects
    if len(projects) == 1:
        return _project_check(projects[0], checked.findings, checked)
    of_project = {
        one.id: [found for found in checked.findings if found.where.path.startswith(f"{one.id}/")]
        for one in projects
    }
    taken = {found.id for some in of_project.values() for found in some}
    rest = [found for found in checked.findings if found.id not in taken]
    each = tuple(_project_check(one, of_project[one.id], checked) for one in projects)
    return _report_check(each, rest, checked)


def rule_set_list(content: Content) -> answers.RuleSetList:
    """Return every rule set."""
    return answers.RuleSetList(rule_sets=tuple(_rule_set_line(one) for one in content.rule_sets()))


def _findings(scored: ScoredReport, project_id: str) -> tuple[Finding, ...]:
    """Return a project's findings; with one project, those about the report as well."""
    return scored.findings if len(scored.sheets) == 1 else scored.findings_of(project_id)


def _of_report(scored: ScoredReport) -> tuple[Finding, ...]:
    """Return the findings that lie in no project."""
    within = {
        one.id for project in scored.report.projects for one in scored.findings_of(project.id)
    }
    return tuple(one for one in scored.findings if one.id not in within)


def _finding_answer(finding: Finding) -> answers.FindingAnswer:
    """Return a finding as commands print it."""
    data = finding.model_dump(exclude={"where"})
    data["family"] = finding.family.value
    place = finding.where
    where = f"{place.label}（{place.source}）" if place.source else place.label
    return answers.FindingAnswer(
        **data,
        where=where,
        path=place.path,
        source=place.source,
        line=place.line,
        quote=place.quote,
    )


def _line_answer(line: LineScore) -> answers.LineAnswer:
    """Return a line's score as commands print it."""
    trace = line.trace
    data = line.model_dump(exclude={"trace", "kind", "status", "row_id", "lacks"})
    return answers.LineAnswer(
        **data,
        kind=line.kind.value,
        status=line.status.value,
        trace=trace.formula,
        clause=trace.clause,
        certainty=trace.certainty,
        reason=trace.reason,
        distance=trace.distance,
    )


def _project_score(
    evaluation: SelfEvaluation, sheet: ScoreSheet, choice: RuleChoice, findings: Iterable[Finding]
) -> answers.ProjectScore:
    """Return a project's scores and findings as commands print them."""
    return answers.ProjectScore(
        project=evaluation.id,
        name=evaluation.name,
        rule_set=_rule_set_answer(choice),
        status="undetermined" if sheet.total is None else "determined",
        total=sheet.total,
        grade=sheet.grade,
        execution_rate=sheet.execution_rate,
        determined=sheet.determined,
        range=answers.RangeAnswer(low=sheet.low, high=sheet.high),
        weight_total=sheet.weight_total,
        next_grade=_next_grade(sheet.next_grade),
        needs=tuple(
            needs for needs in (*(one.needs for one in sheet.lines), sheet.grade_needs) if needs
        ),
        rates=tuple(_rate(one) for one in sheet.rates),
        dimensions=tuple(_dimension(one) for one in sheet.dimensions),
        lines=tuple(_line_answer(one) for one in sheet.lines),
        findings=tuple(_finding_answer(one) for one in findings),
    )


def _report_score(
    report: Report,
    choice: RuleChoice,
    average: AverageScore | None,
    projects: tuple[answers.ProjectScore, ...],
    findings: Iterable[Finding],
) -> answers.ReportScore:
    """Return several projects' scores as commands print them."""
    return answers.ReportScore(
        unit=report.unit,
        fiscal_year=report.fiscal_year,
        rule_set=_rule_set_answer(choice),
        average=answers.AverageAnswer(**average.model_dump(mode="python")) if average else None,
        projects=projects,
        findings=tuple(_finding_answer(one) for one in findings),
    )


def _project_check(
    evaluation: SelfEvaluation, findings: Iterable[Finding], checked: "CheckedFile"
) -> answers.ProjectCheck:
    """Return a project's findings as commands print them."""
    told = tuple(_finding_answer(one) for one in findings)
    errors, warnings, notes = _counts(told)
    return answers.ProjectCheck(
        project=evaluation.id,
        name=evaluation.name,
        errors=errors,
        warnings=warnings,
        notes=notes,
        findings=told,
        remarks=checked.remarks,
        has_text=checked.has_text,
        has_table=checked.has_table,
    )


def _report_check(
    projects: tuple[answers.ProjectCheck, ...], findings: Iterable[Finding], checked: "CheckedFile"
) -> answers.ReportCheck:
    """Return several projects' findings as commands print them."""
    told = tuple(_finding_answer(one) for one in findings)
    everything = (*told, *(one for project in projects for one in project.findings))
    errors, warnings, notes = _counts(everything)
    return answers.ReportCheck(
        errors=errors,
        warnings=warnings,
        notes=notes,
        projects=projects,
        findings=told,
        remarks=checked.remarks,
        has_text=checked.has_text,
        has_table=checked.has_table,
    )


def verify_answer(found: Verification) -> answers.VerifyAnswer:
    """Return a verification as commands print it."""
    return answers.VerifyAnswer(**dict(found), holds=found.holds)


def _rule_set_line(rule_set: RuleSet) -> answers.RuleSetLine:
    """Return a rule set as the list prints it."""
    until = rule_set.valid_until
    return answers.RuleSetLine(
        id=rule_set.id,
        title=rule_set.title,
        jurisdiction=rule_set.jurisdiction,
        valid_from=rule_set.valid_from.isoformat(),
        valid_until=until.isoformat() if until else None,
        text_seen=rule_set.text_seen,
        certainty=CERTAINTY_TITLES[rule_set.execution.basis.certainty],
        summary=rule_set.summary,
    )


def _rule_set_answer(choice: RuleChoice) -> answers.RuleSetAnswer:
    """Return the rule set used, and why."""
    return answers.RuleSetAnswer(
        id=choice.rule_set.id, title=choice.rule_set.title, reason=choice.reason
    )


def _counts(findings: tuple[answers.FindingAnswer, ...]) -> tuple[int, int, int]:
    """Return how many findings are errors, warnings and notes."""
    graves = [one.severity for one in findings]
    return (
        graves.count(Severity.ERROR),
        graves.count(Severity.WARNING),
        graves.count(Severity.NOTE),
    )


def _next_grade(found: NextGrade | None) -> answers.NextGradeAnswer | None:
    """Return the way to the next grade."""
    return answers.NextGradeAnswer(title=found.title, gap=found.gap) if found else None


def _rate(rate: Rate) -> answers.RateAnswer:
    """Return a rate."""
    return answers.RateAnswer(**{**dict(rate), "base": rate.base.value})


def _dimension(found: LevelSum) -> answers.DimensionAnswer:
    """Return a dimension's sums."""
    return answers.DimensionAnswer(**dict(found))
