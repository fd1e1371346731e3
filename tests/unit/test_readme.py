"""Every command that README tells people to type does what it says."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ".venv/bin/ziping"
PATIENCE_S = 60

FOUND = 1
EXAMPLE = "knowledge/examples/huaihua-2023.yaml"
"""The worked example has findings of severity 错误 on its table; its drafted text has none."""
FINDING = {"score", "check", "reconcile"}
"""Commands that end with FOUND on the worked example; every other ends with 0."""
UNTIL_STOPPED = {"serve", "worker"}
"""Commands that run until somebody stops them, tested elsewhere."""


def commands() -> list[list[str]]:
    """Return every command line of README's shell blocks, without its remark."""
    blocks = re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.strip()]


def program() -> str:
    """Return the installed `ziping`."""
    found = shutil.which("ziping", path=str(ROOT / ".venv" / "bin")) or shutil.which("ziping")
    if found is None:
        pytest.skip("没有安装 ziping 命令（make env 会安装）。")
    return found


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the shipped files beside which README's commands are typed."""
    folder = tmp_path_factory.mktemp("自评通")
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    return folder


def test_readme_names_only_make_targets_and_our_own_program() -> None:
    assert {line[0] for line in commands()} == {"make", PROGRAM}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in commands():
        if line[0] == "make":
            assert re.search(rf"^{line[1]}:", makefile, re.MULTILINE)


def test_every_command_of_the_program_is_in_readme() -> None:
    told = {line[1] for line in commands() if line[0] == PROGRAM}
    listed = subprocess.run(
        [program(), "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert told == set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))


def test_the_commands_work_as_typed_one_after_the_other(shipped: Path) -> None:
    for line in commands():
        if line[0] != PROGRAM or line[1] in UNTIL_STOPPED:
            continue
        done = subprocess.run(
            [program(), *line[1:]], cwd=shipped, capture_output=True, text=True, check=False
        )
        is_found = line[1] in FINDING and line[2] == EXAMPLE
        assert done.returncode == (FOUND if is_found else 0), (line, done.stdout, done.stderr)
        assert done.stdout or "-o" in line
    assert (shipped / "报告.md").is_file()
    assert (shipped / "空表.xlsx").is_file()
    assert len(list((shipped / "导出").iterdir())) == 2


def test_the_options_told_in_readme_are_understood(shipped: Path) -> None:
    told = re.search(r"例如 `(--place [^`]*)`", README)
    assert told is not None
    example = "knowledge/examples/huaihua-2023.yaml"
    done = subprocess.run(
        [program(), "score", example, *shlex.split(told[1]), "--json"],
        cwd=shipped,
        capture_output=True,
        text=True,
        check=False,
    )
    assert '"id": "hubei-2020-3"' in done.stdout


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether the app on a port says that it is well."""
    try:
        url = f"http://127.0.0.1:{port}/_stcore/health"
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False


def listening(port: int) -> set[str]:
    """Return the addresses on which a port is listened to, as the system writes them."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]
    ]
    return {
        one[1].split(":")[0] for one in lines if one[1].endswith(f":{port:04X}") and one[3] == "0A"
    }


@pytest.mark.parametrize("name", ["make run", "ziping serve"])
def test_the_app_starts_answers_on_this_machine_only_and_stops(name: str) -> None:
    port = free_port()
    typed = [program(), "serve", "--port", str(port)]
    if name == "make run":
        if not (ROOT / ".venv" / "bin" / "streamlit").exists():
            pytest.skip("没有 .venv；make run 会先安装依赖，测试中不安装。")
        # -o: the dependencies are there, or this test would not run; nothing is installed.
        typed = ["make", "-o", ".venv/.run-stamp", "run", f"PORT={port}"]
    with subprocess.Popen(
        typed,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            until = time.monotonic() + PATIENCE_S
            while not answers(port):
                assert server.poll() is None, server.stdout and server.stdout.read()
                assert time.monotonic() < until
                time.sleep(0.1)
            assert listening(port) == {"0100007F"}
        finally:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(PATIENCE_S)
    assert not answers(port)
