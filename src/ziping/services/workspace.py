"""What a use case works with: the database, the content, the clock and the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa

from ziping.content.library import Content
from ziping.domain.access import EVERYTHING, Reach, Right, is_local, may, reach_of
from ziping.domain.audit import AuditAction, Detail
from ziping.domain.clock import Clock
from ziping.domain.people import Person
from ziping.domain.stored import Stamp
from ziping.persistence.audit import append_entry
from ziping.persistence.database import Database, has_changes
from ziping.persistence.scoped import Scoped


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a use case may touch (工作环境)."""

    database: Database
    content: Content
    clock: Clock
    person: Person
    """Who acts (使用者); no use case takes anybody else for it."""

    def stamp(self, note: str = "") -> Stamp:
        """Return who does something now, and why."""
        return Stamp(at=self.clock(), by=self.person.name, note=note)

    def acting_as(self, person: Person) -> "Workspace":
        """Return the workspace as a person uses it, whose name is recorded with each change."""
        return replace(self, person=person)

    def may(self, right: Right) -> bool:
        """Whether the person has a right at all."""
        return may(self.person, right)

    def reach(self, right: Right) -> Reach:
        """Return which reports the person finds for a right, as of today."""
        if is_local(self.person):
            return EVERYTHING
        return reach_of(self.person, right, self.today())

    def today(self) -> date:
        """Return which day it is here."""
        return self.clock().astimezone().date()

    @contextmanager
    def read(self, right: Right = Right.READ) -> Iterator[Scoped]:
        """Yield a connection that finds the reports over which the person has a right."""
        with self.database.read() as connection:
            yield Scoped(connection, self.reach(right))

    @contextmanager
    def write(self, right: Right = Right.READ) -> Iterator["UnitOfWork"]:
        """Yield one transaction, kept together with what the audit log says of it.

        The one way in which a use case writes. What is changed and not recorded is our mistake,
        and is not kept.
        """
        with self.database.write() as connection:
            work = UnitOfWork(connection, Scoped(connection, self.reach(right)), self)
            yield work
            if has_changes(connection) and not work.recorded:
                raise AssertionError("a change without an entry in the audit log")


@dataclass(slots=True)
class UnitOfWork:
    """One write under way: its connection, who does it and when, and its audit entries (写入)."""

    connection: sa.Connection
    """For what belongs to no report."""
    rows: Scoped
    """For reports and what is kept of them, within the person's reach."""
    workspace: Workspace
    recorded: list[AuditAction] = field(default_factory=list)
    _stamp: Stamp | None = None

    def stamp(self, note: str = "") -> Stamp:
        """Return who does this and when, the same moment for all of the change; and why."""
        if self._stamp is None:
            self._stamp = self.workspace.stamp()
        return self._stamp.model_copy(update={"note": note})

    def record(self, action: AuditAction, report_id: int | None = None, **details: Detail) -> None:
        """Say in the audit log what is done here; ids and numbers only, never a text."""
        append_entry(self.connection, self.stamp(), action, report_id, details)
        self.recorded.append(action)
