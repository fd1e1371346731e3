"""Collecting facts for the ledger, each kind with its display form (数据项登记)."""

from decimal import Decimal

from ziping.domain.draft import Fact
from ziping.drafting.figures import to_amount, to_inline, to_percent, to_points


class FactBuilder:
    """Collects facts under a prefix."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.facts: dict[str, Fact] = {}

    def name(self, fact_id: str, title: str, raw: str, source: str, of: str = "") -> None:
        """Add a name or an entered value, unless it is blank."""
        if display := to_inline(raw):
            self.facts[fact_id] = Fact(
                id=fact_id, title=title, display=display, source=source, of=of
            )

    def amount(self, fact_id: str, title: str, value: Decimal, source: str, of: str) -> None:
        """Add an amount in 万元."""
        self._figure(fact_id, title, to_amount(value), value, "万元", source, of)

    def rate(self, fact_id: str, title: str, value: Decimal, source: str, of: str) -> None:
        """Add a rate."""
        self._figure(fact_id, title, to_percent(value), value, "%", source, of)

    def points(self, fact_id: str, title: str, value: Decimal, source: str, of: str) -> None:
        """Add points."""
        self._figure(fact_id, title, to_points(value), value, "分", source, of)

    def count(self, fact_id: str, title: str, value: int, unit: str, of: str) -> None:
        """Add a count."""
        self._figure(fact_id, title, f"{value}{unit}", Decimal(value), unit, "逐行计数", of)

    def _figure(  # noqa: PLR0913, PLR0917 - the fields of a fact, in order
        self,
        fact_id: str,
        title: str,
        display: str,
        value: Decimal,
        unit: str,
        source: str,
        of: str,
    ) -> None:
        self.facts[fact_id] = Fact(
            id=fact_id, title=title, display=display, value=value, unit=unit, source=source, of=of
        )
