"""A project's figures as rows of cells that can be paired with another side's (待比对的表)."""

from collections.abc import Iterator
from dataclasses import dataclass

from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Indicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.fields import TITLES
from ziping.domain.numbers import read_number
from ziping.domain.reconciliation import FigureKind
from ziping.domain.rules import Lexicon
from ziping.review.bases import AMOUNTS, FundBases
from ziping.review.matching import Named
from ziping.review.readings import (
    Reading,
    read_grade,
    read_money,
    read_points,
    read_share,
    read_value,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a row (单元格)."""

    field: str
    """Path within its row, which is also what pairs it with the other side's."""
    label: str
    kind: FigureKind
    reading: Reading


@dataclass(frozen=True, slots=True)
class Row:
    """A fund row, an indicator, or the results of a project (行)."""

    path: str
    """Field path of the row."""
    title: str
    named: Named
    cells: tuple[Cell, ...]
    bases: FundBases | None = None

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that state something."""
        return tuple(one for one in self.cells if not one.reading.is_blank)


@dataclass(frozen=True, slots=True)
class Table:
    """One project of one side (一方的项目)."""

    named: Named
    title: str
    path: str
    funds: tuple[Row, ...]
    indicators: tuple[Row, ...]
    results: Row

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in table order."""
        return (*self.funds, *self.indicators, self.results)


def tables_of(report: Report, title: str, lexicon: Lexicon) -> tuple[Table, ...]:
    """Return the projects of one side, which is called `title`."""
    return tuple(
        Table(
            named=Named(one.id, one.name),
            title=one.name or f"项目{number}（未命名）",
            path=one.id,
            funds=tuple(_fund_rows(one, title)),
            indicators=tuple(_indicator_rows(one, report.fiscal_year, lexicon)),
            results=_results(one),
        )
        for number, one in enumerate(report.projects, 1)
    )


def _fund_rows(project: SelfEvaluation, title: str) -> Iterator[Row]:
    """Yield the fund rows; rows of one source are told apart by their order."""
    seen: dict[FundSource, int] = {}
    for place, row in enumerate(project.funds, 1):
        seen[row.source] = seen.get(row.source, 0) + 1
        is_first = seen[row.source] == 1
        key = row.source.value if is_first else f"{row.source.value}.{place}"
        yield _fund_row(project, row, key, title)


def _fund_row(project: SelfEvaluation, row: FundRow, key: str, title: str) -> Row:
    """Return one fund row."""
    cells = [
        Cell(name, label, FigureKind.AMOUNT, read_money(getattr(row, name), project.fund_unit))
        for name, label in AMOUNTS.items()
    ]
    printed = row.printed
    if row.source is FundSource.TOTAL:
        cells += (
            Cell("printed/weight", "分值", FigureKind.POINTS, read_points(printed.weight)),
            Cell("printed/rate", "执行率", FigureKind.RATE, read_share(printed.rate)),
            Cell("printed/points", "得分", FigureKind.POINTS, read_points(printed.points)),
        )
    amounts = {one.field: one.reading.value for one in cells if one.field in AMOUNTS}
    usual = FUND_SOURCE_TITLES[row.source].removeprefix("其中：")
    label = row.label.removeprefix("其中：") or usual
    return Row(
        path=f"{project.id}/funds/{key}",
        title=label,
        named=Named(key, row.label if row.source is FundSource.OTHER else usual, row.source.value),
        cells=tuple(cells),
        bases=FundBases(
            title,
            {name: value for name, value in amounts.items() if value is not None},
            read_number(printed.weight).value,
        ),
    )


def _indicator_rows(project: SelfEvaluation, year: int, lexicon: Lexicon) -> Iterator[Row]:
    """Yield the indicators."""

    def value(line: Indicator, name: str) -> Cell:
        raw = getattr(line, name)
        reading = read_value(raw, is_target=name == "target", fiscal_year=year, lexicon=lexicon)
        return Cell(name, TITLES[name], FigureKind.VALUE, reading)

    for line in project.indicators:
        yield Row(
            path=f"{project.id}/indicators/{line.id}",
            title=line.level3 or line.level2 or line.level1 or line.id,
            named=Named(line.id, line.level3, f"{line.level1}/{line.level2}"),
            cells=(
                value(line, "target"),
                value(line, "actual"),
                Cell("weight", "分值", FigureKind.POINTS, read_points(line.weight)),
                Cell("printed/points", "得分", FigureKind.POINTS, read_points(line.printed.points)),
            ),
        )


def _results(project: SelfEvaluation) -> Row:
    """Return the total and the grade."""
    printed = project.printed
    return Row(
        path=project.id,
        title="",
        named=Named("results", ""),
        cells=(
            Cell("printed/total", "总分", FigureKind.POINTS, read_points(printed.total)),
            Cell("printed/grade", "等级", FigureKind.GRADE, read_grade(printed.grade)),
        ),
    )


def described(row: Row) -> str:
    """Return what a row states, in words."""
    return "，".join(f"{one.label} {one.reading.raw.strip()}" for one in row.filled)
