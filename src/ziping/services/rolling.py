"""Last year's report carried into this year's: figures to compare, problems to answer (结转)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.access import Right
from ziping.domain.errors import InputError
from ziping.domain.evaluation import (
    ApprovedEvaluation,
    ApprovedIndicator,
    Band,
    FundRow,
    FundSource,
    Indicator,
    Objective,
    PrintedEvaluation,
    PrintedIndicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.numbers import plain
from ziping.domain.previous import PreviousEvaluation, PreviousIndicator
from ziping.domain.rates import rate_text
from ziping.domain.scores import ScoreSheet
from ziping.persistence import sections as section_store
from ziping.services.access import needs
from ziping.services.drafted import report_text
from ziping.services.importing import remarks_on, report_from
from ziping.services.printed import corrected, sums_wrong
from ziping.services.reports import open_report
from ziping.services.rolled_texts import LastYear, lasting_materials, rectifications
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

_SCHEMA_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


@dataclass(frozen=True, slots=True)
class Rolled:
    """The report of the new year as carried over (结转结果)."""

    report: Report
    remarks: tuple[str, ...]
    """What was carried over and what was not found, in Chinese."""
    reading: tuple[str, ...] = ()
    """What to look at again of how last year's file was read, in Chinese."""


def read_last_year(
    content: Content, data: bytes, name: str, *, today: datetime, place: str = ""
) -> LastYear:
    """Return last year's report from a file: Word or text, a table, or our own data.

    Raises:
        InputError: It cannot be read, or holds no table.
    """
    if PurePath(name).suffix.lower() in _SCHEMA_SUFFIXES:
        report = load_report(data.decode("utf-8-sig", errors="replace"), name)
        report = report.model_copy(update={"place": place or report.place})
        return LastYear(score_report(content, report), None)
    # The readers of Word and Excel are slow to import.
    from ziping.documents.importing import read_table_file  # noqa: PLC0415 - as said above
    from ziping.documents.reading_prose import read_prose  # noqa: PLC0415 - as above

    guess = (
        today.year - 2
    )  # in spring last year's is evaluated; the report before that is handed in
    rule_set = content.choose_rule_set(place, guess).rule_set
    imported = read_table_file(data, name, lexicon=content.lexicon(), rule_set=rule_set)
    year = imported.fiscal_year or guess
    report = report_from(imported, place=place, year=year)
    remarks = remarks_on(imported, assumed=year)
    return LastYear(score_report(content, report), read_prose(data, name), remarks=remarks)


@needs(Right.READ)
def last_year_of(workspace: Workspace, report_id: int) -> LastYear:
    """Return a report of the workbench with its texts, to be carried into the next year."""
    from ziping.documents.reading_prose import read_prose  # noqa: PLC0415 - slow to import

    scored = score_report(workspace.content, open_report(workspace, report_id).report)
    with workspace.read() as connection:
        newest = section_store.newest_sections(connection, report_id)
    prose = None
    if newest:
        texts = {key: one.section for key, one in newest.items()}
        prose = read_prose(report_text(scored, texts).encode(), "上年报告.md")
    return LastYear(scored, prose, is_own=True)


def roll_forward(content: Content, last: LastYear) -> Rolled:
    """Return the report of the year after, figures blank, last year's kept beside them.

    Raises:
        InputError: Last year's report has no project.
    """
    report = last.scored.report
    if not report.projects:
        raise InputError("上年报告里没有项目，不能结转", remedy="请换一份有自评表的上年报告")
    answered = tuple(rectifications(content, last))
    materials = lasting_materials(last)
    year = report.fiscal_year
    projects = tuple(
        _project(one, sheet, year, materials if len(report.projects) == 1 else {}, last)
        for one, sheet in zip(report.projects, last.scored.sheets, strict=True)
    )
    of_unit = {one.id for one in last.scored.outline.materials if not one.per_project}
    rolling = {one.id for one in last.scored.outline.materials if one.rolls}
    own = {key: text for key, text in report.materials.items() if key in rolling}
    found = {key: text for key, text in materials.items() if key in of_unit}
    rolled = report.model_copy(
        update={
            "fiscal_year": year + 1,
            "rule_set": "",
            "materials": found | own,
            "rectifications": answered,
            "projects": projects,
        }
    )
    return Rolled(rolled, tuple(_remarks(last, rolled)), last.remarks)


def _remarks(last: LastYear, rolled: Report) -> Iterable[str]:
    """Yield what was carried over and what a person should do about it."""
    year = last.scored.report.fiscal_year
    lines = sum(len(one.indicators) for one in rolled.projects)
    yield (
        f"已从{year}年度结转 {len(rolled.projects)} 个项目、{lines} 项指标；"
        "指标值沿用上年作为建议，请对照今年的批复核对，资金和完成值等今年填"
    )
    if rolled.rectifications:
        count = len(rolled.rectifications)
        yield f"上年报告的 {count} 个问题已列入“上年问题整改情况”，请逐条写整改"
    else:
        yield "没有找到上年报告写的问题；上年有问题的，请在“上年问题整改情况”里补上"
    for one, sheet in zip(last.scored.report.projects, last.scored.sheets, strict=True):
        if wrong := sums_wrong(one, sheet):
            told = "，".join(f"{x.label}表列 {x.printed}、应为 {x.computed}" for x in wrong)
            yield f"“{one.name}”上年表列值与表中数据算出的不一致（{told}），对比栏取算出的"
    titles = {one.id: one.title for one in last.scored.outline.materials}
    kept = dict.fromkeys(
        titles[key]
        for texts in (rolled.materials, *(one.materials for one in rolled.projects))
        for key in texts
        if key in titles
    )
    if kept:
        yield f"沿用上年的文字：{'、'.join(kept)}，请看看还对不对"


def _project(
    one: SelfEvaluation,
    sheet: ScoreSheet,
    year: int,
    materials: dict[str, str],
    last: LastYear,
) -> SelfEvaluation:
    """Return a project for the year after."""
    rolling = {spec.id for spec in last.scored.outline.materials if spec.rolls and spec.per_project}
    own = {key: text for key, text in one.materials.items() if key in rolling}
    found = {key: text for key, text in materials.items() if key in rolling}
    return one.model_copy(
        update={
            "adjustment_basis": "",
            "funds": tuple(FundRow(source=row.source, label=row.label) for row in one.funds),
            "objectives": tuple(
                Objective(expected=_next_year(each.expected, year)) for each in one.objectives
            ),
            "indicators": tuple(_line(line, sheet, year) for line in one.indicators),
            "checklist": {},
            "materials": found | own,
            "approved": ApprovedEvaluation(),
            "printed": PrintedEvaluation(),
            "previous": _previous(one, sheet, year),
        }
    )


def _previous(one: SelfEvaluation, sheet: ScoreSheet, year: int) -> PreviousEvaluation:
    """Return what last year's table said of a project, as printed where that adds up."""
    total = one.fund(FundSource.TOTAL) or FundRow(source=FundSource.TOTAL)
    if sums_wrong(one, sheet):
        one = corrected(one, sheet)
        total = one.fund(FundSource.TOTAL) or total
    rate = sheet.execution_rate
    return PreviousEvaluation(
        fiscal_year=str(year),
        initial_budget=total.initial_budget,
        annual_budget=total.annual_budget,
        executed=total.executed,
        rate=total.printed.rate or ("" if rate is None else rate_text(rate)),
        total=one.printed.total or ("" if sheet.total is None else plain(sheet.total)),
        grade=one.printed.grade or sheet.grade or "",
    )


def _line(line: Indicator, sheet: ScoreSheet, year: int) -> Indicator:
    """Return an indicator for the year after: its target proposed, its result blank."""
    score = sheet.line(line.id)
    points = "" if score is None or score.points is None else plain(score.points)
    return line.model_copy(
        update={
            "target": _next_year(line.target, year),
            "actual": "",
            "band": Band.NOT_CHOSEN,
            "points": "",
            "points_reason": "",
            "deviation": "",
            "evidence": (),
            "approved": ApprovedIndicator(),
            "printed": PrintedIndicator(),
            "previous": PreviousIndicator(
                target=line.target,
                actual=line.actual,
                weight=line.weight,
                points=line.printed.points or line.points or points,
            ),
        }
    )


def _next_year(text: str, year: int) -> str:
    """Return a text in which the year stated is the one after."""
    return re.sub(rf"(?<!\d){year}(?=\s*年)", str(year + 1), text)
