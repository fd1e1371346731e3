"""Moving a report from draft to final: who may, and what is recorded (审核流程)."""

from dataclasses import dataclass
from datetime import datetime

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.errors import InputError, RefusedError
from ziping.domain.workflow import Action, State, WorkflowStep
from ziping.persistence import reports as report_store
from ziping.persistence import sections as section_store
from ziping.persistence import workflow as store
from ziping.persistence.scoped import Scoped
from ziping.review.transitions import People, Transition, decide, ways_for
from ziping.services.access import needs
from ziping.services.open_points import OpenPoints, PointKind, open_points
from ziping.services.workspace import Workspace

GOES_ON = (Action.SUBMIT, Action.APPROVE)
"""What takes a report on; before it, what is still open must have been seen."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where a report stands, how it came there, and what a person may do now (流程)."""

    state: State
    steps: tuple[WorkflowStep, ...]
    ways: tuple[Transition, ...]
    is_own_work: bool
    """Whether the person is kept from approving because they wrote or submitted it."""

    @property
    def round(self) -> int:
        """Which version of the report is being made, counted from 1."""
        return _round_of(self.steps)


@needs(Right.READ)
def flow_of(workspace: Workspace, report_id: int) -> Flow:
    """Return where a report stands and what the person may do with it."""
    person = workspace.person
    with workspace.read() as connection:
        state = report_store.get_state(connection, report_id)
        steps = store.list_steps(connection, report_id)
        people = _people(connection, report_id, steps)
    return Flow(
        state=state,
        steps=steps,
        ways=ways_for(state, person, people),
        is_own_work=people.is_own_work(person),
    )


@needs(Right.DECIDE)
def move(  # noqa: PLR0913 - what is decided, on what it rests
    workspace: Workspace,
    report_id: int,
    action: Action,
    *,
    reason: str = "",
    seen: State | None = None,
    noted: bool = False,
) -> WorkflowStep:
    """Move a report and return what was recorded.

    Args:
        workspace: Where the report lies.
        report_id: Which report.
        action: What the person of the workspace does.
        reason: Why, or their opinion.
        seen: The state the person saw; where the report stands elsewhere by now, nothing is done.
        noted: Whether the person has seen what is still open; kept with the reason.

    Raises:
        RefusedError: The workflow does not let this person do this now.
        InputError: Errors stand between the report and 定稿, or what is open was not noted.
    """
    person = workspace.person
    pending = OpenPoints(report=report_id, points=())
    if action in GOES_ON:
        pending = open_points(workspace, report_id)
    with workspace.write() as work:
        connection = work.rows
        stored = report_store.get_report(connection, report_id)
        _refuse_if_moved(stored.state, seen)
        steps = store.list_steps(connection, report_id)
        people = _people(connection, report_id, steps)
        way = decide(stored.state, action, person, people, reason=reason)
        if way.end is State.FINAL and (held := _held_back(pending)):
            raise InputError(
                held,
                why="定稿以后不能再改",
                remedy="请退回修改，或在“导出”页写明放行理由后再通过",
            )
        _require_noted(pending, way, reason, noted=noted)
        newest = section_store.newest_sections(connection, report_id)
        step = WorkflowStep(
            round=_round_of(steps) + (action is Action.REOPEN),
            action=action,
            start=stored.state,
            end=way.end,
            role=next(one for one in person.roles if one in way.roles),
            reason=_with_noted(reason.strip(), pending),
            report_version=stored.version,
            sections={key: one.version for key, one in newest.items()},
            at=work.stamp().at,
            by=person.name,
        )
        store.insert_step(connection, report_id, step)
        work.record(
            AuditAction.MOVE_REPORT,
            report_id,
            done=step.action.value,
            state=step.end.value,
            role=step.role.value,
            version=step.report_version,
            noted=len(pending.points),
        )
    return step


def _require_noted(pending: OpenPoints, way: Transition, reason: str, *, noted: bool) -> None:
    """Refuse to go on past what is open unless it was seen; 定稿 against the tables needs words."""
    if pending.points and not noted:
        raise InputError(
            f"报告还有未了事项：{pending.summary}",
            why=f"{way.action}前要先看过",
            remedy="请逐条核对；确认看过的，页面上勾选“以上情况已看过”，命令行加 --noted",
        )
    if way.end is State.FINAL and pending.contradicts and not reason.strip():
        raise InputError(
            "正文与填报数据不一致，定稿要写明理由",
            why=pending.summary,
            remedy="请退回更正，或在意见里写明为什么仍然定稿",
        )


def _with_noted(reason: str, pending: OpenPoints) -> str:
    """Return a reason with what was open and seen, as it is kept."""
    if not pending.points:
        return reason
    noted = f"（办理时已看过：{pending.summary}）"
    return f"{reason.rstrip('。')}。{noted}" if reason else noted


def _held_back(pending: OpenPoints) -> str:
    """Return what stands between a report and 定稿; blank for nothing."""
    errors = pending.of(PointKind.ERROR)
    if not errors:
        return ""
    shown = "、".join(one.told for one in errors[:3])
    return f"还有 {len(errors)} 处错误没有更正或放行（{shown}），不能定稿"


def _refuse_if_moved(state: State, seen: State | None) -> None:
    """Refuse what a person decided on a state that is no longer the report's."""
    if seen is not None and state is not seen:
        raise RefusedError(
            f"报告的状态已经变为“{state}”",
            why="别人或您自己刚才已经办理过",
            remedy="请刷新页面，看过现在的状态再办理",
        )


def _round_of(steps: tuple[WorkflowStep, ...]) -> int:
    """Return which version of the report its moves have come to."""
    return steps[-1].round if steps else 1


def _people(connection: Scoped, report_id: int, steps: tuple[WorkflowStep, ...]) -> People:
    """Return who had a hand in a report since it was begun or reopened."""
    return People(
        authors=store.authors_since(connection, report_id, _begun(steps)),
        known=store.known_people(connection, report_id),
    )


def _begun(steps: tuple[WorkflowStep, ...]) -> datetime | None:
    """Return when the report was last reopened; None: never."""
    return next((one.at for one in reversed(steps) if one.action is Action.REOPEN), None)
