"""When and how a section is asked for again, within its time (重试)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ziping.domain.endpoint import ModelEndpoint
from ziping.drafting.model.excerpt import STEPS, Shortening
from ziping.drafting.model.faults import PASSING, POOR, FaultKind, ModelFault
from ziping.drafting.model.ladder import LADDER, Rung, below

_MOST_FAILURES = 3
_MOST_POOR = 2
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Somebody stopped the job; nothing of the section is kept."""


@dataclass
class Attempts:
    """The state of asking for one section."""

    endpoint: ModelEndpoint
    should_stop: Callable[[], bool]
    priority: int = 0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    rung: Rung = field(init=False)
    failures: int = 0
    poor: int = 0
    step: int = 0
    _spent: float = 0.0
    _since: float | None = None

    def __post_init__(self) -> None:
        """Begin with the step of the ladder that worked before."""
        self.rung = LADDER.start(self.endpoint)

    @property
    def short(self) -> Shortening:
        """How much is sent now."""
        return STEPS[self.step]

    @property
    def left_s(self) -> float:
        """Time left; waiting for a place does not count."""
        running = self.clock() - self._since if self._since is not None else 0.0
        return self.endpoint.section_s - self._spent - running

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Count the time of a request."""
        self._since = self.clock()
        try:
            yield
        finally:
            self._spent += self.clock() - self._since
            self._since = None

    def check(self) -> None:
        """Stop when somebody asked for it, or when the time is over."""
        if self.should_stop():
            raise Cancelled
        if self.left_s <= 0:
            raise ModelFault(FaultKind.SLOW)

    def worked(self) -> None:
        """Remember the step of the ladder that gave an answer."""
        LADDER.remember(self.endpoint, self.rung)

    def prepare(self, fault: ModelFault) -> None:
        """Make ready to ask again after a fault, or raise it when that is no use."""
        if fault.kind is FaultKind.CONTEXT:
            self._shorten(fault)
        elif fault.kind is FaultKind.FORMAT:
            self._step_down(fault, FaultKind.REFUSED)
        elif fault.kind in POOR:
            self.poor += 1
            if self.poor >= _MOST_POOR:
                raise fault
            if fault.kind in {FaultKind.ECHO, FaultKind.UNREADABLE, FaultKind.EMPTY}:
                self.rung = below(self.rung) or self.rung
        elif fault.kind in PASSING and fault.kind is not FaultKind.SLOW:
            self._pause(fault)
        else:
            raise fault
        self.check()

    def _shorten(self, fault: ModelFault) -> None:
        self.step += 1
        if self.step >= len(STEPS):
            self.step = len(STEPS) - 1
            raise fault

    def _step_down(self, fault: ModelFault, otherwise: FaultKind) -> None:
        lower = below(self.rung)
        if lower is None:
            raise ModelFault(otherwise, fault.detail) from fault
        self.rung = lower

    def _pause(self, fault: ModelFault) -> None:
        """Wait as long as the endpoint asks, or ever longer; not beyond the section's time."""
        self.failures += 1
        wait = fault.retry_after_s
        if wait is None:
            wait = min(_FIRST_PAUSE_S * 2 ** (self.failures - 1), self.endpoint.timeout_s / 4)
        if self.failures >= _MOST_FAILURES or wait > min(_LONGEST_PAUSE_S, self.left_s):
            raise fault
        with self.timed():
            until = self.clock() + wait
            while (rest := until - self.clock()) > 0:
                if self.should_stop():
                    raise Cancelled
                self.sleep(min(rest, 0.2))
