"""The one place where the real parts are put together.

Commands that store nothing start without the database and the job engine, so those are imported
where they are opened.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ziping.config import Settings, load_settings
from ziping.content.library import Content
from ziping.domain.clock import Clock

if TYPE_CHECKING:
    from ziping.jobs.engine import JobEngine
    from ziping.services.library import Library
    from ziping.services.model_drafting import ModelDesk
    from ziping.services.workspace import Workspace


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def open_content(settings: Settings | None = None) -> Content:
    """Return the content alone, for commands that store nothing."""
    return Content((settings or load_settings()).content_dir)


def open_workspace(settings: Settings | None = None, clock: Clock = now) -> "Workspace":
    """Return a workspace over the database of the settings."""
    from ziping.domain.people import Person  # noqa: PLC0415 - see above
    from ziping.persistence.database import open_database  # noqa: PLC0415 - see above
    from ziping.services.workspace import Workspace  # noqa: PLC0415 - see above

    chosen = settings or load_settings()
    return Workspace(
        database=open_database(chosen.home, chosen.database_url),
        content=open_content(chosen),
        clock=clock,
        person=Person(name=chosen.user),
    )


def open_engine(
    workspace: "Workspace",
    settings: Settings | None = None,
    desk: "ModelDesk | None" = None,
    *,
    kind: str = "网页",
) -> "JobEngine":
    """Return the job engine of the settings; there is one a process."""
    from ziping.jobs.engine import EngineSettings, JobEngine  # noqa: PLC0415 - see above

    chosen = settings or load_settings()
    how = EngineSettings(chosen.home, kind, chosen.jobs_at_once)
    return JobEngine(how, workspace, desk or open_desk(workspace, chosen))


def open_desk(
    workspace: "Workspace", settings: Settings | None = None, library: "Library | None" = None
) -> "ModelDesk":
    """Return what drafting by a model works with; share the process's library where it has one."""
    from ziping.services.model_drafting import ModelDesk  # noqa: PLC0415 - see above

    chosen = settings or load_settings()
    if library is None and chosen.model is not None:
        library = open_library(workspace, chosen)
    if chosen.model is not None:
        from ziping.services.model_requests import RequestBook  # noqa: PLC0415 - see above

        RequestBook(workspace, chosen.model).open()
    desk = ModelDesk(workspace, chosen.model, library)
    desk.warm_up()
    return desk


def open_library(workspace: "Workspace", settings: Settings | None = None) -> "Library":
    """Return the policy library of a workspace; its index is opened by the first search."""
    from ziping.services.library import Index, Library  # noqa: PLC0415 - see above

    chosen = settings or load_settings()

    def open_index() -> Index:
        from ziping.retrieval.embedding import (  # noqa: PLC0415 - slow to import
            EndpointEmbedder,
            offline_embedder,
        )
        from ziping.retrieval.index import LibraryIndex  # noqa: PLC0415 - as above

        endpoint = chosen.embedding
        colloquial = workspace.content.lexicon().colloquial
        embedder = (
            EndpointEmbedder(endpoint.base_url, endpoint.api_key, endpoint.model)
            if endpoint.is_set
            else offline_embedder(colloquial, chosen.content_dir / "knowledge" / "vectors.npz")
        )
        return LibraryIndex(
            chosen.home / "index",
            embedder,
            colloquial,
            chroma_url=chosen.chroma_url,
        )

    return Library(workspace, open_index)
