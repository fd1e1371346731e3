"""This year's figures beside last year's, and by how much they differ (上年比较)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ziping.domain.amounts import read_amount
from ziping.domain.cells import read_actual, read_target
from ziping.domain.direction import direction_of
from ziping.domain.evaluation import FundRow, FundSource, Indicator, SelfEvaluation
from ziping.domain.numbers import read_number
from ziping.domain.quantities import Cell, CellKind
from ziping.domain.rates import rate_text
from ziping.domain.rules import Lexicon


class Compared(StrEnum):
    """What of two years is compared (比较项)."""

    INITIAL_BUDGET = "年初预算数"
    ANNUAL_BUDGET = "全年预算数"
    EXECUTED = "全年执行数"
    TOTAL = "总分"
    TARGET = "年度指标值"
    ACTUAL = "实际完成值"


_ZERO = Decimal(0)
_AMOUNTS = {
    Compared.INITIAL_BUDGET: "initial_budget",
    Compared.ANNUAL_BUDGET: "annual_budget",
    Compared.EXECUTED: "executed",
}


@dataclass(frozen=True, slots=True)
class YearChange:
    """A figure of this year beside last year's (比较行)."""

    of: Compared
    indicator_id: str
    """Blank for a figure of the project as a whole."""
    last: str
    """As last year's report said it."""
    now: str
    """As entered."""
    change: Decimal | None
    """As a fraction of last year's figure; None: not to be compared."""
    is_eased: bool = False
    """Whether a target was made easier, or a result is worse."""

    @property
    def change_text(self) -> str:
        """The change as people read it: +12.5%; blank when there is none to tell."""
        if self.change is None:
            return ""
        return f"{'+' if self.change > 0 else ''}{rate_text(self.change, 1)}"


def year_changes(
    evaluation: SelfEvaluation, fiscal_year: int, lexicon: Lexicon, total: Decimal | None = None
) -> tuple[YearChange, ...]:
    """Return every figure that both years state, the project's first; none for a new project.

    Args:
        evaluation: The self-evaluation with last year's figures in it.
        fiscal_year: This year.
        lexicon: Words by which cells are read.
        total: This year's total; None while undetermined.
    """
    if not evaluation.previous.fiscal_year.strip():
        return ()
    found = [*_amounts(evaluation), *_total(evaluation, total)]
    for line in evaluation.indicators:
        found += _line(line, fiscal_year, lexicon)
    return tuple(found)


def _amounts(evaluation: SelfEvaluation) -> Iterator[YearChange]:
    row = evaluation.fund(FundSource.TOTAL) or FundRow(source=FundSource.TOTAL)
    for of, name in _AMOUNTS.items():
        last, now = getattr(evaluation.previous, name), getattr(row, name)
        if last.strip():
            before, after = (read_amount(text, evaluation.fund_unit).value for text in (last, now))
            yield YearChange(of, "", last, now, _share(before, after))


def _total(evaluation: SelfEvaluation, total: Decimal | None) -> Iterator[YearChange]:
    last = read_number(evaluation.previous.total).value
    if last is not None:
        now = "" if total is None else str(total)
        yield YearChange(Compared.TOTAL, "", evaluation.previous.total, now, _share(last, total))


def _line(line: Indicator, fiscal_year: int, lexicon: Lexicon) -> Iterator[YearChange]:
    """Yield target and actual value of an indicator that last year had too."""
    target = read_target(line.target, fiscal_year=fiscal_year, lexicon=lexicon)
    operator = direction_of(line.level1, line.level2, line.level3, target, lexicon).operator
    is_lower_better = operator is not None and operator.is_lower_better
    for of, last, now, cell, before in (
        (
            Compared.TARGET,
            line.previous.target,
            line.target,
            target,
            read_target(line.previous.target, fiscal_year=fiscal_year - 1, lexicon=lexicon),
        ),
        (
            Compared.ACTUAL,
            line.previous.actual,
            line.actual,
            read_actual(line.actual, fiscal_year=fiscal_year, lexicon=lexicon),
            read_actual(line.previous.actual, fiscal_year=fiscal_year - 1, lexicon=lexicon),
        ),
    ):
        if last.strip():
            change = _cell_change(before, cell)
            is_known = operator is not None and change is not None and change != 0
            is_eased = is_known and ((change or _ZERO) > _ZERO) is is_lower_better
            yield YearChange(of, line.id, last, now, change, is_eased)


def _cell_change(before: Cell, after: Cell) -> Decimal | None:
    """Return the change between two cells of one measure."""
    is_number = before.kind is after.kind is CellKind.NUMBER
    if not is_number or before.unit != after.unit or before.sense is not after.sense:
        return None
    return _share(before.value, after.value)


def _share(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return a change as a fraction of the figure before; None where there is no such fraction."""
    if not before or before < 0 or after is None:
        return None
    return (after - before) / before
