"""What a person must have seen before a report goes on: one list for pages, export and CLI."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from ziping.domain.access import Right
from ziping.domain.grounding import VIOLATION_TITLES
from ziping.domain.model import Record
from ziping.persistence import reports as report_store
from ziping.persistence import reviews as review_store
from ziping.services.access import needs
from ziping.services.drafting import SectionView, sections_of
from ziping.services.exporting import Preflight, preflight
from ziping.services.grounding import open_grounder
from ziping.services.scored import ScoredReport, score_report
from ziping.services.workspace import Workspace


class PointKind(StrEnum):
    """What kind of thing is still open (未了事项类别)."""

    MISMATCH = "正文与填报数据对不上"
    STALE = "章节写的是旧数据"
    PLACEHOLDER = "待补充未填"
    COMMENT = "批注未解决"
    ERROR = "错误未更正或放行"


class OpenPoint(Record):
    """One thing that is still open in a report (未了事项)."""

    kind: PointKind
    place: str
    """Section or cell, in words."""
    told: str
    """What is open there."""
    section_id: str = ""
    """The section it stands in; blank where it is not in a text."""


class OpenPoints(Record):
    """Everything that is still open in a report: what `review pending` prints (未了事项)."""

    report: int
    points: tuple[OpenPoint, ...]

    def of(self, kind: PointKind) -> tuple[OpenPoint, ...]:
        """Return the points of a kind."""
        return tuple(one for one in self.points if one.kind is kind)

    @property
    def contradicts(self) -> bool:
        """Whether a text says otherwise than the tables."""
        return bool(self.of(PointKind.MISMATCH) or self.of(PointKind.STALE))

    @property
    def summary(self) -> str:
        """How many there are of each kind, in one line; blank for none."""
        counts = Counter(one.kind for one in self.points)
        return "、".join(f"{kind} {counts[kind]} 处" for kind in PointKind if counts[kind])


@needs(Right.READ)
def open_points(workspace: Workspace, report_id: int) -> OpenPoints:
    """Return what is still open in a stored report, the gravest kinds first."""
    with workspace.read() as connection:
        stored = report_store.get_report(connection, report_id)
        comments = review_store.list_comments(connection, report_id)
    scored = score_report(workspace.content, stored.report)
    views = sections_of(workspace, report_id, scored)
    checked = preflight(workspace, report_id)
    found = [*_mismatches(workspace, scored, views), *_stale(views)]
    found += _placeholders(checked, views)
    found += [
        OpenPoint(kind=PointKind.COMMENT, place=one.place, told=one.opening.text)
        for one in comments
        if not one.is_resolved
    ]
    found += [
        OpenPoint(kind=PointKind.ERROR, place=one.where.label, told=one.title)
        for one in checked.errors
    ]
    return OpenPoints(report=report_id, points=tuple(found))


def _mismatches(
    workspace: Workspace, scored: ScoredReport, views: Sequence[SectionView]
) -> Iterator[OpenPoint]:
    """Yield every statement of the texts that does not follow from the tables."""
    written = [(one.outline, one.newest.section.text) for one in views if one.newest]
    if not written:
        return
    grounder = open_grounder(workspace.content, scored)
    for outline, text in written:
        for one in grounder.ground(text).violations:
            yield OpenPoint(
                kind=PointKind.MISMATCH,
                place=outline.heading,
                told=f"{VIOLATION_TITLES[one.kind]}“{one.text}”：{one.reason}",
                section_id=outline.id,
            )


def _stale(views: Sequence[SectionView]) -> Iterator[OpenPoint]:
    """Yield the sections that the data have left behind."""
    for view in views:
        if view.stale or view.outdated:
            changed = "；".join(
                f"{one.title}写的是 {one.stated}，现在是 {one.now}" for one in view.stale[:2]
            )
            yield OpenPoint(
                kind=PointKind.STALE,
                place=view.outline.heading,
                told=changed or "按现在的数据会写得不一样",
                section_id=view.outline.id,
            )


def _placeholders(checked: Preflight, views: Sequence[SectionView]) -> Iterator[OpenPoint]:
    """Yield every 【待补充】 left in the texts."""
    ids = {one.outline.heading: one.outline.id for one in views}
    for heading, found in checked.placeholders:
        yield OpenPoint(
            kind=PointKind.PLACEHOLDER, place=heading, told=found, section_id=ids[heading]
        )
