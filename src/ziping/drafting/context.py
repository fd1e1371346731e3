"""What a writer is given to draft a report from (撰写上下文)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ziping.domain.draft import Ledger, MaterialSpec, Outline
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding
from ziping.domain.framework import Framework
from ziping.domain.policy import PolicyDocument
from ziping.domain.rules import Lexicon, RuleSet
from ziping.domain.scores import AverageScore, ScoreSheet
from ziping.drafting.entered import CellReader
from ziping.drafting.ledger import build_ledger


@dataclass(frozen=True)
class DraftContext:
    """A report with its scores, findings and the knowledge it may cite."""

    report: Report
    outline: Outline
    rule_set: RuleSet
    sheets: tuple[ScoreSheet, ...]
    """One a project; a project without a sheet is drafted from its figures alone."""
    findings: tuple[Finding, ...]
    documents: Mapping[str, PolicyDocument]
    """The policy library by document id."""
    framework: Framework | None
    lexicon: Lexicon
    """Words that say nothing (无偏差), and those the value readers know."""
    average: AverageScore | None = None
    """The declared average as scoring gives it; None where none is declared."""

    @cached_property
    def ledger(self) -> Ledger:
        """The figures prose may state, built once."""
        return build_ledger(self.report, self.sheets, self.rule_set, self.lexicon, self.average)

    @cached_property
    def sheets_by_project(self) -> dict[str, ScoreSheet]:
        """Score sheets by project id."""
        return {sheet.project_id: sheet for sheet in self.sheets}

    def material(self, material_id: str) -> MaterialSpec | None:
        """Return what the outline says of a text only a person knows."""
        return next((one for one in self.outline.materials if one.id == material_id), None)

    @cached_property
    def cells(self) -> CellReader:
        """Targets and actual values as read."""
        return CellReader(self.lexicon, self.report.fiscal_year)
