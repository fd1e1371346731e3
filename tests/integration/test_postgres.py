"""PostgreSQL by DATABASE_URL: turns of writers, one moment for readers, failures in Chinese."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.postgres_server import PASSWORD, USER, PostgresServer

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.domain.errors import StorageError
from ziping.domain.evaluation import Report
from ziping.domain.fields import with_fields
from ziping.persistence.address import database_address
from ziping.persistence.database import open_database
from ziping.services.reports import create_report, list_reports, open_report, save_report
from ziping.services.workspace import Workspace

BLANK = Report(fiscal_year=2023)


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """Let every test here run on PostgreSQL."""
    return postgres_url


def refusing(workspace: Workspace, code: str) -> None:
    """Let the server refuse every new report with a code of its own, as a full disk would."""
    with workspace.database.write() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON reports EXECUTE FUNCTION refuse()"
        )


def test_a_report_is_kept_on_the_server_and_not_in_the_folder(
    workspace: Workspace, ziping_home: Path
) -> None:
    report_id = create_report(workspace, BLANK)
    again = open_workspace(load_settings())
    assert open_report(again, report_id).report == BLANK
    assert not (ziping_home / "ziping.db").exists()
    again.database.close()


def test_changes_made_at_once_by_two_processes_are_all_kept(
    workspace: Workspace, example_id: int
) -> None:
    """Each workspace has connections of its own, as another process would have."""
    others = [open_workspace(load_settings()) for _ in range(4)]
    stored = open_report(workspace, example_id)
    lines = stored.report.projects[0].indicators

    def fill(number: int) -> None:
        path = f"p1/indicators/{lines[number].id}/actual"
        mine = with_fields(stored.report, {path: f"实际{number}"})
        save_report(others[number % 4], example_id, mine, base_version=stored.version)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fill, range(8)))
    after = open_report(workspace, example_id)
    assert after.version == stored.version + 8
    for other in others:
        other.database.close()


def test_a_reader_sees_one_moment_while_others_write(workspace: Workspace) -> None:
    with workspace.database.read() as connection:
        before = connection.execute(sa.text("SELECT count(*) FROM reports")).scalar()
        create_report(workspace, BLANK)
        assert connection.execute(sa.text("SELECT count(*) FROM reports")).scalar() == before
    assert len(list_reports(workspace)) == 1


def test_a_reader_cannot_write(workspace: Workspace) -> None:
    with (
        pytest.raises(StorageError, match="只读"),
        workspace.database.read() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM reports")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("53100", r"磁盘已满，未能保存.*已输入的内容仍在页面上"),
        ("25006", r"数据库是只读的，未能保存.*备用服务器"),
        ("55P03", r"正被其他程序占用.*稍候重试"),
        ("42501", r"没有所需的权限"),
        ("57P01", r"连接断开了，这一次可能没有保存.*仍在页面上"),
        ("53300", r"连接数已用完.*max_connections"),
    ],
)
def test_what_the_server_refuses_is_told_and_nothing_is_half_saved(
    workspace: Workspace, code: str, told: str
) -> None:
    refusing(workspace, code)
    with pytest.raises(StorageError, match=told) as caught:
        create_report(workspace, BLANK)
    assert PASSWORD not in str(caught.value)
    assert list_reports(workspace) == ()


def test_a_null_character_is_refused_by_name(workspace: Workspace) -> None:
    with pytest.raises(StorageError, match="不可见的空字符"):
        create_report(workspace, Report(fiscal_year=2023, unit="某\0单位"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ((PASSWORD, "wrong-password"), "不接受这个用户名或密码"),
        ((f"//{USER}:", "//nobody:"), "不接受这个用户名或密码"),
        (("/test_", "/none_"), "没有这个数据库或用户"),
        (("127.0.0.1", "host.invalid"), "连接不上数据库"),
    ],
)
def test_a_server_that_refuses_the_login_is_told_without_the_password(
    ziping_home: Path, postgres_url: str, changed: tuple[str, str], told: str
) -> None:
    with pytest.raises(StorageError, match=told) as caught:
        open_database(ziping_home, postgres_url.replace(*changed))
    shown = f"{caught.value} {caught.value.__cause__!r} {caught.value.__cause__}"
    assert PASSWORD not in shown
    assert "wrong-password" not in shown


def test_nobody_listening_is_told_with_host_and_port(ziping_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(StorageError, match=rf"PostgreSQL 127\.0\.0\.1:{port}/x.*连接不上数据库"):
        open_database(ziping_home, f"postgresql://u:{PASSWORD}@127.0.0.1:{port}/x")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:top-secret@127.0.0.1/x",
        "postgresql://u:top-secret@127.0.0.1",
        "postgresql://u:top-secret@127.0.0.1:port/x",
        "top-secret",
    ],
)
def test_an_address_that_is_none_is_told_without_quoting_it(ziping_home: Path, url: str) -> None:
    with pytest.raises(StorageError, match=r"DATABASE_URL 写得不对.*postgresql://") as caught:
        open_database(ziping_home, url)
    assert "top-secret" not in f"{caught.value}{caught.value.__cause__}"


def test_settings_and_addresses_never_show_the_password(ziping_home: Path) -> None:
    settings = load_settings({"DATABASE_URL": f"postgres://u:{PASSWORD}@db.local/x"})
    address = database_address(ziping_home, settings.database_url)
    assert PASSWORD not in f"{settings}{address}{address.url!r}"
    assert address.where == "PostgreSQL db.local:5432/x"
    assert address.is_postgres
    assert not address.is_on_this_machine


@pytest.fixture
def own_server(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """Return a server that the test may stop."""
    server = PostgresServer(postgres_server.programs, is_durable=True)
    yield server
    server.remove()


def test_a_server_that_goes_away_is_told_and_found_again(
    own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", own_server.url("postgres"))
    with own_server.administrator("postgres") as connection:
        connection.execute(f"GRANT ALL ON SCHEMA public TO {USER}")
    workspace = open_workspace(load_settings())
    report_id = create_report(workspace, BLANK)
    own_server.stop("immediate")
    with pytest.raises(StorageError, match=r"连接不上数据库|连接断开了"):
        create_report(workspace, BLANK)
    with pytest.raises(StorageError, match="连接不上数据库"):
        open_report(workspace, report_id)
    own_server.start()
    assert open_report(workspace, report_id).report == BLANK
    assert create_report(workspace, BLANK) > report_id
    workspace.database.close()
