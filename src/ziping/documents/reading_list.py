"""The headings of a list of projects, and the block of rows that each project has (项目清单).

A list has the headings of all blocks of the form side by side in one row, and under them some rows
a project.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ziping.documents.grid import Grid, GridCell
from ziping.documents.reading_headings import TOTALS, field_of, heading_key, is_note, is_total_title
from ziping.domain.text import clean

HEADING_ROWS = 15
"""Rows from the top within which the headings of a list stand."""

_NUMBERS = frozenset({"序号", "编号", "项目序号"})
_UNITS = frozenset({"单位", "单位全称"})


@dataclass(slots=True)
class ListHead:
    """The headings of a list: which column is what (清单表头)."""

    row: int
    top: int
    labels: dict[str, int] = field(default_factory=dict)
    funds: dict[str, int] = field(default_factory=dict)
    objectives: dict[str, int] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)
    source: int | None = None
    total: int | None = None
    number: int | None = None
    unknown: list[int] = field(default_factory=list)

    @property
    def is_list(self) -> bool:
        """Whether a row of headings makes a list: names beside lines."""
        has_line = "level3" in self.indicators or "level2" in self.indicators
        has_value = "target" in self.indicators or "actual" in self.indicators
        return "name" in self.labels and has_line and has_value


@dataclass(slots=True)
class ListBlock:
    """The rows of one project (一个项目的行)."""

    rows: list[int]
    strays: list[GridCell] = field(default_factory=list)
    """Cells near it that belong to no project."""


def find_list(grid: Grid) -> ListHead | None:
    """Return the headings of a list; None for any other table."""
    for row in grid.row_numbers[:HEADING_ROWS]:
        names = [grid.at(row, column) for column in range(grid.width)]
        if any(cell and field_of("labels", cell.text) == "name" for cell in names):
            head = _head_in(grid, row)
            if head.is_list:
                return head
    return None


def _head_in(grid: Grid, row: int) -> ListHead:
    """Return what the columns of a row are, if it were the headings of a list."""
    head = ListHead(row, row)
    is_line = False
    seen: list[GridCell] = []
    for column in range(grid.width):
        cell = grid.at(row, column)
        if cell is None or cell in seen or cell.row + cell.rows - 1 > row:
            continue
        seen.append(cell)
        head.top = min(head.top, cell.row)
        is_line = is_line or field_of("indicators", cell.text) in ("level1", "level2", "level3")
        _place_column(head, column, cell.text, is_line=is_line)
    return head


def _place_column(head: ListHead, column: int, text: str, *, is_line: bool) -> None:
    """Enter a column under what its heading names; left of the lines it is the project's."""
    key = heading_key(text)
    blocks = (
        ("indicators", head.indicators),
        ("labels", head.labels),
        ("funds", head.funds),
        ("objectives", head.objectives),
    )
    for block, columns in blocks if is_line else (*blocks[1:], blocks[0]):
        name = field_of(block, text) or ("unit" if block == "labels" and key in _UNITS else "")
        if name and name not in columns:
            columns[name] = column
            return
    if key in TOTALS and head.total is None:
        head.total = column
    elif key == "资金来源" and head.source is None:
        head.source = column
    elif key in _NUMBERS and head.number is None:
        head.number = column
    else:
        head.unknown.append(column)


def list_blocks(grid: Grid, head: ListHead) -> Iterator[ListBlock]:
    """Yield the rows of each project, told apart by unit, name and, where it does, by number."""
    rows = [row for row in grid.row_numbers if row > head.row]
    is_numbered = head.number is not None and any(
        starting_at(grid, row, head.number) is None for row in rows
    )
    current: ListBlock | None = None
    known: tuple[str, ...] = ()
    strays: list[GridCell] = []
    for row in rows:
        cells = grid.starting_in(row)
        name = starting_at(grid, row, head.labels["name"])
        if (
            is_note(cells[0].text)
            or (name and is_total_title(name.text))
            or (is_total_title(cells[0].text) and not name)
        ):
            strays += cells
            continue
        key = _key(grid, row, head, known, is_numbered=is_numbered)
        if current is not None and (key == known or not (name or key[0] != known[0])):
            current.rows.append(row)
            continue
        if name is None:
            strays += cells
            continue
        if current is not None:
            current.strays += strays
            strays = []
            yield current
        current, known = ListBlock([row]), key
    if current is not None:
        current.strays += strays
        yield current


def _key(
    grid: Grid, row: int, head: ListHead, known: tuple[str, ...], *, is_numbered: bool
) -> tuple[str, ...]:
    """Return number, unit and name of the project a row belongs to; blanks mean the one above."""
    columns = (
        head.number if is_numbered else None,
        head.labels.get("unit", head.labels.get("implementing_unit")),
        head.labels["name"],
    )
    before = known or ("",) * len(columns)
    return tuple(
        clean(cell.text) if column is not None and (cell := starting_at(grid, row, column)) else old
        for column, old in zip(columns, before, strict=True)
    )


def starting_at(grid: Grid, row: int, column: int | None) -> GridCell | None:
    """Return the cell that begins at a place."""
    cell = None if column is None else grid.at(row, column)
    return cell if cell is not None and cell.row == row else None
