"""Deductions, problems and suggestions side by side (闭合)."""

from collections.abc import Mapping

from ziping.checks.prose.repeated import last_years, repeated_sentences
from ziping.content.library import Content
from ziping.domain.draft import SectionText
from ziping.domain.evaluation import Report
from ziping.drafting.closure import ClosureLine, ClosureState, find_closure
from ziping.services.drafted import draft_context
from ziping.services.scored import ScoredReport

__all__ = ["ClosureLine", "ClosureState", "closure", "repeated_from_last_year"]

_PROBLEMS = "lessons.problems"


def closure(
    content: Content, scored: ScoredReport, sections: Mapping[str, SectionText]
) -> tuple[ClosureLine, ...]:
    """Return what each deduction and finding has come to in a report's texts."""
    return find_closure(draft_context(content, scored), sections)


def repeated_from_last_year(report: Report, sections: Mapping[str, SectionText]) -> tuple[str, ...]:
    """Return the sentences of the problems that are last year's word for word."""
    known = last_years(one.problem for one in report.rectifications)
    text = sections[_PROBLEMS].text if _PROBLEMS in sections else ""
    return tuple(repeated_sentences(text, known))
