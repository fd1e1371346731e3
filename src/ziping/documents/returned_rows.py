"""Which row of a table that came back is which of those exported (表格行的对应)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ziping.documents.manifest import squeeze
from ziping.documents.word_written import WrittenRow

_ALIKE = 0.35
"""Share of equal cells from which two rows may be one."""
_BLANK_WEIGHT = 0.1
_OWN_COLUMNS = 3
"""Columns from here on belong to the row alone; those before may be merged over several."""


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row as exported and as it came back, by their places; None: it has no counterpart."""

    before: int | None
    after: int | None
    is_moved: bool = False


def texts_of(row: WrittenRow) -> dict[int, str]:
    """Return the words of a row by column, as they are compared."""
    return {column: squeeze(cell.text) for column, cell in row.items()}


def pair_rows(before: Sequence[WrittenRow], after: Sequence[WrittenRow]) -> list[RowPair]:
    """Return which rows belong together, in the order of the file that came back."""
    old, new = [texts_of(one) for one in before], [texts_of(one) for one in after]
    anchors = aligned([[likeness(a, b) for b in new] for a in old], len(new))
    pairs = [RowPair(a, b) for a, b in anchors]
    pairs += _in_gaps(anchors, len(old), len(new), old, new)
    free_old = [n for n in range(len(old)) if n not in {one.before for one in pairs}]
    free_new = [n for n in range(len(new)) if n not in {one.after for one in pairs}]
    for a in list(free_old):
        b = next((n for n in free_new if _own(new[n]) == _own(old[a])), None)
        if b is not None:
            pairs.append(RowPair(a, b, is_moved=True))
            free_old.remove(a)
            free_new.remove(b)
    pairs += [RowPair(a, None) for a in free_old]
    pairs += [RowPair(None, b) for b in free_new]
    return sorted(pairs, key=_place)


def _place(pair: RowPair) -> tuple[float, int]:
    """Return where a pair is told: at its place in the file, a removed row at its old one."""
    if pair.after is not None:
        return pair.after, 1
    return (pair.before or 0) - 0.5, 0


def _own(texts: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    """Return the words of the columns that belong to a row alone."""
    return tuple((column, text) for column, text in texts.items() if column >= _OWN_COLUMNS)


def likeness(old: Mapping[int, str], new: Mapping[int, str]) -> float:
    """Return which share of two rows' cells is equal; blank cells hardly count."""
    weight = equal = 0.0
    for column in {*old, *new}:
        a, b = old.get(column), new.get(column)
        size = 1.0 if a or b else _BLANK_WEIGHT
        weight += size
        equal += size if a == b else 0.0
    return equal / weight if weight else 1.0


def aligned(score: Sequence[Sequence[float]], columns: int) -> list[tuple[int, int]]:
    """Return the pairs in order that are the most alike altogether, by their likeness."""
    rows = len(score)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            paired = score[a][b] + best[a + 1][b + 1] if score[a][b] >= _ALIKE else -1.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < rows and b < columns:
        if score[a][b] >= _ALIKE and best[a][b] == score[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _in_gaps(
    anchors: Sequence[tuple[int, int]],
    rows: int,
    others: int,
    old: Sequence[Mapping[int, str]],
    new: Sequence[Mapping[int, str]],
) -> list[RowPair]:
    """Return the rows between anchors, where as many came back: they were changed all over.

    A row that is found elsewhere word for word has moved, and is left out.
    """
    found: list[RowPair] = []
    ends = [(-1, -1), *anchors, (rows, others)]
    whole = {_own(one) for one in new}
    for (a, b), (c, d) in pairwise(ends):
        if c - a != d - b or c - a == 1:
            continue
        gap = list(zip(range(a + 1, c), range(b + 1, d), strict=True))
        if not any(_own(old[x]) in whole for x, _ in gap):
            found += [RowPair(x, y) for x, y in gap]
    return found
