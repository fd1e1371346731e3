"""What a role lets a person do, and with which reports (权限与数据范围).

Without a login there is nobody to tell apart: the one who sits at the machine reaches everything.
The moves of the workflow are decided further on, by their own table.
"""

from datetime import date
from enum import StrEnum

from ziping.domain.model import Record
from ziping.domain.people import Person, Role


class Right(StrEnum):
    """What somebody may do (权限)."""

    USE = "使用知识库"
    """What belongs to no report: policies, rules, templates, the worked example."""
    READ = "查看"
    EDIT = "填报和起草"
    REVIEW = "批注和比对"
    DECIDE = "办理"
    """Move a report on or back, or let an error stand; the workflow says which and when."""
    INVITE = "邀请外部审核"
    MANAGE = "管理系统"


_INSIDE = frozenset({Right.USE, Right.READ, Right.REVIEW, Right.DECIDE})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.STAFF: _INSIDE | {Right.EDIT},
    Role.DEPARTMENT: _INSIDE | {Right.INVITE},
    Role.LEADER: _INSIDE | {Right.INVITE},
    Role.HEAD: _INSIDE | {Right.INVITE},
    Role.EXTERNAL: frozenset({Right.USE, Right.READ, Right.REVIEW}),
    Role.ADMINISTRATOR: frozenset({Right.USE, Right.INVITE, Right.MANAGE}),
}
"""What each role may do: an external reviewer with the reports they are invited to, an
administrator with the system, every other one with the reports of their unit."""


class Reach(Record):
    """Which reports somebody finds when they do one thing (数据范围)."""

    is_everything: bool = False
    unit: str = ""
    """Reports of this unit; blank: of none."""
    login: str = ""
    """Reports to which this login is invited; blank: to none."""
    on: date = date.min
    """The day it is, for invitations end."""


EVERYTHING = Reach(is_everything=True)


def is_local(person: Person) -> bool:
    """Whether somebody works without a login, alone on their machine."""
    return not person.login


def may(person: Person, right: Right) -> bool:
    """Whether a person has a right at all; with which reports, their reach says."""
    if is_local(person) or right is Right.USE:
        return True
    if right is Right.MANAGE:
        return Role.ADMINISTRATOR in person.roles
    return bool(person.unit and _in_unit(person, right)) or _invited(person, right)


def reach_of(person: Person, right: Right, on: date) -> Reach:
    """Return which reports a person finds for a right on a day."""
    if is_local(person) or (right is Right.MANAGE and may(person, right)):
        return EVERYTHING
    return Reach(
        unit=person.unit if _in_unit(person, right) else "",
        login=person.login if _invited(person, right) else "",
        on=on,
    )


def _in_unit(person: Person, right: Right) -> bool:
    """Whether a role of the person carries a right over the reports of their unit."""
    return any(right in RIGHTS[one] for one in person.roles if one is not Role.EXTERNAL)


def _invited(person: Person, right: Right) -> bool:
    """Whether the person has a right over the reports they are invited to."""
    return Role.EXTERNAL in person.roles and right in RIGHTS[Role.EXTERNAL]
