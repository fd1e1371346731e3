"""How well and how fast clauses are found, beside the usual ways (知识库检索)."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.embedders import NEW_TEXT, GrownEmbedder, NotInstalledError
from tests.bench.retrieval_library import (
    HELD,
    QUESTIONS,
    Measured,
    colloquial,
    grown,
    measure,
    our_embedder,
    questions,
    shipped_clauses,
)
from tests.bench.retrieval_systems import NEED_MODELS, SYSTEMS, run
from tests.bench.sections import Scale, Section, verdict

from ziping.retrieval.embedding import Embedder, SentenceEmbedder
from ziping.retrieval.index import LibraryIndex
from ziping.retrieval.vector_building import embedded_text

_HEADINGS = (
    "做法", "recall@1", "recall@5", "recall@10", "MRR",
    "核毫秒 p50", "核毫秒 p95", "时钟毫秒 p95", "建索引秒", "内存 MiB",
)  # fmt: skip
_GROWTH_HEADINGS = (
    "条数", "建索引秒", "加一份文件秒", "打开秒", "核毫秒 p95", "时钟毫秒 p95",
)  # fmt: skip
_WANTED_RECALL = (0.80, 0.95)
"""At 1 and at 5."""
_WANTED_MS = 30.0
_WANTED_OPENING_SECONDS = 3.0


def retrieval_section(scale: Scale) -> Section:
    """Measure how well questions that nobody tuned for are answered, beside the usual ways."""
    names = [name for name in SYSTEMS if scale.models or name not in NEED_MODELS]
    found = {name: _measured(name) for name in names}
    rows = [
        _missing(name, one) if isinstance(one, str) else (name, *_figures(one))
        for name, one in found.items()
    ]
    ours = next(iter(found.values()))
    reached = not isinstance(ours, str) and all(
        got >= wanted for got, wanted in zip(ours.recall, _WANTED_RECALL, strict=False)
    )
    title = f"政策检索（{len(questions(HELD))} 个没有参与调参的问题）"
    at1, at5 = _WANTED_RECALL
    wanted = f"recall@1 不低于 {at1:.2f}、recall@5 不低于 {at5:.2f}"
    return Section(title, _HEADINGS, rows, (verdict(reached, wanted),))


def growth_section(scale: Scale) -> Section:
    """Measure what a large library costs."""
    built, added, opened, found = _grown(scale.clauses)
    costs = (built, added, opened, found.core_ms[1], found.clock_ms[1])
    row = (f"{scale.clauses:,}", *(f"{one:.1f}" for one in costs))
    reached = found.clock_ms[1] <= _WANTED_MS and opened <= _WANTED_OPENING_SECONDS
    wanted = f"p95 不超过 {_WANTED_MS:.0f} 毫秒、打开不超过 {_WANTED_OPENING_SECONDS:.0f} 秒"
    title = "知识库变大（收录的条款加上拼成的条款；拼成条款的向量也是拼成的，不计算它的时间）"
    return Section(title, _GROWTH_HEADINGS, [row], (verdict(reached, wanted),))


def _grown(size: int) -> tuple[float, float, float, Measured]:
    """Return the seconds to build, to add one document and to open, and how searches went."""
    words = colloquial()
    clauses = list(grown(shipped_clauses(), size))
    one_more = [
        one.model_copy(
            update={
                "id": f"more#{one.article}",
                "document_id": "more",
                "text": NEW_TEXT + one.text,
                "questions": (),
            }
        )
        for one in shipped_clauses()[:40]
    ]
    asked = questions(QUESTIONS)
    with TemporaryDirectory() as folder:
        index = LibraryIndex(Path(folder), _grown_embedder(), words)
        built = _seconds(lambda: index.sync(clauses))
        added = _seconds(lambda: index.sync([*clauses, *one_more]))
        index.close()
        opened = _seconds(lambda: index.search(asked[0].text))
        found = measure(lambda text: [hit.clause.id for hit in index.search(text).hits], asked)
        index.close()
    return built, added, opened, found


def _grown_embedder() -> Embedder:
    """Return this machine's embedder, with made-up vectors for made-up clauses."""
    real = our_embedder()
    if not isinstance(real, SentenceEmbedder):
        return real
    texts = [embedded_text(one, with_questions=True) for one in shipped_clauses()]
    return GrownEmbedder(real, real.embed(texts))


def _measured(name: str) -> Measured | str:
    """Measure a system in a process of its own; the reason when it is not on this machine."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned) as pool:
        try:
            return pool.submit(run, name).result()
        except NotInstalledError as missing:
            return str(missing)


def _missing(name: str, why: str) -> tuple[str, ...]:
    """Return the row of a system that could not be measured."""
    return (f"{name}（未测：{why}）", *["—"] * (len(_HEADINGS) - 1))


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
