"""Backups: of one moment, into either database, of any version; damage and strangers refused."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from tests.integration.conftest import MORNING, TickingClock
from tests.unit.policy_papers import text_file

from ziping.bootstrap import open_library, open_workspace
from ziping.config import load_settings
from ziping.domain.errors import InputError, StorageError
from ziping.domain.fields import with_fields
from ziping.domain.stored import Stamp
from ziping.services import exporting, originals
from ziping.services.auditing import list_audit, verify_audit
from ziping.services.backing_up import BackupAnswer, back_up, restore
from ziping.services.drafting import draft_section, section_history
from ziping.services.library import list_originals
from ziping.services.reports import (
    create_example,
    list_reports,
    open_report,
    report_history,
    save_report,
)
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

SECTION = "basic.fund_use"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
STAMP = Stamp(at=MORNING, by="管理员")


@pytest.fixture
def filled(workspace: Workspace, example_id: int) -> Workspace:
    """Return a workspace with something in every table that people fill."""
    stored = open_report(workspace, example_id)
    mine = with_fields(stored.report, {"unit": "改过的单位"})
    save_report(workspace, example_id, mine, base_version=1)
    draft_section(workspace, example_id, SECTION)
    scored = score_report(workspace.content, stored.report)
    exporting.override_finding(workspace, example_id, scored.findings[0], "已请示")
    word = exporting.export_word(workspace, example_id, status="送审稿").data
    exporting.add_word_template(workspace, "本单位底稿", word)
    library = open_library(workspace)
    for number in range(2):
        paper = text_file([*("某某市办法", f"某财绩〔2022〕{number}号"), "第一条 写明。"])
        preview = originals.preview_original(workspace, paper, f"办法{number}.txt")
        kept = originals.add_original(library, preview, preview.details)
    originals.remove_original(library, kept.id)
    library.close()
    return workspace


@pytest.fixture
def saved(filled: Workspace, tmp_path: Path) -> Path:
    """Return a backup of it."""
    path = tmp_path / "备份.zip"
    back_up(filled, path)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """Yield an empty place of either kind: a data folder and a DATABASE_URL."""
    home = tmp_path_factory.mktemp("restored")
    if request.param == "sqlite":
        yield home, ""
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield home, url


def opened(target: tuple[Path, str]) -> Workspace:
    """Open what was restored."""
    settings = replace(load_settings(), home=target[0], database_url=target[1])
    return open_workspace(settings, TickingClock())


def restored(path: Path, target: tuple[Path, str], *, over: bool = False) -> BackupAnswer:
    """Restore a backup."""
    return restore(path, *target, STAMP, replace=over)


def test_a_backup_brings_everything_back_on_either_database(
    filled: Workspace, saved: Path, target: tuple[Path, str]
) -> None:
    answer = restored(saved, target)
    there = opened(target)
    try:
        assert answer.reports == 1
        assert list_reports(there) == list_reports(filled)
        assert open_report(there, 1) == open_report(filled, 1)
        assert report_history(there, 1) == report_history(filled, 1)
        assert section_history(there, 1, SECTION) == section_history(filled, 1, SECTION)
        assert list_originals(there) == list_originals(filled)
        assert exporting.preflight(there, 1) == exporting.preflight(filled, 1)
        made = exporting.export_word(there, 1, status="送审稿", template="本单位底稿")
        assert made.data.startswith(b"PK")
    finally:
        there.database.close()


@ON_SQLITE
def test_ids_go_on_after_the_highest_ever_given(
    filled: Workspace, saved: Path, target: tuple[Path, str]
) -> None:
    """The library's second original was removed; its id must not come back for another."""
    restored(saved, target)
    there = opened(target)
    library = open_library(there)
    try:
        assert create_example(there) == 2
        preview = originals.preview_original(there, text_file(), "新办法.txt")
        assert originals.add_original(library, preview, preview.details).id == "o3"
    finally:
        library.close()
        there.database.close()


@ON_SQLITE
def test_the_audit_log_is_whole_after_a_restore_and_tells_of_it(
    saved: Path, target: tuple[Path, str]
) -> None:
    restored(saved, target)
    there = opened(target)
    verdict = verify_audit(there)
    newest = list_audit(there, 1).entries[0]
    there.database.close()
    assert (verdict.ok, verdict.problems) == (True, ())
    assert (newest.action, newest.by) == ("恢复备份", "管理员")


def test_a_backup_is_of_one_moment_while_people_save(
    workspace: Workspace, example_id: int, tmp_path: Path
) -> None:
    other = open_workspace(load_settings(), TickingClock())
    over = Event()

    def go_on_saving() -> None:
        number = 0
        while not over.is_set():
            stored = open_report(other, example_id)
            mine = with_fields(stored.report, {"unit": f"单位{number}"})
            save_report(other, example_id, mine, base_version=stored.version)
            number += 1

    saving = Thread(target=go_on_saving)
    saving.start()
    try:
        answers = [back_up(workspace, tmp_path / f"{number}.zip") for number in range(4)]
    finally:
        over.set()
        saving.join()
        other.database.close()
    assert answers[-1].rows > answers[0].rows
    for number in range(4):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as file:
            [report] = map(json.loads, file.read("tables/reports.jsonl").splitlines())
            versions = file.read("tables/report_versions.jsonl").splitlines()
            entries = file.read("tables/audit_log.jsonl").splitlines()
        assert report["version"] == len(versions) == len(entries) - number


def test_an_existing_file_is_not_overwritten(filled: Workspace, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(InputError, match="已经存在，没有覆盖"):
        back_up(filled, saved)
    assert saved.read_bytes() == before
    assert [one.name for one in saved.parent.iterdir()] == [saved.name]


def test_a_place_with_data_is_refused_unless_replaced_and_then_kept_aside(
    saved: Path, target: tuple[Path, str]
) -> None:
    there = opened(target)
    for _ in range(3):
        create_example(there)
    there.database.close()
    with pytest.raises(InputError, match=r"已有数据，没有恢复.*--replace"):
        restored(saved, target)

    answer = restored(saved, target, over=True)
    there = opened(target)
    assert len(list_reports(there)) == 1
    there.database.close()
    assert kept_reports(answer.replaced, target[1]) == 3


def kept_reports(where: str, url: str) -> int:
    """Return how many reports are in what was put aside."""
    driver = url.replace("postgresql:", "postgresql+psycopg:") or f"sqlite:///{where}"
    table = f"{where}.reports" if url else "reports"
    engine = sa.create_engine(driver)
    with engine.connect() as connection:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 - a name of our own
        found = connection.exec_driver_sql(query).scalar()
    engine.dispose()
    return int(found or 0)


def test_an_opened_but_empty_place_needs_no_replacing(
    saved: Path, target: tuple[Path, str]
) -> None:
    opened(target).database.close()
    assert restored(saved, target).replaced == ""
    there = opened(target)
    assert len(list_reports(there)) == 1
    there.database.close()


def test_a_place_in_use_is_refused(saved: Path, tmp_path: Path) -> None:
    target = (tmp_path / "在用", "")
    there = opened(target)
    try:
        with pytest.raises(StorageError, match=r"数据库正在使用，不能恢复.*停止自评通"):
            restored(saved, target, over=True)
    finally:
        there.database.close()
    assert restored(saved, target).reports == 1


def flipped(data: bytes, at: int) -> bytes:
    """Return bytes with one of them changed."""
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _without(name: str) -> Callable[[Path], None]:
    """Return how to take a table out of a backup."""

    def change(path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            kept = {one: file.read(one) for one in file.namelist() if one != name}
        with zipfile.ZipFile(path, "w") as file:
            for one, data in kept.items():
                file.writestr(one, data)

    return change


def _with(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """Return how to change the contents of a backup."""

    def change(path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            kept = {one: file.read(one) for one in file.namelist()}
        assert old in kept[name]
        kept[name] = kept[name].replace(old, new)
        with zipfile.ZipFile(path, "w") as file:
            for one, data in kept.items():
                file.writestr(one, data)

    return change


@ON_SQLITE
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda path: path.write_bytes(b""), "不是自评通的备份文件"),
        (lambda path: path.write_bytes(b"PK" + os.urandom(500)), "不是自评通的备份文件"),
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "不是自评通的备份文件"),
        (lambda path: path.write_bytes(flipped(path.read_bytes(), 400)), "已损坏"),
        (lambda path: path.unlink(), "备份文件打不开"),
        (_without("manifest.json"), "不是自评通的备份文件"),
        (_without("tables/reports.jsonl"), "文件里的内容与清单不符"),
        (_with("tables/overrides.jsonl", b"p1", b"p2"), "overrides 的内容与清单不符"),
        (_with("manifest.json", b'"ziping-backup"', b'"another"'), "不是自评通的备份文件"),
        (_with("manifest.json", b'"schema_version": "0', b'"schema_version": "9'), "更新版本"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_and_nothing_is_touched(
    saved: Path, tmp_path: Path, change: Callable[[Path], None], told: str
) -> None:
    target = (tmp_path / "目标", "")
    there = opened(target)
    create_example(there)
    there.database.close()
    change(saved)
    with pytest.raises(InputError, match=told):
        restored(saved, target, over=True)
    there = opened(target)
    assert len(list_reports(there)) == 1
    there.database.close()


@ON_SQLITE
def test_every_single_flipped_byte_is_found_or_harmless(
    filled: Workspace, saved: Path, tmp_path: Path
) -> None:
    whole = saved.read_bytes()
    damaged = tmp_path / "坏.zip"
    found = 0
    for at in range(30, len(whole), len(whole) // 40):
        damaged.write_bytes(flipped(whole, at))
        target = (tmp_path / f"目标{at}", "")
        try:
            restored(damaged, target)
        except InputError:
            found += 1
            assert not (target[0] / "ziping.db").exists()
        else:
            there = opened(target)
            assert open_report(there, 1) == open_report(filled, 1)
            there.database.close()
    assert found > 20


def test_the_commands_back_up_and_restore(
    workspace: Workspace, example_id: int, tmp_path: Path
) -> None:
    program = str(Path(sys.executable).with_name("ziping"))
    file = tmp_path / "全部.zip"
    made = subprocess.run(
        [program, "backup", "-o", str(file)], capture_output=True, text=True, check=True
    )
    assert "1 份报告" in made.stdout
    elsewhere = os.environ | {"ZIPING_HOME": str(tmp_path / "新机"), "DATABASE_URL": ""}
    done = subprocess.run(
        [program, "restore", str(file)], capture_output=True, text=True, check=True, env=elsewhere
    )
    assert "已恢复" in done.stdout
    again = subprocess.run(
        [program, "restore", str(file)], capture_output=True, text=True, check=False, env=elsewhere
    )
    assert again.returncode == 2
    assert "--replace" in again.stderr
    shutil.rmtree(tmp_path / "新机")
