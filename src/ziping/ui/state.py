"""The only module that touches session state and the URL.

*Which* report is open lives in the URL; everything entered lives in the database; session state
holds what one tab needs for a moment.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ziping.domain.evaluation import Report
from ziping.domain.merge import FieldConflict
from ziping.domain.people import Person

_REPORT_ID = re.compile(r"[0-9]{1,15}")
_REPORT = "report"
_VERSION = "version"
_CONFLICTS = "conflicts"
_NOTICES = "notices"
_ROWS = "rows"
_CELLS = "drawn-cells"
_UNSAVED = "unsaved"
_WAITING = "waiting-changes"
_MISTAKE = "mistake"
_KEPT = "kept-texts"
_SECTION = "editing-section"
_SECTION_BASE = "editing-base"
_REWRITTEN = "rewritten"
_PERSON = "person"
_EDITABLE = "editable"
_LIBRARY_NEXT = "library-next"
_LIBRARY_DOCUMENT = "library-document"

LIBRARY_VIEW = "library-view"
"""Key of the control that chooses what 知识库 shows."""
LIBRARY_VIEWS = ("检索", "文件", "添加原文", "核对转述", "规则依据")


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message shown once after a rerun (提示消息)."""

    text: str
    icon: str


def sync_with_url() -> None:
    """Take the open report from the URL, or write it back after a navigation dropped it."""
    stated = st.query_params.get(_REPORT, "")
    if _REPORT_ID.fullmatch(stated):
        if int(stated) != st.session_state.get(_REPORT):
            open_report(int(stated))
    elif (report_id := st.session_state.get(_REPORT)) is not None:
        st.query_params[_REPORT] = str(report_id)


def open_report_id() -> int | None:
    """Return the id of the open report."""
    report_id: int | None = st.session_state.get(_REPORT)
    return report_id


def open_report(report_id: int) -> None:
    """Make a report the open one in this tab."""
    st.session_state[_REPORT] = report_id
    for key in (_VERSION, _UNSAVED, _WAITING):
        st.session_state.pop(key, None)
    st.query_params[_REPORT] = str(report_id)


def close_report() -> None:
    """Leave no report open in this tab."""
    for key in (_REPORT, _VERSION, _UNSAVED, _WAITING):
        st.session_state.pop(key, None)
    st.query_params.pop(_REPORT, None)


def person(default: Person) -> Person:
    """Return who acts in this tab, as they said themselves; `default` until they did."""
    stated: Person = st.session_state.get(_PERSON, default)
    return stated


def set_person(person: Person) -> None:
    """Remember who acts in this tab."""
    st.session_state[_PERSON] = person


def is_editable() -> bool:
    """Whether the open report may be changed; what is under review or final may not."""
    editable: bool = st.session_state.get(_EDITABLE, True)
    return editable


def set_editable(editable: bool) -> None:  # noqa: FBT001 - the one thing it sets
    """Remember whether the open report may be changed."""
    st.session_state[_EDITABLE] = editable


def shown_version() -> int:
    """Return the version of the open report that this tab last showed."""
    version: int = st.session_state.get(_VERSION, 0)
    return version


def set_shown_version(version: int) -> None:
    """Remember the version that this tab shows."""
    st.session_state[_VERSION] = version


def add_conflicts(conflicts: tuple[FieldConflict, ...]) -> None:
    """Keep collisions until the person has decided each."""
    st.session_state[_CONFLICTS] = (*open_conflicts(), *conflicts)


def open_conflicts() -> tuple[FieldConflict, ...]:
    """Return the collisions that wait for a decision."""
    waiting: tuple[FieldConflict, ...] = st.session_state.get(_CONFLICTS, ())
    return waiting


def settle_conflict(path: str) -> None:
    """Take a collision off the list."""
    st.session_state[_CONFLICTS] = tuple(one for one in open_conflicts() if one.path != path)


def notify(text: str, icon: str = ":material/check_circle:") -> None:
    """Show a short message after the next rerun."""
    st.session_state[_NOTICES] = (*st.session_state.get(_NOTICES, ()), Notice(text, icon))


def take_notices() -> tuple[Notice, ...]:
    """Return the waiting messages and forget them."""
    waiting: tuple[Notice, ...] = st.session_state.pop(_NOTICES, ())
    return waiting


def widget_value(key: str) -> Any:  # noqa: ANN401 - a widget's value is what it is
    """Return what a widget holds now; None before it was drawn."""
    return st.session_state.get(key)


def set_widget_value(key: str, value: object) -> None:
    """Make a widget show a value; only before it is drawn in this run."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def forget(prefix: str) -> None:
    """Forget every widget whose key begins with a prefix."""
    for key in [one for one in st.session_state if str(one).startswith(prefix)]:
        del st.session_state[key]


def grid_rows(grid: str) -> tuple[str, ...] | None:
    """Return the row ids a grid was drawn with; None when it must be drawn anew."""
    rows: Mapping[str, tuple[str, ...]] = st.session_state.get(_ROWS, {})
    return rows.get(grid)


def set_grid_rows(grid: str, row_ids: tuple[str, ...]) -> None:
    """Remember the row ids a grid is drawn with."""
    st.session_state[_ROWS] = {**st.session_state.get(_ROWS, {}), grid: row_ids}


def drawn_cells(key: str) -> list[dict[str, str]] | None:
    """Return the cells a table was drawn with; None when it was not drawn yet."""
    cells: list[dict[str, str]] | None = st.session_state.get(_CELLS, {}).get(key)
    return cells


def set_drawn_cells(key: str, cells: list[dict[str, str]]) -> None:
    """Remember the cells a table is drawn with."""
    st.session_state[_CELLS] = {**st.session_state.get(_CELLS, {}), key: cells}


def unsaved() -> str:
    """Return why the last save failed; blank when it went well."""
    reason: str = st.session_state.get(_UNSAVED, "")
    return reason


def set_unsaved(reason: str, waiting: Sequence[Callable[[Report], Report]] = ()) -> None:
    """Remember why the last save failed and what waits for the next, or that it went well."""
    st.session_state[_UNSAVED] = reason
    st.session_state[_WAITING] = tuple(waiting)


def waiting_changes() -> tuple[Callable[[Report], Report], ...]:
    """Return the changes that could not be saved yet."""
    waiting: tuple[Callable[[Report], Report], ...] = st.session_state.get(_WAITING, ())
    return waiting


def tell_mistake(text: str) -> None:
    """Show a mistake at the top of the page after the next rerun."""
    st.session_state[_MISTAKE] = text


def take_mistake() -> str:
    """Return the waiting mistake and forget it; blank for none."""
    text: str = st.session_state.pop(_MISTAKE, "")
    return text


def draw_anew(widget: str) -> None:
    """Have a widget drawn anew: what it shows was changed by something else than typing."""
    counter = f"{widget}:generation"
    st.session_state[counter] = st.session_state.get(counter, 0) + 1


def drawn_key(widget: str) -> str:
    """Return a widget's key, new after each `draw_anew`."""
    return f"{widget}:{st.session_state.get(f'{widget}:generation', 0)}"


def editing_section() -> str:
    """Return the id of the section being edited in this tab; blank for none."""
    section_id: str = st.session_state.get(_SECTION, "")
    return section_id


def edit_section(section_id: str) -> None:
    """Begin editing a section, or stop (blank)."""
    if not section_id:
        done = f"text:{editing_section()}:"
        kept = st.session_state.get(_KEPT, {})
        st.session_state[_KEPT] = {key: kept[key] for key in kept if not key.startswith(done)}
    st.session_state[_SECTION] = section_id
    st.session_state.pop(_SECTION_BASE, None)


def keep_text(key: str) -> None:
    """Keep what a box holds beyond the page: Streamlit forgets a box that is not shown."""
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), key: st.session_state[key]}


def kept_text(key: str, stored: str) -> str:
    """Return what was typed into a box and not saved yet, else what is stored."""
    text: str = st.session_state.get(_KEPT, {}).get(key, stored)
    return text


def editing_base(newest: int) -> int:
    """Return the version that editing began from; `newest` when it begins now."""
    base: int = st.session_state.setdefault(_SECTION_BASE, newest)
    return base


def rebase_editing(version: int) -> None:
    """Go on editing on top of a newer version, keeping what was typed."""
    old = f"text:{editing_section()}:{editing_base(version)}"
    typed = st.session_state.get(old, "")
    st.session_state[_SECTION_BASE] = version
    new = f"text:{editing_section()}:{version}"
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), new: typed}


def rewritten(section_id: str) -> int | None:
    """Return the version a section had before it was rewritten; None: not just rewritten."""
    versions: Mapping[str, int] = st.session_state.get(_REWRITTEN, {})
    return versions.get(section_id)


def set_rewritten(section_id: str, base: int | None) -> None:
    """Remember that a section was rewritten over a version, or that the person has decided."""
    versions = dict(st.session_state.get(_REWRITTEN, {}))
    versions.pop(section_id, None)
    st.session_state[_REWRITTEN] = versions if base is None else {**versions, section_id: base}


def show_library_view(view: str, document_id: str = "") -> None:
    """Have 知识库 show another view, at a document, from the next run on."""
    st.session_state[_LIBRARY_NEXT] = view
    st.session_state[_LIBRARY_DOCUMENT] = document_id


def turn_library_view() -> None:
    """Go to the view asked for in the last run; before its control is drawn."""
    if view := st.session_state.pop(_LIBRARY_NEXT, ""):
        st.session_state[LIBRARY_VIEW] = view


def library_document() -> str:
    """Return the id of the document that 知识库 was asked to show; blank for none."""
    document_id: str = st.session_state.get(_LIBRARY_DOCUMENT, "")
    return document_id
