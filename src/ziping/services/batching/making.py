"""Reading a source into reports that wait, and making one report (读取来源、生成一份报告).

Called in worker processes: everything that comes in and goes out is plain text, and a report waits
on the disk, not in memory.
"""

import hashlib
import json
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from ziping.content.library import Content
from ziping.domain.amounts import read_amount
from ziping.domain.batch import (
    BatchOptions,
    BatchProject,
    ItemEntry,
    MadeFile,
    SourceEntry,
    TodoLine,
)
from ziping.domain.errors import ZipingError
from ziping.domain.evaluation import FundRow, FundSource, Report, SelfEvaluation
from ziping.domain.findings import Finding, Severity
from ziping.domain.numbers import plain
from ziping.domain.scores import LevelSum, ScoreSheet
from ziping.services.batching.folder import BatchFolder, write_safely
from ziping.services.filing import drafted_files
from ziping.services.importing import ReadReport, iter_reports
from ziping.services.packaging import ExportedFile
from ziping.services.scored import ScoredReport, overview, score_report

_STATUS = "送审稿"
_LONGEST_PROJECT = 36


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report that was read and waits to be made (待生成的报告)."""

    source: str
    """Name of the file it came from."""
    label: str
    """Where in that file; blank: the file is the report."""
    read: ReadReport | None
    """None: it could not be read."""
    error: str


def read_source(  # noqa: PLR0913 - a source, how it is read, and where its reports wait
    content: Content,
    folder: BatchFolder,
    source: SourceEntry,
    path: Path,
    options: BatchOptions,
    *,
    at: datetime,
    run: str,
) -> Iterator[str]:
    """Yield the key of each report of a source once it waits on the disk.

    A table that cannot be read waits with the reason, so that it holds none of the others back.

    Raises:
        ZipingError: Nothing of the file can be read.
    """
    found = iter_reports(content, path, today=at, place=options.place, year=options.year)
    for number, (label, read) in enumerate(found, 1):
        waiting: dict[str, object] = {"source": source.name, "label": label}
        try:
            one = read()
            rules = options.rules or one.report.rule_set
            report = one.report.model_copy(update={"rule_set": rules})
            waiting["report"] = report.model_dump(mode="json")
            waiting["remarks"] = list(one.remarks)
        except ZipingError as mistake:
            waiting["error"] = str(mistake)
        except Exception as mistake:  # noqa: BLE001 - one table never stops the rest
            waiting["error"] = own_mistake(f"{source.name} {label}", mistake)
        key = f"{source.key}-{number}"
        spooled = folder.spool / f"{key}.json"
        data = json.dumps(waiting, ensure_ascii=False).encode()
        write_safely(spooled.with_suffix(f".{run}"), data).replace(spooled)
        yield key


def waiting_report(folder: BatchFolder, key: str) -> WaitingReport:
    """Return a report that waits or has been made."""
    stored = json.loads((folder.spool / f"{key}.json").read_bytes())
    read = None
    if "report" in stored:
        read = ReadReport(Report.model_validate(stored["report"]), tuple(stored["remarks"]))
    return WaitingReport(stored["source"], stored["label"], read, stored.get("error", ""))


def own_mistake(name: str, mistake: Exception) -> str:
    """Return our own mistake as people read it; the rest goes to the log."""
    sys.stderr.write(f"{name}\n{''.join(traceback.format_exception(mistake))}\n")
    return f"程序内部出错（{type(mistake).__name__}），没有处理这一份，请把它转给管理员。"


def make_item(
    content: Content, folder: BatchFolder, key: str, *, at: datetime, run: str
) -> ItemEntry:
    """Make a report that waits; its files lie unfinished, with the names they would like.

    Args:
        content: Rules, words and templates.
        folder: The batch's folder.
        key: The report.
        at: Stamped on the report.
        run: Name of this run: one that was killed may still be writing its last file.

    Raises:
        ZipingError: It cannot be made.
    """
    waiting = waiting_report(folder, key)
    if waiting.read is None:
        return ItemEntry(key=key, source=waiting.source, label=waiting.label, error=waiting.error)
    report = waiting.read.report
    scored = score_report(content, report)
    files, _ = drafted_files(content, scored, at=at)
    return ItemEntry(
        key=key,
        source=waiting.source,
        label=waiting.label,
        unit=_unit(report),
        projects=tuple(_projects(scored)),
        files=tuple(_written(folder, f"{run}/{key}", _stem(report), files)),
        todos=tuple(_todos(scored, waiting)),
    )


def _written(
    folder: BatchFolder, waiting: str, stem: str, files: Iterable[ExportedFile]
) -> Iterator[MadeFile]:
    """Write files to where they wait for their names."""
    for one in files:
        suffix = Path(one.name).suffix
        write_safely(folder.unfinished / f"{waiting}{suffix}", one.data)
        yield MadeFile(
            name=f"{stem}（{_STATUS}）{suffix}",
            sha256=hashlib.sha256(one.data).hexdigest(),
            waiting=f"{waiting}{suffix}",
        )


def _unit(report: Report) -> str:
    """Return the unit a report is filed under."""
    named = (report.unit, *(one.implementing_unit for one in report.projects))
    return next((" ".join(one.split()) for one in named if one.strip()), "")


def _stem(report: Report) -> str:
    """Return what the files of a report are called: by its project, or by its unit."""
    if len(report.projects) == 1:
        name = report.projects[0].name.strip() or "未命名项目"
        return f"{report.fiscal_year}年度{name[:_LONGEST_PROJECT]}绩效自评报告"
    return f"{report.fiscal_year}年度项目支出绩效自评报告"


def _projects(scored: ScoredReport) -> Iterator[BatchProject]:
    """Yield a line of the roll-up for each project."""
    report = scored.report
    lines = overview(scored).projects
    for project, sheet, line in zip(report.projects, scored.sheets, lines, strict=True):
        findings = scored.findings if len(report.projects) == 1 else scored.findings_of(project.id)
        yield BatchProject(
            unit=project.implementing_unit.strip() or report.unit.strip(),
            department=project.competent_department.strip(),
            name=project.name.strip(),
            fiscal_year=report.fiscal_year,
            **_amounts(project),
            execution_rate=line.execution_rate,
            levels={one.level1: _level(one) for one in sheet.dimensions},
            total="" if sheet.total is None else plain(sheet.total),
            grade=line.grade,
            open=_open(sheet),
            errors=_count(findings, Severity.ERROR),
            warnings=_count(findings, Severity.WARNING),
            notes=_count(findings, Severity.NOTE),
            missing=sum(
                len(report.projects) == 1 or one.where.path.startswith(f"{project.id}/")
                for one in scored.missing
            ),
        )


def _level(score: LevelSum) -> str:
    """Return the points of a dimension; blank while none of them is determined."""
    return "" if score.undetermined and not score.points else plain(score.points)


def _amounts(project: SelfEvaluation) -> dict[str, str]:
    """Return the amounts of the total row in 万元; blank where they cannot be read."""
    total = project.fund(FundSource.TOTAL) or FundRow(source=FundSource.TOTAL)
    values = {
        name: read_amount(getattr(total, name), project.fund_unit).value
        for name in ("initial_budget", "annual_budget", "received", "executed")
    }
    return {name: "" if value is None else plain(value) for name, value in values.items()}


def _open(sheet: ScoreSheet) -> str:
    """Return what a total that is not determined may come to, or why there is no grade."""
    if sheet.total is not None:
        return sheet.grade_needs
    count = sum(one.undetermined for one in sheet.dimensions)
    return f"{count} 行未定分，总分可能 {plain(sheet.low)}～{plain(sheet.high)}"


def _count(findings: tuple[Finding, ...], severity: Severity) -> int:
    return sum(one.severity is severity for one in findings)


def _todos(scored: ScoredReport, waiting: WaitingReport) -> Iterator[TodoLine]:
    """Yield what is missing, what is wrong, and what was not read for certain."""
    names = {f"{one.id}/": one.name.strip() for one in scored.report.projects}
    only = scored.report.projects[0].name.strip() if len(scored.report.projects) == 1 else ""

    def project(path: str) -> str:
        return next((name for start, name in names.items() if path.startswith(start)), only)

    for one in scored.missing:
        yield TodoLine(
            kind="还缺",
            project=project(one.where.path),
            what=one.field,
            where=one.where.label,
            why=one.why,
            remedy=f"请{one.ask}提供",
            ask=one.ask,
            points=plain(one.points) if one.points > Decimal(0) else "",
        )
    for finding in scored.findings:
        if finding.severity is Severity.ERROR:
            yield TodoLine(
                kind="错误",
                project=project(finding.where.path),
                what=finding.title,
                where=finding.where.label,
                why=f"{finding.message}{finding.why}",
                remedy=finding.remedy,
            )
    for remark in waiting.read.remarks if waiting.read else ():
        is_unread = remark.startswith("未读入")
        yield TodoLine(
            kind="未读入" if is_unread else "请核对",
            project=only,
            what=remark.partition("：")[2] or remark,
            where=waiting.label or waiting.source,
            why="读取原表时不能确定" if not is_unread else "没有写进报告",
            remedy="请对照原表核对",
        )
