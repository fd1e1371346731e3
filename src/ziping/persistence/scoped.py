"""A connection on which only the rows of reachable reports exist (限定范围的连接).

Everything that is kept of a report is read and written through it, so that a query without a
reach cannot be made: rows of other reports are not found, not changed, and not added.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from ziping.domain.access import Reach
from ziping.domain.errors import NotFoundError
from ziping.persistence.tables import KEYS_OF_REPORTS, invitations, reports


class Scoped:
    """A connection within a reach."""

    def __init__(self, connection: sa.Connection, reach: Reach) -> None:
        """Bind a connection to the reports of a reach."""
        self._connection = connection
        self._reach = reach

    def execute(self, statement: sa.Executable) -> sa.CursorResult[Any]:
        """Carry out a statement on what is reachable.

        Raises:
            NotFoundError: It would add something to a report out of reach.
        """
        if self._reach.is_everything:
            return self._connection.execute(statement)
        return self._connection.execute(self._limited(statement))

    def require(self, report_id: int) -> None:
        """Raise NotFoundError when a report is not there, or out of reach."""
        if not self.has(report_id):
            raise not_found()

    def has(self, report_id: int) -> bool:
        """Whether a report is within reach."""
        query = sa.select(sa.literal(1)).select_from(reports).where(reports.c.id == report_id)
        return self.execute(query).first() is not None

    def _limited(self, statement: sa.Executable) -> sa.Executable:
        """Return a statement that leaves everything out of reach alone."""
        if isinstance(statement, sa.Insert):
            self._require_reachable(statement)
            return statement
        if isinstance(statement, sa.Update | sa.Delete):
            return statement.where(*self._criteria(statement.table))
        if not isinstance(statement, sa.Select):
            raise AssertionError(  # noqa: TRY004 - our mistake, not a caller's
                "only plain statements are limited to a reach"
            )
        inner = [one for one in visitors.iterate(statement) if isinstance(one, sa.SelectBase)]
        if any(one is not statement for one in inner):
            raise AssertionError("a statement within a statement is not limited to a reach")
        tables = [
            one
            for source in statement.get_final_froms()
            for one in visitors.iterate(source)
            if isinstance(one, sa.Table)
        ]
        return statement.where(*(each for one in tables for each in self._criteria(one)))

    def _criteria(self, table: object) -> list[sa.ColumnElement[bool]]:
        """Return what rows of a table must meet; nothing when it belongs to no report."""
        if table is reports:
            return [self._reachable()]
        if not isinstance(table, sa.Table) or table not in KEYS_OF_REPORTS:
            return []
        return [KEYS_OF_REPORTS[table].in_(sa.select(reports.c.id).where(self._reachable()))]

    def _reachable(self) -> sa.ColumnElement[bool]:
        """Return what a row of the reports must meet."""
        ways: list[sa.ColumnElement[bool]] = [sa.false()]
        if self._reach.unit:
            ways.append(reports.c.owner_unit == self._reach.unit)
        if self._reach.login:
            invited = sa.select(invitations.c.report_id).where(
                invitations.c.login == self._reach.login,
                invitations.c.until >= self._reach.on.isoformat(),
            )
            ways.append(reports.c.id.in_(invited))
        return sa.or_(*ways)

    def _require_reachable(self, statement: sa.Insert) -> None:
        """Refuse rows of a report out of reach; a new report belongs to the unit reached."""
        values = statement.compile().params
        if statement.table is reports:
            if not self._reach.unit or values["owner_unit"] != self._reach.unit:
                raise AssertionError("a new report belongs to the unit of whoever makes it")
        elif statement.table in KEYS_OF_REPORTS:
            self.require(int(values[KEYS_OF_REPORTS[statement.table].name]))


def not_found() -> NotFoundError:
    """Return the one answer for every id that cannot be opened."""
    return NotFoundError("没有找到这份报告", remedy="请回到工作台，从列表中打开")
