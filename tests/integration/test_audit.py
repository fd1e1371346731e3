"""The audit log: every change leaves a line in its own transaction, and tampering is found."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from tests.unit.policy_papers import text_file

from ziping.bootstrap import open_library
from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.evaluation import Report
from ziping.domain.fields import with_fields
from ziping.persistence import tables
from ziping.services import comparing, exporting, originals
from ziping.services.auditing import list_audit, verify_audit
from ziping.services.drafting import draft_section, restore_section, save_section
from ziping.services.reports import create_report, open_report, restore_report, save_report
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

SECTION = "basic.fund_use"
SECRET_TEXT = "谁也不该在日志里看到的话"


def actions(workspace: Workspace) -> list[str]:
    """Return what was done, the first first."""
    return [one.action for one in reversed(list_audit(workspace, 100).entries)]


def edit(workspace: Workspace, report_id: int, text: str) -> None:
    """Save a change of one field."""
    stored = open_report(workspace, report_id)
    mine = with_fields(stored.report, {"unit": text})
    save_report(workspace, report_id, mine, base_version=stored.version)


def test_every_change_of_a_report_leaves_a_line(workspace: Workspace, example_id: int) -> None:
    edit(workspace, example_id, SECRET_TEXT)
    restore_report(workspace, example_id, 1)
    first = draft_section(workspace, example_id, SECTION)
    save_section(workspace, example_id, SECTION, SECRET_TEXT, base_version=first.version)
    restore_section(workspace, example_id, SECTION, first.version)
    scored = score_report(workspace.content, open_report(workspace, example_id).report)
    exporting.override_finding(workspace, example_id, scored.findings[0], SECRET_TEXT)
    exporting.override_finding(workspace, example_id, scored.findings[0], "")

    assert actions(workspace) == [
        *("新建报告", "保存报告", "恢复报告旧版", "起草章节", "修改章节", "恢复章节旧版"),
        *("放行错误", "撤回放行"),
    ]
    newest = list_audit(workspace, 100, example_id).entries
    assert {(one.by, one.report_id) for one in newest} == {("本机用户", example_id)}
    assert newest[-2].details == {"version": 2, "fields": 1, "conflicts": 0}
    assert newest[3].details == {"section": SECTION, "version": 2}
    assert verify_audit(workspace).ok


def test_changes_of_the_library_leave_lines(workspace: Workspace) -> None:
    library = open_library(workspace)
    preview = originals.preview_original(workspace, text_file(), "办法.txt")
    details = replace(preview.details, title="项目支出绩效评价管理办法", number="财预〔2020〕10号")
    one = originals.add_original(library, preview, details)
    comparing.mark_verified(workspace, one.id, SECRET_TEXT)
    comparing.withdraw_verification(workspace, one.id)
    originals.set_status(library, one.id, "已废止")
    originals.remove_original(library, one.id)
    library.close()

    assert actions(workspace) == ["添加原文", "核对转述", "撤回核对", "修改原文信息", "移除原文"]


def test_no_text_that_somebody_wrote_is_in_the_log(workspace: Workspace, example_id: int) -> None:
    edit(workspace, example_id, SECRET_TEXT)
    assert SECRET_TEXT not in str(list_audit(workspace, 9))


def test_a_save_that_changes_nothing_leaves_no_line(workspace: Workspace, example_id: int) -> None:
    stored = open_report(workspace, example_id)
    save_report(workspace, example_id, stored.report, base_version=stored.version)
    assert actions(workspace) == ["新建报告"]


def test_a_change_that_fails_leaves_no_line(workspace: Workspace, example_id: int) -> None:
    def fail_half_way() -> None:
        with workspace.write() as work:
            work.connection.execute(tables.overrides.delete())
            raise NotFoundError("没有这份报告")

    with pytest.raises(NotFoundError):
        fail_half_way()
    assert actions(workspace) == ["新建报告"]


def test_a_change_that_nobody_records_is_not_kept(workspace: Workspace, example_id: int) -> None:
    def change_silently() -> None:
        with workspace.write() as work:
            work.connection.execute(tables.reports.update().values(title="偷偷改"))

    with pytest.raises(AssertionError, match="without an entry"):
        change_silently()
    assert open_report(workspace, example_id).version == 1


def test_use_cases_write_through_the_workspace_alone(project_root: Path) -> None:
    """Whatever writes past `Workspace.write` would leave no line."""
    past = {
        file.name
        for file in (project_root / "src" / "ziping").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "write"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "database"
    }
    assert past == {"workspace.py"}


@pytest.fixture
def log_of_five(workspace: Workspace, example_id: int) -> Workspace:
    """Return a workspace after five changes."""
    for number in range(4):
        edit(workspace, example_id, f"单位{number}")
    assert verify_audit(workspace).entries == 5
    return workspace


@contextmanager
def intruder(workspace: Workspace) -> Iterator[sa.Connection]:
    """Yield a connection of somebody who takes the triggers away first."""
    with workspace.database.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP TRIGGER audit_log_only_grows ON audit_log")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_log_no_update")
            connection.exec_driver_sql("DROP TRIGGER audit_log_no_delete")
        yield connection


@pytest.mark.parametrize("change", ["UPDATE audit_log SET action = ''", "DELETE FROM audit_log"])
def test_the_database_itself_refuses_to_alter_the_log(log_of_five: Workspace, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append only"),
        log_of_five.database.write() as connection,
    ):
        connection.exec_driver_sql(change)
    assert verify_audit(log_of_five).ok


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE audit_log SET by = '别人' WHERE id = 3", "第 3 条的内容被改动过"),
        ("UPDATE audit_log SET report_id = 9 WHERE id = 5", "第 5 条的内容被改动过"),
        ("DELETE FROM audit_log WHERE id = 3", "第 3 条到第 3 条不见了"),
        ("DELETE FROM audit_log WHERE id = 1", "第 1 条到第 1 条不见了"),
        ("DELETE FROM audit_log WHERE id = 5", "末尾缺 1 条，应到第 5 条"),
        ("DELETE FROM audit_log", "末尾缺 5 条，应到第 5 条"),
        (
            "INSERT INTO audit_log SELECT 6,at,by,by,1,details,by,by FROM audit_log WHERE id=5",
            "末尾多出没有登记的记录",
        ),
    ],
)
def test_a_changed_removed_or_inserted_row_is_found(
    log_of_five: Workspace, change: str, told: str
) -> None:
    with intruder(log_of_five) as connection:
        connection.exec_driver_sql(change)
    verdict = verify_audit(log_of_five)
    assert not verdict.ok
    assert any(told in problem for problem in verdict.problems), verdict.problems


def test_a_forged_log_whose_hashes_fit_is_found_by_an_earlier_seal(log_of_five: Workspace) -> None:
    """Whoever can rewrite everything can make the chain fit; not a seal that is kept elsewhere."""
    seal = verify_audit(log_of_five).seal
    with intruder(log_of_five) as connection:
        rows = list(connection.execute(sa.select(tables.audit_log).order_by(sa.text("id"))))
        connection.exec_driver_sql("DELETE FROM audit_log")
        connection.exec_driver_sql("UPDATE audit_head SET last_id = 0, last_hash = ''")
    for _ in rows:
        create_report(log_of_five, Report(fiscal_year=2023))

    assert verify_audit(log_of_five).ok
    assert verify_audit(log_of_five, "0:x").ok
    verdict = verify_audit(log_of_five, seal)
    assert not verdict.ok
    assert "与以前的核验码不符：第 5 条" in verdict.problems[0]


def test_an_earlier_seal_still_fits_after_more_changes(
    log_of_five: Workspace, example_id: int
) -> None:
    seal = verify_audit(log_of_five).seal
    edit(log_of_five, example_id, "又一个单位")
    assert verify_audit(log_of_five, seal).ok
    with pytest.raises(InputError, match="核验码写得不对"):
        verify_audit(log_of_five, "随便写的")
