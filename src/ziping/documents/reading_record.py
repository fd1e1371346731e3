"""What has been read so far of one table: fields with their source, and cells used (读取记录)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ziping.documents.grid import Grid, GridCell
from ziping.domain.errors import InputError
from ziping.domain.evaluation import FundUnit
from ziping.domain.imported import ReadCell, UnreadCell
from ziping.domain.rules import Lexicon, RuleSet

MAX_TEXT = 20_000
"""Characters a field may hold; more is refused, never cut."""


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value may depend on."""

    lexicon: Lexicon
    rule_set: RuleSet
    fiscal_year: int
    file_name: str


@dataclass(slots=True)
class Reading:
    """One table being read (读取中的表)."""

    grid: Grid
    project_id: str
    context: Context
    cells: list[ReadCell] = field(default_factory=list)
    unfilled: list[ReadCell] = field(default_factory=list)
    unread: list[UnreadCell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fund_unit: FundUnit | None = None
    _used: set[tuple[int, int]] = field(default_factory=set)

    def cell_at(self, row: int, columns: Sequence[int]) -> GridCell | None:
        """Return what begins in a row under a heading; several cells are joined into one."""
        found: list[GridCell] = []
        for column in columns:
            cell = self.grid.at(row, column)
            if cell and cell.row == row and cell.column >= columns[0] and cell not in found:
                found.append(cell)
        if len(found) < 2:  # noqa: PLR2004 - nothing to join
            return found[0] if found else None
        self.use(*found)
        return replace(
            found[0],
            text="".join(cell.text.strip() for cell in found),
            shown="",
            source="、".join(cell.source for cell in found),
            note="由同一表头下的几格拼成",
            problem=next((cell.problem for cell in found if cell.problem), ""),
        )

    def use(self, *cells: GridCell | None) -> None:
        """Mark cells as understood."""
        self._used.update((cell.row, cell.column) for cell in cells if cell is not None)

    def is_used(self, cell: GridCell) -> bool:
        """Whether a cell has been understood."""
        return (cell.row, cell.column) in self._used

    def take(  # noqa: PLR0913 - each names one thing of the record
        self,
        path: str,
        label: str,
        cell: GridCell | None,
        *,
        value: str | None = None,
        note: str = "",
        displayed: bool = False,
    ) -> str:
        """Return the text of a cell for a field and record where it came from.

        Args:
            path: Field path below the project, e.g. `funds/total/executed`.
            label: The field in words.
            cell: The cell; None where nothing stands.
            value: The text for the field, when it is not simply the cell's.
            note: Why a person should look again.
            displayed: Take what the sheet displays, not the longer figure behind it.
        """
        if cell is None:
            return ""
        self.use(cell)
        if cell.problem:
            self.unread.append(UnreadCell(source=cell.source, text=cell.text, reason=cell.problem))
            return ""
        if len(cell.text) > MAX_TEXT:
            raise too_long(cell, self.context.file_name)
        text = (cell.shown if displayed and cell.shown else cell.text).strip()
        self.record(path, label, cell, text if value is None else value, note)
        return text if value is None else value

    def record(self, path: str, label: str, cell: GridCell, value: str, note: str = "") -> None:
        """Record a field that a cell gave, with the cell's own note added."""
        note = "；".join(filter(None, (note, cell.note)))
        self.cells.append(self._read(path, label, cell, value, note))

    def miss(self, path: str, label: str, title: GridCell) -> None:
        """Record that nothing stands beside a title of the head."""
        self.unfilled.append(self._read(path, label, title, "", ""))

    def _read(self, path: str, label: str, cell: GridCell, value: str, note: str) -> ReadCell:
        return ReadCell(
            path=f"{self.project_id}/{path}" if path else self.project_id,
            label=label,
            raw=cell.text,
            value_text=value,
            source=cell.source,
            certainty="请核对" if note else "确定",
            note=note,
            line=cell.line,
        )

    def skip(self, cell: GridCell, reason: str) -> None:
        """List a cell as not read."""
        self.use(cell)
        self.unread.append(UnreadCell(source=cell.source, text=cell.text, reason=reason))


def too_long(cell: GridCell, file_name: str) -> InputError:
    """Return the error that a cell holds more text than a field may."""
    return InputError(
        f"单元格的文字太长（{len(cell.text)} 字，最多 {MAX_TEXT} 字）",
        where=f"{file_name} {cell.source}",
        why="太长的文字如果截断会丢失内容，所以没有读入",
        remedy="请精简这一格的文字，详细内容放到自评报告正文，再导入一次",
    )
