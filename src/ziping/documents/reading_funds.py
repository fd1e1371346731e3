"""The fund grid and the overall objectives of a form (资金行、年度总体目标)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ziping.documents.annex import PENDING
from ziping.documents.carried import RECEIVED, carried_pairs, fund_title
from ziping.documents.grid import GridCell
from ziping.documents.reading_glued import GLUED_NOTE, NOT_SPLIT, is_glued, split_glued
from ziping.documents.reading_headings import (
    HeadingRow,
    field_of,
    fund_source,
    heading_key,
    is_section,
)
from ziping.documents.reading_record import Reading
from ziping.domain.amounts import read_amount
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    FundUnit,
    Objective,
    PrintedFund,
)
from ziping.domain.fields import TITLES
from ziping.domain.text import clean

AMOUNTS = ("initial_budget", "annual_budget", "received", "executed")
PRINTED = ("weight", "rate", "points")
UNKNOWN_SOURCE = "行名不是常见的资金来源，暂归入“其他资金”"
STATED_WEIGHT_NOTE = "分值写在表头里"
_OTHER_BLOCK = frozenset({"情况说明", "资金管理情况"})
"""Headings that end the fund grid: what follows is words about managing the money."""
_GLUED_TITLE = re.compile(r"([^0-9]{2,40})([0-9][0-9.]+%[0-9.]+)")
_STATED_WEIGHT = re.compile(r"\(?([0-9]{1,2}(?:\.[0-9])?)分")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Row:
    """A fund row of the grid: its title and its cells (资金行)."""

    label: str
    titles: tuple[GridCell, ...]
    cells: dict[str, GridCell | None]


def read_funds(reading: Reading, head: HeadingRow, rows: Iterable[int]) -> tuple[FundRow, ...]:
    """Return the fund rows below their headings."""
    reading.use(*head.cells)
    found: list[FundRow] = []
    keys: list[str] = []
    for row in rows:
        if any(heading_key(cell.text) in _OTHER_BLOCK for cell in reading.grid.starting_in(row)):
            break
        one = _paired(reading, head, row) or _titled(reading, head, row)
        source = fund_source(one.label)
        if not one.label or (source is None and not _has_amounts(one, reading)):
            continue
        reading.use(*one.titles)
        key = (source or FundSource.OTHER).value
        keys.append(key if key not in keys else f"{key}.{len(keys) + 1}")
        found.append(_fund_row(reading, one, source, f"funds/{keys[-1]}"))
    return _with_stated_weight(reading, head, found)


def _titled(reading: Reading, head: HeadingRow, row: int) -> _Row:
    """Return a row whose title stands left of the amounts, figures glued into one cell split."""
    titles = [
        cell
        for cell in reading.grid.starting_in(row)
        if cell.column < head.first_column and not is_section(heading_key(cell.text))
    ]
    label = re.sub(r"\s+", "", "".join(cell.text for cell in titles))
    cells = {name: reading.cell_at(row, columns) for name, columns in head.columns.items()}
    filled = [cell for cell in cells.values() if cell]
    if not filled and titles and (glued := _GLUED_TITLE.fullmatch(label)):
        label, filled = glued[1], [replace(titles[-1], text=glued[2])]
    if len(filled) == 1 and is_glued(filled[0].text):
        order = sorted(head.columns, key=lambda name: head.columns[name])
        values = split_glued(filled[0].text, order)
        note = "；".join(filter(None, (GLUED_NOTE, filled[0].note)))
        cells = {
            name: replace(filled[0], text=text, note=note, shown="")
            for name, text in values.items()
        }
        if not values:
            reading.skip(filled[0], NOT_SPLIT)
    return _Row(label, tuple(titles), cells)


def _paired(reading: Reading, head: HeadingRow, row: int) -> _Row | None:
    """Return a row whose amounts each have a title of their own: 预算数 62.73 到位数 62.73."""
    titles: list[GridCell] = []
    cells: dict[str, GridCell | None] = {}
    for name, columns in head.columns.items():
        inside = [
            cell
            for cell in reading.grid.starting_in(row)
            if columns[0] <= cell.column <= columns[-1]
        ]
        label, colon, value = (inside[0].text if inside else "").replace("：", ":").rpartition(":")
        if len(inside) == _PAIR and fund_source(inside[0].text):
            titles.append(inside[0])
            cells[name] = inside[1]
        elif len(inside) == 1 and colon and fund_source(label):
            titles.append(replace(inside[0], text=label))
            cells[name] = replace(inside[0], text=value) if value.strip() else None
            reading.use(inside[0])
        elif len(inside) == 1 and fund_source(inside[0].text):
            titles.append(inside[0])
        elif len(inside) == 1:
            cells[name] = inside[0]
    if not titles or any(
        cell.column < head.first_column and not is_section(heading_key(cell.text))
        for cell in reading.grid.starting_in(row)
    ):
        return None
    label = re.sub(r"\s+", "", titles[0].text)
    is_total = fund_source(label) is FundSource.TOTAL
    return _Row(FUND_SOURCE_TITLES[FundSource.TOTAL] if is_total else label, tuple(titles), cells)


def _has_amounts(row: _Row, reading: Reading) -> bool:
    """Return whether a row holds an amount, and not the words of another block."""
    unit = reading.fund_unit or FundUnit.TEN_THOUSAND_YUAN
    texts = [cell.text for name in AMOUNTS if (cell := row.cells.get(name)) and not cell.problem]
    return any(read_amount(text, unit).value is not None for text in texts) or any(
        cell.problem for cell in row.cells.values() if cell
    )


def _fund_row(reading: Reading, row: _Row, source: FundSource | None, path: str) -> FundRow:
    """Return one fund row with what it shows."""
    usual = FUND_SOURCE_TITLES[source or FundSource.OTHER]
    label = row.label
    own_label = "" if heading_key(label) == heading_key(usual) else label
    if own_label:
        note = "" if source else UNKNOWN_SOURCE
        reading.record(f"{path}/label", f"{label} · {TITLES['label']}", row.titles[0], label, note)
    values = {
        name: reading.take(
            f"{path}/{name}",
            f"{label} · {TITLES[name]}",
            row.cells.get(name),
            note=_doubt(row.cells.get(name)),
        )
        for name in AMOUNTS
    }
    printed = {
        name: printed_text(
            reading, f"{path}/printed/{name}", f"{label} · {TITLES[name]}", row.cells.get(name)
        )
        for name in PRINTED
    }
    return FundRow(
        source=source or FundSource.OTHER,
        label=own_label,
        printed=PrintedFund(**printed),
        **values,
    )


def _doubt(cell: GridCell | None) -> str:
    """Return why an amount cannot be read, for the person who confirms it."""
    return "" if cell is None else read_amount(cell.text, FundUnit.TEN_THOUSAND_YUAN).problem


def _with_stated_weight(
    reading: Reading, head: HeadingRow, found: list[FundRow]
) -> tuple[FundRow, ...]:
    """Return the rows with the weight that a heading states, in the total row."""
    total = next((one for one in found if one.source is FundSource.TOTAL), None)
    if total is None or "weight" in head.columns or total.printed.weight:
        return tuple(found)
    beside = [cell for cell in reading.grid.starting_in(head.row) if cell not in head.cells]
    for cell in (*beside, *head.cells):
        stated = _STATED_WEIGHT.search(clean(cell.text[:100]))
        if stated and (cell in beside or field_of("funds", cell.text) == "points"):
            path = f"funds/{total.source.value}/printed/weight"
            label = f"{FUND_SOURCE_TITLES[total.source]} · {TITLES['weight']}"
            reading.record(path, label, cell, stated[1], STATED_WEIGHT_NOTE)
            printed = total.printed.model_copy(update={"weight": stated[1]})
            changed = total.model_copy(update={"printed": printed})
            return tuple(changed if one is total else one for one in found)
    return tuple(found)


def with_received(
    reading: Reading, funds: tuple[FundRow, ...], rows: Iterable[int]
) -> tuple[FundRow, ...]:
    """Return the rows with 实际到位数 from our own note under the table."""
    found = list(funds)
    for cell in (one for row in rows for one in reading.grid.starting_in(row)):
        at = 0
        for title, text in carried_pairs(cell.text, RECEIVED):
            place = next((n for n in range(at, len(found)) if fund_title(found[n]) == title), None)
            if place is None or found[place].received:
                continue
            path = f"funds/{found[place].source.value}/received"
            label = f"{title} · {TITLES['received']}"
            reading.use(cell)
            reading.record(path, label, cell, text)
            found[place] = found[place].model_copy(update={"received": text})
            at = place + 1
    return tuple(found)


def printed_text(reading: Reading, path: str, label: str, cell: GridCell | None) -> str:
    """Return a figure as the table shows it, a mark for nothing as well; 待定 is blank."""
    if cell is None or cell.problem:
        return reading.take(path, label, cell)
    if cell.text.strip() == PENDING:
        reading.use(cell)
        return ""
    return reading.take(path, label, cell, displayed=True)


def read_objectives(
    reading: Reading, head: HeadingRow, rows: Iterable[int]
) -> tuple[Objective, ...]:
    """Return the overall objectives below their headings, blank rows left out."""
    reading.use(*head.cells)
    found: list[Objective] = []
    for row in rows:
        cells = {name: reading.cell_at(row, columns) for name, columns in head.columns.items()}
        if not any(cells.values()):
            continue
        path = f"objectives/{len(found) + 1}"
        texts = {
            name: reading.take(f"{path}/{name}", f"{TITLES['objectives']} · {TITLES[name]}", cell)
            for name, cell in cells.items()
        }
        if any(texts.values()):
            found.append(Objective(**texts))
    return tuple(found)
