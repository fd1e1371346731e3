"""What contradicts or is unfinished is seen, and said, before a report goes on."""

import pytest
from tests.integration.workflow_ways import HEAD, LEADER, REVIEWER, STAFF, acting, without_errors
from tests.unit.cli_calls import call

from ziping.domain.errors import InputError
from ziping.domain.fields import with_fields
from ziping.domain.workflow import Action, State
from ziping.services.commenting import add_comment
from ziping.services.drafting import draft_section, save_section
from ziping.services.open_points import PointKind, open_points
from ziping.services.reports import create_example, open_report, save_report
from ziping.services.workflow import flow_of, move
from ziping.services.workspace import Workspace

FUNDS, REASONS = "basic.fund_use", "lessons.problems"


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """Return a draft with a figure the table does not have, a gap, an old figure and a comment."""
    staff = acting(workspace, "张三")
    report_id = create_example(staff)
    draft_section(staff, report_id, "results.conclusion")
    stored = open_report(staff, report_id)
    report = with_fields(
        stored.report, {f"p1/funds/{row}/executed": "600" for row in ("total", "fiscal")}
    )
    save_report(staff, report_id, report, base_version=stored.version)
    save_section(staff, report_id, FUNDS, "全年执行数590万元。", base_version=0)
    save_section(staff, report_id, REASONS, "【待补充：原因】。", base_version=0)
    add_comment(acting(workspace, "李四"), report_id, "请核对执行数")
    without_errors(staff, report_id)
    return report_id


def test_everything_open_is_listed_with_its_section(workspace: Workspace, report_id: int) -> None:
    found = open_points(workspace, report_id)
    mismatches = {one.section_id: one.told for one in found.of(PointKind.MISMATCH)}
    assert "590万元" in mismatches[FUNDS]
    assert "另一口径" in mismatches["results.conclusion"]
    assert {one.section_id for one in found.of(PointKind.STALE)} == {"results.conclusion"}
    assert [one.told for one in found.of(PointKind.PLACEHOLDER)] == ["【待补充：原因】"]
    assert [one.told for one in found.of(PointKind.COMMENT)] == ["请核对执行数"]
    assert not found.of(PointKind.ERROR)


def test_nobody_goes_on_unless_it_was_seen_and_the_record_says_so(
    workspace: Workspace, report_id: int
) -> None:
    for person in (STAFF, REVIEWER, LEADER):
        action = Action.SUBMIT if person is STAFF else Action.APPROVE
        with pytest.raises(InputError, match="未了事项：正文与填报数据对不上"):
            move(workspace.acting_as(person), report_id, action)
        step = move(workspace.acting_as(person), report_id, action, reason="已核对", noted=True)
        assert step.reason.startswith("已核对。（办理时已看过：正文与填报数据对不上")
    with pytest.raises(InputError, match="正文与填报数据不一致，定稿要写明理由"):
        move(workspace.acting_as(HEAD), report_id, Action.APPROVE, noted=True)
    assert flow_of(workspace, report_id).state is State.HEAD
    final = move(
        workspace.acting_as(HEAD), report_id, Action.APPROVE, reason="已另函说明", noted=True
    )
    assert final.end is State.FINAL


def test_a_return_asks_for_nothing_more(workspace: Workspace, report_id: int) -> None:
    move(workspace.acting_as(STAFF), report_id, Action.SUBMIT, noted=True)
    step = move(workspace.acting_as(REVIEWER), report_id, Action.RETURN, reason="请更正")
    assert step.reason == "请更正"


def test_the_command_line_lists_it_and_asks_for_noted(
    workspace: Workspace,
    report_id: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = call(capsys, "review", "pending", report_id)
    assert told.code == 0
    assert "590万元" in told.out
    assert "待补充未填 1 处" in told.out
    assert len(call(capsys, "review", "pending", report_id, "--json").json["points"]) >= 4
    typed = ("review", "act", report_id, "送审", "--name", "张三", "--role", "经办人")
    refused = call(capsys, *typed)
    assert refused.code == 2
    assert "--noted" in refused.err
    done = call(capsys, *typed, "--noted")
    assert "办理时已看过" in done.out
