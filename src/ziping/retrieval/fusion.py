"""One order out of references, keywords and vectors (融合排序)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ziping.retrieval.lexical import Mask, Scores

BY_REFERENCE, BY_WORDS, BY_MEANING = "文号条款", "关键词", "语义"

_NAMED_DOCUMENT = np.float32(1.6)
"""Clauses of a document that the query names count this much more."""
_NAMED_ARTICLE = np.float32(1.15)
_OTHER_PLACE = np.float32(0.75)
"""Clauses of a province that the query does not name count this much less."""
_EXACT = 2.0
_DEPTH = 60
_NEAR = 0.2
"""A lower cosine is chance."""
_BY_TEXT = 0.9
"""A clause whose text alone answers best counts this much of the best with 问法, so that
documents without 问法 are not crowded out by those with many."""
_MEANT = 0.02
"""A smaller part of the score is not told as a reason."""


@dataclass(frozen=True)
class Found:
    """A clause row with its fused score and what found it."""

    row: int
    score: float
    by: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """Rows that the query names, or whose province it does not name."""

    document: Mask
    article: Mask
    other_place: Mask


@dataclass(frozen=True)
class Nearness:
    """What the vectors say of a query (语义相近)."""

    cosines: Mapping[int, float]
    """Of the rows nearest in meaning."""
    trust: float
    """Share of the vectors in the fused score."""
    unseen: Mask
    """Clauses without vectors, which are judged by their words alone."""


def weighed(scores: Scores, named: Named, allowed: Mask) -> Scores:
    """Return keyword scores with what the query names counted in; 0 where not allowed."""
    factor = np.where(named.document, _NAMED_DOCUMENT, np.float32(1))
    factor = factor * np.where(named.article & ~named.document, _NAMED_ARTICLE, np.float32(1))
    factor = factor * np.where(named.other_place & ~named.document, _OTHER_PLACE, np.float32(1))
    result: Scores = np.where(allowed, scores * factor, np.float32(0)).astype(np.float32)
    return result


def top_rows(scores: Scores, count: int) -> list[int]:
    """Return the rows with the highest scores above 0."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > count:
        # All ties at the edge are kept, so that the order does not depend on row numbers.
        edge = np.partition(scores[rows], len(rows) - count)[len(rows) - count]
        rows = rows[scores[rows] >= edge]
    return [int(one) for one in rows]


def better_side(scores: Scores, by_text: Scores) -> Scores:
    """Return each clause's share of the highest score, with its 问法 or by its text alone."""
    alone = np.float32(_BY_TEXT) * _of_highest(by_text)
    better: Scores = np.maximum(_of_highest(scores), alone)
    return better


def fuse(shares: Scores, named: Named, allowed: Mask, nearness: Nearness | None) -> list[Found]:
    """Return candidates with fused scores, in no order.

    Args:
        shares: Keyword scores as shares of the highest, from `better_side`.
        named: What the query names.
        allowed: Clauses that pass the filter.
        nearness: What the vectors say; None when they were not asked.
    """
    exact = set(_exact(shares, named, allowed))
    cosines = nearness.cosines if nearness else {}
    near = {row: one for row, one in cosines.items() if allowed[row] and one > _NEAR}
    closeness = _spread(near)
    found = []
    for row in {*top_rows(shares, _DEPTH), *near, *exact}:
        words = float(shares[row])
        score = words
        if nearness and near and not nearness.unseen[row]:
            score += nearness.trust * (closeness.get(row, 0.0) - words)
        by = [BY_REFERENCE] if row in exact or named.document[row] else []
        by += [BY_WORDS] if words > _MEANT else []
        by += [BY_MEANING] if row in near else []
        found.append(Found(row, score + (_EXACT if row in exact else 0.0), tuple(by)))
    return found


def _spread(near: Mapping[int, float]) -> dict[int, float]:
    """Return cosines spread from 0 for the farthest of the nearest to 1 for the nearest.

    Models differ in where their cosines lie; what tells is how they differ from one another.
    """
    highest, lowest = max(near.values(), default=0.0), min(near.values(), default=0.0)
    if len(near) < _DEPTH:
        # In a small library even the farthest is among the nearest.
        lowest = min(lowest, _NEAR)
    width = highest - lowest
    return {row: (one - lowest) / width if width > 0 else 1.0 for row, one in near.items()}


def _of_highest(scores: Scores) -> Scores:
    """Return scores as shares of the highest."""
    highest = scores.max(initial=0.0)
    return scores / highest if highest > 0 else scores


def _exact(scores: Scores, named: Named, allowed: Mask) -> Sequence[int]:
    """Return the rows of the very articles that the query names."""
    both = np.flatnonzero(named.document & named.article & allowed)
    if len(both) <= _DEPTH:
        return [int(one) for one in both]
    order = np.argsort(-scores[both], kind="stable")[:_DEPTH]
    return [int(both[one]) for one in order]
