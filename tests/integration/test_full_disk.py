"""A full disk, and a server that crashes: told clearly, and nothing confirmed is lost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from tests.postgres_server import USER, PostgresServer

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.domain.errors import StorageError
from ziping.domain.fields import with_fields
from ziping.services.auditing import verify_audit
from ziping.services.reports import create_example, open_report, report_at, save_report
from ziping.services.workspace import Workspace

CRASHES = 3


def test_a_full_disk_is_told_and_what_is_there_can_be_read(
    ziping_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*own, "true"], capture_output=True, check=False).returncode:
        # No package gives the permission.
        pytest.skip("本机不允许建立自己的挂载空间，不能模拟写满的磁盘。")
    monkeypatch.setenv("ZIPING_HOME", str(ziping_home / "home"))
    script = Path(__file__).with_name("full_disk.py")
    done = subprocess.run(
        [*own, sys.executable, str(script), str(ziping_home)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    saved, written, backed_up = done.stdout.splitlines()
    assert "磁盘已满，未能保存" in saved
    assert "已输入的内容仍在页面上" in saved
    assert "文件没有写成（磁盘已满）" in written
    assert "文件没有写成（磁盘已满）" in backed_up


@pytest.fixture
def durable_server(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """Return a server that keeps what it confirms, and that the test may crash."""
    server = PostgresServer(postgres_server.programs, is_durable=True)
    with server.administrator("postgres") as connection:
        connection.execute(f"GRANT ALL ON SCHEMA public TO {USER}")
    yield server
    server.remove()


def go_on_saving(workspace: Workspace, confirmed: list[tuple[int, str]]) -> None:
    """Save one text after another until the server is gone."""
    number = 0
    while True:
        try:
            stored = open_report(workspace, 1)
            text = f"背景{number}"
            mine = with_fields(stored.report, {"materials/background": text})
            saved = save_report(workspace, 1, mine, base_version=stored.version)
        except StorageError:
            return
        confirmed.append((saved.stored.version, text))
        number += 1


def test_what_was_confirmed_survives_a_crash_of_the_server(
    durable_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", durable_server.url("postgres"))
    workspace = open_workspace(load_settings())
    create_example(workspace)
    confirmed: list[tuple[int, str]] = []
    for _ in range(CRASHES):
        before = len(confirmed)
        saving = Thread(target=go_on_saving, args=(workspace, confirmed))
        saving.start()
        while len(confirmed) < before + 10 and saving.is_alive():
            pass
        durable_server.stop("immediate")
        saving.join()
        durable_server.start()
    for version, text in confirmed:
        assert report_at(workspace, 1, version).materials["background"] == text
    assert len(confirmed) >= 10 * CRASHES
    assert verify_audit(workspace).ok
    workspace.database.close()
