"""How well and how fast clauses are found, beside the usual ways (知识库检索)."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.retrieval_library import (
    Measured,
    colloquial,
    grown,
    measure,
    questions,
    shipped_clauses,
)
from tests.bench.retrieval_systems import SYSTEMS, NotInstalledError, run

from ziping.retrieval.embedding import LocalEmbedder
from ziping.retrieval.index import LibraryIndex

HEADINGS = (
    "做法",
    "recall@1",
    "recall@5",
    "recall@10",
    "MRR",
    "核毫秒 p50",
    "核毫秒 p95",
    "时钟毫秒 p95",
    "建索引秒",
    "内存 MiB",
)
GROWTH_HEADINGS = ("条数", "建索引秒", "加一份文件秒", "打开秒", "核毫秒 p95", "时钟毫秒 p95")


def retrieval_rows(*, reporting: bool = True) -> list[tuple[str, ...]]:
    """Return a row a system under `HEADINGS`, on the half for reporting or that for tuning."""
    return [_row(name, reporting=reporting) for name in SYSTEMS]


def growth_rows(size: int = 60_000, *, with_vectors: bool = True) -> list[tuple[str, ...]]:
    """Return what a library of a size costs, under `GROWTH_HEADINGS`."""
    words = colloquial()
    clauses = list(grown(shipped_clauses(), size))
    one_more = [
        one.model_copy(update={"id": f"more#{one.article}", "document_id": "more"})
        for one in shipped_clauses()[:40]
    ]
    asked = questions(reporting=False)
    with TemporaryDirectory() as folder:
        index = LibraryIndex(Path(folder), LocalEmbedder(words), words, with_vectors=with_vectors)
        built = _seconds(lambda: index.sync(clauses))
        added = _seconds(lambda: index.sync([*clauses, *one_more]))
        index.close()
        opened = _seconds(lambda: index.search(asked[0].text))
        found = measure(lambda text: [hit.clause.id for hit in index.search(text).hits], asked)
        index.close()
    costs = (built, added, opened, found.core_ms[1], found.clock_ms[1])
    return [(f"{size:,}", *(f"{one:.1f}" for one in costs))]


def _row(name: str, *, reporting: bool) -> tuple[str, ...]:
    """Measure a system in a process of its own, so that its memory is its own."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned) as pool:
        try:
            found = pool.submit(run, name, reporting=reporting).result()
        except NotInstalledError as missing:
            return (f"{name}（未测：{missing}）", *["—"] * (len(HEADINGS) - 1))
    return (name, *_figures(found))


def _figures(found: Measured) -> Sequence[str]:
    """Return a system's figures as printed."""
    return (
        *(f"{one:.3f}" for one in (*found.recall, found.mrr)),
        *(f"{one:.1f}" for one in (*found.core_ms, found.clock_ms[1])),
        f"{found.index_seconds:.1f}",
        f"{found.peak_mib:.0f}",
    )


def _seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
