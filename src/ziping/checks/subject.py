"""What the rules look at: a self-evaluation with every cell read once (校验对象)."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ziping.domain.amounts import amount_in, read_amount
from ziping.domain.cells import read_actual, read_target
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Indicator,
    SelfEvaluation,
)
from ziping.domain.fields import unique_parts
from ziping.domain.findings import Place
from ziping.domain.levels import split_level1
from ziping.domain.numbers import plain, read_number
from ziping.domain.quantities import Amount, Cell, CellKind, Number
from ziping.domain.rules import Level1, Lexicon, RuleSet
from ziping.domain.scores import LineScore, ScoreSheet
from ziping.domain.text import clean, is_blank, is_mark

COLUMNS = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "received": "实际到位数",
    "executed": "全年执行数",
}
"""Amount columns of the fund grid."""


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund row with its amounts read (资金行)."""

    key: str
    """Its part of a path."""
    title: str
    row: FundRow
    amounts: dict[str, Amount]
    """By column."""

    def value(self, column: str) -> Decimal | None:
        """Return the amount of a column in 万元."""
        return self.amounts[column].value

    @property
    def is_total(self) -> bool:
        """Whether it is 年度资金总额."""
        return self.row.source is FundSource.TOTAL

    @property
    def has_money(self) -> bool:
        """Whether any amount was entered that is not zero."""
        return any(amount.value for amount in self.amounts.values())


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its cells read and its score beside it (指标行)."""

    indicator: Indicator
    score: LineScore | None
    target: Cell
    actual: Cell
    weight: Number
    printed: Number
    """Points the table shows."""
    given: Number
    """Points a person gave."""
    level1: Level1 | None
    """None: a dimension the national form does not know."""
    level1_name: str
    """Without a weight in brackets."""
    level1_weight: Decimal | None
    """The weight in brackets."""

    @property
    def name(self) -> str:
        """How people call the line."""
        one = self.indicator
        return one.level3.strip() or one.level2.strip() or one.id

    @property
    def applies(self) -> bool:
        """Whether anything is to be judged here: not 无, / or an empty row."""
        nothing = (CellKind.BLANK, CellKind.NOT_APPLICABLE)
        return not (self.target.kind in nothing and self.actual.kind in nothing)

    @property
    def is_unused(self) -> bool:
        """Whether the row is one of the form that was simply not used."""
        one = self.indicator
        unnamed = is_blank(one.level3) or is_mark(clean(one.level3))
        return unnamed and not self.applies and self.weight.value is None

    @property
    def shown(self) -> Number:
        """The points that stand for this line: given by a person, else printed."""
        return self.printed if self.given.value is None else self.given

    @property
    def is_qualitative(self) -> bool:
        """Whether a person judges this line."""
        return self.target.kind in (CellKind.QUALITATIVE, CellKind.STATUS)


@dataclass(frozen=True)
class Subject:
    """One self-evaluation, read."""

    evaluation: SelfEvaluation
    sheet: ScoreSheet
    rule_set: RuleSet
    lexicon: Lexicon
    fiscal_year: int

    def at(self, path: str, *words: str) -> Place:
        """Return a place below the project."""
        return Place(path=f"{self.evaluation.id}/{path}", label=" · ".join(words))

    def at_fund(self, fund: Fund, column: str = "", word: str = "") -> Place:
        """Return the place of a fund row or of one of its cells."""
        words = ("项目资金", fund.title, word or COLUMNS.get(column, ""))
        path = f"funds/{fund.key}/{column}" if column else f"funds/{fund.key}"
        return self.at(path, *(one for one in words if one))

    def at_line(self, line: Line, field: str = "", word: str = "") -> Place:
        """Return the place of an indicator or of one of its cells."""
        path = f"indicators/{line.indicator.id}"
        words = ("绩效指标", line.name, word)
        return self.at(f"{path}/{field}" if field else path, *(one for one in words if one))

    @cached_property
    def funds(self) -> tuple[Fund, ...]:
        """The fund rows, read."""
        rows = self.evaluation.funds
        keys = unique_parts([row.source.value for row in rows])
        return tuple(self._fund(key, row) for key, row in zip(keys, rows, strict=True))

    def _fund(self, key: str, row: FundRow) -> Fund:
        title = row.label.strip() or FUND_SOURCE_TITLES[row.source]
        unit = self.evaluation.fund_unit
        amounts = {column: read_amount(getattr(row, column), unit) for column in COLUMNS}
        return Fund(key=key, title=title, row=row, amounts=amounts)

    @cached_property
    def total(self) -> Fund | None:
        """The row 年度资金总额."""
        return next((fund for fund in self.funds if fund.is_total), None)

    @cached_property
    def details(self) -> tuple[Fund, ...]:
        """The rows the total is made of."""
        return tuple(fund for fund in self.funds if not fund.is_total)

    @cached_property
    def is_total_empty(self) -> bool:
        """Whether the total row is 0 or blank although its detail rows hold money."""
        total = self.total
        has_details = any(fund.has_money for fund in self.details)
        return total is not None and not total.has_money and has_details

    def sum_of_details(self, column: str) -> Decimal | None:
        """Return the sum of the detail rows, None where a row with money leaves it blank."""
        rows = [fund for fund in self.details if fund.has_money]
        values = [fund.value(column) for fund in rows]
        if not values or any(value is None for value in values):
            return None
        return sum((value for value in values if value is not None), Decimal(0))

    def amount(self, column: str) -> Decimal | None:
        """Return what the project has in a column: the total row, or its details when empty."""
        if self.total is None or self.is_total_empty:
            return self.sum_of_details(column)
        return self.total.value(column)

    @cached_property
    def base_column(self) -> str:
        """The column the execution rate is taken on; the other where only that is filled."""
        wanted = self.rule_set.execution.denominator
        other = "initial_budget" if wanted == "annual_budget" else "annual_budget"
        if self.amount(wanted) is None and self.amount(other) is not None:
            return other
        return wanted

    @cached_property
    def execution_rate(self) -> Decimal | None:
        """The unrounded execution rate, also where the total row was left empty."""
        base, executed = self.amount(self.base_column), self.amount("executed")
        if not base or base < 0 or executed is None:
            return None
        return executed / base

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The indicators, read."""
        return tuple(self._line(indicator) for indicator in self.evaluation.indicators)

    def _line(self, indicator: Indicator) -> Line:
        level = split_level1(indicator.level1)
        year, words = self.fiscal_year, self.lexicon
        return Line(
            indicator=indicator,
            score=self.sheet.execution
            if level.level1 is Level1.EXECUTION
            else self.sheet.line(indicator.id),
            target=read_target(indicator.target, fiscal_year=year, lexicon=words),
            actual=read_actual(indicator.actual, fiscal_year=year, lexicon=words),
            weight=read_number(indicator.weight),
            printed=read_number(indicator.printed.points),
            given=read_number(indicator.points),
            level1=level.level1,
            level1_name=level.title,
            level1_weight=level.declared_weight,
        )

    @cached_property
    def has_weights(self) -> bool:
        """Whether any line states its weight."""
        return any(line.weight.value is not None for line in self.lines)

    @cached_property
    def execution_row(self) -> Line | None:
        """The execution rate where the table lists it among the indicators (Hebei's form)."""
        return next((line for line in self.lines if line.level1 is Level1.EXECUTION), None)

    def money(self, value: Decimal) -> str:
        """Return 万元 as the table's own unit shows it, with the unit."""
        return f"{self.bare(value)} {self.evaluation.fund_unit.value}"

    def bare(self, value: Decimal) -> str:
        """Return 万元 as the table's own unit shows it, without the unit."""
        return plain(amount_in(value, self.evaluation.fund_unit))

    def explains(self, text: str) -> bool:
        """Say whether a text gives a reason rather than nothing or a stock phrase."""
        said = text.strip().strip("。.；;，,")
        empty = {"", *self.lexicon.no_deviation_phrases, *self.lexicon.stock_phrases}
        return said not in empty
