"""Where in a file that was read a finding on its table stands (位置)."""

from collections.abc import Iterable, Mapping

from ziping.domain.findings import Finding, Place, Severity
from ziping.domain.imported import ImportedFile, ReadCell
from ziping.domain.text import shorten

_ORDER = {severity: rank for rank, severity in enumerate(Severity)}
_LONGEST_QUOTE = 80


def located(findings: Iterable[Finding], imported: ImportedFile) -> tuple[Finding, ...]:
    """Return findings with the cell each is about; those on the text have their place already."""
    cells = {one.path: one for one in (*imported.unfilled, *imported.cells)}
    return tuple(
        one if one.where.source else one.model_copy(update={"where": _placed(one.where, cells)})
        for one in findings
    )


def _placed(place: Place, cells: Mapping[str, ReadCell]) -> Place:
    """Return a place with its cell; of a blank cell, the nearest one of its row."""
    exact = cells.get(place.path)
    cell = exact or _nearest(place.path, cells)
    if cell is None:
        return place
    source = f"第{cell.line}行" if cell.line is not None else cell.source
    quote = shorten(cell.raw, _LONGEST_QUOTE) if exact else ""
    return place.model_copy(update={"source": source, "line": cell.line, "quote": quote})


def _nearest(path: str, cells: Mapping[str, ReadCell]) -> ReadCell | None:
    """Return the first cell of the same row, else of the same block."""
    project, _, rest = path.partition("/")
    parts = rest.split("/")
    for depth in range(len(parts), 0, -1):
        prefix = f"{project}/{'/'.join(parts[:depth])}/"
        found = next((cell for key, cell in cells.items() if key.startswith(prefix)), None)
        if found is not None:
            return found
    return None


def order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings the gravest first, otherwise as they come."""
    return tuple(sorted(findings, key=lambda one: _ORDER[one.severity]))
