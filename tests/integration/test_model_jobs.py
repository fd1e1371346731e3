"""起草全部 by a model: bounded, in order, stopped, resumed, and free of what was made up."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from tests.integration.conftest import TickingClock
from tests.model_scripts import LIE_MARKS, honest, lying
from tests.model_server import Call, ModelServer, Reply
from tests.postgres_server import everything_in

from ziping.bootstrap import open_desk, open_engine, open_workspace
from ziping.config import load_settings
from ziping.domain.draft import Author, SectionText
from ziping.drafting import order_sections
from ziping.jobs.engine import JobEngine
from ziping.jobs.progress import JobProgress, JobState
from ziping.services.drafting import section_history, sections_of
from ziping.services.exporting import export_word
from ziping.services.reports import create_example, open_report
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

PATIENCE_S = 90
BOUND = 3
SECRET = "sk-never-to-be-seen"


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """Yield a server that the environment names as the model's endpoint."""
    with ModelServer(lambda call: replace(honest(call), before_s=0.03, piece=200)) as server:
        configure(monkeypatch, server)
        yield server


def configure(monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_MODEL", "qwen-test")
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("ZIPING_MODEL_CONCURRENCY", str(BOUND))
    monkeypatch.setenv("ZIPING_MODEL_TIMEOUT", "5")


def opened(workspace: Workspace) -> JobEngine:
    """Return the running engine with the model the environment names, without a library."""
    settings = load_settings()
    desk = open_desk(workspace, settings)
    desk.library = None
    return open_engine(workspace, settings, desk)


def finished(engine: JobEngine, job_id: str) -> JobProgress:
    until = time.monotonic() + PATIENCE_S
    while not (found := engine.progress(job_id)).is_over:
        assert time.monotonic() < until, found
        time.sleep(0.1)
    return found


def texts(workspace: Workspace, report_id: int) -> dict[str, SectionText]:
    scored = score_report(workspace.content, open_report(workspace, report_id).report)
    views = sections_of(workspace, report_id, scored)
    return {one.outline.id: one.newest.section for one in views if one.newest}


def wanted(workspace: Workspace) -> list[str]:
    return [one.id for one in order_sections(workspace.content.outline("project"))]


def test_a_whole_report_is_drafted_within_the_bound_and_in_order(
    workspace: Workspace, example_id: int, configured: ModelServer
) -> None:
    engine = opened(workspace)
    try:
        done = finished(engine, engine.draft_report(example_id))
    finally:
        engine.close()

    found = texts(workspace, example_id)
    assert (done.state, done.done, done.total) == (JobState.DONE, len(found), len(found))
    assert set(found) == set(wanted(workspace))
    assert {one.author for one in found.values()} == {Author.MODEL}
    assert 1 < configured.peak <= BOUND
    asked = [call.prompt for call in configured.calls]
    [problems] = [at for at, text in enumerate(asked) if "写“（二）存在的问题”" in text]
    [suggestions] = [at for at, text in enumerate(asked) if "写“（三）有关建议”" in text]
    [conclusion] = [at for at, text in enumerate(asked) if "写“（四）评价结论”" in text]
    assert conclusion < problems < suggestions
    assert found["lessons.problems"].text.splitlines()[0][:8] in asked[suggestions]


def test_the_key_is_in_no_file_and_no_export(
    workspace: Workspace,
    example_id: int,
    configured: ModelServer,
    ziping_home: Path,
    database_url: str,
) -> None:
    engine = opened(workspace)
    try:
        finished(engine, engine.draft_report(example_id))
    finally:
        engine.close()
    exported = export_word(workspace, example_id, status="送审稿").data

    assert any(one.headers["authorization"] == f"Bearer {SECRET}" for one in configured.calls)
    kept = [one.read_bytes() for one in ziping_home.rglob("*") if one.is_file()]
    if database_url:
        kept.append(everything_in(database_url))
    assert len(b"".join(kept)) > len(exported)
    for data in [exported, *kept]:
        assert SECRET.encode() not in data
    assert SECRET not in repr(load_settings())


def test_a_model_that_lies_in_every_section_leaves_no_trace_in_the_word_file(
    workspace: Workspace, example_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(lambda call: replace(lying(call), piece=400)) as server:
        configure(monkeypatch, server)
        engine = opened(workspace)
        try:
            done = finished(engine, engine.draft_report(example_id))
        finally:
            engine.close()
    document = docx.Document(io.BytesIO(export_word(workspace, example_id, status="送审稿").data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in document.paragraphs), *cells])

    assert done.state is JobState.DONE
    assert set(texts(workspace, example_id)) == set(wanted(workspace))
    assert [mark for mark in LIE_MARKS if mark in text] == []
    assert "619.52万元" in text


def test_a_job_is_stopped_in_the_middle_of_an_answer(
    workspace: Workspace, example_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(call: Call) -> Reply:
        return replace(honest(call), between_s=0.2, piece=2)

    with ModelServer(slow) as server:
        configure(monkeypatch, server)
        engine = opened(workspace)
        try:
            job_id = engine.draft_report(example_id)
            while not server.calls:
                time.sleep(0.02)
            assert engine.progress(job_id).current
            engine.cancel(job_id)
            assert finished(engine, job_id).state is JobState.CANCELLED
            time.sleep(1)
            asked = len(server.calls)
            time.sleep(1)
            assert len(server.calls) == asked
        finally:
            engine.close()
    assert not texts(workspace, example_id)


def test_an_engine_that_closes_leaves_its_job_to_the_next(
    workspace: Workspace, example_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(lambda call: replace(honest(call), before_s=0.2, piece=400)) as server:
        configure(monkeypatch, server)
        engine = opened(workspace)
        job_id = engine.draft_report(example_id)
        while len(texts(workspace, example_id)) < BOUND:
            time.sleep(0.05)
        engine.close()
        before = set(texts(workspace, example_id))
        engine = opened(workspace)
        try:
            done = finished(engine, job_id)
        finally:
            engine.close()

    assert done.state is JobState.DONE
    assert before < set(wanted(workspace))
    for section in wanted(workspace):
        assert len(section_history(workspace, example_id, section)) == 1


def test_a_draft_by_a_model_survives_kill_9_and_no_section_is_written_twice(
    ziping_home: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Path(__file__).with_name("killed_model_drafting.py")
    with ModelServer(lambda call: replace(honest(call), before_s=0.15, piece=400)) as server:
        configure(monkeypatch, server)
        killed = subprocess.run(
            [sys.executable, str(script)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=dict(os.environ),
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        report_id, job_id = int(killed.stdout.split()[0]), killed.stdout.split()[1]
        workspace = open_workspace(clock=TickingClock())
        before = texts(workspace, report_id)
        asked_before = len(server.calls)
        assert 0 < len(before) < len(wanted(workspace))
        engine = opened(workspace)
        try:
            done = finished(engine, job_id)
        finally:
            engine.close()

    after = texts(workspace, report_id)
    assert done.state is JobState.DONE
    assert set(after) == set(wanted(workspace))
    assert {key: after[key] for key in before} == before
    for section in after:
        [only] = section_history(workspace, report_id, section)
        assert only.section.author is Author.MODEL
    assert len(server.calls) - asked_before <= len(after) - len(before) + 8
    workspace.database.close()


def test_two_jobs_share_one_bound(
    workspace: Workspace, example_id: int, configured: ModelServer
) -> None:
    other_id = create_example(workspace)
    engine = opened(workspace)
    try:
        jobs = [engine.draft_report(one) for one in (example_id, other_id)]
        assert {finished(engine, one).state for one in jobs} == {JobState.DONE}
    finally:
        engine.close()

    assert configured.peak <= BOUND
