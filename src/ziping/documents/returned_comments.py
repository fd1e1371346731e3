"""Comments that somebody made in Word, with the place they stand at (文件批注)."""

from collections.abc import Iterator

from ziping.documents.annex import annex_rows, slots
from ziping.documents.reading_docx import attribute_of, paragraph_text
from ziping.documents.word_open import parse
from ziping.documents.word_written import WHERE, Written
from ziping.domain.package import ReportPackage
from ziping.domain.returned import WordComment
from ziping.domain.reviews import FIELD, SECTION

_SHOWN = 40


def comments_in(written: Written, package: ReportPackage) -> Iterator[WordComment]:
    """Yield the comments of a file in its order."""
    if not written.comments:
        return
    places = dict(_places(written, package))
    root = parse(written.comments, where=WHERE)
    for element in root.iter("{*}comment"):
        text = "\n".join(paragraph_text(one) for one in element.iter("{*}p")).strip()
        if not text:
            continue
        place, anchor, quote = places.get(attribute_of(element, "id"), ("整份报告", "", ""))
        yield WordComment(
            by=attribute_of(element, "author"),
            at=attribute_of(element, "date"),
            text=text,
            place=place,
            anchor=anchor,
            quote=quote,
        )


def _places(written: Written, package: ReportPackage) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield where each comment stands: in words, as an anchor, and the words it is about."""
    for section in written.sections:
        heading = section.heading
        anchor = f"{SECTION}{heading.expected.section_id}" if heading.expected else ""
        for line in (heading.paragraph, *section.lines):
            for key in line.comments:
                yield key, (heading.text, anchor, line.text.strip()[:_SHOWN])
    rows = [row for table in written.tables for row in table]
    names = list(_cell_names(package))
    for n, row in enumerate(rows):
        for column, cell in row.items():
            known = names[n] if n < len(names) else {}
            place, anchor = known.get(column, ("自评表", ""))
            for key in cell.comments:
                yield key, (place, anchor, cell.text.strip()[:_SHOWN])


def _cell_names(package: ReportPackage) -> Iterator[dict[int, tuple[str, str]]]:
    """Yield of each table row what its cells are, and their anchors, by column."""
    sheets = {one.project_id: one for one in package.sheets}
    for project in package.report.projects:
        for _, found in slots(annex_rows(project, sheets.get(project.id))):
            yield {
                slot.cell.column: (
                    f"{project.name} · {slot.cell.name}" if slot.cell.name else "自评表",
                    f"{FIELD}{project.id}/{slot.cell.paths[0]}" if slot.cell.paths else "",
                )
                for slot in found
            }
