"""A list of projects unrolled: a grid a project, laid out as the printed form (清单展开).

The cells keep their source, so that lists and forms are read by the same readers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ziping.documents.grid import Grid, GridCell
from ziping.documents.reading_list import ListBlock, ListHead, find_list, list_blocks, starting_at
from ziping.domain.text import clean, is_mark

UNKNOWN_COLUMN = "没有认出表头“{heading}”，这一栏没有读入"
DIFFERS = "同一个项目的几行不一致，只取了第一行的"
NO_PROJECT = "这一行不属于任何项目（没有项目名称，或是合计、说明）"
NO_PAIR = "预期目标和实际完成情况要各有一栏，只有一栏时没有读入"
CARRIED_NOTE = "这一行没有填，沿用上面项目的"

_CARRIED = ("unit", "competent_department", "implementing_unit")
"""Labels that are left blank where the project above has the same."""
_UNIT_TITLE = "实施单位"
_TITLE_LENGTH = 60
_TITLE, _VALUE = 0, 1
"""Columns of titles and values in the unrolled form."""
_FIRST_LINE = 1
"""Column of the unrolled form in which the indicator grid begins."""


def unrolled(grid: Grid) -> list[Grid]:
    """Return a grid a project for a list of projects; the grid itself when it is no list."""
    head = find_list(grid)
    if head is None:
        return [grid]
    blocks = list(list_blocks(grid, head))
    above: dict[str, GridCell] = {}
    return [_form(grid, head, block, above) for block in blocks] or [grid]


class _Form:
    """The unrolled form, filled from the top (展开的表)."""

    def __init__(self) -> None:
        self._rows: list[list[tuple[int, GridCell]]] = []

    def add(self, *placed: tuple[int, GridCell | None]) -> None:
        """Add a row with cells in these columns; nothing when all are missing."""
        if kept := [(column, cell) for column, cell in placed if cell is not None]:
            self._rows.append(kept)

    def add_on_top(self, strays: Iterable[GridCell]) -> None:
        """Add cells that are not to be read, where no block could take them for its own."""
        self._rows[:0] = [[(_VALUE, cell)] for cell in strays]

    @property
    def cells(self) -> list[GridCell]:
        """Every cell at its place."""
        return [
            replace(cell, row=row, column=column, rows=1, columns=1)
            for row, placed in enumerate(self._rows)
            for column, cell in placed
        ]


def _form(grid: Grid, head: ListHead, block: ListBlock, above: dict[str, GridCell]) -> Grid:
    """Return the form of one project; `above` carries what later projects may leave blank."""
    form = _Form()
    strays = [replace(cell, problem=cell.problem or NO_PROJECT) for cell in block.strays]
    for name, column in head.labels.items():
        first, others = _values(grid, block, column)
        strays += others
        if value := _carried(name, first, above):
            form.add((_TITLE, _label_heading(grid, head, column)), (_VALUE, value))
    stated, captions = _above_headings(grid, head)
    for cell in stated:
        form.add((_TITLE, cell))
    strays += _add_funds(form, grid, head, block)
    strays += _add_objectives(form, grid, head, block)
    form.add_on_top([*strays, *_unknown(grid, head, block)])
    _add_lines(form, grid, head, block)
    first_row, last_row = block.rows[0] + 1, block.rows[-1] + 1
    caption = (*captions, *grid.caption)
    return Grid.of(f"{grid.name}第{first_row}～{last_row}行", form.cells, caption)


def _unknown(grid: Grid, head: ListHead, block: ListBlock) -> Iterator[GridCell]:
    """Yield what stands in columns whose heading names nothing."""
    for column in head.unknown:
        heading = grid.at(head.row, column)
        told = UNKNOWN_COLUMN.format(heading=clean(heading.text[:40]) if heading else "")
        found = [cell for row in block.rows if (cell := starting_at(grid, row, column))]
        yield from (replace(one, problem=told) for one in found if not is_mark(clean(one.text)))


def _above_headings(grid: Grid, head: ListHead) -> tuple[list[GridCell], list[str]]:
    """Return the cells over the headings that state something, and the texts of the titles."""
    cells = [cell for row in grid.row_numbers if row < head.top for cell in grid.starting_in(row)]
    stated = [one for one in cells if "单位" in one.text or len(one.text) > _TITLE_LENGTH]
    return stated, [one.text for one in cells if one not in stated]


def _label_heading(grid: Grid, head: ListHead, column: int) -> GridCell | None:
    """Return the heading of a label's column; one column of units names who did the project."""
    cell = grid.at(head.row, column)
    is_unit = column == head.labels.get("unit") and "implementing_unit" not in head.labels
    return replace(cell, text=_UNIT_TITLE) if cell is not None and is_unit else cell


def _values(grid: Grid, block: ListBlock, column: int) -> tuple[GridCell | None, list[GridCell]]:
    """Return a column's value for a project, and the cells below that say something else."""
    first = grid.at(block.rows[0], column)
    below = [cell for row in block.rows[1:] if (cell := starting_at(grid, row, column))]
    if first is None and below:
        first = below.pop(0)
    text = clean(first.text) if first else ""
    return first, [replace(one, problem=DIFFERS) for one in below if clean(one.text) != text]


def _carried(name: str, cell: GridCell | None, above: dict[str, GridCell]) -> GridCell | None:
    """Return a value, or that of the project above where such a value is left blank."""
    if name not in _CARRIED:
        return cell
    if cell is not None:
        above[name] = cell
        return cell
    return replace(above[name], note=CARRIED_NOTE) if name in above else None


def _add_funds(form: _Form, grid: Grid, head: ListHead, block: ListBlock) -> list[GridCell]:
    """Add the fund grid: one row a source, or the total alone; return what disagrees."""
    if not head.funds:
        return []
    form.add(*_headings(grid, head, head.funds))
    strays: list[GridCell] = []
    known: tuple[str, ...] = ()
    for row in block.rows:
        title = starting_at(grid, row, head.source)
        cells = {name: starting_at(grid, row, column) for name, column in head.funds.items()}
        filled = [cell for cell in cells.values() if cell]
        if not filled:
            continue
        texts = tuple(clean(cell.text) if cell else "" for cell in cells.values())
        if title is None and known:
            strays += [replace(one, problem=DIFFERS) for one in filled if texts != known]
            continue
        known = texts if title is None else known or ("",)
        label = title or replace(filled[0], text="年度资金总额", note="", problem="")
        places = enumerate(cells.values(), _VALUE)
        form.add((_TITLE, label), *places)
    return strays


def _add_objectives(form: _Form, grid: Grid, head: ListHead, block: ListBlock) -> list[GridCell]:
    """Add the objectives, each pair of texts once."""
    if len(head.objectives) < 2:  # noqa: PLR2004 - the form has both columns or none
        return [
            replace(cell, problem=NO_PAIR)
            for column in head.objectives.values()
            for row in block.rows
            if (cell := starting_at(grid, row, column))
        ]
    form.add(*_headings(grid, head, head.objectives))
    seen: set[tuple[str, ...]] = set()
    for row in block.rows:
        cells = [starting_at(grid, row, column) for column in head.objectives.values()]
        key = tuple(clean(cell.text) if cell else "" for cell in cells)
        if key not in seen:
            form.add(*enumerate(cells, _VALUE))
        seen.add(key)
    return []


def _add_lines(form: _Form, grid: Grid, head: ListHead, block: ListBlock) -> None:
    """Add the indicator grid and the total row."""
    left = min(head.indicators.values()) - _FIRST_LINE
    form.add(*_headings(grid, head, head.indicators, left=left))
    for row in block.rows:
        placed = [
            (column - left, cell)
            for column in head.indicators.values()
            if (cell := _line_cell(grid, block, row, column))
        ]
        form.add(*placed)
    total = _values(grid, block, head.total)[0] if head.total is not None else None
    if total is not None and "points" in head.indicators:
        title = replace(total, text="总分", note="", problem="")
        form.add((_TITLE, title), (head.indicators["points"] - left, total))


def _line_cell(grid: Grid, block: ListBlock, row: int, column: int) -> GridCell | None:
    """Return what begins in a row, or reaches into the project from the one above."""
    cell = grid.at(row, column)
    if cell is None or cell.column != column:
        return None
    return cell if cell.row == row or row == block.rows[0] else None


def _headings(
    grid: Grid, head: ListHead, columns: Mapping[str, int], *, left: int | None = None
) -> Iterable[tuple[int, GridCell | None]]:
    """Yield the heading cells of a block with their place in the unrolled form."""
    for number, column in enumerate(columns.values(), _VALUE):
        yield (number if left is None else column - left), grid.at(head.row, column)
