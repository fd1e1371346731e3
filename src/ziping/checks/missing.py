"""What is still missing, why it matters and whom to ask (还缺什么、找谁要)."""

from collections.abc import Iterator
from decimal import Decimal

from ziping.domain.amounts import read_amount
from ziping.domain.draft import MaterialSpec, Outline
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Report,
    SelfEvaluation,
)
from ziping.domain.findings import Finding, MissingItem, Place
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet
from ziping.domain.text import is_blank

_OFFICE, _FINANCE, _BUSINESS, _OWNER = "单位办公室", "财务股", "业务股室", "项目负责人"

_AMOUNTS = (
    ("annual_budget", "全年预算数", "执行率的分母"),
    ("executed", "全年执行数", "执行率的分子，取国库实际支付数"),
    ("initial_budget", "年初预算数", "与全年预算数比较，看预算调整了多少"),
    ("received", "实际到位数", "说明资金到位情况"),
)
_HEAD = (
    ("name", "项目支出名称", "自评表表头", _BUSINESS),
    ("competent_department", "主管部门", "自评表表头，报送和汇总都看它", _OFFICE),
    ("implementing_unit", "实施单位", "自评表表头", _OFFICE),
)
_LACKS = {
    "weight": ("分值", _FINANCE),
    "target": ("年度指标值", _BUSINESS),
    "actual": ("实际完成值", _BUSINESS),
    "band": ("定性档次", _OWNER),
    "points": ("得分", _OWNER),
}
"""Title and whom to ask of what holds a line up, by field."""
_ASKED = {
    "funds.adjustment": ("预算调整依据", "全年预算数与年初预算数不同", _FINANCE),
    "funds.initial_zero": ("追加预算依据", "年初没有预算", _FINANCE),
    "funds.low_rate": ("执行率偏低的原因", "偏低的项目要单独说明", _FINANCE),
    "deviations.deduction_unexplained": ("扣分原因", "扣了分没有写为什么", _OWNER),
    "deviations.shortfall_unexplained": ("未完成的原因和改进措施", "没有完成要说明", _OWNER),
    "deviations.over_achievement": ("超额完成的原因", "超出较多要说明", _OWNER),
    "previous.money": ("资金变动原因", "比上年变动较大", _FINANCE),
    "previous.line": ("指标变动原因", "比上年变动较大", _BUSINESS),
    "previous.unanswered": ("上年问题整改情况", "上年报告提出的问题要有回音", _BUSINESS),
    "completeness.satisfaction_evidence": ("满意度调查材料", "满意度要有调查支撑", _BUSINESS),
}
"""Findings that ask for a text, by rule: what, why, whom."""


def missing(
    report: Report,
    sheets: tuple[ScoreSheet, ...],
    findings: tuple[Finding, ...],
    outline: Outline,
) -> tuple[MissingItem, ...]:
    """Return what is still missing, what most points hang on first.

    Args:
        report: What has been entered so far.
        sheets: The score sheets of its projects.
        findings: What the checks found.
        outline: The report's outline, whose materials are asked for last.
    """
    by_project = {sheet.project_id: sheet for sheet in sheets}
    items = list(_head_of_report(report))
    for project in report.projects:
        sheet = by_project.get(project.id)
        items += _heading(project)
        items += _amounts(project, sheet)
        items += _objectives(project)
        items += _lines(project, sheet)
    items += _explanations(report, by_project, findings)
    items += _materials(report, outline)
    return tuple(sorted(items, key=lambda item: -item.points))


def _place(path: str, *words: str) -> Place:
    return Place(path=path, label=" · ".join(word for word in words if word))


def _head_of_report(report: Report) -> Iterator[MissingItem]:
    if is_blank(report.unit):
        yield MissingItem(
            field="编报单位", why="报告封面和落款", ask=_OFFICE, where=_place("unit", "编报单位")
        )


def _heading(project: SelfEvaluation) -> Iterator[MissingItem]:
    for field, title, why, ask in _HEAD:
        if is_blank(getattr(project, field)):
            where = _place(f"{project.id}/{field}", project.name, title)
            yield MissingItem(field=title, why=why, ask=ask, where=where)


def _amounts(project: SelfEvaluation, sheet: ScoreSheet | None) -> Iterator[MissingItem]:
    """Yield blank amounts of the total row; those the rate needs carry its points."""
    row = project.fund(FundSource.TOTAL) or FundRow(source=FundSource.TOTAL)
    execution = sheet.execution if sheet else None
    open_points = _open_points(execution)
    for column, title, why in _AMOUNTS:
        if not is_blank(getattr(row, column)):
            continue
        needed = column in ("annual_budget", "executed")
        yield MissingItem(
            field=title,
            why=why,
            ask=_FINANCE,
            where=_place(
                f"{project.id}/funds/{FundSource.TOTAL}/{column}",
                project.name,
                FUND_SOURCE_TITLES[FundSource.TOTAL],
                title,
            ),
            points=open_points if needed else Decimal(0),
        )


def _open_points(line: LineScore | None) -> Decimal:
    """Return the points an undetermined line may still bring."""
    if line is None or line.status is not LineStatus.UNDETERMINED:
        return Decimal(0)
    return max(line.high, line.weight or Decimal(0))


def _objectives(project: SelfEvaluation) -> Iterator[MissingItem]:
    if not project.objectives or is_blank(project.objectives[0].expected):
        where = _place(f"{project.id}/objectives/1/expected", project.name, "预期目标")
        yield MissingItem(
            field="年度总体目标", why="自评的对照依据，照批复填", ask=_BUSINESS, where=where
        )
    for number, one in enumerate(project.objectives, 1):
        if is_blank(one.achieved) and not is_blank(one.expected):
            where = _place(
                f"{project.id}/objectives/{number}/achieved", project.name, "实际完成情况"
            )
            yield MissingItem(
                field="总体目标实际完成情况", why="说明一年做成了什么", ask=_BUSINESS, where=where
            )


def _lines(project: SelfEvaluation, sheet: ScoreSheet | None) -> Iterator[MissingItem]:
    """Yield what each undetermined line needs."""
    for line in project.indicators:
        score = sheet.line(line.id) if sheet else None
        if score is None or score.status is not LineStatus.UNDETERMINED:
            continue
        if score.row_id and not is_blank(line.weight):
            continue  # what the execution rate needs is asked of the fund grid
        title, ask = _LACKS[score.lacks]
        yield MissingItem(
            field=f"{line.level3.strip() or line.level2.strip()}的{title}",
            why=score.needs or "这一行还不能定分",
            ask=ask,
            where=_place(
                f"{project.id}/indicators/{line.id}/{score.lacks}", project.name, line.level3, title
            ),
            points=_open_points(score),
        )


def _explanations(
    report: Report, sheets: dict[str, ScoreSheet], findings: tuple[Finding, ...]
) -> Iterator[MissingItem]:
    """Yield the reasons and proofs that findings ask for; a deduction carries its points."""
    for finding in findings:
        asked = _ASKED.get(finding.id.split(":", 1)[0])
        if asked is None:
            continue
        field, why, ask = asked
        path = finding.where.path
        if field in ("预算调整依据", "追加预算依据"):
            path = f"{path.split('/', 1)[0]}/adjustment_basis"
        names = {project.id: project.name for project in report.projects}
        label = _place(path, names.get(path.split("/", 1)[0], ""), finding.where.label)
        yield MissingItem(
            field=field,
            why=f"{why}：{finding.title}",
            ask=ask,
            where=label,
            points=_lost(sheets, path),
        )


def _lost(sheets: dict[str, ScoreSheet], path: str) -> Decimal:
    """Return the points lost on the line of a path."""
    project, *rest = path.split("/")
    line = sheets[project].line(rest[1]) if project in sheets and len(rest) > 1 else None
    return line.deduction if line is not None else Decimal(0)


def _materials(report: Report, outline: Outline) -> Iterator[MissingItem]:
    """Yield the texts of the outline that only people of the unit know."""
    for spec in outline.materials:
        why = f"写进报告正文，例如：{spec.example[:40]}……"
        if not spec.per_project:
            if is_blank(report.materials.get(spec.id, "")):
                where = _place(f"materials/{spec.id}", "单位材料", spec.title)
                yield MissingItem(field=spec.title, why=why, ask=spec.ask, where=where)
            continue
        for project in report.projects:
            if is_blank(project.materials.get(spec.id, "")) and _is_wanted(spec, project):
                where = _place(f"{project.id}/materials/{spec.id}", project.name, spec.title)
                yield MissingItem(field=spec.title, why=why, ask=spec.ask, where=where)


def _is_wanted(spec: MaterialSpec, project: SelfEvaluation) -> bool:
    """Whether a project has what a text is about: an adjustment, an indicator of a kind."""
    if spec.only_adjusted and not _is_adjusted(project):
        return False
    names = (f"{one.level2}{one.level3}" for one in project.indicators)
    return not spec.only_with_line or any(spec.only_with_line in one for one in names)


def _is_adjusted(project: SelfEvaluation) -> bool:
    """Whether the year's budget differs from the initial one; not known while one is blank."""
    row = project.fund(FundSource.TOTAL) or FundRow(source=FundSource.TOTAL)
    texts = (row.initial_budget, row.annual_budget)
    amounts = [read_amount(one, project.fund_unit).value for one in texts]
    return None not in amounts and amounts[0] != amounts[1]
