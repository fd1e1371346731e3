"""Gathering what is proposed, as patches of this report's fields (汇集建议)."""

from dataclasses import dataclass, field
from decimal import Decimal

from ziping.chat.titles import spoken
from ziping.chat.values import Value, ValueKind
from ziping.domain.amounts import amount_in, read_amount
from ziping.domain.cells import read_actual, read_target
from ziping.domain.evaluation import FundUnit, Report
from ziping.domain.fields import flatten
from ziping.domain.grounding import Span
from ziping.domain.numbers import plain, read_number, shifted
from ziping.domain.patches import Patch, with_patch
from ziping.domain.quantities import Operator
from ziping.domain.rules import Lexicon

AMOUNTS = ("initial_budget", "annual_budget", "received", "executed")
POWERS = {FundUnit.YUAN: 0, FundUnit.TEN_THOUSAND_YUAN: -4, FundUnit.HUNDRED_MILLION_YUAN: -8}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A value for a field and the words it came from (建议值)."""

    path: str
    text: str
    start: int
    end: int
    note: str = ""


@dataclass(slots=True)
class Proposals:
    """What one thing said proposes, field by field."""

    report: Report
    lexicon: Lexicon
    said: str
    """As said, not made plain."""
    found: dict[str, Proposed] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    """Fields that hold the proposed value already, in words."""
    clashes: list[tuple[Proposed, Proposed]] = field(default_factory=list)

    def put(self, one: Proposed, *, corrects: bool = False) -> None:
        """Propose a value; a second one for the same field counts only as a correction."""
        before = self.found.get(one.path)
        if (
            before is not None
            and not corrects
            and not self._is_same(one.path, before.text, one.text)
        ):
            self.clashes.append((before, one))
            return
        if corrects:
            self.clashes = [pair for pair in self.clashes if pair[0].path != one.path]
        self.found[one.path] = one

    def withdraw_last(self, other: str, text: str) -> None:
        """Take back the last figure where it turns out to be that of another field."""
        last = next(reversed(self.found), "")
        if last and last != other and self.found[last].text == text:
            del self.found[last]

    def number(self, path: str) -> Decimal | None:
        """Return the figure a field holds, what was just proposed before what is stored."""
        one = self.found.get(path)
        return self._number_of(path, one.text if one else flatten(self.report).get(path, ""))

    def unit_of(self, path: str) -> FundUnit:
        """Return the unit of money of a path's project."""
        project = self.report.project(path.partition("/")[0])
        return project.fund_unit if project else FundUnit.TEN_THOUSAND_YUAN

    def amount_text(self, path: str, value: Value) -> str:
        """Return an amount as the fund grid of its project holds it."""
        number = value.number or Decimal(0)
        if value.kind is ValueKind.MONEY:
            number = shifted(number, POWERS[self.unit_of(path)])
        return plain(number)

    def patches(self) -> tuple[Patch, ...]:
        """Return the patches, those that would change nothing left out."""
        made = []
        report = self.report
        leaves = flatten(report)
        unclear = {before.path for before, _ in self.clashes}
        for one in self.found.values():
            if one.path in unclear:
                continue
            old = leaves.get(one.path, "")
            report = with_patch(report, one.path, one.text)
            if self._is_same(one.path, old, one.text):
                self.same.append(spoken(one.path, report))
                continue
            made.append((one, old))
        return tuple(self._patch(report, one, old) for one, old in made)

    def _patch(self, report: Report, one: Proposed, old: str) -> Patch:
        return Patch(
            path=one.path,
            label=spoken(one.path, report),
            old=old,
            new=one.text,
            said=self.said[one.start : one.end],
            span=Span(start=one.start, end=one.end),
            note=one.note,
        )

    def _number_of(self, path: str, text: str) -> Decimal | None:
        """Return the figure of a text in a field; amounts in the unit of the grid."""
        leaf = path.rpartition("/")[2]
        if leaf in AMOUNTS:
            unit = self.unit_of(path)
            amount = read_amount(text, unit)
            return None if amount.value is None else amount_in(amount.value, unit)
        if leaf in ("target", "actual"):
            read = read_target if leaf == "target" else read_actual
            cell = read(text, fiscal_year=self.report.fiscal_year, lexicon=self.lexicon)
            return cell.value
        return read_number(text).value

    def _is_said_shorter(self, path: str, old: str, new: str) -> bool:
        """Whether a cell is said again: its bound or its unit left out, or a unit added."""
        leaf = path.rpartition("/")[2]
        if leaf not in ("target", "actual"):
            return False
        read = read_target if leaf == "target" else read_actual
        held, told = (
            read(one, fiscal_year=self.report.fiscal_year, lexicon=self.lexicon)
            for one in (old, new)
        )
        is_bound_said = bool(told.operator) and told.operator is not Operator.EQUAL
        same = held.value is not None and (held.value, held.upper) == (told.value, told.upper)
        return same and not is_bound_said and len({held.unit, told.unit} - {""}) <= 1

    def _is_same(self, path: str, old: str, new: str) -> bool:
        """Whether two texts of a field say the same."""
        if old.strip() == new.strip() or self._is_said_shorter(path, old, new):
            return True
        if (
            path.rpartition("/")[2] not in (*AMOUNTS, "weight", "points")
            and "level1_weights" not in path
        ):
            return False
        before = self._number_of(path, old)
        return before is not None and before == self._number_of(path, new)
