"""A table that people fill in, with what the system works out in the same row.

Drawn by our own script (`assets/entry_table.js`): Streamlit's editor of tables is painted, loses
keys on a busy machine, and has no room for findings under the row they concern.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

import streamlit as st

from ziping.domain.evaluation import SelfEvaluation
from ziping.ui import editing, state
from ziping.ui.components.band import CHIPS
from ziping.ui.grids import Cells, Typed, TypedRow, parted_by_length
from ziping.ui.navigation import asset
from ziping.ui.own_versions import base_of
from ziping.ui.results import RowResult

Apply = Callable[[SelfEvaluation, tuple[TypedRow, ...]], SelfEvaluation]
"""Writes typed rows into a self-evaluation."""
Save = Callable[[Callable[[SelfEvaluation], SelfEvaluation], int], None]
"""Saves a change made over a version of what the page shows."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that people fill in (表格栏)."""

    title: str
    share: float
    """Part of the table's width, of 100."""
    kind: Literal["text", "choice", "fixed", "figure"] = "text"
    options: tuple[str, ...] = ()
    """What a choice offers besides what the cell holds."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class EntryTable:
    """A table that people fill in (填报表)."""

    title: str
    columns: tuple[Column, ...]
    """In the printed form's order."""
    apply: Apply
    blank: int = 0
    """How many blank rows stand below for new ones."""


_draw = st.components.v2.component(
    "ziping_entry_table",
    css=asset("entry_table.css").read_text(encoding="utf-8"),
    js=asset("entry_table.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_entry_table(
    table: EntryTable,
    evaluation: SelfEvaluation,
    rows: Mapping[str, Cells],
    results: Mapping[str, RowResult],
    save: Save | None = None,
) -> None:
    """Show a table of a self-evaluation; what is typed is saved at once.

    Args:
        table: What is shown.
        evaluation: The self-evaluation it shows a part of.
        rows: What was entered, by row.
        results: What the system works out, by row.
        save: How a change is saved; None: it is the open report's, unless that is locked.
    """
    key = f"entry:{state.open_report_id()}:{evaluation.id}:{table.title}"
    _draw(
        key=key,
        data={
            "title": table.title,
            "version": state.shown_version(),
            "settled": state.settled_conflicts(),
            "blank": table.blank,
            "locked": save is None and not state.is_editable(),
            "columns": [asdict(one) for one in table.columns],
            "rows": [_row(one, cells, results[one]) for one, cells in rows.items()],
        },
        on_typed_change=partial(_save, key, table.apply, save or partial(_save_own, evaluation.id)),
    )


def _row(row_id: str, cells: Cells, result: RowResult) -> dict[str, Any]:
    """Return one row as the script reads it."""
    return {
        "id": row_id,
        "name": result.name,
        "cells": dict(cells),
        "figures": {
            title: {"text": text, "hint": result.needs} for title, text in result.figures.items()
        },
        "checks": [
            {
                "severity": one.finding.severity.value,
                "style": CHIPS[one.finding.severity],
                "title": one.finding.title,
                "remedy": one.finding.remedy,
                "column": one.column,
            }
            for one in result.checks
        ],
    }


@state.uninterrupted
def _save(key: str, apply: Apply, save: Save) -> None:
    """Save what was typed and is not known to be stored; last, what is too long and is refused."""
    held = state.widget_value(key) or {}
    if held.get("typed") is None:
        return
    typed = Typed.model_validate(held["typed"])
    for rows in filter(None, parted_by_length(typed.rows)):
        save(lambda one, rows=rows: apply(one, rows), typed.version)  # type: ignore[misc]  # bound to this round


def _save_own(
    project_id: str, change: Callable[[SelfEvaluation], SelfEvaluation], version: int
) -> None:
    """Save a change of one project of the open report."""
    report_id = state.open_report_id()
    if report_id is not None:
        editing.save_project(project_id, change, base_version=base_of(report_id, version))
