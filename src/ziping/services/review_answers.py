"""The JSON that `reconcile` and `review` print: the published contract (命令输出).

Figures stand as their sides write them; keys are only ever added.
"""

from collections.abc import Iterable

from ziping.domain.access import Right
from ziping.domain.model import Record
from ziping.domain.reconciliation import ReconciledField, ScorePair
from ziping.domain.stored import ReportOverview
from ziping.domain.story import StoryEntry
from ziping.domain.workflow import WorkflowStep
from ziping.services.access import needs
from ziping.services.reconciling import Comparison
from ziping.services.reports import list_reports
from ziping.services.stories import story_of
from ziping.services.workspace import Workspace


class ReconcileAnswer(Record):
    """Two sets of figures field by field: what `reconcile` prints (数据比对)."""

    left: str
    """Name of the first file."""
    right: str
    """Name of the second file."""
    rule_set: str
    """Id of the rule set both were scored by."""
    equal: bool
    """Whether nobody has to look: all equal, rounded, or in another unit stated as such."""
    counts: dict[str, int]
    """How many figures have each result: 一致、四舍五入、单位、口径、缺失、不一致、与正文矛盾."""
    fields: tuple[ReconciledField, ...]
    """Every figure that at least one side states."""
    scores: tuple[ScorePair, ...]
    """Both sides' points, totals and grades."""


class ReviewLine(Record):
    """A report in the list of `review list` (审核列表)."""

    id: int
    title: str
    state: str
    saved_by: str


class ReviewList(Record):
    """What `review list` prints (审核列表)."""

    reports: tuple[ReviewLine, ...]


class ReviewStep(Record):
    """What `review act` prints (流程记录)."""

    report: int
    step: WorkflowStep


class ReviewHistory(Record):
    """What `review history` prints (办理经过)."""

    report: int
    entries: tuple[StoryEntry, ...]


def reconcile_answer(comparison: Comparison, rule_set: str) -> ReconcileAnswer:
    """Return a comparison as it is printed."""
    found = comparison.reconciliation
    return ReconcileAnswer(
        left=found.left_title,
        right=found.right_title,
        rule_set=rule_set,
        equal=not any(one.needs_look for one in found.fields),
        counts={one.value: count for one, count in found.counts.items()},
        fields=found.fields,
        scores=comparison.scores,
    )


@needs(Right.READ)
def review_list(workspace: Workspace) -> ReviewList:
    """Return where every report stands."""
    return review_lines(list_reports(workspace))


def review_lines(overviews: Iterable[ReportOverview]) -> ReviewList:
    """Return overviews of reports as they are printed."""
    lines = (
        ReviewLine(id=one.id, title=one.title, state=one.state, saved_by=one.saved_by)
        for one in overviews
    )
    return ReviewList(reports=tuple(lines))


@needs(Right.READ)
def review_history(workspace: Workspace, report_id: int) -> ReviewHistory:
    """Return what happened to a report."""
    return ReviewHistory(report=report_id, entries=story_of(workspace, report_id))
