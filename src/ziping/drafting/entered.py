"""What the entered texts amount to before anything is told: fund rows, reasons (录入整理)."""

import re

from ziping.domain.cells import read_actual, read_target
from ziping.domain.evaluation import FundRow, FundSource, Indicator, SelfEvaluation
from ziping.domain.quantities import Cell
from ziping.domain.rules import Lexicon
from ziping.domain.text import clean, is_mark

_OF_WHICH = re.compile(r"^其中\s*[:：]?\s*")


def fund_rows(project: SelfEvaluation) -> tuple[tuple[str, FundRow], ...]:
    """Return the fund rows by the keys field paths give them; of total rows only the first."""
    rows: dict[str, FundRow] = {}
    has_total = False
    for number, row in enumerate(project.funds, 1):
        source = row.source.value
        if row.source is FundSource.TOTAL and has_total:
            continue
        has_total = has_total or row.source is FundSource.TOTAL
        rows[source if source not in rows else f"{source}.{number}"] = row
    return tuple(rows.items())


def row_name(label: str) -> str:
    """Return a row's title without 其中：."""
    return _OF_WHICH.sub("", label)


def reason_of(indicator: Indicator, lexicon: Lexicon) -> str:
    """Return the reason a person gave for points or a deviation; blank when it says nothing."""
    given = (indicator.points_reason, indicator.deviation)
    return next((one for one in given if _explains(one, lexicon)), "")


def _explains(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is more than a mark, 无偏差 or a stock phrase."""
    said = clean(text).strip("。.；;，, ")
    empty = {"", *lexicon.no_deviation_phrases, *lexicon.stock_phrases}
    return said not in empty and not is_mark(said)


class CellReader:
    """Reads targets and actual values, each text once however many sections tell it."""

    def __init__(self, lexicon: Lexicon, fiscal_year: int) -> None:
        """Read dates without a year as of the fiscal year."""
        self._lexicon = lexicon
        self._year = fiscal_year
        self._targets: dict[str, Cell] = {}
        self._actuals: dict[str, Cell] = {}

    def target(self, raw: str) -> Cell:
        """Read a 年度指标值."""
        if raw not in self._targets:
            self._targets[raw] = read_target(raw, fiscal_year=self._year, lexicon=self._lexicon)
        return self._targets[raw]

    def actual(self, raw: str) -> Cell:
        """Read a 实际完成值."""
        if raw not in self._actuals:
            self._actuals[raw] = read_actual(raw, fiscal_year=self._year, lexicon=self._lexicon)
        return self._actuals[raw]
