"""What an administrator asks: how the program is, what answers, and that nothing leaves it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.test_jobs import finished
from tests.model_scripts import honest
from tests.model_server import ModelServer

from ziping.bootstrap import open_engine
from ziping.config import load_settings
from ziping.domain.activity import JobCounts
from ziping.jobs.health import health
from ziping.persistence.processes import say_hello
from ziping.services.answers import DoctorLine
from ziping.services.diagnosing import diagnose
from ziping.services.workspace import Workspace

PROGRAM = str(Path(sys.executable).with_name("ziping"))
FAR_AWAY = "203.0.113.7"
"""An address set aside for examples."""


def ziping(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


def line(title: str) -> DoctorLine:
    """Return what the doctor says under a title."""
    checks = diagnose(load_settings(), Path("app.py")).checks
    return next(one for one in checks if one.title == title)


def test_health_counts_jobs_changes_and_processes(
    workspace: Workspace, example_id: int, ziping_home: Path
) -> None:
    engine = open_engine(workspace)
    try:
        finished(engine, engine.draft_report(example_id))
        found = health(workspace, ziping_home)
    finally:
        engine.close()
    assert (found.ok, found.reports) == (True, 1)
    assert [one.kind for one in found.processes] == ["网页"]
    assert found.changes_day["新建报告"] == 1
    assert found.changes_hour == sum(found.changes_day.values()) > 1
    assert found.jobs.waiting == found.jobs.running == 0


def test_jobs_that_nobody_works_on_are_a_problem(
    workspace: Workspace, example_id: int, ziping_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert health(workspace, ziping_home).jobs == JobCounts()
    left = JobCounts(waiting=2)
    monkeypatch.setattr("ziping.jobs.health.count_jobs", lambda *_: left)
    found = health(workspace, ziping_home)
    assert not found.ok
    assert "有 2 个任务没有做完，但没有进程在处理" in found.problems[0]


def test_a_database_that_is_away_is_an_answer_for_the_monitor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:top-secret@127.0.0.1:9/x")
    done = ziping("health", "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"]) == (1, False)
    assert "连接不上数据库" in answer["problems"][0]
    assert "top-secret" not in done.stdout + done.stderr


def test_several_processes_without_servers_are_warned_about(
    workspace: Workspace, database_url: str
) -> None:
    """Two that share a folder of vectors are no safe pair, and a file is no shared database."""
    from ziping.jobs.liveness import this_process  # noqa: PLC0415 - names this very process

    assert not line("进程").warning
    for kind in ("网页", "任务"):
        with workspace.database.write_aside() as connection:
            say_hello(connection, this_process(kind, "2"))
    told = line("进程")
    assert told.warning
    assert "CHROMA_URL" in told.told
    assert ("DATABASE_URL" in told.told) == (not database_url)


def test_services_that_are_set_and_silent_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_MODEL", "qwen-test")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_EMBEDDING_BASE_URL", "http://127.0.0.1:9/v1")
    for title, told in (
        ("撰写", "OPENAI_BASE_URL"),
        ("向量", "连接不上"),
        ("向量库", "CHROMA_URL"),
    ):
        found = line(title)
        assert not found.ok
        assert told in found.told
        assert "sk-secret" not in found.told


def test_a_model_that_answers_is_found_well(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(honest) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "qwen-test")
        found = line("撰写")
        assert found.ok
        assert "有应答" in found.told
        assert server.calls == []


def test_the_main_job_calls_nobody_outside() -> None:
    done = ziping("doctor", "--airgap", "--json")
    answer = json.loads(done.stdout)
    assert answer["attempts"] == []
    assert [one for one in answer["steps"] if not one["ok"]] == []
    assert len(answer["steps"]) == 5
    assert done.returncode == 0


def test_a_call_for_the_outside_is_noted_and_refused() -> None:
    program = (
        "import socket; from ziping.cli.airgap import Watch; watch = Watch()\n"
        f"for call in (lambda: socket.create_connection(('{FAR_AWAY}', 443)),\n"
        "             lambda: socket.getaddrinfo('example.invalid', 80)):\n"
        "    try: call()\n"
        "    except OSError: pass\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname()).close(); server.close()\n"
        "print(*watch.attempts)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [f"{FAR_AWAY}:443", "example.invalid:80"]


def in_loopback(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no network; without permission the test is skipped."""
    done = subprocess.run(
        [sys.executable, "-m", "ziping.cli.loopback", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    if "不允许建立断网环境" in done.stderr:
        pytest.skip(done.stderr.strip())  # no package gives the permission
    return done


def test_where_there_is_no_network_nothing_can_be_reached() -> None:
    program = f"import socket; socket.create_connection(('{FAR_AWAY}', 443), 5)"
    done = in_loopback(sys.executable, "-c", program)
    assert done.returncode == 1
    assert "unreachable" in done.stderr


def test_tests_pass_where_there_is_no_network(project_root: Path) -> None:
    chosen = ("tests/unit/test_cli_files.py", "tests/unit/test_retrieval_search.py")
    done = in_loopback(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *(str(project_root / one) for one in chosen),
    )
    assert done.returncode == 0, done.stdout + done.stderr
