"""The database on disk: its schema, its durability, and how it says no."""

import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from ziping.domain.errors import NotFoundError, StorageError
from ziping.domain.evaluation import Report
from ziping.persistence.address import FILE_NAME
from ziping.persistence.database import open_database
from ziping.persistence.location import file_system_of, prepare_home
from ziping.persistence.migrating import HEAD, MIGRATIONS
from ziping.persistence.tables import metadata
from ziping.services.reports import create_report, list_reports, open_report, save_report
from ziping.services.workspace import Workspace

BLANK = Report(fiscal_year=2023)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def with_pragma(workspace: Workspace, pragma: str) -> None:
    """Set a pragma on every connection from now on, as a full or read-only disk would."""
    engine = workspace.database._engine
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}"))


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_migrated_schema_is_the_one_the_tables_describe(workspace: Workspace) -> None:
    with workspace.database._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_twice_migrates_once_and_keeps_everything(
    workspace: Workspace, ziping_home: Path, database_url: str
) -> None:
    report_id = create_report(workspace, BLANK)
    again = open_database(ziping_home, database_url)
    with again.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM reports")).scalar() == 1
    again.close()
    assert open_report(workspace, report_id).report == BLANK


@ON_SQLITE
def test_every_commit_is_on_disk_before_it_is_confirmed(workspace: Workspace) -> None:
    with workspace.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_use_case_that_fails_half_way_leaves_nothing_behind(workspace: Workspace) -> None:
    def fail_half_way() -> None:
        with workspace.database.write() as connection:
            connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
            raise NotFoundError("没有这份报告")

    with pytest.raises(NotFoundError):
        fail_half_way()
    with workspace.database.read() as connection:
        assert not sa.inspect(connection).has_table("half")


@ON_SQLITE
def test_a_full_disk_is_told_and_loses_nothing_that_was_saved(workspace: Workspace) -> None:
    report_id = create_report(workspace, BLANK)
    with workspace.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with_pragma(workspace, f"max_page_count={pages}")
    large = BLANK.model_copy(update={"materials": {"background": "长" * 20_000}})
    with pytest.raises(StorageError, match=r"磁盘已满，未能保存.*已输入的内容仍在页面上"):
        save_report(workspace, report_id, large, base_version=1)
    assert open_report(workspace, report_id).version == 1


@ON_SQLITE
def test_a_read_only_database_is_told_and_can_still_be_read(workspace: Workspace) -> None:
    report_id = create_report(workspace, BLANK)
    with_pragma(workspace, "query_only=ON")
    with pytest.raises(StorageError, match=r"数据库是只读的，未能保存.*写入权限"):
        create_report(workspace, BLANK)
    assert [one.id for one in list_reports(workspace)] == [report_id]


def test_a_damaged_file_is_told_with_the_way_out(ziping_home: Path) -> None:
    (ziping_home / FILE_NAME).write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError, match="从备份恢复"):
        open_database(ziping_home)


@ON_SQLITE
def test_another_program_that_holds_the_database_is_told(
    workspace: Workspace, ziping_home: Path
) -> None:
    with_pragma(workspace, "busy_timeout=50")
    other = sqlite3.connect(ziping_home / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StorageError, match=r"正被其他程序占用.*稍候重试"):
            create_report(workspace, BLANK)
        assert list_reports(workspace) == ()
    finally:
        other.close()


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "文件"
    in_the_way.write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match=r"数据目录不能写入.*ZIPING_HOME"):
        open_database(in_the_way / "数据")


@pytest.mark.skipif(os.geteuid() == 0, reason="root 用户不受目录权限限制")
def test_a_read_only_home_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(StorageError, match="数据目录不能写入"):
        open_database(tmp_path)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_share_is_refused(kind: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    share = str(tmp_path).replace(" ", "\\040")
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/data {share} {kind} rw 0 0\n", encoding="utf-8"
    )
    with pytest.raises(StorageError, match=f"网络共享盘（{kind}）.*本机磁盘"):
        prepare_home(tmp_path / "数据", mounts)


def test_the_nearest_mount_decides(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "server:/ /data nfs rw 0 0\n"
        "/dev/sdb /data/local\\040disk ext4 rw 0 0\n"
        "tmpfs / tmpfs rw 0 0\n",
        encoding="utf-8",
    )
    assert file_system_of(Path("/data/reports"), mounts) == "nfs"
    assert file_system_of(Path("/data/local disk/reports"), mounts) == "ext4"
    assert file_system_of(Path("/database"), mounts) == "tmpfs"
    assert file_system_of(Path("/data"), tmp_path / "none") == ""
