"""How fast a report becomes a Word file, beside docxtpl filling a template of the same size."""

import io
import statistics
import time
from collections.abc import Callable

import docx
from docxtpl import DocxTemplate

from ziping.documents.annex import annex_rows, slots
from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.documents.word_body import printed_sections
from ziping.domain.package import ReportPackage

ROUNDS = 30
COLUMNS = 9


def word_rows(package: ReportPackage) -> list[tuple[str, float]]:
    """Return the measures: what, median milliseconds."""
    template, context = docxtpl_template(), docxtpl_context(package)

    def fill() -> None:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(context, autoescape=True)
        filled.save(io.BytesIO())

    return [
        ("write_word", _median(lambda: write_word(package))),
        ("write_excel", _median(lambda: write_excel(package))),
        ("docxtpl, same headings, paragraphs and table cells", _median(fill)),
    ]


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def docxtpl_template() -> bytes:
    """Return a template with a loop over sections and one over table rows."""
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    for text in ("{%p for one in sections %}", "{{ one.heading }}"):
        document.add_paragraph(text)
    for text in ("{%p for text in one.paragraphs %}", "{{ text }}", "{%p endfor %}"):
        document.add_paragraph(text)
    document.add_paragraph("{%p endfor %}")
    table = document.add_table(rows=3, cols=COLUMNS)
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    for column in range(COLUMNS):
        table.rows[1].cells[column].text = f"{{{{ row[{column}] }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def docxtpl_context(package: ReportPackage) -> dict[str, object]:
    """Return the same texts and cells as our own export prints."""
    sheets = {sheet.project_id: sheet for sheet in package.sheets}
    rows = [
        ([slot.cell.text for slot in found] + [""] * COLUMNS)[:COLUMNS]
        for project in package.report.projects
        for _, found in slots(annex_rows(project, sheets.get(project.id)))
    ]
    sections = [
        {"heading": one.section.heading, "paragraphs": one.paragraphs}
        for one in printed_sections(package)
    ]
    return {"title": package.outline.report_title, "sections": sections, "rows": rows}
