"""Which table of a file that came back is of which project (表格的归属)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ziping.documents.returned_rows import texts_of
from ziping.documents.word_written import WrittenRow

_MOST_PARTS = 3
"""Tables a project's form may have been parted into."""
_STILL_THE_TABLE = 0.3
"""Share of its cells by which a table is known."""

Cells = Counter[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _Way:
    """Owners of the first tables, and how many cells they explain."""

    score: int = 0
    owners: list[int | None] = field(default_factory=list)


def owners_of(
    projects: Sequence[Sequence[WrittenRow]], tables: Sequence[Sequence[WrittenRow]]
) -> list[int | None]:
    """Return of which project each table is, in the projects' order; None: of none.

    A project's form may stand in several tables, as it does on narrower pages.
    """
    wanted = [_cells(one) for one in projects]
    found = [_cells(one) for one in tables]
    ways = [[_Way() for _ in range(len(wanted) + 1)] for _ in range(len(found) + 1)]
    for t in range(len(found) + 1):
        for p in range(len(wanted) + 1):
            ways[t][p] = _best(ways, wanted, found, t, p)
    return ways[-1][-1].owners


def _best(
    ways: list[list[_Way]], wanted: Sequence[Cells], found: Sequence[Cells], t: int, p: int
) -> _Way:
    """Return the best owners of the first `t` tables among the first `p` projects."""
    options = [_Way()] if t == 0 else []
    if t:
        before = ways[t - 1][p]
        options.append(_Way(before.score, [*before.owners, None]))
    if p:
        options.append(ways[t][p - 1])
    for parts in range(1, min(_MOST_PARTS, t) + 1 if p else 1):
        cells: Cells = sum((found[n] for n in range(t - parts, t)), Counter())
        common = (cells & wanted[p - 1]).total()
        if common > _STILL_THE_TABLE * min(wanted[p - 1].total(), cells.total()):
            before = ways[t - parts][p - 1]
            options.append(_Way(before.score + common, [*before.owners, *[p - 1] * parts]))
    return max(options, key=lambda one: one.score)


def _cells(rows: Sequence[WrittenRow]) -> Cells:
    """Return the words of a table's cells, by column."""
    return Counter((column, text) for row in rows for column, text in texts_of(row).items() if text)
