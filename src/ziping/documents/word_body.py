"""The report's title, headings and paragraphs (正文)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ziping.documents.word_skeleton import Skeleton
from ziping.documents.word_xml import RunWriter, clean, paragraph
from ziping.domain.draft import OutlineSection
from ziping.domain.package import ReportPackage

REPORT_NAME = "项目支出绩效自评报告"
"""Second line of the title."""
NOT_DRAFTED = "【待补充：本节尚未起草】"
DEEPEST = 4

_LEAD_IN = re.compile(r"(\d{1,2}[.．、](?!\d)\s*[^。\n]{1,40}(?:。|$))")
"""A numbered lead-in at the start of a paragraph, printed bold."""

BOOKMARK = "_Toc9"
"""What the names of the headings' bookmarks begin with."""


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A heading with the paragraphs printed below it."""

    section: OutlineSection
    number: int
    """Place in the document, which names its bookmark."""
    paragraphs: tuple[str, ...]

    @property
    def bookmark(self) -> str:
        """Return the name the contents refer to."""
        return f"{BOOKMARK}{self.number:05d}"

    @property
    def level(self) -> int:
        """Return the heading level, 1 to 4."""
        return min(max(self.section.level, 1), DEEPEST)


def printed_sections(package: ReportPackage) -> tuple[PrintedSection, ...]:
    """Return every section of the outline with its text, or the note that it is missing."""
    return tuple(
        PrintedSection(section, number, _paragraphs(package, section))
        for number, section in enumerate(package.outline.sections, 1)
    )


def _paragraphs(package: ReportPackage, section: OutlineSection) -> tuple[str, ...]:
    drafted = package.sections.get(section.id)
    lines = clean(drafted.text).split("\n") if drafted else []
    texts = tuple(line.strip() for line in lines if line.strip())
    if texts or not section.fallback:
        return texts
    return (NOT_DRAFTED,)


def report_title(package: ReportPackage) -> tuple[str, str]:
    """Return the two lines of the title: unit and year, then the kind of report."""
    report = package.report
    title = package.outline.report_title.replace("{year}", str(report.fiscal_year))
    title = title.replace("{unit}", report.unit.strip() or "【待补充：编报单位】")
    if title.endswith(REPORT_NAME) and title != REPORT_NAME:
        return title.removesuffix(REPORT_NAME), REPORT_NAME
    return title, ""


def title_xml(package: ReportPackage, skeleton: Skeleton, writer: RunWriter) -> str:
    """Return the annex number and the title."""
    first, second = report_title(package)
    ids = skeleton.style_ids
    number = package.report.annex_number.strip()
    annex = paragraph(ids["ZipingAnnex"], writer.runs(number, "annex")) if number else ""
    lines = writer.runs(first, "title")
    if second:
        lines += writer.special("<w:br/>", "title") + writer.runs(second, "title")
    return annex + paragraph(ids["Title"], lines)


def sections_xml(
    sections: tuple[PrintedSection, ...], skeleton: Skeleton, writer: RunWriter
) -> Iterator[str]:
    """Yield each heading, bookmarked for the contents, and its paragraphs."""
    body = skeleton.style_ids["ZipingBody"]
    for one in sections:
        first = "<w:pageBreakBefore/>" if one.number == 1 else ""
        mark = (
            f'<w:bookmarkStart w:id="{one.number}" w:name="{one.bookmark}"/>'
            f"{writer.runs(one.section.heading, f'heading{one.level}')}"
            f'<w:bookmarkEnd w:id="{one.number}"/>'
        )
        style = skeleton.style_ids[f"Heading{one.level}"]
        yield paragraph(style, mark, f"<w:keepNext/>{first}{skeleton.heading_extra}")
        for text in one.paragraphs:
            yield paragraph(body, _text_runs(text, writer))


def _text_runs(text: str, writer: RunWriter) -> str:
    """Return a paragraph's runs, a numbered lead-in in bold."""
    end = lead_in(text)
    return writer.runs(text[:end], "body", bold=True) + writer.runs(text[end:], "body")


def lead_in(text: str) -> int:
    """Return the length of a paragraph's numbered lead-in, which is printed bold."""
    lead = _LEAD_IN.match(text)
    return 0 if lead is None else lead.end()


def closing_text(count: int) -> str:
    """Return the list of annexes."""
    return f"附件：项目支出绩效自评表（一个项目支出一张表，共{count}张）"


def closing_xml(package: ReportPackage, skeleton: Skeleton, writer: RunWriter) -> str:
    """Return the list of annexes, which also ends the report's page set-up."""
    count = len(package.report.projects)
    if not count:
        return ""
    text = closing_text(count)
    style = skeleton.style_ids["ZipingClosing"]
    return paragraph(style, writer.runs(text, "body"), skeleton.body_section)
