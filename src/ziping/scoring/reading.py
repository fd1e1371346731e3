"""An indicator with its cells read, as the rules need it (读好的指标行)."""

from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.evaluation import Indicator
from ziping.domain.quantities import Cell
from ziping.domain.rules import Level1, QuantitativeRule, RuleSet


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator row, its weight known and its target and actual value read."""

    line: Indicator
    level1: Level1 | None
    target: Cell
    actual: Cell
    weight: Decimal
    rule_set: RuleSet

    @property
    def rule(self) -> QuantitativeRule:
        """The rule for numbers and dates."""
        return self.rule_set.quantitative

    @property
    def places(self) -> int:
        """Decimal places a line is rounded to."""
        return self.rule_set.rounding_places
