"""Mistakes told on the page, in Chinese, instead of ending it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.ui import state
from ziping.ui.components.inert import inert

_Given = ParamSpec("_Given")


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Show a mistake where it happened; what stands above it on the page stays."""
    try:
        yield
    except ZipingError as error:
        st.error(inert(str(error)))


def tell_in_parts(error: ZipingError) -> None:
    """Show a mistake in its parts, where nothing else of the page can be shown."""
    st.error(f"**{inert(error.what)}**　{inert(error.where)}")
    for name, part in (("原因", error.why), ("怎么办", error.remedy)):
        if part:
            st.write(f"{name}：{inert(part)}")


def told(callback: Callable[_Given, None]) -> Callable[_Given, None]:
    """Return a button's callback whose mistakes are shown at the top of the page."""

    @state.uninterrupted
    @wraps(callback)
    def telling(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except ZipingError as error:
            state.tell_mistake(str(error))

    return telling
