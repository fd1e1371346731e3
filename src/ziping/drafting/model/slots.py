"""Places for requests under way: a bound for the whole process, the urgent first (并发名额).

Whoever knows of other processes may oversee the requests of this one.
"""

import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Condition, Lock

from ziping.domain.endpoint import ModelEndpoint

_LOOK_S = 0.25

Check = Callable[[], None]
"""Raises when somebody stops the job, or its time is over."""
Overseer = Callable[[Check], AbstractContextManager[None]]
"""Returns what a request is made within."""


class Slots:
    """So many places; whoever waits is served by priority, then in order."""

    def __init__(self, count: int) -> None:
        """Open `count` places."""
        self._free = count
        self._turn = Condition()
        self._waiting: list[tuple[int, int]] = []
        self._numbers = itertools.count()
        self.overseer: Overseer = lambda _check: nullcontext()

    @contextmanager
    def taken(self, priority: int, check: Check) -> Iterator[None]:
        """Hold a place; the higher the priority the sooner. `check` may raise while waiting."""
        self._take((-priority, next(self._numbers)), check)
        try:
            with self.overseer(check):
                yield
        finally:
            with self._turn:
                self._free += 1
                self._turn.notify_all()

    def _take(self, ticket: tuple[int, int], check: Check) -> None:
        with self._turn:
            heapq.heappush(self._waiting, ticket)
            try:
                while not (self._free and self._waiting[0] == ticket):
                    self._turn.wait(_LOOK_S)
                    check()
                self._free -= 1
            finally:
                self._waiting.remove(ticket)
                heapq.heapify(self._waiting)
                self._turn.notify_all()


_slots: dict[ModelEndpoint, Slots] = {}
_lock = Lock()


def slots_of(endpoint: ModelEndpoint) -> Slots:
    """Return the places of an endpoint, shared by the whole process."""
    with _lock:
        return _slots.setdefault(endpoint, Slots(endpoint.concurrency))


def oversee(endpoint: ModelEndpoint, overseer: Overseer) -> None:
    """Make every request to an endpoint within what an overseer returns."""
    slots_of(endpoint).overseer = overseer
