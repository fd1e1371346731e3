"""Differences and rates of fund rows and of sums over projects, not in the ledger (推算数据)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ziping.domain.amounts import amount_text
from ziping.domain.numbers import shifted
from ziping.drafting.grounding.entries import ANY_PROJECT, Entry
from ziping.drafting.grounding.mentions import Dimension
from ziping.drafting.grounding.roles import AMOUNTS, Role

_YUAN = 4
_DIFFERENCES = (
    (Role.ADJUSTMENT, Role.ANNUAL, Role.INITIAL),
    (Role.UNSPENT, Role.ANNUAL, Role.EXECUTED),
    (Role.RECEIPT_GAP, Role.ANNUAL, Role.RECEIVED),
    (Role.BALANCE, Role.RECEIVED, Role.EXECUTED),
)
_RATES = (
    (Role.ON_ANNUAL, Role.EXECUTED, Role.ANNUAL),
    (Role.EXECUTION, Role.EXECUTED, Role.ANNUAL),
    (Role.ON_INITIAL, Role.EXECUTED, Role.INITIAL),
    (Role.ON_RECEIVED, Role.EXECUTED, Role.RECEIVED),
    (Role.RECEIPT, Role.RECEIVED, Role.INITIAL),
    (Role.RECEIPT_ANNUAL, Role.RECEIVED, Role.ANNUAL),
    (Role.REST_RATE, Role.UNSPENT, Role.ANNUAL),
    (Role.REST_RATE, Role.BALANCE, Role.RECEIVED),
    (Role.ADJUSTMENT_RATE, Role.ADJUSTMENT, Role.INITIAL),
)


def derived_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Return differences and rates of each fund row and of the sums over projects."""
    rows: dict[tuple[str, str], dict[Role, Entry]] = defaultdict(dict)
    for one in entries:
        is_row = one.role in AMOUNTS and not one.line and one.dimension is Dimension.MONEY
        if is_row:
            rows[one.project, one.fund].setdefault(one.role, one)
    return [
        found
        for (project, fund), row in rows.items()
        for found in _of_row(row)
        if fund or project == ANY_PROJECT or found.role is Role.REST_RATE
    ]


def _of_row(row: dict[Role, Entry]) -> Iterator[Entry]:
    """Yield the differences and rates of one row."""
    values = {role: one.value for role, one in row.items()}
    like = next(iter(row.values()))
    for role, left, right in _DIFFERENCES:
        if left in values and right in values:
            gap = abs(values[left] - values[right])
            values[role] = gap
            shown = amount_text(shifted(gap, -_YUAN))
            yield _entry(like, Dimension.MONEY, gap, role, shown)
    for role, over, under in _RATES:
        if over in values and values.get(under):
            yield _entry(like, Dimension.RATE, values[over] / values[under], role, "")


def _entry(like: Entry, dimension: Dimension, value: Decimal, role: Role, shown: str) -> Entry:
    """Return an entry of the same row."""
    return Entry("", dimension, value, role, shown, like.project, "", like.fund, "", like.name)
