"""Widgets bound to one field of the open report: shown from the database, saved on change.

The stored text is each widget's default, never set through session state: a browser that sends
its widgets before it has drawn them sends the defaults, and blanks would be saved as edits.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from ziping.ui import editing, state


def text_field(label: str, path: str, value: str, **face: str) -> None:
    """Show a one-line box for one field; `face` may give a placeholder and a help text."""
    key = _key_for(path, value)
    st.text_input(
        label,
        value=value,
        key=key,
        placeholder=face.get("placeholder"),
        help=face.get("help"),
        on_change=_save,
        args=(path, key),
        disabled=not state.is_editable(),
    )


def text_box(label: str, path: str, value: str, *, lines: int, **face: str) -> None:
    """Show a box of several lines for one field; `face` as for `text_field`."""
    key = _key_for(path, value)
    st.text_area(
        label,
        value=value,
        height=30 + 26 * lines,
        key=key,
        placeholder=face.get("placeholder"),
        help=face.get("help"),
        on_change=_save,
        args=(path, key),
        disabled=not state.is_editable(),
    )


def choice_field(
    label: str,
    path: str,
    value: str,
    options: Sequence[str],
    title: Callable[[str], str] = lambda one: one or "未选择",
) -> None:
    """Show a select box for one field; the blank option reads 未选择."""
    key = _key_for(path, value)
    offered = list(options) if value in options else [*options, value]
    st.selectbox(
        label,
        offered,
        index=offered.index(value),
        key=key,
        format_func=title,
        on_change=_save,
        args=(path, key),
        disabled=not state.is_editable(),
    )


def _key_for(path: str, value: str) -> str:
    """Return a field's key, a new one when what is stored is no longer what was typed here.

    While a save has failed the key stays, so that the typed text stays in its box.
    """
    field = f"field:{state.open_report_id()}:{path}"
    held = state.widget_value(state.drawn_key(field))
    if held is not None and held != value and not state.unsaved():
        state.draw_anew(field)
    return state.drawn_key(field)


@state.uninterrupted
def _save(path: str, key: str) -> None:
    """Save what a field's widget holds."""
    editing.save_fields({path: str(state.widget_value(key) or "")})
