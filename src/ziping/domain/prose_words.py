"""The words that reports are checked by (核查词表); `knowledge/prose.yaml`."""

from decimal import Decimal

from ziping.domain.evaluation import FundSource
from ziping.domain.model import Record


class ReportPart(Record):
    """A part every report should have, whatever its outline calls it (报告部分)."""

    id: str
    title: str
    headings: tuple[str, ...]
    """Words in a heading that make it this part; the longest one found decides."""
    words: tuple[str, ...] = ()
    """Words that show the part was written, where no heading does."""
    section: str = ""
    """Id of the outline section it stands for."""
    required: bool = False
    """Whether a report without it is told."""


class TermVariant(Record):
    """A term and unusual ways of writing it (术语异写)."""

    usual: str
    unusual: tuple[str, ...]
    after_not: tuple[str, ...] = ()
    """Characters before an unusual form that make it part of the usual one."""


class SourceWords(Record):
    """How prose calls money of one source, and the rows it belongs in (资金来源说法)."""

    id: str
    title: str
    words: tuple[str, ...]
    rows: tuple[FundSource, ...]
    """Rows of the fund grid where such money may stand."""
    against: tuple[FundSource, ...]
    """Rows that contradict the words when all money stands there."""


class ProseWords(Record):
    """Words that reports are checked by (核查词表)."""

    parts: tuple[ReportPart, ...]
    leftovers: tuple[str, ...]
    """Prompts of a template and marks of unfinished text."""
    no_problem: tuple[str, ...]
    """Texts that say there is no problem."""
    stock_phrases: tuple[str, ...]
    """Phrases without content."""
    variants: tuple[TermVariant, ...]
    fund_sources: tuple[SourceWords, ...]
    negations: tuple[str, ...]
    """Words before a source that deny it."""
    self_names: dict[str, tuple[str, ...]]
    """Last word of a self-reference such as 我局 -> how names of such units end."""
    least_deduction: Decimal
    """Points from which a deduction wants a problem."""
    answered_by: dict[str, tuple[str, ...]]
    """Beginning of a finding's id -> words by which a problem speaks of it."""
    evidence_words: tuple[str, ...]
    """Words by which a problem names what it was found by."""
    execution_words: tuple[str, ...]
    """Words by which a problem speaks of the execution rate."""
    name_endings: tuple[str, ...]
    """Endings of indicators' names that any of them may have, e.g. 完成率."""
    name_beginnings: tuple[str, ...]
    """Beginnings of indicators' names that any of them may have, e.g. 提高."""
    commitments: tuple[str, ...]
    """Verbs in an objective that promise a thing."""
    common_words: tuple[str, ...]
    """Words of objectives that name no particular thing."""

    def part(self, part_id: str) -> ReportPart | None:
        """Return the part with an id."""
        return next((one for one in self.parts if one.id == part_id), None)
