"""Long work goes on after a closed tab and after a killed process."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.integration.conftest import MORNING, TickingClock
from tests.integration.killed_drafting import LAST_YEAR

from ziping.bootstrap import open_engine, open_workspace
from ziping.domain.draft import Author
from ziping.domain.errors import NotFoundError
from ziping.jobs.engine import JobEngine
from ziping.jobs.progress import JobProgress, JobState
from ziping.services.drafting import section_history, sections_of
from ziping.services.reports import create_example, open_report
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

PATIENCE_S = 120


@pytest.fixture
def engine(workspace: Workspace) -> Iterator[JobEngine]:
    """Return the running engine of this test's directory."""
    started = open_engine(workspace)
    yield started
    started.close()


def finished(engine: JobEngine, job_id: str) -> JobProgress:
    """Return a job's progress once nothing more will happen."""
    return waited(lambda: engine.progress(job_id), lambda found: found.is_over)


def waited(
    look: Callable[[], JobProgress], is_enough: Callable[[JobProgress], bool]
) -> JobProgress:
    """Look again and again until it is enough."""
    until = time.monotonic() + PATIENCE_S
    while not is_enough(found := look()):
        assert time.monotonic() < until, found
        time.sleep(0.02)
    return found


def drafted(workspace: Workspace, report_id: int) -> dict[str, datetime]:
    """Return when each drafted section was saved, by its id."""
    scored = score_report(workspace.content, open_report(workspace, report_id).report)
    return {
        one.outline.id: one.newest.saved_at
        for one in sections_of(workspace, report_id, scored)
        if one.newest is not None
    }


def wanted(workspace: Workspace, report_id: int) -> set[str]:
    """Return the ids of the sections that a report should have."""
    scored = score_report(workspace.content, open_report(workspace, report_id).report)
    return {one.id for one in scored.outline.sections if one.fallback}


def test_a_whole_report_is_drafted_with_progress_told(
    workspace: Workspace, engine: JobEngine, example_id: int
) -> None:
    job_id = engine.draft_report(example_id)
    done = finished(engine, job_id)
    expected = wanted(workspace, example_id)
    assert (done.state, done.error) == (JobState.DONE, "")
    assert done.done == done.total == len(expected)
    assert set(drafted(workspace, example_id)) == expected
    assert engine.latest_draft(example_id) == done


def test_a_report_without_jobs_has_no_progress(engine: JobEngine) -> None:
    assert engine.latest_draft(1) is None
    with pytest.raises(NotFoundError, match="没有找到这个任务"):
        engine.progress("draft-1-x")


def test_jobs_of_other_reports_are_not_mixed_up(engine: JobEngine, example_id: int) -> None:
    finished(engine, engine.draft_report(example_id))
    assert engine.latest_draft(example_id * 10 + 1) is None


def test_a_job_that_cannot_be_done_says_why(engine: JobEngine) -> None:
    failed = finished(engine, engine.draft_report(99))
    assert failed.state is JobState.FAILED
    assert failed.error.startswith("没有找到这份报告")


class Gate:
    """A clock that stops whoever looks at it until the gate is opened."""

    def __init__(self) -> None:
        """Begin open, so that a report can be stored."""
        self.open = threading.Event()
        self.open.set()
        self.waiting = threading.Event()
        self.ticking = TickingClock()

    def __call__(self) -> datetime:
        """Return the time once the gate is open."""
        if not self.open.is_set():
            self.waiting.set()
            assert self.open.wait(PATIENCE_S)
        return self.ticking()


def test_a_cancelled_job_stops_after_its_step_and_keeps_what_is_drafted(
    ziping_home: Path, database_url: str
) -> None:
    gate = Gate()
    workspace = open_workspace(clock=gate)
    report_id = create_example(workspace)
    gate.open.clear()
    engine = open_engine(workspace)
    try:
        job_id = engine.draft_report(report_id)
        assert gate.waiting.wait(PATIENCE_S)
        running = engine.progress(job_id)
        assert (running.state, running.done) == (JobState.RUNNING, 0)
        assert running.current
        engine.cancel(job_id)
        gate.open.set()
        assert finished(engine, job_id).state is JobState.CANCELLED
        time.sleep(0.3)
        assert len(drafted(workspace, report_id)) == 1
    finally:
        gate.open.set()
        engine.close()
        workspace.database.close()


def test_a_draft_survives_kill_9_and_goes_on_where_it_was(
    ziping_home: Path, database_url: str
) -> None:
    script = Path(__file__).with_name("killed_drafting.py")
    killed = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    report_id, job_id = int(killed.stdout.split()[0]), killed.stdout.split()[1]

    workspace = open_workspace(clock=TickingClock())
    before = drafted(workspace, report_id)
    assert len(before) == 2
    engine = open_engine(workspace)
    try:
        done = finished(engine, job_id)
        after = drafted(workspace, report_id)
        assert done.state is JobState.DONE
        assert set(after) == wanted(workspace, report_id)
        # What was stored before the kill was neither drafted again nor lost.
        assert {key: after[key] for key in before} == dict.fromkeys(before, LAST_YEAR)
        assert all(after[key] > MORNING for key in set(after) - set(before))
        for key in after:
            [only] = section_history(workspace, report_id, key)
            assert only.section.author is Author.TEMPLATE
    finally:
        engine.close()
        workspace.database.close()
