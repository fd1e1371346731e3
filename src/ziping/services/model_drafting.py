"""Sections drafted by a model: what is sent, streaming, saving, regenerating (模型起草)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from threading import Lock, Thread

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.draft import Author, OutlineSection, SectionText
from ziping.domain.endpoint import ModelEndpoint
from ziping.domain.errors import NotFoundError, ZipingError
from ziping.domain.library import LibraryClause, LibraryFilter
from ziping.domain.people import Person
from ziping.domain.stored import SectionVersion, StoredReport
from ziping.drafting import DraftContext
from ziping.drafting.grounding import Grounder
from ziping.drafting.model import DraftEvent, Finished, Message, ModelWriter, SectionTask
from ziping.drafting.model.client import chat_model
from ziping.persistence import reports as report_store
from ziping.persistence import sections as store
from ziping.services import library as policy_library
from ziping.services.access import needs
from ziping.services.drafted import draft_context, draft_texts, template_writer
from ziping.services.importing import load_example
from ziping.services.library import Library
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

_MOST_SCENES = 4
"""Reports whose facts are kept ready."""
_CLAUSES_A_QUERY = 3
_MOST_CLAUSES = 6
_AT_ONCE = 100
"""Goes before every section of a job: somebody looks at the page."""
_UNCONFIGURED = "未配置模型"


@dataclass(frozen=True)
class _Scene:
    """One version of a report with all that follows from it, made once for all its sections."""

    report_id: int
    version: int
    context: DraftContext
    grounder: Grounder


class ModelDesk:
    """What drafting by a model works with; one a process (模型撰写台)."""

    def __init__(
        self,
        workspace: Workspace,
        endpoint: ModelEndpoint | None = None,
        library: Library | None = None,
    ) -> None:
        """Put the parts together; no endpoint: templates, no library: no clauses looked for."""
        self.workspace = workspace
        self.endpoint = endpoint
        self.library = library
        self._scenes: list[_Scene] = []
        self._lock = Lock()

    def acting_as(self, person: Person) -> "ModelDesk":
        """Return the desk as a person uses it, whose name is recorded with what is drafted."""
        twin = copy(self)
        twin.workspace = self.workspace.acting_as(person)
        twin.library = self.library and self.library.acting_as(person)
        return twin

    @needs(Right.USE)
    def writer(
        self, should_stop: Callable[[], bool] = lambda: False, *, is_urgent: bool = False
    ) -> ModelWriter | None:
        """Return a writer for one job, or for one section that somebody waits for."""
        if self.endpoint is None:
            return None
        content = self.workspace.content
        return ModelWriter(
            self.endpoint,
            content.model_prompts,
            template_writer(content),
            self._grounder,
            should_stop=should_stop,
            priority=_AT_ONCE if is_urgent else 0,
        )

    @needs(Right.USE)
    def warm_up(self) -> None:
        """Load in the background what takes seconds, before somebody waits for it."""
        if self.endpoint is not None:
            Thread(target=self._warm_up, args=(self.endpoint,), daemon=True).start()

    def _warm_up(self, endpoint: ModelEndpoint) -> None:
        chat_model(endpoint)
        content = self.workspace.content
        draft_texts(content, score_report(content, load_example(content)))
        if self.library is not None:
            with suppress(ZipingError):  # told when somebody searches
                self.library.sync()

    @needs(Right.USE)
    def context(self, stored: StoredReport) -> DraftContext:
        """Return what may be known of a report; the sections of one job share it."""
        with self._lock:
            for scene in self._scenes:
                if (scene.report_id, scene.version) == (stored.id, stored.version):
                    return scene.context
            content = self.workspace.content
            context = draft_context(content, score_report(content, stored.report))
            scene = _Scene(stored.id, stored.version, context, Grounder(context))
            self._scenes[:] = [scene, *self._scenes[: _MOST_SCENES - 1]]
            return context

    def _grounder(self, task: SectionTask) -> Grounder:
        """Return what compares texts with the facts of a task's report."""
        for scene in self._scenes:
            if scene.context is task.context:
                return scene.grounder
        return Grounder(task.context)


@dataclass(frozen=True)
class _Ready:
    """A section ready to be written, and its newest version when that was prepared."""

    section: OutlineSection
    context: DraftContext
    evidence: tuple[LibraryClause, ...]
    earlier: dict[str, SectionText]
    base: SectionVersion | None

    def task(self, writer: ModelWriter, instruction: str) -> SectionTask:
        """Return what is to be written."""
        return writer.task(
            self.section, self.context, self.evidence, earlier=self.earlier, instruction=instruction
        )


@needs(Right.READ)
def preview_messages(
    desk: ModelDesk, report_id: int, section_id: str, instruction: str = ""
) -> tuple[Message, ...]:
    """Return exactly what would be sent for a section; nothing when no model is configured."""
    writer = desk.writer()
    if writer is None:
        return ()
    return writer.messages(_ready(desk, report_id, section_id).task(writer, instruction))


@needs(Right.EDIT)
def draft_section_by_model(  # noqa: PLR0913 - what, how, and its place in a job
    desk: ModelDesk,
    report_id: int,
    section_id: str,
    instruction: str = "",
    *,
    writer: ModelWriter | None = None,
    urgency: int = 0,
) -> SectionVersion:
    """Draft a section and keep it as its next version; by template where no model can.

    Sections of one job share a writer, which learns whether the endpoint answers at all.
    """
    ready = _ready(desk, report_id, section_id)
    chosen = writer or desk.writer(is_urgent=True)
    if chosen is None:
        text = template_writer(desk.workspace.content).write(ready.section, ready.context)
        text = text.model_copy(update={"reason": _UNCONFIGURED})
    else:
        text = chosen.finish(ready.task(chosen, instruction), urgency)
    return _kept(desk.workspace, report_id, text, ready.base)


@needs(Right.EDIT)
def propose_section(
    desk: ModelDesk, report_id: int, section_id: str, instruction: str = ""
) -> SectionText:
    """Return a section written anew by the writer in use; nothing is stored."""
    ready = _ready(desk, report_id, section_id)
    writer = desk.writer(is_urgent=True)
    if writer is None:
        text = template_writer(desk.workspace.content).write(ready.section, ready.context)
        return text.model_copy(update={"reason": _UNCONFIGURED})
    return writer.finish(ready.task(writer, instruction))


@needs(Right.EDIT)
def stream_section(
    desk: ModelDesk,
    report_id: int,
    section_id: str,
    instruction: str = "",
    *,
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[DraftEvent]:
    """Yield a section's grounded sentences as they come; it is saved before `Finished` comes."""
    writer = desk.writer(should_stop, is_urgent=True)
    if writer is None:
        kept = draft_section_by_model(desk, report_id, section_id)
        yield Finished(kept.section)
        return
    ready = _ready(desk, report_id, section_id)
    for event in writer.stream(ready.task(writer, instruction)):
        if isinstance(event, Finished):
            _kept(desk.workspace, report_id, event.section, ready.base)
        yield event


@needs(Right.USE)
def find_evidence(
    desk: ModelDesk, section: OutlineSection, context: DraftContext
) -> tuple[LibraryClause, ...]:
    """Return the clauses found for a section, the best of each of its queries first."""
    if desk.library is None or not section.queries:
        return ()
    return _evidence(desk.library, section.queries, tuple(context.report.place.split()))


def _evidence(
    library: Library, queries: tuple[str, ...], places: tuple[str, ...]
) -> tuple[LibraryClause, ...]:
    where = LibraryFilter(jurisdictions=places)
    try:
        found = [
            policy_library.search(library, query, _CLAUSES_A_QUERY, where).hits for query in queries
        ]
    except ZipingError:
        return ()  # a library that cannot be searched leaves the section without citations
    best: dict[str, LibraryClause] = {}
    for rank in range(_CLAUSES_A_QUERY):
        for hits in found:
            if rank < len(hits):
                best.setdefault(hits[rank].clause.id, hits[rank].clause)
    return tuple(best.values())[:_MOST_CLAUSES]


def _ready(desk: ModelDesk, report_id: int, section_id: str) -> _Ready:
    """Return everything a writer may know for a section, from this report alone."""
    with desk.workspace.read() as connection:
        stored = report_store.get_report(connection, report_id)
    context = desk.context(stored)
    section = context.outline.section(section_id)
    if section is None or not section.fallback:
        raise NotFoundError("提纲里没有这一节", where=section_id, remedy="请从章节列表中选择")
    newest: dict[str, SectionVersion] = {}
    with desk.workspace.read() as connection:
        for one in (section_id, *section.depends_on):
            if history := store.list_section_versions(connection, report_id, one):
                newest[one] = history[0]
    return _Ready(
        section=section,
        context=context,
        evidence=find_evidence(desk, section, context),
        earlier={one: newest[one].section for one in section.depends_on if one in newest},
        base=newest.get(section_id),
    )


def _kept(
    workspace: Workspace, report_id: int, text: SectionText, base: SectionVersion | None
) -> SectionVersion:
    """Store a draft as the next version, under what a person typed while it was written."""
    note = "由模型起草" if text.author is Author.MODEL else "按模板起草"
    with workspace.write() as work:
        connection = work.rows
        history = store.list_section_versions(connection, report_id, text.section_id)
        newest = history[0] if history else None
        if newest is not None and newest.section == text:
            return newest
        typed = (
            newest is not None
            and newest.section.author is Author.HUMAN
            and (base is None or newest.version != base.version)
        )
        stamp = work.stamp(f"{note}，起草期间有人工修改，未采用" if typed else note)
        version = store.append_section(connection, report_id, text, stamp)
        if typed and newest is not None:
            kept = work.stamp(f"保留第{newest.version}版")
            store.append_section(connection, report_id, newest.section, kept)
        work.record(AuditAction.DRAFT_SECTION, report_id, section=text.section_id, version=version)
        return store.list_section_versions(connection, report_id, text.section_id)[0]
