"""Postings of a batch of texts: which rows hold a token, and how much each counts (倒排表)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ziping.retrieval.tokens import Codes, Rows, tokenise

_SATURATION = 1.4
"""BM25's k1."""
_ROW_BITS = 19
MAX_ROWS = 1 << _ROW_BITS


@dataclass(frozen=True)
class TextField:
    """One field of all rows, blank where a row has none (字段)."""

    texts: Sequence[str]
    weight: float
    usual_length: float
    """Fixed, so that a row's postings do not depend on what it is indexed beside."""
    slope: float
    """BM25's b: how much longer texts are discounted."""
    is_asked: bool = False
    """Whether it holds ways people ask (问法), which only some rows have."""


@dataclass(frozen=True)
class Postings:
    """Compressed rows: tokens ascending, for each its rows and their saturated counts (倒排表)."""

    tokens: Codes
    starts: npt.NDArray[np.int64]
    """One longer than `tokens`."""
    rows: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.float32]
    asked: npt.NDArray[np.float32]
    """What of each impact comes from 问法; empty when no row has any."""

    def of(self, token: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Return the rows that hold a token, ascending, and its impact on each."""
        part = self._part(token)
        return self.rows[part], self.impacts[part]

    def asked_of(self, token: int) -> npt.NDArray[np.float32]:
        """Return what of a token's impacts comes from 问法; empty when no row has any."""
        return self.asked[self._part(token)] if len(self.asked) else self.asked

    def _part(self, token: int) -> slice:
        """Return where a token's rows are; nowhere for one that no row holds."""
        at = int(np.searchsorted(self.tokens, np.uint64(token)))
        if at == len(self.tokens) or int(self.tokens[at]) != token:
            return slice(0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))


def build_postings(fields: Sequence[TextField]) -> Postings:
    """Return the postings of rows whose fields are weighed into one count (BM25F)."""
    keys, shares = zip(*(_weighed(one) for one in fields), strict=True)
    key, share = np.concatenate(keys), np.concatenate(shares)
    is_asked = np.repeat([one.is_asked for one in fields], [len(one) for one in keys])
    order = np.argsort(key, kind="stable")
    key, share, is_asked = key[order], share[order], is_asked[order]
    firsts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else key.astype(np.int64)
    impacts = _saturated(np.add.reduceat(share, firsts) if len(key) else share)
    asked = np.empty(0, np.float32)
    if is_asked.any():
        told = np.add.reduceat(np.where(is_asked, 0.0, share), firsts)
        asked = impacts - _saturated(told)
    unique = key[firsts]
    token = unique >> np.uint64(_ROW_BITS)
    rows = (unique & np.uint64(MAX_ROWS - 1)).astype(np.int32)
    starts = np.flatnonzero(np.r_[True, token[1:] != token[:-1]]) if len(token) else firsts
    return Postings(
        tokens=token[starts],
        starts=np.r_[starts, len(token)].astype(np.int64),
        rows=rows,
        impacts=impacts,
        asked=asked,
    )


def _saturated(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return what weighed counts add to a score."""
    return (counts * (_SATURATION + 1) / (counts + _SATURATION)).astype(np.float32)


def _weighed(one: TextField) -> tuple[Codes, npt.NDArray[np.float64]]:
    """Return a field's tokens joined with their rows, and what each occurrence counts."""
    batch = tokenise(one.texts)
    norms = 1 - one.slope + one.slope * batch.lengths / one.usual_length
    share = one.weight / np.maximum(norms, 1 - one.slope)
    rows: Rows = batch.rows
    return (batch.tokens << np.uint64(_ROW_BITS)) | rows.astype(np.uint64), share[rows]
