"""Comments put into an exported Word file, at the section or the cell they are on (带批注导出)."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ziping.documents.annex import annex_rows, slots
from ziping.documents.opinion_rows import local
from ziping.documents.word_body import BOOKMARK, printed_sections
from ziping.documents.word_xml import clean
from ziping.domain.package import ReportPackage
from ziping.domain.reviews import FIELD, SECTION, Comment, CommentEntry, CommentKind

_FORM_FIRST = "项目支出名称"


def with_comments(data: bytes, package: ReportPackage, comments: Sequence[Comment]) -> bytes:
    """Return an exported file with comments in it, replies below each.

    A comment on what is not printed stands at the head of its project's table; one on the whole
    report at the title.
    """
    document = docx.Document(io.BytesIO(data))
    places = _Places(document, package)
    for one in comments:
        _add(document, places.runs_for(one), one)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add(document: Document, runs: Sequence[Run], comment: Comment) -> None:
    """Add a comment with its thread."""
    opening = comment.opening
    state = "（已解决）" if comment.is_resolved else ""
    added: Any = document.add_comment(
        runs=runs,
        text=clean(f"{state}{opening.text}"),
        author=clean(f"{opening.by}（{opening.role}）"),
        initials=clean(opening.by)[:1],
    )
    moment = opening.at.astimezone(UTC).replace(microsecond=0)
    added._comment_elm.set(qn("w:date"), f"{moment:%Y-%m-%dT%H:%M:%SZ}")  # noqa: SLF001 - python-docx always states now
    for entry in comment.entries[1:]:
        added.add_paragraph(_words(entry))


def _words(entry: CommentEntry) -> str:
    """Return an entry of a thread as a paragraph of its comment."""
    said = f"：{entry.text}" if entry.text else ""
    kind = entry.kind if entry.kind is not CommentKind.REPLY else "回复"
    return clean(f"{entry.by}（{entry.role}）{local(entry.at)} {kind}{said}")


class _Places:
    """Where in a document a comment's anchor is."""

    def __init__(self, document: Document, package: ReportPackage) -> None:
        """Find headings and cells once."""
        self._document = document
        self._body: Any = document.element.body
        self._headings = self._find_headings(package)
        self._cells = dict(self._find_cells(package))

    def _find_headings(self, package: ReportPackage) -> dict[str, Any]:
        """Return the paragraph element of each section's heading."""
        marks = {
            mark.get(qn("w:name"), ""): mark.getparent()
            for mark in self._body.iter(qn("w:bookmarkStart"))
            if mark.get(qn("w:name"), "").startswith(BOOKMARK)
        }
        return {
            one.section.id: marks[one.bookmark]
            for one in printed_sections(package)
            if one.bookmark in marks
        }

    def _find_cells(self, package: ReportPackage) -> Iterator[tuple[str, Any]]:
        """Yield the cell element of each field path, and of each project."""
        rows = [row for table in self._body.iter(qn("w:tbl")) for row in table.tr_lst]
        sheets = {one.project_id: one for one in package.sheets}
        for project in package.report.projects:
            for _, found in slots(annex_rows(project, sheets.get(project.id))):
                if not rows:
                    return
                cells = rows.pop(0).tc_lst
                for slot, cell in zip(found, cells, strict=False):
                    for path in () if slot.continues else slot.cell.paths:
                        yield f"{project.id}/{path}", cell
                        if path == "name":
                            yield project.id, cell

    def runs_for(self, comment: Comment) -> list[Run]:
        """Return the runs a comment is about; never none."""
        paragraph = self._paragraph_for(comment)
        return paragraph.runs or [paragraph.add_run("")]

    def _paragraph_for(self, comment: Comment) -> Paragraph:
        """Return the paragraph a comment stands at."""
        anchor = comment.anchor
        if anchor.startswith(SECTION):
            heading = self._headings.get(anchor.removeprefix(SECTION))
            if heading is not None:
                return self._quoted(heading, comment.quote)
        elif anchor.startswith(FIELD):
            cell = self._cell(anchor.removeprefix(FIELD))
            if cell is not None:
                return Paragraph(cell.p_lst[0], self._document)
        titles = [one for one in self._document.paragraphs if one.text.strip()]
        return titles[min(1, len(titles) - 1)]

    def _cell(self, path: str) -> Any:  # noqa: ANN401 - python-docx has no type for it
        """Return the cell of a field, of a row's first field, or the head of its project."""
        inside = [known for known in self._cells if known.startswith(f"{path}/")]
        project = path.split("/", maxsplit=1)[0]
        found = next((one for one in (path, *inside, project) if one in self._cells), "")
        return self._cells.get(found)

    def _quoted(self, heading: Any, quote: str) -> Paragraph:  # noqa: ANN401 - as above
        """Return the paragraph below a heading that holds the quoted words, else the heading."""
        element = heading.getnext()
        while quote and element is not None and not list(element.iter(qn("w:bookmarkStart"))):
            if element.tag == qn("w:p") and quote in Paragraph(element, self._document).text:
                return Paragraph(element, self._document)
            element = element.getnext()
        return Paragraph(heading, self._document)
