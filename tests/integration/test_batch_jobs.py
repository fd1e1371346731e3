"""A batch of the page survives a closed tab, a restart and kill -9."""

import io
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.batch_inputs import yaml_folder
from tests.integration.conftest import TickingClock
from tests.integration.test_batch import made
from tests.integration.test_batch_kill import waited_for

from ziping.bootstrap import open_engine, open_workspace
from ziping.domain.batch import BatchOptions
from ziping.domain.errors import InputError, NotFoundError
from ziping.jobs.engine import JobEngine
from ziping.jobs.progress import BatchJob, JobState
from ziping.services.reports import open_report
from ziping.services.workspace import Workspace

COUNT = 16


@pytest.fixture
def engine(workspace: Workspace) -> Iterator[JobEngine]:
    """Return the running engine of this test's directory."""
    started = open_engine(workspace)
    yield started
    started.close()


@pytest.fixture
def uploads(tmp_path: Path) -> list[tuple[str, bytes]]:
    """Return the files that are handed in."""
    folder = yaml_folder(tmp_path / "in", COUNT)
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def finished(engine: JobEngine, batch_id: str) -> BatchJob:
    """Return a batch's job once nothing more will happen."""
    waited_for(lambda: engine.batching.look(batch_id).is_over)
    return engine.batching.look(batch_id)


def test_files_handed_in_become_reports_a_roll_up_and_one_file_to_download(
    engine: JobEngine, workspace: Workspace, uploads: list[tuple[str, bytes]]
) -> None:
    handed_in = [*uploads[:3], ("坏的.xlsx", b""), ("甲/乙/../../../0001.yaml", uploads[3][1])]
    batch_id = engine.batching.batches.create(handed_in, BatchOptions(place="湖南 怀化"))
    engine.batching.start(batch_id)
    job = finished(engine, batch_id)
    assert (job.state, job.error) == (JobState.DONE, "")
    results = engine.batching.batches.results(batch_id)
    assert results is not None
    assert (results.reports, len(results.projects), len(results.failures)) == (4, 4, 1)
    with zipfile.ZipFile(io.BytesIO(engine.batching.batches.packed(batch_id))) as packed:
        names = packed.namelist()
    assert results.summary in names
    assert {one.word for one in results.projects} | set(results.todo_files) <= set(names)
    assert not any(".ziping" in name for name in names)
    assert engine.batching.batches.summary(batch_id)[:2] == b"PK"
    [batch] = engine.batching.batches.all()
    assert (batch.title, batch.files) == ("0001.yaml 等 5 个文件", 5)
    report_id = engine.batching.batches.open_report(batch_id, results.projects[1].key)
    opened = open_report(workspace, report_id).report
    assert opened.projects[0].name == results.projects[1].project.name
    engine.batching.batches.remove(batch_id)
    assert engine.batching.batches.all() == ()
    with pytest.raises(NotFoundError):
        engine.batching.batches.packed(batch_id)


def test_nothing_handed_in_is_told(engine: JobEngine) -> None:
    with pytest.raises(InputError, match="还没有选择文件"):
        engine.batching.batches.create([], BatchOptions())
    assert engine.batching.batches.all() == ()


def test_a_stopped_batch_keeps_what_is_made_and_can_go_on(
    engine: JobEngine, uploads: list[tuple[str, bytes]]
) -> None:
    batch_id = engine.batching.batches.create(uploads, BatchOptions())
    out = engine.batching.batches.folder(batch_id).path
    engine.batching.start(batch_id)
    waited_for(lambda: len(made(out)) >= 2)
    engine.batching.stop(batch_id)
    assert finished(engine, batch_id).state is JobState.CANCELLED
    waited_for(lambda: engine.batching.look(batch_id).progress.current == "")
    stopped_at = len(made(out))
    assert 2 <= stopped_at < COUNT
    assert engine.batching.look(batch_id).progress.made == stopped_at
    engine.batching.start(batch_id)
    assert finished(engine, batch_id).state is JobState.DONE
    assert len(made(out)) == COUNT


def test_a_batch_goes_on_with_the_next_engine(
    workspace: Workspace, uploads: list[tuple[str, bytes]]
) -> None:
    first = open_engine(workspace)
    batch_id = first.batching.batches.create(uploads, BatchOptions())
    out = first.batching.batches.folder(batch_id).path
    first.batching.start(batch_id)
    waited_for(lambda: len(made(out)) >= 2)
    first.close()
    before = {name: (out / name).stat().st_mtime_ns for name in made(out)}
    assert len(before) < COUNT
    second = open_engine(workspace)
    try:
        assert finished(second, batch_id).state is JobState.DONE
        assert len(made(out)) == COUNT
        assert {name: (out / name).stat().st_mtime_ns for name in before} == before
    finally:
        second.close()


def test_a_batch_survives_kill_9_and_goes_on_where_it_was(
    ziping_home: Path, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("killed_batch.py")
    given = yaml_folder(tmp_path / "in", COUNT)
    killed = subprocess.run(
        [sys.executable, str(script), str(given), "5"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    batch_id = killed.stdout.strip()
    workspace = open_workspace(clock=TickingClock())
    engine = open_engine(workspace)
    try:
        out = engine.batching.batches.folder(batch_id).path
        assert finished(engine, batch_id).state is JobState.DONE
        names = made(out)
        assert len(names) == COUNT
        assert not any("（2）" in name for name in names)
        results = engine.batching.batches.results(batch_id)
        assert results is not None
        assert {one.word for one in results.projects} == set(names)
    finally:
        engine.close()
        workspace.database.close()
