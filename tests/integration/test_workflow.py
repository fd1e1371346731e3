"""A report goes from draft to final by the right people, in order, once; then it stays as it is."""

from collections.abc import Callable

import pytest
from tests.integration.workflow_ways import (
    ALLOWED,
    COMBINATIONS,
    HEAD,
    LEADER,
    REVIEWER,
    STAFF,
    acting,
    brought_to,
    without_errors,
)

from ziping.domain.errors import FrozenError, InputError, NotFoundError, RefusedError
from ziping.domain.fields import with_fields
from ziping.domain.people import Person, Role
from ziping.domain.workflow import Action, State
from ziping.services.drafting import (
    draft_section,
    restore_section,
    save_section,
    section_history,
)
from ziping.services.exporting import override_finding, preflight
from ziping.services.model_drafting import ModelDesk, draft_section_by_model
from ziping.services.reports import create_example, open_report, restore_report, save_report
from ziping.services.workflow import flow_of, move
from ziping.services.workspace import Workspace


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """Return a draft that 张三 began."""
    return create_example(acting(workspace, "张三"))


@pytest.mark.parametrize(("state", "action", "role"), COMBINATIONS)
def test_every_combination_of_state_action_and_role(
    workspace: Workspace, report_id: int, state: State, action: Action, role: Role
) -> None:
    brought_to(workspace, report_id, state)
    person = Person(name="钱七", roles=(role,))
    end = ALLOWED.get((state, action, role))

    offered = {one.action for one in flow_of(workspace.acting_as(person), report_id).ways}
    assert (action in offered) == (end is not None)
    if end is None:
        with pytest.raises(RefusedError):
            move(workspace.acting_as(person), report_id, action, reason="原因")
        assert open_report(workspace, report_id).state is state
        return
    step = move(workspace.acting_as(person), report_id, action, reason="原因")
    assert (step.start, step.end, step.role, step.by) == (state, end, role, "钱七")
    assert open_report(workspace, report_id).state is end


@pytest.mark.parametrize(("state", "action", "role"), list(ALLOWED))
def test_nothing_can_be_done_twice(
    workspace: Workspace, report_id: int, state: State, action: Action, role: Role
) -> None:
    brought_to(workspace, report_id, state)
    everyone = Person(name="钱七", roles=tuple(Role))
    move(workspace.acting_as(everyone), report_id, action, reason="原因", seen=state)
    with pytest.raises(RefusedError, match="报告的状态已经变为"):
        move(workspace.acting_as(everyone), report_id, action, reason="原因", seen=state)
    with pytest.raises(RefusedError):
        move(
            workspace.acting_as(Person(name="钱七", roles=(role,))),
            report_id,
            action,
            reason="原因",
        )


@pytest.mark.parametrize(("state", "person"), [
    (State.DEPARTMENT, REVIEWER), (State.LEADER, LEADER), (State.HEAD, HEAD),
])  # fmt: skip
def test_a_return_needs_a_reason_and_leads_back_to_the_draft(
    workspace: Workspace, report_id: int, state: State, person: Person
) -> None:
    brought_to(workspace, report_id, state)
    for blank in ("", "  \n"):
        with pytest.raises(RefusedError, match="退回要写明原因"):
            move(workspace.acting_as(person), report_id, Action.RETURN, reason=blank)
    move(workspace.acting_as(person), report_id, Action.RETURN, reason=" 执行数与账面不符 ")
    flow = flow_of(workspace.acting_as(STAFF), report_id)
    assert flow.state is State.DRAFTING
    assert flow.steps[-1].reason == "执行数与账面不符"
    assert flow.round == 1


@pytest.mark.parametrize("state", [State.DEPARTMENT, State.LEADER, State.HEAD])
def test_nobody_approves_what_they_wrote_or_submitted(
    workspace: Workspace, report_id: int, state: State
) -> None:
    create_example(acting(workspace, "李四"))  # there is somebody else
    brought_to(workspace, report_id, state)
    author = Person(name="张三", roles=tuple(Role))
    flow = flow_of(workspace.acting_as(author), report_id)
    assert flow.is_own_work
    assert Action.APPROVE not in {one.action for one in flow.ways}
    with pytest.raises(RefusedError, match="张三起草、修改或提交过这份报告"):
        move(workspace.acting_as(author), report_id, Action.APPROVE)


def test_a_reviewer_who_corrected_the_draft_has_become_an_author(
    workspace: Workspace, report_id: int
) -> None:
    mine = acting(workspace, "李四")
    stored = open_report(mine, report_id)
    report = with_fields(stored.report, {"unit": "某市公共资源交易中心"})
    save_report(mine, report_id, report, base_version=stored.version)
    brought_to(workspace, report_id, State.DEPARTMENT)
    with pytest.raises(RefusedError, match="不能再审核通过"):
        move(workspace.acting_as(REVIEWER), report_id, Action.APPROVE)
    move(workspace.acting_as(REVIEWER), report_id, Action.RETURN, reason="由我改过，请别人审核")


def test_one_person_alone_may_do_everything(workspace: Workspace) -> None:
    report_id = create_example(workspace)
    without_errors(workspace, report_id)
    alone = Person(name=workspace.person.name, roles=tuple(Role))
    for action in (Action.SUBMIT, Action.APPROVE, Action.APPROVE, Action.APPROVE):
        move(workspace.acting_as(alone), report_id, action)
    assert open_report(workspace, report_id).state is State.FINAL


def test_errors_hold_the_last_approval_back_until_mended_or_reasoned(
    workspace: Workspace, report_id: int
) -> None:
    for person, action in ((STAFF, Action.SUBMIT), (REVIEWER, Action.APPROVE)):
        move(workspace.acting_as(person), report_id, action, noted=True)
    move(workspace.acting_as(LEADER), report_id, Action.APPROVE, noted=True)
    with pytest.raises(InputError, match="处错误没有更正或放行"):
        move(workspace.acting_as(HEAD), report_id, Action.APPROVE, noted=True)
    assert open_report(workspace, report_id).state is State.HEAD
    without_errors(workspace, report_id)
    assert move(workspace.acting_as(HEAD), report_id, Action.APPROVE).end is State.FINAL


def _saves(workspace: Workspace, report_id: int) -> list[Callable[[], object]]:
    """Return every way to change a report."""
    stored = open_report(workspace, report_id)
    changed = with_fields(stored.report, {"unit": "改动"})
    finding = preflight(workspace, report_id)
    return [
        lambda: save_report(workspace, report_id, changed, base_version=stored.version),
        lambda: restore_report(workspace, report_id, 1),
        lambda: draft_section(workspace, report_id, "lessons.problems"),
        lambda: draft_section_by_model(ModelDesk(workspace), report_id, "lessons.problems"),
        lambda: save_section(workspace, report_id, "lessons.problems", "改写", base_version=1),
        lambda: restore_section(workspace, report_id, "lessons.problems", 1),
        lambda: override_finding(workspace, report_id, finding.overridden[0][0], "再写理由"),
    ]


def _prepared(workspace: Workspace, report_id: int) -> None:
    """Leave two versions of figures and of a text, so that there is something to restore."""
    stored = open_report(workspace, report_id)
    report = with_fields(stored.report, {"unit": "某市公共资源交易中心"})
    save_report(workspace, report_id, report, base_version=stored.version)
    draft_section(workspace, report_id, "lessons.problems")
    save_section(workspace, report_id, "lessons.problems", "人工改写。", base_version=1)


def test_a_final_report_cannot_be_changed_by_any_service(
    workspace: Workspace, report_id: int
) -> None:
    _prepared(acting(workspace, "张三"), report_id)
    brought_to(workspace, report_id, State.FINAL)
    before = (
        open_report(workspace, report_id),
        section_history(workspace, report_id, "lessons.problems"),
    )
    for save in _saves(workspace, report_id):
        with pytest.raises(FrozenError, match=r"报告已经定稿，不能再修改.*重新起草"):
            save()
    after = (
        open_report(workspace, report_id),
        section_history(workspace, report_id, "lessons.problems"),
    )
    assert before == after


@pytest.mark.parametrize("state", [State.DEPARTMENT, State.LEADER, State.HEAD])
def test_a_report_under_review_stays_as_it_was_submitted(
    workspace: Workspace, report_id: int, state: State
) -> None:
    _prepared(acting(workspace, "张三"), report_id)
    brought_to(workspace, report_id, state)
    *saves, override = _saves(workspace, report_id)
    for save in saves:
        with pytest.raises(FrozenError, match=f"报告正在{state}，不能修改.*撤回"):
            save()
    override()  # reasons for errors may still be given: the last approval asks for them


def test_a_final_report_changes_only_as_a_new_version_with_a_reason(
    workspace: Workspace, report_id: int
) -> None:
    brought_to(workspace, report_id, State.FINAL)
    with pytest.raises(RefusedError, match="重新起草要写明原因"):
        move(workspace.acting_as(STAFF), report_id, Action.REOPEN)
    move(workspace.acting_as(STAFF), report_id, Action.REOPEN, reason="财政局抽查要求补充佐证")
    flow = flow_of(workspace.acting_as(STAFF), report_id)
    assert (flow.state, flow.round) == (State.DRAFTING, 2)
    stored = open_report(workspace, report_id)
    final = next(one for one in flow.steps if one.end is State.FINAL)
    report = with_fields(stored.report, {"p1/adjustment_basis": "补充的依据"})
    save_report(workspace, report_id, report, base_version=stored.version)
    assert open_report(workspace, report_id).version == final.report_version + 1
    move(workspace.acting_as(STAFF), report_id, Action.SUBMIT)


def test_a_report_that_is_not_there_is_not_moved(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        move(workspace.acting_as(STAFF), 99, Action.SUBMIT)
