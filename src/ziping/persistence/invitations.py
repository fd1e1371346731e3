"""Reading and writing who from outside is invited to a report."""

from datetime import date

import sqlalchemy as sa

from ziping.domain.errors import NotFoundError
from ziping.domain.invitations import Invitation
from ziping.persistence.moments import aware
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import invitations


def put_invitation(connection: Scoped, report_id: int, invitation: Invitation) -> None:
    """Store an invitation, in place of an earlier one of the same login."""
    connection.execute(invitations.delete().where(_key(report_id, invitation.login)))
    connection.execute(
        invitations.insert().values(
            report_id=report_id,
            login=invitation.login,
            until=invitation.until.isoformat(),
            saved_at=invitation.saved_at,
            saved_by=invitation.saved_by,
        )
    )


def delete_invitation(connection: Scoped, report_id: int, login: str) -> None:
    """Take an invitation back; NotFoundError when there is none."""
    if not connection.execute(invitations.delete().where(_key(report_id, login))).rowcount:
        raise NotFoundError("没有这条邀请", remedy="请从邀请列表中选择")


def list_invitations(connection: Scoped, report_id: int) -> tuple[Invitation, ...]:
    """Return who is or was invited to a report, in the order of logins."""
    query = (
        sa.select(invitations)
        .where(invitations.c.report_id == report_id)
        .order_by(invitations.c.login)
    )
    return tuple(
        Invitation(
            login=row["login"],
            until=date.fromisoformat(row["until"]),
            saved_at=aware(row["saved_at"]),
            saved_by=row["saved_by"],
        )
        for row in connection.execute(query).mappings()
    )


def _key(report_id: int, login: str) -> sa.ColumnElement[bool]:
    return sa.and_(invitations.c.report_id == report_id, invitations.c.login == login)
