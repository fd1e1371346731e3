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
from ziping.services.exporting import preflight
from ziping.services.workspace import Workspace


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
def move(
    workspace: Workspace,
    report_id: int,
    action: Action,
    *,
    reason: str = "",
    seen: State | None = None,
) -> WorkflowStep:
    """Move a report and return what was recorded.

    Args:
        workspace: Where the report lies.
        report_id: Which report.
        action: What the person of the workspace does.
        reason: Why, or their opinion.
        seen: The state the person saw; where the report stands elsewhere by now, nothing is done.

    Raises:
        RefusedError: The workflow does not let this person do this now.
        InputError: Errors stand between the report and 定稿.
    """
    person = workspace.person
    held = ""
    if action is Action.APPROVE:
        held = _held_back(workspace, report_id)
    with workspace.write() as work:
        connection = work.rows
        stored = report_store.get_report(connection, report_id)
        _refuse_if_moved(stored.state, seen)
        steps = store.list_steps(connection, report_id)
        people = _people(connection, report_id, steps)
        way = decide(stored.state, action, person, people, reason=reason)
        if way.end is State.FINAL and held:
            raise InputError(
                held,
                why="定稿以后不能再改",
                remedy="请退回修改，或在“导出”页写明放行理由后再通过",
            )
        newest = section_store.newest_sections(connection, report_id)
        step = WorkflowStep(
            round=_round_of(steps) + (action is Action.REOPEN),
            action=action,
            start=stored.state,
            end=way.end,
            role=next(one for one in person.roles if one in way.roles),
            reason=reason.strip(),
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
        )
    return step


def _held_back(workspace: Workspace, report_id: int) -> str:
    """Return what stands between a report and 定稿; blank for nothing."""
    errors = preflight(workspace, report_id).errors
    if not errors:
        return ""
    shown = "、".join(one.title for one in errors[:3])
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
