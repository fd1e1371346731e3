"""The only module that touches session state and the URL.

*Which* report is open lives in the URL; everything entered lives in the database; session state
holds what one tab needs for a moment.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st

from ziping.domain.evaluation import Report
from ziping.domain.merge import FieldConflict
from ziping.domain.people import Person

_REPORT_ID = re.compile(r"[0-9]{1,15}")
_REPORT = "report"
_VERSION = "version"
_CONFLICTS = "conflicts"
_SETTLED = "settled-conflicts"
_NOTICES = "notices"
_NOTES = "notes"
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
_BATCH = "batch-shown"

LIBRARY_VIEW = "library-view"
"""Key of the control that chooses what 知识库 shows."""
LIBRARY_VIEWS = ("检索", "文件", "添加原文", "核对转述", "规则依据")


_Given = ParamSpec("_Given")
_whole: ContextVar[dict[str, Any] | None] = ContextVar("whole", default=None)
"""All of session state as it was when the callback that runs now began."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message shown once after a rerun (提示消息)."""

    text: str
    icon: str


def uninterrupted(callback: Callable[_Given, None]) -> Callable[_Given, None]:
    """Return a widget's callback that a newer rerun cannot cut short.

    Reading session state by key is where Streamlit ends a run for the next one. A callback that
    ended there would lose its change: the next run finds nothing new in that widget. Read as a
    whole, session state lets every run go on.
    """

    @wraps(callback)
    def whole(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
        token = _whole.set(st.session_state.to_dict())
        try:
            callback(*args, **kwargs)
        finally:
            _whole.reset(token)

    return whole


def _session() -> MutableMapping[Any, Any]:
    """Return session state; in an uninterrupted callback as it was when that began."""
    return _whole.get() or st.session_state


def notes() -> dict[str, Any]:
    """Return what this tab remembers, changed in place."""
    held: dict[str, Any] = _session().setdefault(_NOTES, {})
    return held


def sync_with_url() -> None:
    """Take the open report from the URL, or write it back after a navigation dropped it."""
    stated = st.query_params.get(_REPORT, "")
    if _REPORT_ID.fullmatch(stated):
        if int(stated) != notes().get(_REPORT):
            open_report(int(stated))
    elif (report_id := notes().get(_REPORT)) is not None:
        st.query_params[_REPORT] = str(report_id)


def open_report_id() -> int | None:
    """Return the id of the open report."""
    report_id: int | None = notes().get(_REPORT)
    return report_id


def open_report(report_id: int) -> None:
    """Make a report the open one in this tab."""
    notes()[_REPORT] = report_id
    for key in (_VERSION, _UNSAVED, _WAITING):
        notes().pop(key, None)
    st.query_params[_REPORT] = str(report_id)


def close_report() -> None:
    """Leave no report open in this tab."""
    for key in (_REPORT, _VERSION, _UNSAVED, _WAITING):
        notes().pop(key, None)
    st.query_params.pop(_REPORT, None)


def person(default: Person) -> Person:
    """Return who acts in this tab, as they said themselves; `default` until they did."""
    stated: Person = notes().get(_PERSON, default)
    return stated


def stated_person() -> Person | None:
    """Return who acts in this tab as they said themselves; None: nobody did."""
    stated: Person | None = notes().get(_PERSON)
    return stated


def set_person(person: Person) -> None:
    """Remember who acts in this tab."""
    notes()[_PERSON] = person


def is_editable() -> bool:
    """Whether the open report may be changed; what is under review or final may not."""
    editable: bool = notes().get(_EDITABLE, True)
    return editable


def set_editable(editable: bool) -> None:  # noqa: FBT001 - the one thing it sets
    """Remember whether the open report may be changed."""
    notes()[_EDITABLE] = editable


def shown_version() -> int:
    """Return the version of the open report that this tab last showed."""
    version: int = notes().get(_VERSION, 0)
    return version


def set_shown_version(version: int) -> None:
    """Remember the version that this tab shows."""
    notes()[_VERSION] = version


def add_conflicts(conflicts: tuple[FieldConflict, ...]) -> None:
    """Keep collisions until the person has decided each."""
    newer = {one.path for one in conflicts}
    older = tuple(one for one in open_conflicts() if one.path not in newer)
    notes()[_CONFLICTS] = (*older, *conflicts)


def open_conflicts() -> tuple[FieldConflict, ...]:
    """Return the collisions that wait for a decision."""
    waiting: tuple[FieldConflict, ...] = notes().get(_CONFLICTS, ())
    return waiting


def settle_conflict(path: str) -> None:
    """Take a collision off the list."""
    notes()[_CONFLICTS] = tuple(one for one in open_conflicts() if one.path != path)
    notes()[_SETTLED] = settled_conflicts() + 1


def settled_conflicts() -> int:
    """Return how many collisions were decided in this tab."""
    count: int = notes().get(_SETTLED, 0)
    return count


def notify(text: str, icon: str = ":material/check_circle:") -> None:
    """Show a short message after the next rerun."""
    notes()[_NOTICES] = (*notes().get(_NOTICES, ()), Notice(text, icon))


def take_notices() -> tuple[Notice, ...]:
    """Return the waiting messages and forget them."""
    waiting: tuple[Notice, ...] = notes().pop(_NOTICES, ())
    return waiting


def widget_value(key: str) -> Any:  # noqa: ANN401 - a widget's value is what it is
    """Return what a widget holds now; None before it was drawn."""
    return _session().get(key)


def set_widget_value(key: str, value: object) -> None:
    """Make a widget show a value; only before it is drawn in this run."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def forget(prefix: str) -> None:
    """Forget every widget whose key begins with a prefix."""
    for key in [one for one in st.session_state if str(one).startswith(prefix)]:
        del st.session_state[key]


def unsaved() -> str:
    """Return why the last save failed; blank when it went well."""
    reason: str = notes().get(_UNSAVED, "")
    return reason


def set_unsaved(reason: str, waiting: Sequence[Callable[[Report], Report]] = ()) -> None:
    """Remember why the last save failed and what waits for the next, or that it went well."""
    notes()[_UNSAVED] = reason
    notes()[_WAITING] = tuple(waiting)


def waiting_changes() -> tuple[Callable[[Report], Report], ...]:
    """Return the changes that could not be saved yet."""
    waiting: tuple[Callable[[Report], Report], ...] = notes().get(_WAITING, ())
    return waiting


def tell_mistake(text: str) -> None:
    """Show a mistake at the top of the page after the next rerun."""
    notes()[_MISTAKE] = text


def take_mistake() -> str:
    """Return the waiting mistake and forget it; blank for none."""
    text: str = notes().pop(_MISTAKE, "")
    return text


def draw_anew(widget: str) -> None:
    """Have a widget drawn anew: what it shows was changed by something else than typing."""
    counter = f"{widget}:generation"
    notes()[counter] = notes().get(counter, 0) + 1


def drawn_key(widget: str) -> str:
    """Return a widget's key, new after each `draw_anew`."""
    return f"{widget}:{notes().get(f'{widget}:generation', 0)}"


def editing_section() -> str:
    """Return the id of the section being edited in this tab; blank for none."""
    section_id: str = notes().get(_SECTION, "")
    return section_id


def edit_section(section_id: str) -> None:
    """Begin editing a section, or stop (blank)."""
    if not section_id:
        done = f"text:{editing_section()}:"
        kept = notes().get(_KEPT, {})
        notes()[_KEPT] = {key: kept[key] for key in kept if not key.startswith(done)}
    notes()[_SECTION] = section_id
    notes().pop(_SECTION_BASE, None)


@uninterrupted
def keep_text(key: str) -> None:
    """Keep what a box holds beyond the page: Streamlit forgets a box that is not shown."""
    notes()[_KEPT] = {**notes().get(_KEPT, {}), key: widget_value(key)}


def kept_text(key: str, stored: str) -> str:
    """Return what was typed into a box and not saved yet, else what is stored."""
    text: str = notes().get(_KEPT, {}).get(key, stored)
    return text


def editing_base(newest: int) -> int:
    """Return the version that editing began from; `newest` when it begins now."""
    base: int = notes().setdefault(_SECTION_BASE, newest)
    return base


def rebase_editing(version: int) -> None:
    """Go on editing on top of a newer version, keeping what was typed."""
    old = f"text:{editing_section()}:{editing_base(version)}"
    typed = widget_value(old) or ""
    notes()[_SECTION_BASE] = version
    new = f"text:{editing_section()}:{version}"
    notes()[_KEPT] = {**notes().get(_KEPT, {}), new: typed}


def rewritten(section_id: str) -> int | None:
    """Return the version a section had before it was rewritten; None: not just rewritten."""
    versions: Mapping[str, int] = notes().get(_REWRITTEN, {})
    return versions.get(section_id)


def set_rewritten(section_id: str, base: int | None) -> None:
    """Remember that a section was rewritten over a version, or that the person has decided."""
    versions = dict(notes().get(_REWRITTEN, {}))
    versions.pop(section_id, None)
    notes()[_REWRITTEN] = versions if base is None else {**versions, section_id: base}


def show_library_view(view: str, document_id: str = "") -> None:
    """Have 知识库 show another view, at a document, from the next run on."""
    notes()[_LIBRARY_NEXT] = view
    notes()[_LIBRARY_DOCUMENT] = document_id


def turn_library_view() -> None:
    """Go to the view asked for in the last run; before its control is drawn."""
    if view := notes().pop(_LIBRARY_NEXT, ""):
        st.session_state[LIBRARY_VIEW] = view


def library_document() -> str:
    """Return the id of the document that 知识库 was asked to show; blank for none."""
    document_id: str = notes().get(_LIBRARY_DOCUMENT, "")
    return document_id


def shown_batch() -> str:
    """Return the id of the batch that this tab shows; blank for none chosen."""
    batch_id: str = st.session_state.get(_BATCH, "")
    return batch_id


def show_batch(batch_id: str) -> None:
    """Show a batch in this tab; blank for none."""
    st.session_state[_BATCH] = batch_id
