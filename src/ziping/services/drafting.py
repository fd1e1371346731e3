"""Drafting, editing and the history of sections."""

from dataclasses import dataclass

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.draft import Author, OutlineSection, SectionText
from ziping.domain.errors import NotFoundError
from ziping.domain.stored import SectionVersion
from ziping.persistence import reports as report_store
from ziping.persistence import sections as store
from ziping.services.access import needs
from ziping.services.drafted import draft_context, draft_texts, template_writer
from ziping.services.scored import ScoredReport, score_report
from ziping.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StaleFact:
    """A figure that changed after a section stated it (数据已变)."""

    title: str
    stated: str
    now: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the outline with its newest text (章节)."""

    outline: OutlineSection
    newest: SectionVersion | None
    stale: tuple[StaleFact, ...]
    outdated: bool = False
    """Whether the template would write a template's section otherwise from today's data."""


@dataclass(frozen=True, slots=True)
class SectionSave:
    """What became of saving a section's text (章节保存结果)."""

    newest: SectionVersion
    conflict: SectionVersion | None
    """Set when somebody else saved first: their text, which stays the newest."""


@needs(Right.EDIT)
def draft_section(workspace: Workspace, report_id: int, section_id: str) -> SectionVersion:
    """Draft a section anew from the stored figures and keep it as its next version."""
    with workspace.read() as connection:
        report = report_store.get_report(connection, report_id).report
    scored = score_report(workspace.content, report)
    section = _section_of(scored, section_id)
    context = draft_context(workspace.content, scored)
    text = template_writer(workspace.content).write(section, context)
    return _keep(workspace, report_id, text, "按模板起草", AuditAction.DRAFT_SECTION)


@needs(Right.EDIT)
def save_section(  # noqa: PLR0913 - what is saved, over what, and why
    workspace: Workspace,
    report_id: int,
    section_id: str,
    text: str,
    *,
    base_version: int,
    note: str = "人工修改",
) -> SectionSave:
    """Save a person's text; when somebody saved since `base_version`, theirs stays the newest.

    The text that was not taken is kept in the section's history all the same.
    """
    with workspace.write() as work:
        connection = work.rows
        history = store.list_section_versions(connection, report_id, section_id)
        newest = history[0] if history else None
        mine = SectionText(
            section_id=section_id,
            text=text,
            author=Author.HUMAN,
            reason=note,
            facts=_still_stated(newest, text),
            clauses=newest.section.clauses if newest else (),
        )
        if newest is None or newest.version == base_version:
            store.append_section(connection, report_id, mine, work.stamp(note))
        elif newest.section.text != text:
            lost = f"与第{newest.version}版冲突，未采用"
            store.append_section(connection, report_id, mine, work.stamp(lost))
            kept = f"保留第{newest.version}版"
            store.append_section(connection, report_id, newest.section, work.stamp(kept))
        after = store.list_section_versions(connection, report_id, section_id)[0]
        if newest is None or after.version > newest.version:
            work.record(
                AuditAction.EDIT_SECTION, report_id, section=section_id, version=after.version
            )
    collided = newest is not None and newest.version != base_version and newest.section.text != text
    return SectionSave(newest=after, conflict=after if collided else None)


def _still_stated(before: SectionVersion | None, text: str) -> dict[str, str]:
    """Return the facts of the text before that the new one still states."""
    facts = before.section.facts if before else {}
    return {one: display for one, display in facts.items() if display in text}


@needs(Right.EDIT)
def restore_section(
    workspace: Workspace, report_id: int, section_id: str, version: int
) -> SectionVersion:
    """Make an earlier text of a section the newest again; the versions between are kept."""
    for one in section_history(workspace, report_id, section_id):
        if one.version == version:
            note = f"恢复到第{version}版"
            return _keep(workspace, report_id, one.section, note, AuditAction.RESTORE_SECTION)
    raise NotFoundError("没有这个版本", remedy="请从历史列表中选择")


@needs(Right.READ)
def section_history(
    workspace: Workspace, report_id: int, section_id: str
) -> tuple[SectionVersion, ...]:
    """Return every version of a section's text, the newest first."""
    with workspace.read() as connection:
        return store.list_section_versions(connection, report_id, section_id)


@needs(Right.READ)
def sections_of(
    workspace: Workspace, report_id: int, scored: ScoredReport
) -> tuple[SectionView, ...]:
    """Return the outline's sections in order, each with its newest text and changed figures."""
    with workspace.read() as connection:
        newest = store.newest_sections(connection, report_id)
    facts = draft_context(workspace.content, scored).ledger.facts
    fresh = draft_texts(workspace.content, scored) if newest else {}
    views = []
    for section in scored.outline.sections:
        version = newest.get(section.id)
        stated = version.section.facts if version else {}
        stale = tuple(
            StaleFact(title=facts[one].title if one in facts else one, stated=was, now=now)
            for one, was in stated.items()
            if (now := facts[one].display if one in facts else "已无此数据") != was
        )
        outdated = (
            version is not None
            and version.section.author is Author.TEMPLATE
            and section.id in fresh
            and fresh[section.id].text != version.section.text
        )
        views.append(SectionView(section, version, stale, outdated))
    return tuple(views)


def _section_of(scored: ScoredReport, section_id: str) -> OutlineSection:
    """Return a section of the report's outline that has a text."""
    section = scored.outline.section(section_id)
    if section is None or not section.fallback:
        raise NotFoundError("提纲里没有这一节", where=section_id, remedy="请从章节列表中选择")
    return section


def _keep(
    workspace: Workspace, report_id: int, text: SectionText, note: str, action: AuditAction
) -> SectionVersion:
    """Store a text as its section's next version, unless it is the newest already."""
    with workspace.write() as work:
        history = store.list_section_versions(work.rows, report_id, text.section_id)
        if not history or history[0].section != text:
            version = store.append_section(work.rows, report_id, text, work.stamp(note))
            work.record(action, report_id, section=text.section_id, version=version)
        return store.list_section_versions(work.rows, report_id, text.section_id)[0]
