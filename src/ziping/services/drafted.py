"""A report's sections drafted by templates; pure, no database."""

import re
from collections.abc import Mapping
from functools import lru_cache

from ziping import scoring
from ziping.content.library import Content
from ziping.domain.draft import SectionText
from ziping.drafting import DraftContext, TemplateWriter
from ziping.drafting import draft_report as draft_all_sections
from ziping.services.scored import ScoredReport

_PLACEHOLDER = re.compile(r"【待补充[^】]*】")


def draft_context(content: Content, scored: ScoredReport) -> DraftContext:
    """Return what a writer may know about a report."""
    return DraftContext(
        report=scored.report,
        outline=scored.outline,
        rule_set=scored.choice.rule_set,
        sheets=scored.sheets,
        findings=scored.findings,
        documents=content.documents(),
        framework=content.framework(),
        lexicon=content.lexicon(),
        average=scoring.average(scored.report, scored.sheets),
    )


@lru_cache(maxsize=4)
def template_writer(content: Content) -> TemplateWriter:
    """Return the writer that needs no model; compiling its templates costs more than a report."""
    return TemplateWriter(content.fallbacks())


def draft_texts(content: Content, scored: ScoredReport) -> dict[str, SectionText]:
    """Return every section drafted by templates, by section id; nothing is stored."""
    texts = draft_all_sections(draft_context(content, scored), template_writer(content))
    return {one.section_id: one for one in texts}


def placeholders(
    scored: ScoredReport, sections: Mapping[str, SectionText]
) -> tuple[tuple[str, str], ...]:
    """Return every 【待补充：…】 left in the texts, with the heading it stands under."""
    return tuple(
        (one.heading, found)
        for one in scored.outline.sections
        if one.id in sections
        for found in _PLACEHOLDER.findall(sections[one.id].text)
    )


def report_text(scored: ScoredReport, sections: Mapping[str, SectionText]) -> str:
    """Return the whole report as plain text, headings marked with # by their level."""
    report = scored.report
    title = scored.outline.report_title.format(
        unit=report.unit or "【待补充：单位名称】", year=report.fiscal_year
    )
    blocks = [f"# {title}"]
    for one in scored.outline.sections:
        blocks.append(f"{'#' * (one.level + 1)} {one.heading}")
        if one.id in sections:
            blocks += sections[one.id].text.splitlines()
    return "\n\n".join(blocks)
