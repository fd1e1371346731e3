"""What is typed is kept: in the database, or on the page with the reason why not."""

import sqlite3
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest
from tests.ui.app_driver import App

from ziping.services.reports import open_report, save_report
from ziping.services.workspace import Workspace
from ziping.ui import resources

EDITOR = "1.项目决策背景"
FULL_DISK = """
CREATE TRIGGER full_disk BEFORE INSERT ON {table}
BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END
"""


def _fill_the_disk(home: Path, table: str) -> None:
    """Make every insert into a table fail as on a full disk."""
    with sqlite3.connect(home / "ziping.db") as connection:
        connection.execute(FULL_DISK.format(table=table))
    connection.close()


def _free_the_disk(home: Path) -> None:
    """Make inserts work again."""
    with sqlite3.connect(home / "ziping.db") as connection:
        connection.execute("DROP TRIGGER full_disk")
    connection.close()


def test_a_field_is_stored_as_soon_as_it_is_left(app: App) -> None:
    app.open_example()
    app.enter("主管部门", "市发展改革委")

    report = open_report(resources.workspace(), 1).report
    assert report.projects[0].competent_department == "市发展改革委"
    assert "主管部门没有填" not in app.text()


def test_a_save_is_not_cut_short_by_the_next_rerun(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser asks for the next run while the change of this one is being saved."""
    app.open_example()
    workspace = resources.workspace

    def interrupted() -> Workspace:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        monkeypatch.setattr(resources, "workspace", workspace)
        context.script_requests.request_rerun(RerunData())
        return workspace()

    monkeypatch.setattr(resources, "workspace", interrupted)
    app.enter("主管部门", "市发展改革委")

    report = open_report(resources.workspace(), 1).report
    assert report.projects[0].competent_department == "市发展改革委"


def test_a_field_keeps_what_was_typed_after_other_pages(app: App) -> None:
    app.open_example()
    app.enter("主管部门", "市发展改革委")
    app.go("scoring")
    app.go("filling")

    assert app.value("主管部门") == "市发展改革委"


@pytest.mark.parametrize("text", ["=1+1", "<b>粗</b>", "**星**", "控\x0b制", "长" * 30_000, "$x$"])
def test_awkward_text_crashes_no_page(app: App, text: str) -> None:
    app.open_example()
    app.enter("主管部门", text)
    app.enter("项目支出名称", text)

    for page in ("filling", "scoring", "drafting", "exporting", "workbench"):
        app.go(page)


def test_a_full_disk_is_told_and_the_text_stays(app: App, ziping_home: Path) -> None:
    app.open_example()
    _fill_the_disk(ziping_home, "report_versions")
    app.enter("主管部门", "市发展改革委")

    assert "刚才的修改没有保存" in app.run.error[0].value
    assert "磁盘已满" in app.run.error[0].value
    assert app.value("主管部门") == "市发展改革委"


def test_what_a_full_disk_refused_is_saved_once_there_is_room(app: App, ziping_home: Path) -> None:
    app.open_example()
    _fill_the_disk(ziping_home, "report_versions")
    app.enter("主管部门", "市发展改革委")
    app.enter("预算调整依据", "市财政局批复")
    _free_the_disk(ziping_home)
    app.press("再保存一次")

    project = open_report(resources.workspace(), 1).report.projects[0]
    assert project.competent_department == "市发展改革委"
    assert project.adjustment_basis == "市财政局批复"
    assert not app.run.error


def test_the_next_save_takes_along_what_was_refused(app: App, ziping_home: Path) -> None:
    app.open_example()
    _fill_the_disk(ziping_home, "report_versions")
    app.enter("主管部门", "市发展改革委")
    _free_the_disk(ziping_home)
    app.enter("预算调整依据", "市财政局批复")

    project = open_report(resources.workspace(), 1).report.projects[0]
    assert project.competent_department == "市发展改革委"
    assert app.value("主管部门") == "市发展改革委"


def test_a_full_disk_is_told_when_a_report_is_made(app: App, ziping_home: Path) -> None:
    _fill_the_disk(ziping_home, "reports")
    app.open_example()

    assert "磁盘已满" in app.text()


def test_a_full_disk_is_told_when_a_section_is_drafted(app: App, ziping_home: Path) -> None:
    app.open_example()
    app.go("drafting")
    _fill_the_disk(ziping_home, "section_versions")
    app.press("重写")

    assert "磁盘已满" in app.text()


def test_a_full_disk_is_told_when_a_section_is_saved(app: App, ziping_home: Path) -> None:
    app.open_example()
    app.go("drafting")
    app.press("编辑")
    _fill_the_disk(ziping_home, "section_versions")
    app.enter(EDITOR, "写了很久的文字。")
    app.press("保存")

    assert "磁盘已满" in app.text()
    assert app.value(EDITOR) == "写了很久的文字。"


def test_a_text_being_edited_survives_other_pages(app: App) -> None:
    app.open_example()
    app.go("drafting")
    app.press("编辑")
    app.enter(EDITOR, "写了一半的文字。")
    app.go("filling")
    app.go("drafting")

    assert app.value(EDITOR) == "写了一半的文字。"


def test_discarded_edit_is_gone(app: App) -> None:
    app.open_example()
    app.go("drafting")
    app.press("编辑")
    app.enter(EDITOR, "不要的文字。")
    app.press("放弃修改")
    app.press("编辑")

    assert app.value(EDITOR) == ""


def test_a_damaged_database_is_told(project_root: Path, ziping_home: Path) -> None:
    (ziping_home / "ziping.db").write_text("这不是数据库" * 1000, encoding="utf-8")
    run = AppTest.from_file(project_root / "app.py", default_timeout=60).run()

    assert not run.exception
    assert "数据文件已损坏" in run.error[0].value


def test_a_collision_asks_and_keeps_the_first_saved(app: App) -> None:
    app.open_example()
    workspace = resources.workspace()
    stored = open_report(workspace, 1)
    project = stored.report.projects[0].model_copy(update={"competent_department": "市数据局"})
    theirs = stored.report.model_copy(update={"projects": (project,)})
    save_report(workspace, 1, theirs, base_version=stored.version)

    app.enter("主管部门", "市发展改革委")

    assert "别人已先保存了同一处内容" in app.text()
    assert open_report(workspace, 1).report.projects[0].competent_department == "市数据局"
    app.press("改用我的")
    assert open_report(workspace, 1).report.projects[0].competent_department == "市发展改革委"
    assert "别人已先保存了同一处内容" not in app.text()


def test_adding_a_project_shows_it(app: App) -> None:
    app.open_example()
    app.press("添加项目")

    assert len(open_report(resources.workspace(), 1).report.projects) == 2
    app.go("scoring")


def test_removed_indicator_can_be_brought_back(app: App) -> None:
    app.open_example()
    app.press("删除这一行")

    assert len(open_report(resources.workspace(), 1).report.projects[0].indicators) == 8
    assert "已删除" in app.run.toast[0].value


def test_drafted_section_carries_its_badge_and_history(app: App) -> None:
    app.open_example()
    app.go("drafting")
    app.press("重写")
    assert "模板" in app.text()

    app.press("编辑")
    app.enter(EDITOR, "人写的文字。")
    app.press("保存")

    assert "人写的文字。" in app.text()
    assert "人工" in app.text()
