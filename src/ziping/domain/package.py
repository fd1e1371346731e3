"""Everything an export needs, gathered (导出包)."""

from datetime import datetime
from typing import Literal

from ziping.domain.draft import Outline, SectionText
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding
from ziping.domain.model import Record
from ziping.domain.rules import RuleSet
from ziping.domain.scores import ScoreSheet


class ReportPackage(Record):
    """A report with its scores, findings and texts, ready to be written to a file (导出包)."""

    report: Report
    outline: Outline
    rule_set: RuleSet
    sheets: tuple[ScoreSheet, ...]
    """One a project, in the report's order."""
    findings: tuple[Finding, ...]
    sections: dict[str, SectionText]
    """By section id; a missing one prints as 【待补充：…】."""
    status: Literal["送审稿", "定稿"]
    exported_at: datetime
    citations: dict[str, str] = {}
    """Clause ids as people cite them, e.g. 财预〔2020〕10号 第十六条."""
    version: int = 0
    """Stored version of the report; 0: not stored."""


class ManifestCheck(Record):
    """One line of a verification: what was compared and whether it still holds (核验结果)."""

    what: str
    stated: str
    """What the manifest says."""
    found: str
    """What the document says now."""
    holds: bool


class Verification(Record):
    """Whether a Word file still says what was exported (核验)."""

    has_manifest: bool
    exported_at: str
    rule_set: str
    product_version: str
    checks: tuple[ManifestCheck, ...]

    @property
    def holds(self) -> bool:
        """Whether every comparison holds."""
        return self.has_manifest and all(check.holds for check in self.checks)
