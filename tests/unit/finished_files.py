"""Finished reports as people have them: running text and tables, as Word or as plain text.

Each file of `finished_reports/` says what its report is, and lists by hand everything that is wrong
in its text; a finding that is not listed there is a false alarm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml
from tests.unit.import_tables import FUND_HEADS, LINE_HEADS, Put, docx_file

from ziping.domain.evaluation import FUND_SOURCE_TITLES, SelfEvaluation

FOLDER = Path(__file__).with_name("finished_reports")
NAMES = tuple(sorted(one.stem for one in FOLDER.glob("*.yaml")))


@dataclass(frozen=True)
class Finished:
    """A finished report and what is wrong in its text (定稿样本)."""

    name: str
    place: str
    lines: tuple[str, ...]
    tables: tuple[SelfEvaluation, ...]
    expected: dict[str, tuple[str, ...]]
    """Rule -> a stretch of each sentence or cell it must be found at."""
    on_table: tuple[str, ...] = ()
    """Rules that must speak up on its tables."""

    @property
    def docx(self) -> bytes:
        """Return it as a Word file."""
        return docx_file(*(list(form_cells(one)) for one in self.tables), lines=self.lines)

    @property
    def txt(self) -> bytes:
        """Return it as the text a converter makes of the Word file: a cell a line."""
        tables = "\n\n附件\n项目支出绩效自评表\n".join(as_text(one) for one in self.tables)
        head = "附件\n项目支出绩效自评表\n" if self.tables else ""
        return ("\n".join(self.lines) + f"\n\n\n{head}{tables}\n\n1\n").encode()

    def line_of(self, words: str) -> int:
        """Return the line of the text file in which words stand, from 1."""
        return next(at for at, one in enumerate(self.lines, 1) if words in one)


@cache
def finished(name: str) -> Finished:
    """Return a finished report by the name of its file."""
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    tables = [
        SelfEvaluation.model_validate({"id": f"p{number}", **_spelt(one)})
        for number, one in enumerate(data.get("tables", ()), 1)
    ]
    expected: dict[str, list[str]] = {}
    for one in data["wrong"] or ():
        [(rule, words)] = one.items()
        expected.setdefault(rule, []).append(words)
    return Finished(
        name=name,
        place=data.get("place", ""),
        lines=tuple(data["text"].rstrip("\n").split("\n")),
        tables=tuple(tables),
        expected={rule: tuple(words) for rule, words in expected.items()},
        on_table=tuple(data.get("table_wrong", ())),
    )


def _spelt(table: dict[str, object]) -> dict[str, object]:
    """Return a table with its indicator rows, written as lists for short, spelt out."""
    keys = ("level1", "level2", "level3", "target", "actual", "weight", "points", "deviation")
    lines = []
    rows = table["indicators"]
    assert isinstance(rows, list)
    for number, row in enumerate(rows, 1):
        line = dict(zip(keys, map(str, row), strict=False))
        points = line.pop("points", "")
        lines.append({"id": f"i{number}", **line, "printed": {"points": points}})
    return {**table, "indicators": lines}


def form_cells(one: SelfEvaluation) -> Iterator[Put]:
    """Yield the published form of a self-evaluation."""
    yield Put(0, 0, "项目支出绩效自评表", columns=9)
    yield Put(1, 0, "项目支出名称")
    yield Put(1, 1, one.name, columns=8)
    yield Put(2, 0, "主管部门")
    yield Put(2, 1, one.competent_department, columns=3)
    yield Put(2, 4, "实施单位")
    yield Put(2, 5, one.implementing_unit, columns=4)
    yield Put(3, 0, f"项目资金\n（{one.fund_unit.value}）", rows=len(one.funds) + 1)
    yield Put(3, 1, "", columns=2)
    yield from (Put(3, column, text) for column, text in enumerate(FUND_HEADS, 3))
    for row, fund in enumerate(one.funds, 4):
        yield Put(row, 1, fund.label or FUND_SOURCE_TITLES[fund.source], columns=2)
        printed = (fund.printed.weight, fund.printed.rate, fund.printed.points)
        shown = (fund.initial_budget, fund.annual_budget, fund.executed, *printed)
        yield from (Put(row, column, text) for column, text in enumerate(shown, 3))
    at = len(one.funds) + 4
    yield Put(at, 0, "年度总体目标", rows=len(one.objectives) + 1)
    yield Put(at, 1, "预期目标", columns=4)
    yield Put(at, 5, "实际完成情况", columns=4)
    for row, objective in enumerate(one.objectives, at + 1):
        yield Put(row, 1, objective.expected, columns=4)
        yield Put(row, 5, objective.achieved, columns=4)
    yield from _lines(one, at + len(one.objectives) + 1)


def _lines(one: SelfEvaluation, at: int) -> Iterator[Put]:
    """Yield the indicator grid and the total row."""
    yield Put(at, 0, "绩效指标", rows=len(one.indicators) + 1)
    yield from (Put(at, column, text) for column, text in enumerate(LINE_HEADS, 1))
    row = at + 1
    for level1, group in groupby(one.indicators, lambda line: line.level1):
        lines = list(group)
        yield Put(row, 1, level1, rows=len(lines))
        for line in lines:
            values = (line.level2, line.level3, line.target, line.actual, line.weight)
            shown = (*values, line.printed.points, line.deviation)
            yield from (Put(row, column, text) for column, text in enumerate(shown, 2))
            row += 1
    yield Put(row, 0, "总分", columns=6)
    yield Put(row, 6, "100")
    yield Put(row, 7, one.printed.total)
    yield Put(row, 8, "")


def as_text(one: SelfEvaluation) -> str:
    """Return the form with each cell on a line of its own, merged cells once."""
    cells = sorted(form_cells(one), key=lambda cell: (cell.row, cell.column))
    starts = {(cell.row, cell.column) for cell in cells}
    merged = [
        Put(row, cell.column, "")
        for cell in cells
        for row in range(cell.row + 1, cell.row + cell.rows)
        if cell.column < 2 and (row, cell.column) not in starts
    ]
    ordered = sorted([*cells, *merged], key=lambda cell: (cell.row, cell.column))
    rows = groupby((cell for cell in ordered if cell.row), key=lambda cell: cell.row)
    return "\n".join("".join(f"\t{cell.text}\n" for cell in row) for _, row in rows)
