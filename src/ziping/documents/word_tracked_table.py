"""The 自评表 with tracked changes: cells that changed, rows that came or went (自评表修订)."""

from collections.abc import Mapping, Sequence

from ziping.documents.annex import AnnexRow, Slot, slots
from ziping.documents.manifest import squeeze
from ziping.documents.returned_rows import aligned, likeness
from ziping.documents.word_revisions import Credit, RevisionWriter
from ziping.documents.word_table import TableWriter, cell_role
from ziping.domain.diff import DiffKind
from ziping.domain.evaluation import SelfEvaluation

_Row = tuple[AnnexRow, list[Slot]]


def tracked_table(  # noqa: PLR0913, PLR0917 - both versions, and what writes them
    project: SelfEvaluation,
    old: tuple[AnnexRow, ...],
    new: tuple[AnnexRow, ...],
    tables: TableWriter,
    revisions: RevisionWriter,
    credit: Credit,
) -> str:
    """Return a project's table with what changed in it; never parted over pages.

    A row whose merged cells changed counts as another row, so that accepting and rejecting both
    leave a whole form.
    """
    writer = _TableChanges(tables, revisions, credit)
    before, after = list(slots(old)), list(slots(new))
    printed: list[str] = []
    a = b = 0
    for i, j in [*_pairs(before, after), (len(before), len(after))]:
        printed += [writer.whole(DiffKind.REMOVED, one) for one in before[a:i]]
        printed += [writer.whole(DiffKind.ADDED, one) for one in after[b:j]]
        if i < len(before):
            printed.append(writer.changed(before[i], after[j]))
        a, b = i + 1, j + 1
    return tables.frame(project, "".join(printed))


def _pairs(before: Sequence[_Row], after: Sequence[_Row]) -> list[tuple[int, int]]:
    """Return the rows of both versions that are one row with the same cells."""
    shapes = [[_shape(found) for _, found in side] for side in (before, after)]
    texts = [[_texts(found) for _, found in side] for side in (before, after)]
    return aligned(
        [
            [
                likeness(texts[0][i], texts[1][j]) if shapes[0][i] == shapes[1][j] else 0.0
                for j in range(len(after))
            ]
            for i in range(len(before))
        ],
        len(after),
    )


def _shape(found: Sequence[Slot]) -> tuple[tuple[int, int, bool, bool], ...]:
    """Return how a row's cells lie and are merged."""
    return tuple(
        (slot.cell.column, slot.cell.span, slot.cell.rows > 1, slot.continues) for slot in found
    )


def _texts(found: Sequence[Slot]) -> Mapping[int, str]:
    """Return the words of a row by column."""
    return {slot.cell.column: "" if slot.continues else squeeze(slot.cell.text) for slot in found}


class _TableChanges:
    """Writes the rows of one table."""

    def __init__(self, tables: TableWriter, revisions: RevisionWriter, credit: Credit) -> None:
        self._tables = tables
        self._revisions = revisions
        self._credit = credit

    def changed(self, old: _Row, new: _Row) -> str:
        """Return a row of both versions."""
        cells = ""
        for before, after in zip(old[1], new[1], strict=True):
            role = cell_role(after.cell)
            runs = ""
            if not after.continues:
                texts = before.cell.text.strip(), after.cell.text.strip()
                runs = self._revisions.runs(*texts, role, self._credit, bold=role == "label")
            cells += self._tables.cell(after, runs)
        return self._tables.row(new[0], cells)

    def whole(self, kind: DiffKind, one: _Row) -> str:
        """Return a row of one version."""
        row, found = one
        cells = ""
        for slot in found:
            role = cell_role(slot.cell)
            text = "" if slot.continues else slot.cell.text.strip()
            runs = self._revisions.whole(kind, text, role, self._credit, bold=role == "label")
            end = self._revisions.end_mark(kind, self._credit)
            cells += self._tables.cell(slot, runs, end)
        return self._tables.row(row, cells, mark=self._revisions.mark(kind, self._credit))
