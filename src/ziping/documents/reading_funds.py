"""The fund grid and the overall objectives of a form (资金行、年度总体目标)."""

import re
from collections.abc import Iterable

from ziping.documents.annex import PENDING
from ziping.documents.grid import GridCell
from ziping.documents.reading_headings import HeadingRow, fund_source, heading_key, is_section
from ziping.documents.reading_record import Reading
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Objective,
    PrintedFund,
)
from ziping.domain.fields import TITLES
from ziping.domain.text import clean, is_mark

AMOUNTS = ("initial_budget", "annual_budget", "received", "executed")
PRINTED = ("weight", "rate", "points")
UNKNOWN_SOURCE = "行名不是常见的资金来源，暂归入“其他资金”"


def read_funds(reading: Reading, head: HeadingRow, rows: Iterable[int]) -> tuple[FundRow, ...]:
    """Return the fund rows below their headings."""
    reading.use(*head.cells)
    found: list[FundRow] = []
    keys: list[str] = []
    for row in rows:
        labels = [
            cell
            for cell in reading.grid.starting_in(row)
            if cell.column < head.first_column and not is_section(heading_key(cell.text))
        ]
        label = re.sub(r"\s+", "", "".join(cell.text for cell in labels))
        source = fund_source(label)
        has_amounts = any(_cell(reading, head, row, name) for name in AMOUNTS)
        if not label or (source is None and not has_amounts):
            continue
        reading.use(*labels)
        key = (source or FundSource.OTHER).value
        keys.append(key if key not in keys else f"{key}.{len(keys) + 1}")
        found.append(_fund_row(reading, head, row, f"funds/{keys[-1]}", (label, source, labels[0])))
    return tuple(found)


def _cell(reading: Reading, head: HeadingRow, row: int, name: str) -> GridCell | None:
    return reading.cell_at(row, head.columns[name]) if name in head.columns else None


def _fund_row(
    reading: Reading,
    head: HeadingRow,
    row: int,
    path: str,
    title: tuple[str, FundSource | None, GridCell],
) -> FundRow:
    """Return one fund row with what it shows."""
    label, source, label_cell = title
    usual = FUND_SOURCE_TITLES[source or FundSource.OTHER]
    own_label = "" if heading_key(label) == heading_key(usual) else label
    if own_label:
        note = "" if source else UNKNOWN_SOURCE
        reading.record(f"{path}/label", f"{label} · {TITLES['label']}", label_cell, label, note)
    values = {
        name: reading.take(
            f"{path}/{name}", f"{label} · {TITLES[name]}", _cell(reading, head, row, name)
        )
        for name in AMOUNTS
    }
    printed = {
        name: printed_text(
            reading, f"{path}/printed/{name}", f"{label} · {TITLES[name]}",
            _cell(reading, head, row, name),
        )
        for name in PRINTED
    }  # fmt: skip
    return FundRow(
        source=source or FundSource.OTHER,
        label=own_label,
        printed=PrintedFund(**printed),
        **values,
    )


def printed_text(reading: Reading, path: str, label: str, cell: GridCell | None) -> str:
    """Return a figure as the table shows it; a mark for nothing and 待定 are blank."""
    if cell is None or cell.problem:
        return reading.take(path, label, cell)
    if is_mark(clean(cell.text[:100])) or cell.text.strip() == PENDING:
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
