"""A batch goes on after kill -9, a worker's death and a full disk: none twice, none lost."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.integration.batch_inputs import projects, workbook, yaml_folder
from tests.integration.test_batch import made, rows

PATIENCE_S = 120
COUNT = 36
COMMAND = (sys.executable, "-c", "from ziping.cli import main; main()", "batch")


@contextmanager
def started(
    given: Path, out: Path, *options: str, before: Callable[[], None] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a batch in a process of its own."""
    call = [*COMMAND, str(given), "-o", str(out), "--workers", "2", *options]
    process = subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 - sets a limit, nothing else
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def finished(given: Path, out: Path, *options: str) -> str:
    """Run a batch to its end and return what it printed."""
    with started(given, out, *options) as process:
        printed, mistakes = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, (printed, mistakes)
    return printed


def waited_for(is_there: Callable[[], bool]) -> None:
    """Look again and again until something is there."""
    until = time.monotonic() + PATIENCE_S
    while not is_there():
        assert time.monotonic() < until
        time.sleep(0.01)


def children(process: subprocess.Popen[str]) -> list[int]:
    """Return the ids of a process's children."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(one) for one in path.read_text(encoding="ascii").split()]


def is_alive(pid: int) -> bool:
    """Whether a process still runs."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def killed_at(given: Path, out: Path, count: int, *options: str) -> dict[str, tuple[int, bytes]]:
    """Kill a batch as soon as some reports are there; return those with time and content."""
    with started(given, out, *options) as process:
        waited_for(lambda: len(made(out)) >= count)
        workers = children(process)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    waited_for(lambda: not any(is_alive(one) for one in workers))
    return contents(out)


def contents(out: Path) -> dict[str, tuple[int, bytes]]:
    """Return every Word file with its time and content."""
    return {
        name: ((out / name).stat().st_mtime_ns, (out / name).read_bytes()) for name in made(out)
    }


def assert_each_once(out: Path) -> None:
    """Every project has exactly one report, and the roll-up names it."""
    names = [Path(name).name for name in made(out)]
    assert len(names) == COUNT
    assert not any("（2）" in name for name in names)
    expected = Counter((one.unit, one.projects[0].name) for one in projects(COUNT))
    summary = rows(out / "汇总表.xlsx", "汇总")
    assert Counter((str(one["单位"]), str(one["项目支出名称"])) for one in summary) == expected
    assert {str(one["Word 报告"]) for one in summary} == set(made(out))
    assert all((out / str(one["Excel 自评表"])).is_file() for one in summary)
    assert list((out / ".ziping" / "unfinished").iterdir()) == []


@pytest.mark.parametrize("is_workbook", [False, True], ids=["文件夹", "工作簿"])
def test_killed_twice_and_taken_up_again(tmp_path: Path, *, is_workbook: bool) -> None:
    out = tmp_path / "out"
    if is_workbook:
        given = tmp_path / "全县.xlsx"
        given.write_bytes(workbook(COUNT))
    else:
        given = yaml_folder(tmp_path / "in", COUNT)
    first = killed_at(given, out, 5)
    second = killed_at(given, out, len(first) + 8, "--resume")
    assert {name: second[name] for name in first} == first, "what was made stays as it was"
    assert len(second) < COUNT, "killed in the middle"

    printed = finished(given, out, "--resume")

    assert f"已生成 {COUNT} 份报告" in printed
    after = contents(out)
    assert {name: after[name] for name in second} == second, "none is made twice"
    assert_each_once(out)


def test_a_worker_that_dies_takes_nothing_with_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = yaml_folder(tmp_path / "in", COUNT)
    with started(given, out) as process:
        for count in (3, 12):
            waited_for(lambda count=count: len(made(out)) >= count)  # type: ignore[misc]
            os.kill(children(process)[0], signal.SIGKILL)
        printed, mistakes = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, mistakes
    assert f"已生成 {COUNT} 份报告" in printed
    assert_each_once(out)


def test_a_disk_that_refuses_stops_the_batch_and_what_was_made_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = yaml_folder(tmp_path / "in", COUNT)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    with started(given, out, before=limited) as process:
        _, mistakes = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert "进度没有记下来" in mistakes
    before = contents(out)
    assert 0 < len(before) < COUNT

    finished(given, out, "--resume")

    after = contents(out)
    assert {name: after[name] for name in before} == before
    assert_each_once(out)


def test_two_batches_never_write_to_one_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = yaml_folder(tmp_path / "in", COUNT)
    with started(given, out) as process:
        waited_for(lambda: len(made(out)) >= 1)
        with started(given, out, "--resume") as other:
            _, mistakes = other.communicate(timeout=PATIENCE_S)
        assert other.returncode == 2
        assert "另一个批量任务正在往这个文件夹里写" in mistakes
        process.communicate(timeout=PATIENCE_S)
    assert_each_once(out)
