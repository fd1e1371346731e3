"""The offline bundle, moved to an empty folder, installs and works with no network at all."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.conftest import REQUIRE_ALL

pytestmark = pytest.mark.bundle

EXAMPLE = "knowledge/examples/huaihua-2023.yaml"
FOUND = 1


@pytest.fixture(scope="module")
def unpacked(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked bundle."""
    made = sorted((project_root / "dist").glob("ziping-*.tar.gz"))
    if not made:
        (pytest.fail if REQUIRE_ALL else pytest.skip)("没有离线安装包，先运行 make bundle。")
    folder = tmp_path_factory.mktemp("搬到这里")
    with tarfile.open(made[-1]) as archive:
        archive.extractall(folder, filter="data")
    [inner] = folder.iterdir()
    return inner


@pytest.fixture(scope="module")
def installed(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the installed program."""
    target = tmp_path_factory.mktemp("opt") / "ziping"
    done = offline(str(unpacked / "install.sh"), str(target), PYTHON=sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "安装完成" in done.stdout
    return target


def offline(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command with no index and nothing of this checkout; where permitted, no network."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "ZIPING_HOME") if name in os.environ
    }
    script = Path(__file__).resolve().parents[2] / "src" / "ziping" / "cli" / "loopback.py"
    alone: tuple[str, ...] = (sys.executable, str(script))
    if subprocess.run((*alone, "true"), capture_output=True, check=False).returncode:
        alone = ()
    return subprocess.run(
        (*alone, *command),
        env=kept | {"LANG": "C.UTF-8", "PIP_CONFIG_FILE": os.devnull} | settings,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_main_job_is_done_with_what_the_bundle_installed(
    installed: Path, project_root: Path, tmp_path: Path
) -> None:
    program, example = str(installed / "bin" / "ziping"), str(project_root / EXAMPLE)
    scored = offline(program, "score", example, "--json")
    assert scored.returncode == FOUND, scored.stderr
    assert json.loads(scored.stdout)["grade"]
    assert offline(program, "export", example, "-o", str(tmp_path)).returncode == 0
    assert {one.suffix for one in tmp_path.iterdir()} == {".docx", ".xlsx"}
    assert json.loads(offline(program, "search", "执行率低要说明原因吗", "--json").stdout)
    checked = offline(program, "doctor", "--airgap", "--json")
    assert json.loads(checked.stdout)["ok"], checked.stdout
    assert offline(program, "doctor").returncode == 0


def test_a_bundle_that_was_altered_is_refused(unpacked: Path, tmp_path: Path) -> None:
    note = unpacked / "安装说明.txt"
    before = note.read_bytes()
    note.write_bytes(before + b" ")
    try:
        target = str(tmp_path / "ziping")
        done = offline(str(unpacked / "install.sh"), target, PYTHON=sys.executable)
    finally:
        note.write_bytes(before)
    assert done.returncode == 2
    assert "安装包不完整或被改动" in done.stderr
