"""Who does something, and in which roles (人员与角色)."""

from datetime import datetime
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


ROLES_OF_A_UNIT = frozenset({Role.STAFF, Role.DEPARTMENT, Role.LEADER, Role.HEAD})
"""Roles that mean something only together with a unit."""


class Account(Record):
    """Somebody who may sign in, and what the administrators let them do (账号)."""

    login: str
    """Who the login provider says it is (登录号)."""
    name: str
    """What is recorded with each change; no two accounts share one, and it never changes."""
    unit: str = ""
    roles: tuple[Role, ...] = ()
    is_active: bool = True
    """Whether it may be used (启用); an account is never removed, for its name is in the log."""
    first_seen: datetime | None = None
    """First sign-in (首次登录); None: entered by an administrator beforehand."""
    last_seen: datetime | None = None
    """Last sign-in (最近登录)."""
    left_at: datetime | None = None
    """Moment of the newest sign-in that was ended (已退出的登录), by the provider's clock."""
    saved_at: datetime | None = None
    """When somebody last changed unit, roles or whether it may be used."""
    saved_by: str = ""

    @property
    def lacks(self) -> str:
        """What an administrator has yet to say before the person can work; blank for nothing."""
        if not self.roles:
            return "角色" if self.unit else "单位和角色"
        return "单位" if not self.unit and not ROLES_OF_A_UNIT.isdisjoint(self.roles) else ""

    @property
    def standing(self) -> str:
        """Whether it can be used, in words (状态)."""
        if not self.is_active:
            return "已停用"
        return f"待分配{self.lacks}" if self.lacks else "可用"

    def has_left(self, issued: datetime) -> bool:
        """Whether a sign-in was ended, in this tab or in another one."""
        return self.left_at is not None and issued <= self.left_at

    @property
    def is_administrator(self) -> bool:
        """Whether it may manage accounts now."""
        return self.is_active and Role.ADMINISTRATOR in self.roles

    @property
    def person(self) -> Person:
        """Return who acts when this account is used."""
        return Person(name=self.name, roles=self.roles, login=self.login, unit=self.unit)
