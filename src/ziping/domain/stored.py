"""What is kept of a report: its versions, its texts, who saved them and when (存档)."""

from datetime import datetime

from ziping.domain.draft import SectionText
from ziping.domain.evaluation import Report
from ziping.domain.merge import Change
from ziping.domain.model import Record
from ziping.domain.workflow import State


class Stamp(Record):
    """Who saves something, when and why (留痕)."""

    at: datetime
    """UTC."""
    by: str
    note: str = ""
    """Why, in a few Chinese words."""


class StoredReport(Record):
    """The newest version of a report as stored."""

    id: int
    version: int
    state: State
    report: Report
    saved_at: datetime
    saved_by: str


class ProjectOverview(Record):
    """One project's line in the list of reports (项目概况)."""

    name: str
    total: str
    """总分 in plain digits; blank while undetermined."""
    grade: str
    annual_budget: str
    """全年预算数, 万元, plain digits; blank when not readable."""
    executed: str
    """全年执行数, 万元, plain digits; blank when not readable."""
    execution_rate: str
    """E.g. 96.85%; blank when not defined."""


class ReportOverview(Record):
    """A report's line on the workbench (报告概况)."""

    id: int = 0
    version: int = 0
    state: str = ""
    title: str
    unit: str
    fiscal_year: int
    projects: tuple[ProjectOverview, ...]
    errors: int
    warnings: int
    notes: int
    saved_at: datetime | None = None
    saved_by: str = ""


class ReportVersion(Record):
    """One entry of a report's history (版本)."""

    version: int
    changes: tuple[Change, ...]
    note: str
    saved_at: datetime
    saved_by: str


class SectionVersion(Record):
    """One entry of a section's history (章节版本)."""

    version: int
    section: SectionText
    note: str
    saved_at: datetime
    saved_by: str


class Override(Record):
    """Why a finding of severity 错误 does not hold 定稿 back (放行理由)."""

    finding_id: str
    reason: str
    saved_at: datetime
    saved_by: str


class WordTemplate(Record):
    """A unit's own Word file kept as a base for exports (Word 底稿)."""

    name: str
    saved_at: datetime
    saved_by: str
