"""Whether a figure is what the other side states on another basis (口径)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.numbers import round_half_up
from ziping.domain.scores import RateBase
from ziping.review.comparing import is_slip
from ziping.review.readings import Reading

AMOUNTS: Mapping[str, str] = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "received": "实际到位数",
    "executed": "全年执行数",
}
"""The amounts of a fund row, each a basis of the others."""

_RATES: Mapping[RateBase, tuple[str, str]] = {
    RateBase.ANNUAL_BUDGET: ("executed", "annual_budget"),
    RateBase.INITIAL_BUDGET: ("executed", "initial_budget"),
    RateBase.RECEIVED: ("executed", "received"),
    RateBase.RECEIPT: ("received", "initial_budget"),
    RateBase.RECEIPT_ANNUAL: ("received", "annual_budget"),
}
"""Numerator and denominator of each rate."""


@dataclass(frozen=True, slots=True)
class FundBases:
    """The amounts of one side's fund row, and the weight its rate is scored with (资金口径)."""

    title: str
    """Name of the side."""
    amounts: Mapping[str, Decimal]
    weight: Decimal | None = None

    def rates(self) -> Iterator[tuple[RateBase, Decimal]]:
        """Yield every rate that can be formed."""
        for base, (over, under) in _RATES.items():
            if self.amounts.get(under) and over in self.amounts:
                yield base, self.amounts[over] / self.amounts[under]

    def points(self) -> Iterator[tuple[RateBase, Decimal]]:
        """Yield the points every execution rate would give."""
        for base, rate in self.rates():
            if _RATES[base][0] == "executed" and self.weight is not None:
                yield base, self.weight * min(rate, Decimal(1))


def amount_basis(field: str, left: FundBases, right: FundBases) -> str:
    """Return in words on which other basis one side's amount stands on the other side, or nothing.

    One coincidence alone does not outweigh a slip of the pen: where a project was spent in full,
    its amounts are the same on every basis.
    """
    a, b = left.amounts.get(field), right.amounts.get(field)
    if not a or not b:
        return ""
    on_right = [one for one in AMOUNTS if one != field and right.amounts.get(one) == a]
    on_left = [one for one in AMOUNTS if one != field and left.amounts.get(one) == b]
    if not (on_right or on_left) or (not (on_right and on_left) and is_slip(a, b)):
        return ""
    parts = [
        f"{one.title}的{AMOUNTS[field]}与{other.title}的{_listed(found)}相同"
        for one, other, found in ((left, right, on_right), (right, left, on_left))
        if found
    ]
    return "；".join(parts)


def _listed(fields: list[str]) -> str:
    """Return the names of amounts."""
    return "、".join(AMOUNTS[one] for one in fields)


def rate_basis(a: Reading, b: Reading, left: FundBases, right: FundBases) -> str:
    """Return in words by which base each side's rate is formed where the two bases differ."""
    formed = [*left.rates(), *right.rates()]
    return _told(_matching(a, formed), _matching(b, formed), left, right)


def points_basis(a: Reading, b: Reading, left: FundBases, right: FundBases) -> str:
    """Return in words by which base each side scores the rate where the two bases differ."""
    formed = [(base, round_half_up(one, 2)) for base, one in (*left.points(), *right.points())]
    return _told(_matching(a, formed), _matching(b, formed), left, right)


def _matching(stated: Reading, formed: list[tuple[RateBase, Decimal]]) -> list[RateBase]:
    """Return the bases that give a stated figure at the precision it is written with."""
    found = (
        base
        for base, value in formed
        if stated.value is not None and round_half_up(value, -stated.grain) == stated.value
    )
    return list(dict.fromkeys(found))


def _told(
    on_left: list[RateBase], on_right: list[RateBase], left: FundBases, right: FundBases
) -> str:
    """Return both sides' bases in words, where both are known and none is the other's."""
    if not on_left or not on_right or set(on_left) & set(on_right):
        return ""
    sides = ((left.title, on_left[0]), (right.title, on_right[0]))
    return "，".join(f"{title}按“{base}”计算" for title, base in sides)
