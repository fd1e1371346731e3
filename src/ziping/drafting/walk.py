"""Walking the outline: each section once, after those it depends on (提纲遍历)."""

from typing import Protocol

from ziping.domain.draft import Outline, OutlineSection, SectionText
from ziping.drafting.context import DraftContext


class SectionWriter(Protocol):
    """Anything that drafts a section: templates, or a model."""

    def write(self, section: OutlineSection, context: DraftContext) -> SectionText:
        """Draft a section."""


def order_sections(outline: Outline) -> tuple[OutlineSection, ...]:
    """Return the sections with a text, each after those it depends on, else in document order."""
    wanted = {section.id: section for section in outline.sections if section.fallback}
    ordered: dict[str, OutlineSection] = {}
    visiting: set[str] = set()

    def visit(section: OutlineSection) -> None:
        if section.id in ordered or section.id in visiting:
            return
        visiting.add(section.id)
        for needed in section.depends_on:
            if needed in wanted:
                visit(wanted[needed])
        ordered[section.id] = section

    for section in wanted.values():
        visit(section)
    return tuple(ordered.values())


def draft_report(context: DraftContext, writer: SectionWriter) -> tuple[SectionText, ...]:
    """Draft every section of the outline that has a text."""
    return tuple(writer.write(section, context) for section in order_sections(context.outline))
