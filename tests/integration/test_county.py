"""Several processes over one PostgreSQL: one truth, one bound, and each job ends exactly once."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.chroma_server import chroma_server
from tests.integration.conftest import MORNING
from tests.model_scripts import honest
from tests.model_server import ModelServer

from ziping.bootstrap import open_desk, open_engine
from ziping.config import load_settings
from ziping.domain.draft import Author
from ziping.domain.errors import StorageError
from ziping.jobs.engine import JobEngine
from ziping.jobs.progress import JobState
from ziping.persistence.model_calls import list_calls
from ziping.persistence.processes import list_processes
from ziping.services.drafting import section_history
from ziping.services.reports import create_example, open_report, report_at
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

BOUND = 3
PATIENCE_S = 120
PROGRAM = [str(Path(sys.executable).with_name("ziping"))]
APP = [sys.executable, str(Path(__file__).with_name("county_app.py"))]


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """Let every test here run on PostgreSQL."""
    return postgres_url


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """Yield a model that all processes share, with a bound on requests."""
    with ModelServer(lambda call: replace(honest(call), before_s=0.1, piece=400)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "qwen-test")
        monkeypatch.setenv("ZIPING_MODEL_CONCURRENCY", str(BOUND))
        yield server


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a process; it is gone afterwards."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < limit, what
        time.sleep(0.05)


def opened(workspace: Workspace) -> JobEngine:
    """Return this process's engine, without a library."""
    settings = load_settings()
    desk = open_desk(workspace, settings)
    desk.library = None
    return open_engine(workspace, settings, desk)


def confirmed(process: subprocess.Popen[str]) -> list[list[str]]:
    """Return what a process that is over had confirmed."""
    assert process.stdout
    return [line.split() for line in process.stdout.read().splitlines()]


def test_apps_and_workers_killed_under_load_lose_nothing_and_do_nothing_twice(
    workspace: Workspace,
    model: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        monkeypatch.setenv("CHROMA_URL", stack.enter_context(chroma_server(tmp_path)))
        workers = [stack.enter_context(started(*PROGRAM, "worker")) for _ in range(2)]
        apps = [stack.enter_context(started(*APP, "3", "40")) for _ in range(2)]
        until(lambda: len(model.calls) > 2 * BOUND, "no model call")
        workers[0].kill()
        until(lambda: len(model.calls) > 5 * BOUND, "no call after the first kill")
        apps[0].kill()
        lines = confirmed(apps[0])
        assert apps[1].stdout
        for line in apps[1].stdout:
            if line == "over\n":
                break
            lines.append(line.split())

        engine = opened(workspace)
        try:
            jobs = {one[2]: int(one[1]) for one in lines if one[0] == "job"}
            assert len(jobs) > 3
            until(lambda: all(engine.progress(one).is_over for one in jobs), "a job never ended")
            assert {engine.progress(one).state for one in jobs} == {JobState.DONE}
        finally:
            engine.close()

    for report_id in jobs.values():
        scored = score_report(workspace.content, open_report(workspace, report_id).report)
        for section in (one.id for one in scored.outline.sections if one.fallback):
            [only] = section_history(workspace, report_id, section)
            assert only.section.author in {Author.MODEL, Author.TEMPLATE}
    saves = [one for one in lines if one[0] == "saved"]
    assert saves
    for _, saved_id, version, text in saves:
        kept = report_at(workspace, int(saved_id), int(version))
        assert kept.materials["background"] == text


def test_two_processes_share_one_bound(workspace: Workspace, model: ModelServer) -> None:
    ids = [create_example(workspace) for _ in range(3)]
    with started(*PROGRAM, "worker") as worker:
        assert worker.stdout
        worker.stdout.readline()
        engine = opened(workspace)
        try:
            jobs = [engine.draft_report(one) for one in ids]
            until(lambda: all(engine.progress(one).is_over for one in jobs), "a job never ended")
        finally:
            engine.close()
    assert len(model.calls) > 2 * len(ids)
    assert model.peak == BOUND


def test_a_job_of_a_process_that_was_killed_goes_on_in_another(
    workspace: Workspace, model: ModelServer, example_id: int
) -> None:
    with started(*PROGRAM, "worker") as worker:
        assert worker.stdout
        assert "正在处理任务队列" in worker.stdout.readline()
        engine = opened(workspace)
        try:
            with workspace.database.read() as connection:
                kinds = [one.kind for one in list_processes(connection)]
            assert sorted(kinds) == ["任务", "网页"]
            job_id = engine.draft_report(example_id)
            until(lambda: bool(section_history(workspace, example_id, "basic.background")), "none")
            worker.kill()
            worker.wait()
            until(lambda: engine.progress(job_id).is_over, "the job never ended")
            assert engine.progress(job_id).state is JobState.DONE
        finally:
            engine.close()


def test_a_worker_stops_when_told_and_leaves_the_list(workspace: Workspace) -> None:
    with started(*PROGRAM, "worker") as worker:
        assert worker.stdout
        worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_S) == 0
    with workspace.database.read() as connection:
        assert list_processes(connection) == ()


def test_who_waits_sees_how_many_are_before(
    workspace: Workspace, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZIPING_JOBS", "1")
    ids = [create_example(workspace) for _ in range(3)]
    engine = opened(workspace)
    try:
        jobs = [engine.draft_report(one) for one in ids]
        until(lambda: bool(model.calls), "no model call")
        waiting = [engine.progress(one) for one in jobs]
        assert [one.state for one in waiting[1:]] == [JobState.WAITING, JobState.WAITING]
        assert [one.ahead for one in waiting] == [0, 0, 1]
        engine.cancel(jobs[1])
        assert engine.progress(jobs[2]).ahead == 0
        engine.cancel(jobs[0])
        engine.cancel(jobs[2])
    finally:
        engine.close()


def test_a_job_stopped_in_one_process_stops_in_another(
    workspace: Workspace, model: ModelServer, example_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model._script = lambda call: replace(honest(call), between_s=0.3, piece=1)
    with started(*PROGRAM, "worker") as worker:
        assert worker.stdout
        worker.stdout.readline()
        engine = opened(workspace)
        try:
            job_id = engine.draft_report(example_id)
            until(lambda: bool(model.calls), "no model call")
            engine.cancel(job_id)
            until(lambda: model._under_way == 0, "the model is still asked")
            assert engine.progress(job_id).state is JobState.CANCELLED
        finally:
            engine.close()


def test_every_request_is_counted(
    workspace: Workspace, model: ModelServer, example_id: int
) -> None:
    engine = opened(workspace)
    try:
        job_id = engine.draft_report(example_id)
        until(lambda: engine.progress(job_id).is_over, "the job never ended")
    finally:
        engine.close()
    with workspace.database.read() as connection:
        [counted] = list_calls(connection, MORNING.date())
    assert (counted.day, counted.model, counted.outcome) == (MORNING.date(), "qwen-test", "成功")
    assert counted.calls == len(model.calls)
    assert counted.milliseconds > 0


def test_a_job_cannot_be_started_while_the_database_is_away(
    workspace: Workspace, example_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(workspace)
    try:
        monkeypatch.setattr(workspace.database, "ask", _gone)
        with pytest.raises(StorageError, match="连接不上数据库"):
            engine.draft_report(example_id)
    finally:
        engine.close()


def _gone() -> None:
    raise StorageError("连接不上数据库")
