"""Promises the project makes about its own files."""

import os
import re
import shutil
import socket
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

import ziping

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ziping"
PAGE_LINES = 80

TEXT_SUFFIXES = {
    *("", ".cfg", ".css", ".html", ".ini", ".j2", ".js", ".json", ".lock", ".mako", ".md"),
    *(".py", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml"),
}

# Written in pieces, so that this file does not name what it forbids.
INDEX_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "pypi" + ".tuna",
    "npm" + "js.",
    "deb" + ".debian",
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.$~*])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]) + r")/\w"
)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files under version control, or all source files where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        folders = ("src", "tests", "knowledge", "prompts", ".streamlit", ".ci")
        paths = [
            *ROOT.glob("*.*"),
            *(path for folder in folders for path in (ROOT / folder).rglob("*")),
        ]
    return tuple(path for path in paths if path.is_file() and path.suffix.lower() in TEXT_SUFFIXES)


def test_session_state_is_touched_in_one_module_only() -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "session_state" in path.read_text(encoding="utf-8")
    }
    app = ROOT / "app.py"
    assert users <= {str(Path("ui", "state.py"))}
    assert not app.exists() or "session_state" not in app.read_text(encoding="utf-8")


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert not [
        path
        for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
        if path.stem in vague
    ]


def test_page_scripts_stay_thin() -> None:
    """A page over the limit has swallowed a service."""
    pages = (PACKAGE / "ui" / "pages").glob("*.py")
    lengths = {page.name: len(page.read_text(encoding="utf-8").splitlines()) for page in pages}
    assert {name: lines for name, lines in lengths.items() if lines > PAGE_LINES} == {}


def test_no_package_index_is_named() -> None:
    """Each machine's own pip configuration says where packages come from."""
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        for host in INDEX_HOSTS
        if host in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_no_path_of_a_developers_machine_is_named() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    """`make` installs with --require-hashes: one line without would stop every fresh machine."""
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_both_locks_agree() -> None:
    """Tests run with the versions that users run."""
    runtime, everything = (
        set(
            re.findall(
                r"^[A-Za-z0-9._-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime <= everything


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert project["version"] == ziping.__version__
    # Before the first release there is only 未发布, which says what it will be called.
    newest = (
        versions[0] if versions else re.findall(r"^## 未发布（(\S+)）", changelog, re.MULTILINE)[0]
    )
    assert newest == ziping.__version__


def test_every_make_target_says_what_it_does() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = {
        match[1]: position
        for position, line in enumerate(lines)
        if (match := re.match(r"([a-z0-9]+):(?!=)", line))
    }
    assert {"run", "test", "check", "e2e", "bench", "fmt", "lock", "clean"} <= set(targets)
    bare = [name for name, position in targets.items() if not lines[position - 1].startswith("# ")]
    assert bare == []


def test_no_test_can_leave_the_machine(outside_attempts: list[str]) -> None:
    # An address reserved for documentation: nobody answers there.
    with socket.socket() as outside, pytest.raises(ConnectionRefusedError, match="外部地址"):
        outside.connect(("192.0.2.1", 443))
    assert outside_attempts == ["('192.0.2.1', 443)"]
    outside_attempts.clear()


def test_loopback_stays_open_to_tests() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_tests_see_no_key_and_a_home_of_their_own(ziping_home: Path) -> None:
    given = [name for name in os.environ if name.startswith(("OPENAI_", "LANGSMITH_"))]
    assert [name for name in given if os.environ[name] != "false"] == []
    assert os.environ["ZIPING_HOME"] == str(ziping_home)
    assert list(ziping_home.iterdir()) == []
