"""What people hand in to be made at once: folders and workbooks of projects that all differ."""

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from tests.bench.distinct_reports import distinct_reports
from tests.bench.whole_reports import EXAMPLE, MOMENT

from ziping.content.library import Content
from ziping.content.report_file import dump_report, load_report
from ziping.documents.excel_cells import CellWriter
from ziping.documents.excel_save import workbook_bytes
from ziping.documents.excel_table import write_annex
from ziping.domain.evaluation import Report
from ziping.services.filing import drafted_files
from ziping.services.packaging import package_of
from ziping.services.scored import score_report

ROOT = Path(__file__).resolve().parents[2]
UNITS = 3
"""Units the projects are spread over."""


def content() -> Content:
    """Return the shipped content."""
    return Content(ROOT)


def projects(count: int) -> Iterable[Report]:
    """Yield reports of one project each, spread over a few units."""
    for number, report in enumerate(distinct_reports(load_report(EXAMPLE), count)):
        unit = f"某市第{number % UNITS + 1}中心"
        project = report.projects[0].model_copy(update={"implementing_unit": unit})
        yield report.model_copy(update={"unit": unit, "projects": (project,)})


def yaml_folder(folder: Path, count: int) -> Path:
    """Write a folder with a YAML file a project."""
    folder.mkdir()
    for number, report in enumerate(projects(count), 1):
        text = dump_report(report)
        (folder / f"{number:04d}.yaml").write_text(text, encoding="utf-8")
    return folder


def exported(report: Report) -> dict[str, bytes]:
    """Return a report as the Word and Excel files we export, by suffix."""
    shipped = content()
    files, _ = drafted_files(shipped, score_report(shipped, report), at=MOMENT)
    return {one.name.rpartition(".")[2]: one.data for one in files}


def workbook(count: int) -> bytes:
    """Return a workbook with a printed form on each sheet."""
    shipped = content()
    scored = score_report(shipped, load_report(EXAMPLE))
    package = package_of(scored, {}, status="送审稿", at=MOMENT)
    book = Workbook()
    cells = CellWriter(book)
    for number, report in enumerate(projects(count), 1):
        write_annex(book, cells, package, report.projects[0], None, number)
    del book["Sheet"]
    return workbook_bytes(book)
