"""Which row of one side is which row of the other: by name, then by id, then by likeness (配对)."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

LIKE = 0.6
"""Share of common pairs of characters from which two names may mean one thing."""
HARDLY_LIKE = 0.3
"""The same of two rows that also carry one id."""


@dataclass(frozen=True, slots=True)
class Named:
    """A row with what it may be recognised by (待配对行)."""

    id: str
    name: str
    """Blank where the row has none."""
    group: str = ""
    """What the row stands under; rows of another group match only by the whole name."""


def pair(
    left: Sequence[Named], right: Sequence[Named]
) -> tuple[tuple[int | None, int | None], ...]:
    """Return the places of rows that belong together, and of those that stand alone.

    The same rows are paired whichever side comes first. In the left side's order; rows of the
    right side alone come last.
    """
    found: dict[int, int] = {}
    for step in (_by_whole_name, _by_name, _by_id, _by_likeness):
        open_left = [n for n in range(len(left)) if n not in found]
        open_right = [n for n in range(len(right)) if n not in found.values()]
        found |= dict(step(left, right, open_left, open_right))
    alone = (n for n in range(len(right)) if n not in found.values())
    return (*((n, found.get(n)) for n in range(len(left))), *((None, n) for n in alone))


def plain_name(name: str) -> str:
    """Return a name as it is compared: one width, no spaces, no punctuation."""
    return "".join(one for one in unicodedata.normalize("NFKC", name) if one.isalnum()).lower()


def likeness(one: str, other: str) -> float:
    """Return which share of neighbouring pairs of characters two names have in common."""
    a, b = _pairs(plain_name(one)), _pairs(plain_name(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pairs(name: str) -> set[str]:
    """Return the neighbouring pairs of characters of a name, a lone character as itself."""
    return {name[n : n + 2] for n in range(len(name) - 1)} or set(name)


_Pairs = Iterator[tuple[int, int]]


def _by_key(
    keys_left: dict[int, tuple[str, ...]], keys_right: dict[int, tuple[str, ...]]
) -> _Pairs:
    """Yield the places of equal keys, the first with the first, the second with the second."""
    waiting: dict[tuple[str, ...], list[int]] = {}
    for place, key in keys_right.items():
        waiting.setdefault(key, []).append(place)
    for place, key in keys_left.items():
        if queue := waiting.get(key):
            yield place, queue.pop(0)


def _by_whole_name(
    left: Sequence[Named], right: Sequence[Named], open_left: list[int], open_right: list[int]
) -> _Pairs:
    """Pair rows of one name in one group."""
    return _by_key(
        {n: (left[n].group, key) for n in open_left if (key := plain_name(left[n].name))},
        {n: (right[n].group, key) for n in open_right if (key := plain_name(right[n].name))},
    )


def _by_name(
    left: Sequence[Named], right: Sequence[Named], open_left: list[int], open_right: list[int]
) -> _Pairs:
    """Pair rows of one name in whatever group."""
    return _by_key(
        {n: (key,) for n in open_left if (key := plain_name(left[n].name))},
        {n: (key,) for n in open_right if (key := plain_name(right[n].name))},
    )


def _by_id(
    left: Sequence[Named], right: Sequence[Named], open_left: list[int], open_right: list[int]
) -> _Pairs:
    """Pair rows of one id, unless their names speak of different things."""
    same = _by_key({n: (left[n].id,) for n in open_left}, {n: (right[n].id,) for n in open_right})
    yield from ((n, at) for n, at in same if _may_be_one(left[n], right[at]))


def _may_be_one(one: Named, other: Named) -> bool:
    """Whether two rows of one id may be one row."""
    if not plain_name(one.name) or not plain_name(other.name):
        return one.group == other.group
    return likeness(one.name, other.name) >= HARDLY_LIKE


def _by_likeness(
    left: Sequence[Named], right: Sequence[Named], open_left: list[int], open_right: list[int]
) -> _Pairs:
    """Pair the rows whose names are most alike, never one row twice."""
    found = []
    for a, b in product(open_left, open_right):
        share = likeness(left[a].name, right[b].name)
        if share >= LIKE:
            names = sorted((left[a].name, right[b].name))
            found.append((-share, names, abs(a - b), a + b, a, b))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for *_, a, b in sorted(found):
        if a not in used_left and b not in used_right:
            used_left.add(a)
            used_right.add(b)
            yield a, b
