"""A reviewer's own figures: by form, from a table, from the finance system (审核人数据).

They are kept beside a report, one set a reviewer, and never alter it.
"""

from pathlib import PurePath

from ziping.content.library import Content
from ziping.documents.reading_qualitative import derived_band
from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.cells import read_target
from ziping.domain.errors import InputError
from ziping.domain.evaluation import (
    Band,
    FundRow,
    FundUnit,
    Indicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.fields import flatten, refuse_overlong
from ziping.domain.imported import ImportedFile
from ziping.domain.quantities import CellKind
from ziping.domain.reviews import OwnFigures
from ziping.domain.rules import RuleSet
from ziping.persistence import reports as report_store
from ziping.persistence import reviews as store
from ziping.services.access import needs
from ziping.services.importing import read_upload
from ziping.services.workspace import Workspace

BY_HAND = "手工填写"
"""Origin of figures typed into the form."""


def read_figures(  # noqa: PLR0913 - a file, and what it does not say itself
    content: Content, data: bytes, name: str, *, place: str, year: int, unit: FundUnit | None = None
) -> ImportedFile:
    """Return the figures of a file: a 自评表, or a list of projects as finance systems export it.

    `unit` is the unit of money of a list that names none.
    """
    # The readers of Word and Excel are slow to import; commands that read YAML need none of them.
    from ziping.documents.finance_export import read_finance_export  # noqa: PLC0415 - as said

    if PurePath(name).suffix.lower() == ".csv":
        return read_finance_export(data, name, unit=unit)
    try:
        return read_upload(content, data, name, place=place, year=year)
    except InputError as no_form:
        try:
            return read_finance_export(data, name, unit=unit)
        except InputError:
            raise no_form from None


def blank_like(report: Report) -> Report:
    """Return a form to fill: the report's projects and row titles, without any of its figures."""
    return _frame(report, tuple(_blank_project(one) for one in report.projects))


def form_of(report: Report, own: OwnFigures | None) -> Report:
    """Return the form as a reviewer has filled it; rows the draft has gained since are added."""
    blank = blank_like(report)
    if own is None:
        return blank
    filled = {one.id: one for one in own.figures.projects}
    if own.origin != BY_HAND:
        return _frame(report, own.figures.projects)
    projects = [_with_rows_of(filled.pop(one.id, one), one) for one in blank.projects]
    return _frame(report, (*projects, *filled.values()))


def _with_rows_of(own: SelfEvaluation, blank: SelfEvaluation) -> SelfEvaluation:
    """Return a filled project with the rows of a blank one that it lacks."""
    funds = {(one.source, one.label) for one in own.funds}
    lines = {one.id for one in own.indicators}
    return own.model_copy(
        update={
            "funds": (*own.funds, *(x for x in blank.funds if (x.source, x.label) not in funds)),
            "indicators": (
                *own.indicators,
                *(one for one in blank.indicators if one.id not in lines),
            ),
        }
    )


def _blank_project(project: SelfEvaluation) -> SelfEvaluation:
    """Return a project with the titles of its rows alone."""
    return SelfEvaluation(
        id=project.id,
        name=project.name,
        fund_unit=project.fund_unit,
        funds=tuple(FundRow(source=one.source, label=one.label) for one in project.funds),
        indicators=tuple(
            Indicator(id=one.id, level1=one.level1, level2=one.level2, level3=one.level3)
            for one in project.indicators
        ),
    )


def _frame(report: Report, projects: tuple[SelfEvaluation, ...]) -> Report:
    """Return projects under the rules of a report, so that they can be scored like it."""
    return Report(
        unit=report.unit,
        fiscal_year=report.fiscal_year,
        place=report.place,
        rule_set=report.rule_set,
        outline=report.outline,
        projects=projects,
    )


@needs(Right.REVIEW)
def own_figures_of(workspace: Workspace, report_id: int) -> OwnFigures | None:
    """Return the person's newest figures on a report; None: none yet."""
    with workspace.read() as connection:
        return store.newest_own_figures(connection, report_id, workspace.person.name)


@needs(Right.READ)
def everybodys_figures(workspace: Workspace, report_id: int) -> tuple[OwnFigures, ...]:
    """Return every version of every reviewer's figures, the oldest first."""
    with workspace.read() as connection:
        return store.list_own_figures(connection, report_id)


@needs(Right.REVIEW)
def save_own_figures(
    workspace: Workspace,
    report_id: int,
    projects: tuple[SelfEvaluation, ...],
    *,
    origin: str = BY_HAND,
    is_blind: bool = False,
) -> OwnFigures:
    """Keep a reviewer's figures as their newest ones; the report stays as it is.

    Figures that have been compared once stay seen: they are never blind again.
    """
    person = workspace.person
    with workspace.write() as work:
        connection = work.rows
        report = report_store.get_report(connection, report_id).report
        rules = workspace.content.choose_rule_set(
            report.place, report.fiscal_year, report.rule_set
        ).rule_set
        figures = _frame(
            report,
            tuple(
                _with_bands(workspace.content, one, report.fiscal_year, rules) for one in projects
            ),
        )
        refuse_overlong(flatten(figures), figures)
        before = store.newest_own_figures(connection, report_id, person.name)
        own = OwnFigures(
            version=0,
            figures=figures,
            origin=origin,
            role=person.roles[0],
            is_blind=is_blind and (before is None or before.is_blind),
            at=work.stamp().at,
            by=person.name,
        )
        if before and (before.figures, before.is_blind) == (own.figures, own.is_blind):
            return before
        kept = store.append_own_figures(connection, report_id, own, work.stamp())
        work.record(AuditAction.KEEP_OWN_FIGURES, report_id, version=kept.version)
    return kept


@needs(Right.REVIEW)
def reveal(workspace: Workspace, report_id: int) -> None:
    """Record that a reviewer who filled blind now looks at the draft's figures."""
    own = own_figures_of(workspace, report_id)
    if own is not None and own.is_blind:
        save_own_figures(
            workspace, report_id, own.figures.projects, origin=own.origin, is_blind=False
        )


def _with_bands(
    content: Content, project: SelfEvaluation, year: int, rules: RuleSet
) -> SelfEvaluation:
    """Return a project whose qualitative lines can be scored by the points stated for them."""
    lexicon = content.lexicon()

    def banded(line: Indicator) -> Indicator:
        points = line.printed.points.strip()
        cell = read_target(line.target, fiscal_year=year, lexicon=lexicon)
        if not points or cell.kind is not CellKind.QUALITATIVE:
            return line
        band, _ = derived_band(points, line.weight, rules)
        return (
            line
            if band is Band.NOT_CHOSEN
            else line.model_copy(update={"band": band, "points": points})
        )

    return project.model_copy(update={"indicators": tuple(map(banded, project.indicators))})
