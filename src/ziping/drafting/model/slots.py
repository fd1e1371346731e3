"""Places for requests under way: a bound for the whole process, the urgent first (并发名额)."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock

from ziping.domain.endpoint import ModelEndpoint

_LOOK_S = 0.25


class Slots:
    """So many places; whoever waits is served by priority, then in order."""

    def __init__(self, count: int) -> None:
        """Open `count` places."""
        self._free = count
        self._turn = Condition()
        self._waiting: list[tuple[int, int]] = []
        self._numbers = itertools.count()

    @contextmanager
    def taken(self, priority: int, check: Callable[[], None]) -> Iterator[None]:
        """Hold a place; the higher the priority the sooner. `check` may raise while waiting."""
        self._take((-priority, next(self._numbers)), check)
        try:
            yield
        finally:
            with self._turn:
                self._free += 1
                self._turn.notify_all()

    def _take(self, ticket: tuple[int, int], check: Callable[[], None]) -> None:
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
