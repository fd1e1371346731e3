"""Gathering what was recorded of a report, to be told (办理经过)."""

from ziping.domain.access import Right
from ziping.domain.stored import Override
from ziping.domain.story import StoryEntry
from ziping.persistence import reports as report_store
from ziping.persistence import reviews as review_store
from ziping.persistence import sections as section_store
from ziping.persistence import workflow as workflow_store
from ziping.review.story import Traces, tell
from ziping.services.access import needs
from ziping.services.exporting import preflight
from ziping.services.workspace import Workspace


@needs(Right.READ)
def story_of(workspace: Workspace, report_id: int) -> tuple[StoryEntry, ...]:
    """Return a report's whole history, the first thing first."""
    with workspace.read() as connection:
        report = report_store.get_report(connection, report_id).report
        outline = workspace.content.outline(report.outline)
        headings = {one.id: one.heading for one in outline.sections}
        traces = Traces(
            versions=report_store.list_versions(connection, report_id)[::-1],
            sections=[
                (headings.get(section_id, section_id), one)
                for section_id, one in section_store.every_section_version(connection, report_id)
            ],
            steps=workflow_store.list_steps(connection, report_id),
            comments=review_store.list_comments(connection, report_id),
            own_figures=review_store.list_own_figures(connection, report_id),
            overrides=_overrides(workspace, report_id),
        )
    return tell(traces)


def _overrides(workspace: Workspace, report_id: int) -> list[tuple[str, Override]]:
    """Return the overrides that hold, with the titles of their findings."""
    return [(finding.title, one) for finding, one in preflight(workspace, report_id).overridden]
