"""Two sets of figures held against each other, field by field (数据比对)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ziping.domain.evaluation import Report
from ziping.domain.reconciliation import (
    Difference,
    FigureKind,
    ReconciledField,
    Reconciliation,
    TextStatement,
)
from ziping.domain.rules import Lexicon
from ziping.review.bases import AMOUNTS, amount_basis, points_basis, rate_basis
from ziping.review.comparing import Verdict, compare
from ziping.review.matching import Named, pair
from ziping.review.readings import Reading
from ziping.review.tables import Cell, Row, Table, described, tables_of

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What both sides are called, and what the left side's text says (比对双方)."""

    left: str
    right: str
    statements: Mapping[str, tuple[TextStatement, ...]]

    def name(self, side: Side) -> str:
        """Return what a side is called."""
        return self.left if side == "left" else self.right


def reconcile(
    left: Report,
    right: Report,
    lexicon: Lexicon,
    *,
    titles: tuple[str, str] = ("左方", "右方"),
    statements: Iterable[TextStatement] = (),
) -> Reconciliation:
    """Return every figure that one of two reports states, with how the two stand to each other.

    Compared are amounts, the execution rate, targets, actual values, weights, and the points,
    total and grade that each side states (表列值).

    Args:
        left: One side.
        right: The other side.
        lexicon: Words by which targets and actual values are read.
        titles: What the sides are called in notes.
        statements: Sentences of the left side's report and the figures they state.
    """
    said: dict[str, tuple[TextStatement, ...]] = {}
    for one in statements:
        said[one.path] = (*said.get(one.path, ()), one)
    sides = _Sides(*titles, said)
    tables = tables_of(left, sides.left, lexicon), tables_of(right, sides.right, lexicon)
    fields = (
        one for table, other in _paired(*tables) for one in _project_fields(table, other, sides)
    )
    return Reconciliation(left_title=titles[0], right_title=titles[1], fields=tuple(fields))


def _paired(
    left: tuple[Table, ...], right: tuple[Table, ...]
) -> Iterator[tuple[Table | None, Table | None]]:
    """Yield the projects of both sides that belong together."""
    if len(left) == len(right) == 1 and not (left[0].named.name and right[0].named.name):
        yield left[0], right[0]  # one project each, one of them without a name
        return
    for a, b in pair([one.named for one in left], [one.named for one in right]):
        yield None if a is None else left[a], None if b is None else right[b]


def _project_fields(
    left: Table | None, right: Table | None, sides: _Sides
) -> Iterator[ReconciledField]:
    """Yield the figures of one project."""
    if left is None or right is None:
        lone = left or right
        if lone is not None and any(row.filled for row in lone.rows):
            yield _lone_project(lone, "right" if right is None else "left", sides)
        return
    title = left.title if left.named.name else right.title
    for rows, others in ((left.funds, right.funds), (left.indicators, right.indicators)):
        for a, b in _paired_rows(rows, others):
            yield from _row_fields(title, a, b, sides)
    yield from _row_fields(title, left.results, right.results, sides)


def _paired_rows(
    left: tuple[Row, ...], right: tuple[Row, ...]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the rows of both sides that belong together; empty ones stand for nothing."""
    rows, others = ([row for row in side if row.filled] for side in (left, right))
    names: tuple[list[Named], list[Named]] = (
        [one.named for one in rows],
        [one.named for one in others],
    )
    for a, b in pair(*names):
        yield None if a is None else rows[a], None if b is None else others[b]


def _lone_project(table: Table, missing: Side, sides: _Sides) -> ReconciledField:
    """Return that one side does not have a project."""
    covers = tuple(f"{row.path}/{one.field}" for row in table.rows for one in row.filled)
    return ReconciledField(
        project=table.title,
        label="整个项目",
        kind=FigureKind.PROJECT,
        left_path="" if missing == "left" else table.path,
        right_path="" if missing == "right" else table.path,
        left="" if missing == "left" else f"{len(covers)} 项数据",
        right="" if missing == "right" else f"{len(covers)} 项数据",
        result=Difference.MISSING,
        missing=missing,
        note=f"{sides.name(missing)}没有这个项目",
        needs_look=True,
        covers=covers,
    )


def _row_fields(
    project: str, left: Row | None, right: Row | None, sides: _Sides
) -> Iterator[ReconciledField]:
    """Yield the figures of one row; a row that one side lacks is one difference."""
    if left is None or right is None:
        lone = left or right
        if lone is not None:
            yield _lone_row(project, lone, "right" if right is None else "left", sides)
        return
    cells = {one.field: one for one in left.cells}
    others = {one.field: one for one in right.cells}
    for field in dict.fromkeys([*cells, *others]):
        cell = cells.get(field) or _blank(others[field])
        other = others.get(field) or _blank(cell)
        if not (cell.reading.is_blank and other.reading.is_blank):
            yield _field(project, (left, cell), (right, other), sides)


def _blank(cell: Cell) -> Cell:
    """Return the cell of a side that has none such."""
    return replace(cell, reading=Reading("", is_blank=True))


def _lone_row(project: str, row: Row, missing: Side, sides: _Sides) -> ReconciledField:
    """Return that one side does not have a row."""
    told = described(row)
    return ReconciledField(
        project=project,
        label=row.title,
        kind=FigureKind.ROW,
        left_path="" if missing == "left" else row.path,
        right_path="" if missing == "right" else row.path,
        left="" if missing == "left" else told,
        right="" if missing == "right" else told,
        result=Difference.MISSING,
        missing=missing,
        note=f"{sides.name(missing)}没有这一行",
        needs_look=True,
        covers=tuple(f"{row.path}/{one.field}" for one in row.filled),
    )


def _field(
    project: str, left: tuple[Row, Cell], right: tuple[Row, Cell], sides: _Sides
) -> ReconciledField:
    """Return one figure of both sides."""
    (row, cell), (other_row, other) = left, right
    path = f"{row.path}/{cell.field}"
    statements = sides.statements.get(path, ())
    missing: Literal["", "left", "right"] = ""
    if cell.reading.is_blank or other.reading.is_blank:
        missing = "left" if cell.reading.is_blank else "right"
        verdict = Verdict(Difference.MISSING, f"{sides.name(missing)}没有填写")
    else:
        verdict = _judged(row, cell, other_row, other)
    if verdict.result is Difference.EQUAL and any(not one.holds for one in statements):
        verdict = Verdict(
            Difference.TEXT, "两方数据一致，正文写的不同", verdict.tolerance, verdict.gap
        )
    return ReconciledField(
        project=project,
        label=f"{row.title} · {cell.label}" if row.title else cell.label,
        kind=cell.kind,
        left_path=path,
        right_path=f"{other_row.path}/{other.field}",
        left=cell.reading.raw.strip(),
        right=other.reading.raw.strip(),
        result=verdict.result,
        missing=missing,
        tolerance=verdict.tolerance,
        gap=verdict.gap,
        note=verdict.note,
        needs_look=verdict.needs_look,
        statements=statements,
    )


def _judged(row: Row, cell: Cell, other_row: Row, other: Cell) -> Verdict:
    """Return how two filled cells stand to each other, another basis considered."""
    verdict = compare(cell.reading, other.reading)
    if verdict.result is not Difference.DIFFERENT or row.bases is None or other_row.bases is None:
        return verdict
    if cell.field in AMOUNTS:
        words = amount_basis(cell.field, row.bases, other_row.bases)
    elif cell.field == "printed/rate":
        words = rate_basis(cell.reading, other.reading, row.bases, other_row.bases)
    elif cell.field == "printed/points":
        words = points_basis(cell.reading, other.reading, row.bases, other_row.bases)
    else:
        words = ""
    if not words:
        return verdict
    return Verdict(Difference.BASIS, words, verdict.tolerance, verdict.gap)
