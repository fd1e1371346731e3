"""Holding texts against a report's facts: drafts, human edits, uploaded reports (核对)."""

from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.domain.grounding import Grounding
from ziping.drafting.grounding import Grounder
from ziping.services.drafted import draft_context
from ziping.services.scored import ScoredReport, score_report


def open_grounder(content: Content, scored: ScoredReport) -> Grounder:
    """Return what holds any number of texts against one scored report."""
    return Grounder(draft_context(content, scored))


def ground_text(content: Content, report: Report, text: str) -> Grounding:
    """Return what of a text does not follow from a report's facts, and what does."""
    return open_grounder(content, score_report(content, report)).ground(text)
