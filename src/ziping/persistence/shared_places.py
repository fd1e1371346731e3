"""Places for requests, counted over all processes by locks of PostgreSQL (全局并发名额).

A lock belongs to a connection: those of a killed process are free at once, and nobody has to
count.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import sleep

import sqlalchemy as sa

from ziping.persistence.database import Database

_LOOK_S = 0.1


class SharedPlaces:
    """So many places of one name; this process holds some, others hold the rest."""

    def __init__(self, database: Database, name: str, count: int) -> None:
        """Open `count` places; all processes must open the same number."""
        self._database = database
        # Two whole numbers name a lock; the writers' lock is named by a single one.
        self._kind = zlib.crc32(name.encode()) - 2**31
        self._count = count
        self._held: set[int] = set()
        self._connection: sa.Connection | None = None
        self._lock = Lock()

    @contextmanager
    def taken(self, check: Callable[[], None]) -> Iterator[None]:
        """Hold a place; `check` may raise while waiting."""
        while (place := self._try()) is None:
            sleep(_LOOK_S)
            check()
        try:
            yield
        finally:
            self._give_back(place)

    def _try(self) -> int | None:
        """Return a place that was free, if there is one."""
        with self._lock, self._database.told():
            try:
                for place in range(self._count):
                    if place not in self._held and self._asked("pg_try_advisory_lock", place):
                        self._held.add(place)
                        return place
            except sa.exc.DBAPIError:
                self._let_go()
                raise
        return None

    def _give_back(self, place: int) -> None:
        """Free a place; when the connection is lost, it is free already."""
        with self._lock:
            if place not in self._held:
                return
            self._held.discard(place)
            try:
                self._asked("pg_advisory_unlock", place)
                if not self._held:
                    self._let_go()
            except sa.exc.DBAPIError:
                self._let_go()

    def _asked(self, function: str, place: int) -> bool:
        """Call a function of the server on the connection that holds our locks."""
        if self._connection is None:
            self._connection = self._database.dedicated()
        called = getattr(sa.func, function)(self._kind, place)
        return bool(self._connection.execute(sa.select(called)).scalar())

    def _let_go(self) -> None:
        """Give the connection back; it holds no lock any more, or is broken."""
        self._held.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
