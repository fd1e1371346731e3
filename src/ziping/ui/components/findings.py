"""Findings and what is missing, readable in full."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ziping.domain.findings import Finding, MissingItem, Severity
from ziping.ui.components.band import CHIPS

_BORDERS = {
    Severity.ERROR: "zp-finding-error",
    Severity.WARNING: "zp-finding-warning",
    Severity.NOTE: "zp-finding-note",
}


def show_findings(
    findings: Sequence[Finding], *, empty: str = "没有发现问题。", aside: str = ""
) -> None:
    """Show findings, the gravest first, each with place, reason and remedy.

    `aside` names the list where it scrolls beside something else.
    """
    if not findings:
        st.caption(empty)
        return
    order = list(Severity)
    shown = sorted(findings, key=lambda one: order.index(one.severity))
    st.html(_aside("".join(_finding_html(one) for one in shown), aside))


def _aside(html: str, name: str) -> str:
    """Return a list that can be scrolled by keyboard; for no name as it is."""
    if not name:
        return html
    return f'<div class="zp-scroll" role="region" aria-label="{name}" tabindex="0">{html}</div>'


def _finding_html(finding: Finding) -> str:
    """Return one finding as a block."""
    place = finding.where
    where = f"{place.label}（{place.source}）" if place.source else place.label
    quote = f'<p class="zp-quote"><span>原文</span>{escape(place.quote)}</p>' if place.quote else ""
    return (
        f'<div class="zp-finding {_BORDERS[finding.severity]}">'
        f'<p><span class="zp-chip {CHIPS[finding.severity]}">{finding.severity.value}</span> '
        f"<b>{escape(finding.title)}</b></p>"
        f'<p class="zp-quiet">位置：{escape(where)}</p>{quote}'
        f"<p>{escape(finding.message)}</p>"
        f'<p class="zp-quiet">依据：{escape(finding.why)}</p>'
        f"<p>怎么办：{escape(finding.remedy)}</p></div>"
    )


def show_missing(items: Sequence[MissingItem], *, aside: str = "") -> None:
    """Show what is missing and whom to ask; `aside` as for `show_findings`."""
    if not items:
        st.caption("该填的都填了。")
        return
    needs = "".join(
        f'<div class="zp-need"><b>{escape(one.field)}</b>{escape(one.why)}'
        f'<div class="zp-quiet">向{escape(one.ask)}要</div></div>'
        for one in items
    )
    st.html(_aside(needs, aside))
