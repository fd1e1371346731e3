"""What a rule makes of one line, before a person's own points are looked at (规则结果)."""

from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.rules import Basis
from ziping.domain.scores import LineKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rule's answer for a line; `points` is None while it cannot be said (未定)."""

    kind: LineKind
    basis: Basis
    points: Decimal | None
    reason: str
    formula: str = ""
    distance: str = ""
    met: bool | None = None
    ratio: Decimal | None = None
    needs: str = ""
    lacks: str = ""
    """Field of the line that `needs` is about."""
    problem: str = ""
    notes: tuple[str, ...] = ()
    given: Decimal | None = None
    """Points a person gave, where the rule itself asks a person (qualitative lines)."""
    low: Decimal | None = None
    """Least the line can come to while undetermined; None: 0."""
    high: Decimal | None = None
    """Most the line can come to while undetermined; None: the weight."""


def undetermined(
    kind: LineKind,
    basis: Basis,
    needs: str,
    *,
    lacks: str = "actual",
    notes: tuple[str, ...] = (),
) -> Outcome:
    """Return the outcome of a line that needs something before it has points."""
    return Outcome(
        kind=kind,
        basis=basis,
        points=None,
        reason=f"暂不计分：{needs}",
        needs=needs,
        lacks=lacks,
        notes=notes,
    )
