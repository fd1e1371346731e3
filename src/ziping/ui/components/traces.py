"""Why a line has its points: formula with figures, reason, clause, distance."""

from html import escape

import streamlit as st

from ziping.domain.numbers import plain
from ziping.domain.scores import LineScore, LineStatus
from ziping.ui.components.clauses import clause_button


def show_trace(line: LineScore) -> None:
    """Show why a line has its points."""
    points = "待定" if line.points is None else plain(line.points, 2)
    weight = "—" if line.weight is None else plain(line.weight)
    if line.status is LineStatus.NOT_APPLICABLE:
        st.markdown("**不适用，不计分**")
        st.text(line.trace.reason)
        return
    parts = [f"<p><b>得 {points} 分 / {weight} 分</b></p>"]
    if line.trace.formula:
        parts.append(f"<p>{escape(line.trace.formula)}</p>")
    parts.append(f"<p>{escape(line.trace.reason)}</p>")
    if line.needs:
        parts.append(f"<p>还需要：{escape(line.needs)}</p>")
    if line.problem:
        parts.append(f"<p>给分不成立：{escape(line.problem)}</p>")
    if line.trace.distance:
        parts.append(f"<p>离满分：{escape(line.trace.distance)}</p>")
    parts.extend(f'<p class="zp-quiet">{escape(note)}</p>' for note in line.notes)
    st.html(f'<div class="zp-finding">{"".join(parts)}</div>')
    clause_button(line.trace.clause, key=f"clause:{line.id}")
