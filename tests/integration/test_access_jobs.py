"""Jobs: started by whoever may, for them; seen and stopped by those who reach the report."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.integration.access_rules import MAY
from tests.integration.access_world import (
    INVITED,
    MISSING,
    OTHER,
    OWN,
    PEOPLE,
    World,
    made_world,
)
from tests.integration.test_batch_kill import waited_for

from ziping.bootstrap import open_engine
from ziping.config import load_settings
from ziping.domain.access import Right
from ziping.domain.errors import NotFoundError, RefusedError
from ziping.domain.people import Role
from ziping.domain.workflow import State
from ziping.jobs.engine import JobEngine
from ziping.jobs.health import count_jobs
from ziping.jobs.progress import JobState
from ziping.services.drafting import section_history
from ziping.services.reports import list_reports

PLACES = (OWN, OTHER, INVITED)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, JobEngine, Path]]:
    """Return the world with a running engine."""
    home = tmp_path_factory.mktemp("world")
    world = made_world(home)
    engine = open_engine(world.workspace, replace(load_settings(), home=home))
    yield world, engine, home
    engine.close()
    world.library.close()
    world.workspace.database.close()


def ended(act: Callable[[], object]) -> tuple[str, str]:
    """Return how a call ended."""
    try:
        act()
    except NotFoundError as error:
        return "unknown", str(error)
    except RefusedError as error:
        return "refused", str(error)
    return "done", ""


def expected(right: Right, role: Role, place: str) -> str:
    """Return how a call must end."""
    if role in MAY[right][place]:
        return "done"
    return "refused" if role in MAY[Right.READ][place] else "unknown"


def test_a_job_acts_for_whoever_started_it(running: tuple[World, JobEngine, Path]) -> None:
    world, engine, home = running
    report = world.report(OWN, State.DRAFTING)
    staff = PEOPLE[Role.STAFF]
    job_id = engine.acting_as(staff).draft_report(report.id)
    waited_for(lambda: engine.progress(job_id).is_over)
    assert engine.progress(job_id).state is JobState.DONE
    newest = section_history(world.workspace, report.id, "lessons.problems")[0]
    assert newest.saved_by == staff.name
    counts = {
        role: count_jobs(world.workspace.acting_as(person), home).done
        for role, person in PEOPLE.items()
    }
    assert counts[Role.STAFF] == counts[Role.HEAD] == counts[Role.ADMINISTRATOR] == 1
    assert counts[Role.EXTERNAL] == 0


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", PLACES)
def test_jobs_are_seen_and_stopped_within_reach(
    running: tuple[World, JobEngine, Path], role: Role, place: str
) -> None:
    world, engine, _ = running
    report = world.report(place, State.DRAFTING)
    job_id = engine.draft_report(report.id)  # whoever runs the machine starts one
    waited_for(lambda: engine.progress(job_id).is_over)
    acting = engine.acting_as(PEOPLE[role])

    looked = ended(lambda: acting.latest_draft(report.id))
    watched = ended(lambda: acting.progress(job_id))
    stopped = ended(lambda: acting.cancel(job_id))
    started = ended(lambda: acting.draft_report(report.id))

    assert looked[0] == watched[0] == expected(Right.READ, role, place)
    assert started[0] == expected(Right.EDIT, role, place)
    assert stopped[0] == (started[0] if role is Role.STAFF else "refused")
    foreign = job_id.replace(f"draft-{report.id}-", f"draft-{MISSING}-")
    if watched[0] == "unknown":
        assert watched == ended(lambda: acting.progress(foreign))
        assert stopped == ended(lambda: acting.cancel("batch-1"))
        assert looked == ended(lambda: acting.latest_draft(MISSING))
        assert started == ended(lambda: acting.draft_report(MISSING))


@pytest.mark.parametrize("role", Role)
def test_batches_are_those_of_the_unit(running: tuple[World, JobEngine, Path], role: Role) -> None:
    world, engine, _ = running
    batching = engine.acting_as(PEOPLE[role]).batching
    own, other = world.batch_ids[OWN], world.batch_ids[OTHER]

    listed = {one.id for one in batching.batches.all()}
    assert listed == ({own} if role in MAY[Right.READ][OWN] else set())
    looks: tuple[Callable[[str], object], ...] = (
        *(batching.look, batching.batches.get, batching.batches.packed),
    )
    changes: tuple[Callable[[str], object], ...] = (batching.stop, batching.start)
    seen = "done" if role in MAY[Right.READ][OWN] else "unknown"
    for act in looks:
        assert ended(partial(act, own))[0] == seen
        assert ended(partial(act, other)) == ended(partial(act, "没有"))
    for act in changes:
        assert ended(partial(act, own))[0] == ("done" if role is Role.STAFF else "refused")
        assert ended(partial(act, other)) == ended(partial(act, "没有"))


@pytest.mark.parametrize("role", Role)
def test_the_workbench_lists_what_is_reachable(
    running: tuple[World, JobEngine, Path], role: Role
) -> None:
    world, _, _ = running
    listed = {one.id for one in list_reports(world.workspace.acting_as(PEOPLE[role]))}
    wanted = {one.id for one in world.reports if role in MAY[Right.READ][one.place]}
    assert listed == wanted
