"""Who may move a report from where to where: the one table of the workflow (流程走向).

Pages, commands and services ask this module; nobody decides for themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ziping.domain.access import is_local
from ziping.domain.errors import RefusedError
from ziping.domain.people import Person, Role
from ziping.domain.workflow import Action, State


@dataclass(frozen=True, slots=True)
class Transition:
    """One way of the workflow (流程走向)."""

    action: Action
    start: State
    end: State
    roles: frozenset[Role]
    """Who may go it."""
    needs_reason: bool = False

    @property
    def is_approval(self) -> bool:
        """Whether it vouches for the report, which its authors may not do."""
        return self.action is Action.APPROVE


def _way(
    start: State, action: Action, end: State, role: Role, *, needs_reason: bool = False
) -> Transition:
    """Return one line of the table."""
    return Transition(action, start, end, frozenset({role}), needs_reason)


TRANSITIONS = (
    _way(State.DRAFTING, Action.SUBMIT, State.DEPARTMENT, Role.STAFF),
    _way(State.DEPARTMENT, Action.WITHDRAW, State.DRAFTING, Role.STAFF),
    _way(State.DEPARTMENT, Action.APPROVE, State.LEADER, Role.DEPARTMENT),
    _way(State.DEPARTMENT, Action.RETURN, State.DRAFTING, Role.DEPARTMENT, needs_reason=True),
    _way(State.LEADER, Action.APPROVE, State.HEAD, Role.LEADER),
    _way(State.LEADER, Action.RETURN, State.DRAFTING, Role.LEADER, needs_reason=True),
    _way(State.HEAD, Action.APPROVE, State.FINAL, Role.HEAD),
    _way(State.HEAD, Action.RETURN, State.DRAFTING, Role.HEAD, needs_reason=True),
    _way(State.FINAL, Action.REOPEN, State.DRAFTING, Role.STAFF, needs_reason=True),
)
"""Every way there is."""


@dataclass(frozen=True, slots=True)
class People:
    """Who had a hand in a report (相关人员)."""

    authors: Collection[str]
    """Names of those who wrote or submitted it since it was begun or reopened."""
    known: Collection[str]
    """Names of everybody the system has seen."""

    def is_own_work(self, person: Person) -> bool:
        """Whether a person would vouch for their own work, though there is somebody else.

        Where people sign in there always is.
        """
        is_alone = is_local(person) and len({*self.known, person.name}) == 1
        return person.name in self.authors and not is_alone


def ways_for(state: State, person: Person, people: People) -> tuple[Transition, ...]:
    """Return what a person may do with a report in a state."""
    return tuple(
        one
        for one in TRANSITIONS
        if one.start is state
        and person.has(one.roles)
        and not (one.is_approval and people.is_own_work(person))
    )


def decide(
    state: State, action: Action, person: Person, people: People, *, reason: str = ""
) -> Transition:
    """Return the way a person goes; RefusedError says why there is none."""
    way = next((one for one in TRANSITIONS if (one.start, one.action) == (state, action)), None)
    if way is None:
        starts = "、".join(f"“{one.start}”" for one in TRANSITIONS if one.action is action)
        raise RefusedError(
            f"报告现在的状态是“{state}”，不能{action}",
            why=f"只有状态为{starts}时才能{action}",
            remedy="请刷新页面，看报告现在的状态",
        )
    if not person.has(way.roles):
        raise RefusedError(
            f"{'、'.join(person.roles) or '没有角色的人'}不能在“{state}”时{action}",
            why=f"这一步由{'、'.join(sorted(way.roles))}办理",
            remedy="请由相应的人办理",
        )
    if way.is_approval and people.is_own_work(person):
        raise RefusedError(
            f"{person.name}起草、修改或提交过这份报告，不能再审核通过",
            why="起草和审核要由不同的人办理",
            remedy="请由没有参与起草的人审核",
        )
    if way.needs_reason and not reason.strip():
        raise RefusedError(f"{action}要写明原因", remedy="请填写原因后再提交")
    return way


def waiting_for(state: State) -> str:
    """Return whom a report waits for, in words; blank when it waits for nobody."""
    roles = {
        role
        for one in TRANSITIONS
        if one.start is state and one.action in (Action.SUBMIT, Action.APPROVE)
        for role in one.roles
    }
    return "、".join(sorted(roles))
