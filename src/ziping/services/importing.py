"""Reading tables that people already have, and making reports of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.errors import InputError, os_reason
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.imported import ImportedFile

EXAMPLE = "examples/huaihua-2023.yaml"
"""The worked example, under knowledge/."""

_TABLE_SUFFIXES = frozenset({".xlsx", ".xls", ".xlsm", ".docx", ".txt"})
_REPORT_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
READABLE_SUFFIXES = _TABLE_SUFFIXES | _REPORT_SUFFIXES
"""What the names of files end with that reports can be read from."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report read from a file, and what a person should know about the reading (读入结果)."""

    report: Report
    remarks: Sequence[str]
    """In Chinese: a year that was assumed, cells to look at again, cells that were not read."""


def load_example(content: Content) -> Report:
    """Return the worked example."""
    return load_report(content.root / "knowledge" / EXAMPLE)


def read_upload(content: Content, data: bytes, name: str, *, place: str, year: int) -> ImportedFile:
    """Return every cell read from a table file, for a person to confirm."""
    # The readers of Word and Excel are slow to import, and a report file needs none of them.
    from ziping.documents.importing import read_table_file  # noqa: PLC0415 - as said above

    choice = content.choose_rule_set(place, year)
    return read_table_file(data, name, lexicon=content.lexicon(), rule_set=choice.rule_set)


def report_from(imported: ImportedFile, *, place: str, year: int) -> Report:
    """Return a new report with the self-evaluations that were read."""
    projects = tuple(
        one.model_copy(update={"id": f"p{number}"})
        for number, one in enumerate(imported.evaluations, 1)
    )
    return Report(unit=imported.unit, fiscal_year=year, place=place, projects=projects)


def add_projects(report: Report, evaluations: tuple[SelfEvaluation, ...]) -> Report:
    """Return the report with more projects, each under an id of its own."""
    used = {one.id for one in report.projects}
    added = []
    for one in evaluations:
        number = next(n for n in range(1, len(used) + 2) if f"p{n}" not in used)
        used.add(f"p{number}")
        added.append(one.model_copy(update={"id": f"p{number}"}))
    return report.model_copy(update={"projects": (*report.projects, *added)})


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; InputError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("找不到这个文件", where=str(path), remedy="请检查路径和文件名") from error
    except OSError as error:
        raise InputError(
            "读不了这个文件", where=str(path), why=os_reason(error), remedy="请检查路径和权限"
        ) from error


def read_report_file(
    content: Content, path: Path, *, today: datetime, place: str = "", year: int | None = None
) -> ReadReport:
    """Return the report a file holds: YAML/JSON in our schema, or a 自评表 in xlsx, xls, docx.

    `place` and `year` go before what the file states. A table that does not state its year is
    taken for last year's, as self-evaluations are.
    """
    if is_report_file(path):
        return _stated(path, place, year)
    guess = year or today.year - 1
    read = partial(read_upload, content, read_bytes(path), path.name, place=place, year=guess)
    return _read_one(read, place, year, guess)


def iter_reports(
    content: Content, path: Path, *, today: datetime, place: str = "", year: int | None = None
) -> Iterator[tuple[str, Callable[[], ReadReport]]]:
    """Yield where each self-evaluation of a table file stands and what reads it as a report.

    Like `read_report_file`, with one project a report, no more than one held at a time, and none
    held back by another that cannot be read. A file in our schema is one report.
    """
    if is_report_file(path):
        yield "", partial(_stated, path, place, year)
        return
    # The readers of Word and Excel are slow to import, and a report file needs none of them.
    from ziping.documents.importing import iter_table_file  # noqa: PLC0415 - as said above

    guess = year or today.year - 1
    choice = content.choose_rule_set(place, guess)
    tables = iter_table_file(
        read_bytes(path), path.name, lexicon=content.lexicon(), rule_set=choice.rule_set
    )
    for label, read in tables:
        yield label, partial(_read_one, read, place, year, guess)


def _read_one(
    read: Callable[[], ImportedFile], place: str, year: int | None, guess: int
) -> ReadReport:
    """Return one form of a file as a report."""
    imported = read()
    chosen = year or imported.fiscal_year or guess
    report = report_from(imported, place=place, year=chosen)
    return ReadReport(report, remarks_on(imported, assumed=None if year else chosen))


def is_report_file(path: Path) -> bool:
    """Return whether a file is a report in our schema, not a table; InputError when neither."""
    suffix = path.suffix.lower()
    if suffix not in READABLE_SUFFIXES:
        known = "、".join(sorted(READABLE_SUFFIXES))
        raise InputError("不认识这种文件", where=path.name, remedy=f"请使用 {known}")
    return suffix in _REPORT_SUFFIXES


def _stated(path: Path, place: str, year: int | None) -> ReadReport:
    """Return the report of a file in our schema; place and year given go first."""
    report = load_report(path)
    stated = {"place": place or report.place, "fiscal_year": year or report.fiscal_year}
    return ReadReport(report.model_copy(update=stated), ())


def remarks_on(imported: ImportedFile, *, assumed: int | None) -> tuple[str, ...]:
    """Return what to say about a table that was read."""
    remarks = list(imported.notes)
    if assumed and imported.fiscal_year is None:
        remarks.append(f"文件没有写明年度，按{assumed}年处理；不对的请另外指定年度")
    remarks += [
        f"请核对：{one.label}“{one.value_text}”（{one.source}）{one.note}".rstrip()
        for one in imported.cells
        if one.certainty == "请核对"
    ]
    remarks += [
        f"未读入：{one.source}“{one.text}”，{one.reason}".rstrip("，") for one in imported.unread
    ]
    return tuple(remarks)
