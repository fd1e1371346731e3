"""A table of any kind of file as rows and columns of text, merged cells included (表格网格)."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

MAX_COVERED = 20_000
"""Places one merged cell is spread over at most; forms need a few dozen."""
CONTROL_NOTE = "已删去看不见的控制字符"

_KEPT_CONTROLS = "\n\t"
_REMOVED = frozenset({"Cc", "Cf", "Cs"})


def without_controls(text: str) -> tuple[str, bool]:
    """Return the text without control and invisible characters, and whether there were any."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text, False
    kept = "".join(
        one for one in text if one in _KEPT_CONTROLS or unicodedata.category(one) not in _REMOVED
    )
    return kept, len(kept) != len(text)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its first row and column, with how far it reaches."""

    text: str
    row: int
    column: int
    source: str
    """Where it stands, in Chinese."""
    rows: int = 1
    columns: int = 1
    shown: str = ""
    """What the file displays, where that is shorter than the figure it holds."""
    note: str = ""
    """How its text came about where that is not plain; then a person should look again."""
    problem: str = ""
    """Why its value cannot be used, e.g. a formula without a result."""
    line: int | None = None
    """Line of a text file it begins in, from 1."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing visible stands here."""
        return not self.text.strip() and not self.problem


@dataclass(slots=True)
class Grid:
    """The cells with content of one table, found by place (网格)."""

    name: str
    """工作表“自评表” or 表1."""
    caption: tuple[str, ...] = ()
    """Lines that may state title and year: paragraphs before the table, the sheet's name."""
    width: int = 0
    _at: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    _rows: dict[int, list[GridCell]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, cells: Iterable[GridCell], caption: tuple[str, ...] = ()) -> "Grid":
        """Return the grid of these cells; blank ones are left out."""
        grid = cls(name, caption)
        kept = [_without_controls(cell) for cell in cells if not cell.is_blank]
        last_row = max((cell.row for cell in kept), default=0)
        last_column = max((cell.column for cell in kept), default=0)
        grid.width = last_column + 1
        for cell in kept:
            grid._rows.setdefault(cell.row, []).append(cell)
            grid._spread(cell, last_row, last_column)
        for row_cells in grid._rows.values():
            row_cells.sort(key=lambda one: one.column)
        return grid

    def _spread(self, cell: GridCell, last_row: int, last_column: int) -> None:
        """Enter a cell at every place it covers, not beyond the last content."""
        below = min(cell.row + cell.rows, last_row + 1)
        right = min(cell.column + cell.columns, last_column + 1)
        if (below - cell.row) * (right - cell.column) > MAX_COVERED:
            below, right = cell.row + 1, cell.column + 1
        for row in range(cell.row, below):
            for column in range(cell.column, right):
                self._at.setdefault((row, column), cell)

    def at(self, row: int, column: int) -> GridCell | None:
        """Return the cell that covers a place; None where nothing stands."""
        return self._at.get((row, column))

    def starting_in(self, row: int) -> list[GridCell]:
        """Return the cells that begin in a row, left to right."""
        return self._rows.get(row, [])

    def cells(self) -> Iterator[GridCell]:
        """Yield every cell with content, row by row."""
        for row in sorted(self._rows):
            yield from self._rows[row]

    @property
    def row_numbers(self) -> list[int]:
        """Rows in which a cell begins, from the top."""
        return sorted(self._rows)

    def with_below(self, other: "Grid") -> "Grid":
        """Return this grid with another one under it: one form split over two tables."""
        start = max(self._rows, default=-1) + 1
        moved = [replace(cell, row=cell.row + start) for cell in other.cells()]
        return Grid.of(f"{self.name}和{other.name}", [*self.cells(), *moved], self.caption)


def _without_controls(cell: GridCell) -> GridCell:
    """Return the cell without control characters, with a note when there were any."""
    text, removed = without_controls(cell.text)
    if not removed and text == cell.text:
        return cell
    note = "；".join(filter(None, (cell.note, CONTROL_NOTE if removed else "")))
    return replace(cell, text=text, note=note)
