"""Other ways to the same Word document: docxtpl filling a template, and plain python-docx.

Both print the same headings, paragraphs and table cells as our export, and nothing of its
contents, merged cells, fonts or manifest: what they leave out is in their favour.
"""

import io
from dataclasses import dataclass

import docx
from docx.document import Document
from docxtpl import DocxTemplate

from ziping.documents.annex import annex_rows, slots
from ziping.documents.word_body import printed_sections, report_title
from ziping.domain.package import ReportPackage

COLUMNS = 9


@dataclass(frozen=True, slots=True)
class Texts:
    """What a report's Word file says, free of how it looks."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """(heading, paragraphs)."""
    rows: tuple[tuple[str, ...], ...]
    """Cells of the 自评表, nine a row."""

    @property
    def paragraphs(self) -> int:
        """Return how many paragraphs stand under the headings."""
        return sum(len(paragraphs) for _, paragraphs in self.sections)

    @property
    def characters(self) -> int:
        """Return how many characters the document holds."""
        texts = [part for heading, lines in self.sections for part in (heading, *lines)]
        return sum(map(len, texts)) + sum(len(cell) for row in self.rows for cell in row)


def texts_of(package: ReportPackage) -> Texts:
    """Return the texts our export prints for a package."""
    sheets = {sheet.project_id: sheet for sheet in package.sheets}
    rows = []
    for project in package.report.projects:
        for _, found in slots(annex_rows(project, sheets.get(project.id))):
            cells = ["" if one.continues else one.cell.text.strip() for one in found]
            rows.append(tuple((cells + [""] * COLUMNS)[:COLUMNS]))
    return Texts(
        title="".join(report_title(package)),
        sections=tuple((one.section.heading, one.paragraphs) for one in printed_sections(package)),
        rows=tuple(rows),
    )


def docxtpl_template() -> bytes:
    """Return a template with a loop over the sections and one over the table's rows."""
    document = docx.Document()
    document.add_heading("{{ title }}", 0)
    document.add_paragraph("{%p for heading, lines in sections %}")
    document.add_heading("{{ heading }}", 1)
    for text in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}", "{%p endfor %}"):
        document.add_paragraph(text)
    table = document.add_table(rows=3, cols=COLUMNS)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    for column, cell in enumerate(table.rows[1].cells):
        cell.text = f"{{{{ row[{column}] }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    return _saved(document)


def by_docxtpl(template: bytes, texts: Texts) -> bytes:
    """Return the document as docxtpl renders it."""
    filled = DocxTemplate(io.BytesIO(template))
    context = {"title": texts.title, "sections": texts.sections, "rows": texts.rows}
    filled.render(context, autoescape=True)
    target = io.BytesIO()
    filled.save(target)
    return target.getvalue()


def by_python_docx(texts: Texts) -> bytes:
    """Return the document as python-docx writes it, paragraph by paragraph, cell by cell."""
    document = docx.Document()
    document.add_heading(texts.title, 0)
    for heading, lines in texts.sections:
        document.add_heading(heading, 1)
        for line in lines:
            document.add_paragraph(line)
    table = document.add_table(rows=len(texts.rows), cols=COLUMNS)
    table.style = "Table Grid"
    for row, values in zip(table.rows, texts.rows, strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    return _saved(document)


def _saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
