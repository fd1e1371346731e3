"""Deductions, problems and suggestions side by side (闭合)."""

from collections.abc import Mapping

from ziping.content.library import Content
from ziping.domain.draft import SectionText
from ziping.drafting.closure import ClosureLine, ClosureState, find_closure
from ziping.services.drafted import draft_context
from ziping.services.scored import ScoredReport

__all__ = ["ClosureLine", "ClosureState", "closure"]


def closure(
    content: Content, scored: ScoredReport, sections: Mapping[str, SectionText]
) -> tuple[ClosureLine, ...]:
    """Return what each deduction and finding has come to in a report's texts."""
    return find_closure(draft_context(content, scored), sections)
