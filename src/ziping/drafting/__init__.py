"""Drafting (撰写): the ledger of figures, the walk over the outline, and the writers.

What a report says is decided here from scores and entered texts; how a file looks is not.
Nothing here reads files or computes points.
"""

from ziping.drafting.context import DraftContext
from ziping.drafting.ledger import build_ledger
from ziping.drafting.problems import Seed, find_seeds
from ziping.drafting.template_writer import TemplateWriter
from ziping.drafting.walk import SectionWriter, draft_report, order_sections

__all__ = [
    "DraftContext",
    "SectionWriter",
    "Seed",
    "TemplateWriter",
    "build_ledger",
    "draft_report",
    "find_seeds",
    "order_sections",
]
