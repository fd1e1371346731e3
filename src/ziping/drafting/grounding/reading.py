"""What the words around a figure say it is of (归属)."""

from dataclasses import dataclass

from ziping.drafting.grounding.entries import Entry
from ziping.drafting.grounding.roles import COUNTS, Role


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says a figure is of (归属)."""

    roles: frozenset[Role] = frozenset()
    """Empty: the words do not say."""
    lines: frozenset[str] = frozenset()
    """Indicators or dimensions it may be of; empty: the words do not say."""
    project: str = ""
    """Project it is of; `*` for a sum over projects; blank: the words do not say."""
    is_of_project: bool = False
    """The project is named right before."""
    funds: frozenset[str] = frozenset()
    is_fund_only: bool = False
    """The fund row stands right beside: the total is not meant."""
    is_sure: bool = False
    """The label stands right beside the figure."""
    is_open: bool = False
    """No strong label: it may be a sum or difference that is no fact."""
    is_clash: bool = False
    """The label beside it is of another measure, as in 总分98%."""
    is_goal: bool = False
    """It is said to be a target, of whatever item."""
    is_plain: bool = False
    """It stands right behind an indicator's name, with no label: the result is meant."""

    def is_apt(self, entry: Entry) -> bool:
        """Whether an entry is of the project spoken of."""
        if not self.project or entry.role in {Role.PROJECTS, Role.AVERAGE}:
            return True
        return entry.project in {"", self.project}

    def allows(self, entry: Entry) -> bool:
        """Whether an entry is what the words speak of."""
        if not self.is_apt(entry):
            return False
        if (entry.fund or self.is_fund_only) and entry.fund not in self.funds:
            return False
        if self.roles and entry.role not in self.roles:
            return False
        if entry.role in COUNTS:
            return self._allows_count(entry)
        if not entry.line or not self.lines:
            return bool(entry.line) or not self.lines or bool(self.roles)
        return entry.line in self.lines

    def _allows_count(self, entry: Entry) -> bool:
        """Whether a count of indicators is meant, and of those named."""
        if not self.roles & COUNTS:
            return False
        return entry.line in self.lines if self.lines else not entry.line
