"""The workflow from the command line: the same table of who may do what."""

from dataclasses import replace

import pytest
from tests.integration.workflow_ways import ALLOWED, COMBINATIONS, acting, brought_to
from tests.unit.cli_calls import call

from ziping.domain.people import Role
from ziping.domain.workflow import Action, State
from ziping.services.reports import create_example, open_report
from ziping.services.workspace import Workspace


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """Return a draft that 张三 began."""
    return create_example(acting(workspace, "张三"))


@pytest.mark.parametrize(("state", "action", "role"), COMBINATIONS)
def test_every_combination_of_state_action_and_role(  # noqa: PLR0913, PLR0917 - what is combined
    workspace: Workspace,
    report_id: int,
    state: State,
    action: Action,
    role: Role,
    capsys: pytest.CaptureFixture[str],
) -> None:
    brought_to(workspace, report_id, state)
    typed = ("review", "act", report_id, action, "--name", "钱七", "--role", role)
    outcome = call(capsys, *typed, "--reason", "原因", "--json")
    end = ALLOWED.get((state, action, role))
    if end is None:
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("错误：")
        assert open_report(workspace, report_id).state is state
        return
    assert outcome.code == 0
    assert (outcome.json["step"]["end"], outcome.json["step"]["by"]) == (end, "钱七")
    # A second time it is refused: the report has moved on.
    assert call(capsys, *typed, "--reason", "原因").code == 2


def test_the_list_shows_where_reports_stand(
    workspace: Workspace, report_id: int, capsys: pytest.CaptureFixture[str]
) -> None:
    brought_to(workspace, report_id, State.LEADER)
    told = call(capsys, "review", "list")
    assert told.code == 0
    assert "分管领导复核" in told.out
    listed = call(capsys, "review", "list", "--json").json["reports"]
    assert [(one["id"], one["state"]) for one in listed] == [(str(report_id), "分管领导复核")]


def test_the_story_is_told(
    workspace: Workspace, report_id: int, capsys: pytest.CaptureFixture[str]
) -> None:
    brought_to(workspace, report_id, State.DEPARTMENT)
    typed = ("review", "act", report_id, "退回", "--name", "李四", "--role", "部室审核")
    call(capsys, *typed, "--reason", "执行数与账面不符")
    told = call(capsys, "review", "history", report_id).out
    assert "张三  提交部室审核（数据第1版）" in told
    assert "李四  以部室审核身份退回修改\n    意见：执行数与账面不符" in told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("9", "通过", "--name", "甲", "--role", "部室审核"), "没有找到这份报告"),
        (("1", "批准", "--name", "甲", "--role", "部室审核"), "没有“批准”这种办理"),
        (("1", "通过", "--name", "甲", "--role", "科长"), "没有“科长”这种角色"),
        (("1", "通过", "--name", " ", "--role", "部室审核"), "办理人的姓名是空的"),
        (("1", "通过", "--role", "部室审核"), "缺少选项 --name"),
        (("甲", "通过", "--name", "甲", "--role", "部室审核"), "“甲”应是"),
        (
            ("1", "送审", "--name", "甲", "--role", "经办人", "--seen", "定稿"),
            "报告的状态已经变为“起草”",
        ),
        (("1", "退回", "--name", "甲", "--role", "经办人"), "不能退回"),
    ],
)
def test_a_wrong_call_changes_nothing_and_is_told(
    workspace: Workspace,
    report_id: int,
    typed: tuple[str, ...],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = call(capsys, "review", "act", *typed)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert open_report(replace(workspace), report_id).state is State.DRAFTING
