"""Measuring time and memory: warm-up first, medians, and competitors taking turns."""

import gc
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Work = Callable[[], object]

_BLOCKS = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work takes: seconds on the clock, and seconds of one core."""

    clock: float
    core: float
    """Unlike the clock, it hardly changes when other programs keep the machine busy."""

    def __sub__(self, other: "Cost") -> "Cost":
        """Return what is left of the cost."""
        return Cost(self.clock - other.clock, self.core - other.core)


def cost_of(work: Work) -> Cost:
    """Return what a piece of work takes, programs it starts included."""
    before = _now()
    work()
    return _now() - before


def _now() -> Cost:
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    core = time.process_time() + started.ru_utime + started.ru_stime
    return Cost(time.perf_counter(), core)


def _median(found: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.clock for one in found), statistics.median(one.core for one in found)
    )


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, Cost]:
    """Return each work's median cost; they take turns, so a busy moment hurts all alike."""
    for work in works.values():
        work()
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    order = list(works)
    for _ in range(rounds):
        gc.collect()
        for name in order:
            costs[name].append(cost_of(works[name]))
        order.append(order.pop(0))
    return {name: _median(found) for name, found in costs.items()}


def cost_each(work: Callable[[Item], object], items: Iterable[Item]) -> Cost:
    """Return the cost of one item: the median over blocks, each item worked on once."""
    listed = list(items)
    size = max(1, len(listed) // _BLOCKS)
    found = []
    for start in range(0, size * (len(listed) // size), size):
        gc.collect()
        block = cost_of(partial(_each, work, listed[start : start + size]))
        found.append(Cost(block.clock / size, block.core / size))
    return _median(found)


def _each(work: Callable[[Item], object], items: Iterable[Item]) -> None:
    for one in items:
        work(one)


def resident_mib(pid: int | str = "self") -> float:
    """Return the memory this process, or another, holds now, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
