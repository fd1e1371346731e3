"""Inviting external reviewers to single reports, and taking it back (外部审核邀请)."""

from datetime import date

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.errors import InputError
from ziping.domain.invitations import Invitation
from ziping.domain.model import Record
from ziping.domain.people import Role
from ziping.persistence import invitations as store
from ziping.persistence.people import find_account
from ziping.services.access import needs
from ziping.services.workspace import Workspace

_LONGEST_DAYS = 366


class InvitationList(Record):
    """What `review invitations` prints (邀请列表)."""

    report: int
    invitations: tuple[Invitation, ...]


@needs(Right.INVITE)
def invitations_of(workspace: Workspace, report_id: int) -> tuple[Invitation, ...]:
    """Return who is or was invited to a report."""
    with workspace.read(Right.INVITE) as connection:
        connection.require(report_id)
        return store.list_invitations(connection, report_id)


@needs(Right.INVITE)
def invite(workspace: Workspace, report_id: int, login: str, until: date) -> Invitation:
    """Let an external reviewer see one report until a day, and return the invitation.

    Raises:
        InputError: The login or the day cannot be used.
    """
    login = login.strip()
    _check_until(workspace, until)
    with workspace.write(Right.INVITE) as work:
        work.rows.require(report_id)
        account = find_account(work.connection, login)
        if account is None or not account.is_active or Role.EXTERNAL not in account.roles:
            raise InputError(
                f"登录号“{login}”不是可用的外部审核人",
                remedy="请管理员先在“人员”里登记这个登录号，给予“外部审核”角色",
            )
        stamp = work.stamp()
        invitation = Invitation(login=login, until=until, saved_at=stamp.at, saved_by=stamp.by)
        store.put_invitation(work.rows, report_id, invitation)
        work.record(AuditAction.INVITE, report_id, login=login, until=until.isoformat())
    return invitation


@needs(Right.INVITE)
def withdraw_invitation(workspace: Workspace, report_id: int, login: str) -> None:
    """Take an invitation back; from now on the report is not found by that login."""
    with workspace.write(Right.INVITE) as work:
        work.rows.require(report_id)
        store.delete_invitation(work.rows, report_id, login.strip())
        work.record(AuditAction.UNINVITE, report_id, login=login.strip())


def _check_until(workspace: Workspace, until: date) -> None:
    """Refuse a last day that is over, or too far away."""
    days = (until - workspace.today()).days
    if days < 0:
        raise InputError(f"有效期 {until} 已经过了", remedy="请填今天或以后的日期")
    if days > _LONGEST_DAYS:
        raise InputError(f"有效期 {until} 太远", why="最长一年", remedy="到期以后可以再邀请")
