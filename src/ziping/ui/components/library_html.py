"""Clauses of the library as HTML, everything that comes from files escaped (条款显示)."""

import re
from collections.abc import Iterable
from html import escape

from ziping.domain.library import Hit, LibraryClause, Origin
from ziping.domain.rules import CERTAINTY_TITLES, Certainty
from ziping.services.library import citation

_EXCERPT = 220
_LEAD = 60
_STATUS_CHIPS = {"现行": "zp-chip-good", "已废止": "zp-chip-error", "待核实": "zp-chip-warning"}


def marked(text: str, marks: Iterable[str]) -> str:
    """Return escaped text with each matched word in a mark element."""
    words = sorted({one for one in marks if one.strip()}, key=len, reverse=True)
    if not words:
        return escape(text)
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    return "".join(
        f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def chip(text: str, style: str = "zp-chip-plain") -> str:
    """Return a small label."""
    return f'<span class="zp-chip {style}">{escape(text)}</span>'


def status_chip(status: str) -> str:
    """Return the label of a status."""
    return chip(status, _STATUS_CHIPS.get(status, "zp-chip-plain"))


def certainty_chip(certainty: Certainty) -> str:
    """Return the label that says how surely a text is known."""
    seen = certainty is Certainty.SEEN
    own = certainty is Certainty.OWN_DEFAULT
    style = "zp-chip-good" if seen else "zp-chip-plain" if own else "zp-chip-warning"
    return chip(CERTAINTY_TITLES[certainty], style)


def clause_chips(clause: LibraryClause) -> str:
    """Return status, origin and certainty of a clause."""
    is_original = clause.origin is Origin.ORIGINAL
    origin = chip(clause.origin.value, "zp-chip-note" if is_original else "zp-chip-plain")
    certainty = "" if is_original else certainty_chip(clause.certainty)
    return f'<span class="zp-chips">{status_chip(clause.status)}{origin}{certainty}</span>'


def hit_html(hit: Hit) -> str:
    """Return a hit: where it stands, how it is known, and its text with the matched words marked.

    A long text shows the passage around the first matched words, and opens in full.
    """
    clause = hit.clause
    text = clause.text
    if len(text) <= _EXCERPT + _LEAD:
        body = f'<p class="zp-hit-text">{marked(text, hit.marks)}</p>'
    else:
        body = (
            f'<p class="zp-hit-text">{marked(excerpt(text, hit.marks), hit.marks)}</p>'
            f"<details><summary>看全文（{len(text)} 字）</summary>"
            f'<p class="zp-hit-text">{marked(text, hit.marks)}</p></details>'
        )
    if hit.same:
        body += (
            '<details class="zp-same"><summary>同一条的转述（本系统的要点）</summary>'
            f'<p class="zp-hit-text">{marked(hit.same.text, hit.marks)}</p></details>'
        )
    page = f" · 第 {clause.page} 页" if clause.page else ""
    by = f" · 依{'、'.join(hit.by)}找到" if hit.by else ""
    return (
        f'<div class="zp-hit"><div class="zp-hit-head"><b>{escape(citation(clause))} '
        f"{escape(clause.article)}</b>"
        f'<span class="zp-quiet">{escape(clause.title)}{page}{escape(by)}</span></div>'
        f"{clause_chips(clause)}{body}</div>"
    )


def excerpt(text: str, marks: Iterable[str]) -> str:
    """Return the passage of a long text where most matched words stand close together."""
    lowered = text.lower()
    words = [one.lower() for one in marks if one.strip()]
    places = [found.start() for one in words for found in re.finditer(re.escape(one), lowered)]
    if not places:
        return f"{text[:_EXCERPT]}…"
    best = max(sorted(places), key=lambda at: sum(at <= one < at + _EXCERPT for one in places))
    start = max(0, best - _LEAD)
    passage = text[start : start + _EXCERPT + _LEAD]
    before = "…" if start else ""
    return f"{before}{passage}{'…' if start + len(passage) < len(text) else ''}"


def clause_html(clause: LibraryClause, *, here: bool = False) -> str:
    """Return one clause of a document in full."""
    page = f"第 {clause.page} 页" if clause.page else ""
    certainty = "" if clause.origin is Origin.ORIGINAL else certainty_chip(clause.certainty)
    style = "zp-clause zp-hit zp-clause-here" if here else "zp-clause zp-hit"
    return (
        f'<div class="{style}"><div class="zp-hit-head"><b>{escape(clause.article)}</b>'
        f'<span class="zp-quiet">{escape(clause.title)} {page}</span>{certainty}</div>'
        f'<p class="zp-hit-text">{escape(clause.text)}</p></div>'
    )
