"""Deductions, problems and suggestions side by side, so that none stands alone."""

from collections.abc import Sequence

import streamlit as st

from ziping.domain.numbers import plain
from ziping.services.closure import ClosureLine, closure, repeated_from_last_year
from ziping.services.drafting import SectionView
from ziping.ui import resources
from ziping.ui.components.band import OpenReport
from ziping.ui.components.inert import inert

_PROBLEMS = "lessons.problems"


def show_closure(opened: OpenReport, views: Sequence[SectionView]) -> None:
    """Show what each deduction has come to, once the problems are drafted."""
    texts = {one.outline.id: one.newest.section for one in views if one.newest is not None}
    if _PROBLEMS not in texts:
        return
    for said in repeated_from_last_year(opened.scored.report, texts):
        st.warning(
            f"与上年报告里的问题一字不差：“{inert(said)}”　"
            "请按今年的情况重写，或写明为什么还没有解决。"
        )
    lines = closure(resources.workspace().content, opened.scored, texts)
    if not lines:
        return
    with st.expander("扣分、问题、建议对得上吗", expanded=True):
        st.dataframe([_row(one) for one in lines], hide_index=True, alt="扣分、问题和建议")


def _row(line: ClosureLine) -> dict[str, str]:
    """Return one line of the table."""
    return {
        "扣分或发现": line.cause,
        "扣分": plain(line.points, 2) if line.points else "",
        "问题": line.problem or "—",
        "建议": line.suggestion or "—",
        "措施": f"{line.measures} 条" if line.measures else "",
        "核对": line.state.value,
    }
