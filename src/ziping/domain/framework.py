"""The checklist of the national indicator framework (指标体系框架)."""

from ziping.domain.model import Record


class FrameworkPoint(Record):
    """One level-3 item with what to consider (核对要点)."""

    id: str
    """Path-like, e.g. `decision.basis`."""
    level1: str
    level2: str
    level3: str
    points: tuple[str, ...]
    """What to consider, in our words."""
    formula: str = ""
    """The item's formula in words, when it has one."""
    clause: str
    """Clause id it rests on."""


class Framework(Record):
    """The framework as a whole; carries no points (指标体系框架)."""

    id: str
    title: str
    items: tuple[FrameworkPoint, ...]
