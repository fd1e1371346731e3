"""Widgets bound to one field of the open report: shown from the database, saved on change."""

from collections.abc import Sequence

import streamlit as st

from ziping.ui import editing, state


def text_field(label: str, path: str, value: str, **face: str) -> None:
    """Show a one-line box for one field; `face` may give a placeholder and a help text."""
    key = f"field:{path}"
    _show_stored(key, value)
    st.text_input(
        label,
        key=key,
        placeholder=face.get("placeholder"),
        help=face.get("help"),
        on_change=_save,
        args=(path,),
    )


def text_box(label: str, path: str, value: str, *, lines: int, **face: str) -> None:
    """Show a box of several lines for one field; `face` as for `text_field`."""
    key = f"field:{path}"
    _show_stored(key, value)
    st.text_area(
        label,
        height=30 + 26 * lines,
        key=key,
        placeholder=face.get("placeholder"),
        help=face.get("help"),
        on_change=_save,
        args=(path,),
    )


def choice_field(label: str, path: str, value: str, options: Sequence[str]) -> None:
    """Show a select box for one field; the blank option reads 未选择."""
    key = f"field:{path}"
    _show_stored(key, value)
    st.selectbox(
        label,
        list(options) if value in options else [*options, value],
        key=key,
        format_func=lambda one: one or "未选择",
        on_change=_save,
        args=(path,),
    )


def _show_stored(key: str, value: str) -> None:
    """Make a widget show what is stored, unless it holds what could not be saved."""
    if not state.unsaved() or state.widget_value(key) is None:
        state.set_widget_value(key, value)


def _save(path: str) -> None:
    """Save what a field's widget holds."""
    editing.save_fields({path: str(state.widget_value(f"field:{path}") or "")})
