"""The workflow as its rules are told to people, written down a second time for the tests."""

from collections.abc import Callable

from ziping.domain.people import Person, Role
from ziping.domain.workflow import Action, State
from ziping.services.exporting import override_finding, preflight
from ziping.services.workflow import move
from ziping.services.workspace import Workspace

STAFF = Person(name="张三", roles=(Role.STAFF,))
REVIEWER = Person(name="李四", roles=(Role.DEPARTMENT,))
LEADER = Person(name="王五", roles=(Role.LEADER,))
HEAD = Person(name="赵六", roles=(Role.HEAD,))

ALLOWED = {
    (State.DRAFTING, Action.SUBMIT, Role.STAFF): State.DEPARTMENT,
    (State.DEPARTMENT, Action.WITHDRAW, Role.STAFF): State.DRAFTING,
    (State.DEPARTMENT, Action.APPROVE, Role.DEPARTMENT): State.LEADER,
    (State.DEPARTMENT, Action.RETURN, Role.DEPARTMENT): State.DRAFTING,
    (State.LEADER, Action.APPROVE, Role.LEADER): State.HEAD,
    (State.LEADER, Action.RETURN, Role.LEADER): State.DRAFTING,
    (State.HEAD, Action.APPROVE, Role.HEAD): State.FINAL,
    (State.HEAD, Action.RETURN, Role.HEAD): State.DRAFTING,
    (State.FINAL, Action.REOPEN, Role.STAFF): State.DRAFTING,
}
"""Everything that may be done, and where it leads; all else is refused."""

COMBINATIONS = [(state, action, role) for state in State for action in Action for role in Role]

_ON_THE_WAY = (
    (STAFF, Action.SUBMIT),
    (REVIEWER, Action.APPROVE),
    (LEADER, Action.APPROVE),
    (HEAD, Action.APPROVE),
)

By = Callable[[str], Workspace]


def acting(workspace: Workspace, name: str) -> Workspace:
    """Return the workspace as a person uses it."""
    return workspace.acting_as(Person(name=name))


def without_errors(workspace: Workspace, report_id: int) -> None:
    """Give a reason for every error, so that nothing stands between the report and 定稿."""
    for finding in preflight(workspace, report_id).errors:
        override_finding(workspace, report_id, finding, "与原件核对无误")


def brought_to(workspace: Workspace, report_id: int, state: State) -> None:
    """Bring a fresh draft to a state by the usual people."""
    without_errors(acting(workspace, "张三"), report_id)
    for person, action in _ON_THE_WAY[: list(State).index(state)]:
        move(workspace.acting_as(person), report_id, action, noted=True)
