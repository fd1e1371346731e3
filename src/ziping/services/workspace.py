"""What a use case works with: the database, the content, the clock and the person."""

from dataclasses import dataclass

from ziping.content.library import Content
from ziping.domain.clock import Clock
from ziping.domain.stored import Stamp
from ziping.persistence.database import Database


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a use case may touch (工作环境)."""

    database: Database
    content: Content
    clock: Clock
    user: str

    def stamp(self, note: str = "") -> Stamp:
        """Return who does something now, and why."""
        return Stamp(at=self.clock(), by=self.user, note=note)
