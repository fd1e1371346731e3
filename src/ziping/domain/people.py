"""Who does something, and in which roles (人员与角色)."""

from enum import StrEnum

from ziping.domain.model import Record


class Role(StrEnum):
    """What a person may do with a report (角色)."""

    STAFF = "经办人"
    """Fills, drafts and submits."""
    DEPARTMENT = "部室审核"
    """Reviews for the business department."""
    LEADER = "分管领导"
    """Reviews as the leader in charge."""
    HEAD = "主要负责人"
    """Reviews last, as the head of the unit."""
    EXTERNAL = "外部审核"
    """Compares and comments for the finance bureau or a third party."""
    ADMINISTRATOR = "管理员"
    """Runs the system; decides on no report."""


class Person(Record):
    """Somebody who acts, as a login or the person's own word names them (使用者)."""

    name: str
    """What is recorded with each change; no two logins share a name."""
    roles: tuple[Role, ...] = (Role.STAFF,)
    login: str = ""
    """Who the login provider says it is; blank where the program runs without a login."""
    unit: str = ""
    """The unit whose reports the person works on; blank without a login or before it is set."""

    def has(self, roles: frozenset[Role]) -> bool:
        """Whether the person has one of these roles."""
        return not roles.isdisjoint(self.roles)
