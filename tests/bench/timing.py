"""Measuring time and memory: warm-up first, medians, and competitors taking turns."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Work = Callable[[], object]

_BLOCKS = 10


def taken(work: Work) -> float:
    """Return how many seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Return each work's median seconds; they take turns, so a busy moment hurts all alike."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    order = list(works)
    for _ in range(rounds):
        gc.collect()
        for name in order:
            times[name].append(taken(works[name]))
        order.append(order.pop(0))
    return {name: statistics.median(found) for name, found in times.items()}


def median_each(work: Callable[[Item], object], items: Iterable[Item]) -> float:
    """Return the seconds one item takes: the median over blocks, each item worked on once."""
    listed = list(items)
    size = max(1, len(listed) // _BLOCKS)
    found = []
    for start in range(0, size * (len(listed) // size), size):
        block = listed[start : start + size]
        gc.collect()
        found.append(taken(lambda block=block: [work(one) for one in block]) / size)  # type: ignore[misc]
    return statistics.median(found)


def resident_mib() -> float:
    """Return the memory this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
