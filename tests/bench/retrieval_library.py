"""Clauses, questions and measures of the retrieval bench."""

import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from ziping.content.library import Content
from ziping.domain.library import LibraryClause, Origin
from ziping.retrieval.embedding import Embedder, offline_embedder
from ziping.services.library import digest_clauses

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = Path(__file__).with_name("retrieval_questions.yaml")
"""For tuning."""
VECTORS = ROOT / "knowledge" / "vectors.npz"
HELD = Path(__file__).with_name("retrieval_held.yaml")
"""For reporting."""

Ranker = Callable[[str], list[str]]
"""Question -> clause ids, best first."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the clauses that answer it."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """How well and how fast a system finds clauses."""

    recall: tuple[float, float, float]
    """At 1, 5 and 10."""
    mrr: float
    core_ms: tuple[float, float]
    """Median and 95th percentile of the time of one core."""
    clock_ms: tuple[float, float]
    index_seconds: float = 0.0
    peak_mib: float = 0.0


def shipped_clauses() -> list[LibraryClause]:
    """Return the digests that ship with the program."""
    documents = Content(ROOT).documents().values()
    return [clause for document in documents for clause in digest_clauses(document)]


def colloquial() -> dict[str, tuple[str, ...]]:
    """Return the lexicon that ships with the program."""
    return dict(Content(ROOT).lexicon().colloquial)


def our_embedder() -> Embedder:
    """Return the embedder of an installation without an endpoint."""
    return offline_embedder(colloquial(), VECTORS)


def questions(path: Path) -> list[Question]:
    """Return the questions of a file."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Question(one["question"], frozenset(one["gold"])) for one in listed]


def measure(rank: Ranker, asked: Sequence[Question]) -> Measured:
    """Return what a system reaches on questions; it has answered one to warm up."""
    rank(asked[0].text)
    places, core, clock = [], [], []
    for one in asked:
        core_start, clock_start = time.process_time(), time.perf_counter()
        found = rank(one.text)
        core.append(time.process_time() - core_start)
        clock.append(time.perf_counter() - clock_start)
        hits = [at for at, name in enumerate(found, 1) if name in one.gold]
        places.append(hits[0] if hits else 0)
    at_most = [sum(0 < place <= k for place in places) / len(places) for k in (1, 5, 10)]
    return Measured(
        recall=(at_most[0], at_most[1], at_most[2]),
        mrr=sum(1 / place for place in places if 0 < place <= 10) / len(places),
        core_ms=_middle_and_tail(core),
        clock_ms=_middle_and_tail(clock),
    )


def peak_mib() -> float:
    """Return the most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def grown(clauses: Sequence[LibraryClause], size: int) -> Iterator[LibraryClause]:
    """Yield clauses and then made-up documents out of their sentences, up to a size."""
    yield from clauses
    chance = random.Random(7)  # noqa: S311 - not a secret
    sentences = [part for one in clauses for part in one.text.split("。") if len(part) > 8]
    made, number = len(clauses), 0
    while made < size:
        number += 1
        for article in range(1, min(chance.randint(20, 90), size - made) + 1):
            text = "。".join(chance.sample(sentences, chance.randint(1, 4))) + "。"
            yield clauses[0].model_copy(
                update={
                    "id": f"grown{number}#第{article}条",
                    "document_id": f"grown{number}",
                    "document": f"{chance.choice(sentences)[:12]}管理办法",
                    "number": f"某财〔2020〕{number}号",
                    "article": f"第{article}条",
                    "title": "",
                    "text": text,
                    "origin": Origin.ORIGINAL,
                    "questions": (),
                }
            )
            made += 1


def _middle_and_tail(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    middle, tail = np.percentile(np.array(seconds) * 1000, [50, 95])
    return float(middle), float(tail)
