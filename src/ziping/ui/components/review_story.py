"""办理经过: a report's whole history, told."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

import streamlit as st

from ziping.domain.story import StoryEntry, StoryKind
from ziping.ui.components.band import local_time

_STYLES = {
    StoryKind.WORKFLOW: "zp-chip-good",
    StoryKind.COMMENT: "zp-chip-note",
    StoryKind.REVIEW: "zp-chip-note",
    StoryKind.OVERRIDE: "zp-chip-warning",
}
_SHOWN = 4


def show_story(entries: Iterable[StoryEntry]) -> None:
    """Show what happened, day by day, the newest day first."""
    days = [
        (day, list(found)) for day, found in groupby(entries, lambda one: local_time(one.at)[:10])
    ]
    html = ""
    for day, found in reversed(days):
        html += f"<h4>{day}</h4>" + "".join(_entry(one) for one in reversed(found))
    st.html(f'<div class="zp-story">{html}</div>')


def _entry(one: StoryEntry) -> str:
    """Return one thing that happened."""
    style = _STYLES.get(one.kind, "zp-chip-plain")
    details = "；".join(one.details[:_SHOWN])
    more = f" 等 {len(one.details)} 处" if len(one.details) > _SHOWN else ""
    html = (
        f'<p><time>{local_time(one.at)[11:]}</time><span class="zp-chip {style}">{one.kind}</span> '
        f"<b>{escape(one.by)}</b> {escape(one.what)}"
    )
    html += f'<br><span class="zp-quiet">{escape(details)}{more}</span>' if details else ""
    return html + (f"<br><q>{escape(one.why)}</q></p>" if one.why else "</p>")
