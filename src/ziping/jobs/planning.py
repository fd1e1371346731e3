"""Which sections a job drafts, in which order, keyed by what goes into them (起草计划)."""

import hashlib
from dataclasses import dataclass

from ziping.domain.access import Right
from ziping.domain.draft import Author, Outline, OutlineSection
from ziping.drafting import order_sections
from ziping.services import drafting, reports
from ziping.services.access import needs
from ziping.services.model_drafting import ModelDesk
from ziping.services.scored import score_report


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """One section of a job (计划章节)."""

    id: str
    heading: str
    key: str
    """Hash of what goes into it."""
    base_version: int
    """Its newest version when the job began; 0: none."""
    depends_on: tuple[str, ...]
    urgency: int
    """How many sections wait for it, one after another."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a job does (起草计划)."""

    by_model: bool
    sections: tuple[PlannedSection, ...]


@needs(Right.EDIT)
def plan_draft(desk: ModelDesk, report_id: int, *, keep_edited: bool) -> Plan:
    """Return the sections to draft, each after those it depends on."""
    workspace = desk.workspace
    report = reports.open_editable(workspace, report_id).report
    scored = score_report(workspace.content, report)
    newest = {
        one.outline.id: one.newest
        for one in drafting.sections_of(workspace, report_id, scored)
        if one.newest is not None
    }
    chosen = [
        one
        for one in order_sections(scored.outline)
        if not (keep_edited and one.id in newest and newest[one.id].section.author is Author.HUMAN)
    ]
    ids = {one.id for one in chosen}
    stated = report.model_dump_json()
    return Plan(
        by_model=desk.endpoint is not None,
        sections=tuple(
            PlannedSection(
                id=one.id,
                heading=one.heading,
                key=_key(desk, one, stated),
                base_version=newest[one.id].version if one.id in newest else 0,
                depends_on=tuple(other for other in one.depends_on if other in ids),
                urgency=_waiting(scored.outline, one),
            )
            for one in chosen
        ),
    )


def _key(desk: ModelDesk, section: OutlineSection, report: str) -> str:
    """Return a hash of a section's inputs."""
    model = desk.endpoint.model if desk.endpoint else ""
    prompt = desk.workspace.content.prompts.get(f"prompts/sections/{section.id}.md", "")
    told = f"{section.model_dump_json()}\0{model}\0{prompt}\0{report}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _waiting(outline: Outline, section: OutlineSection) -> int:
    """Return the length of the longest chain of sections that wait for this one."""
    after = [one for one in outline.sections if section.id in one.depends_on]
    return max((1 + _waiting(outline, one) for one in after), default=0)
