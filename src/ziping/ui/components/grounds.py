"""Whether a section's statements follow from the figures: one badge, and the list behind it."""

import streamlit as st

from ziping.domain.grounding import VIOLATION_TITLES, Violation
from ziping.services.grounding import ground_text
from ziping.ui import resources
from ziping.ui.components.band import OpenReport

_PLACEHOLDER = "【待补充"


@st.cache_data(max_entries=400, show_spinner=False)
def _violations(
    report_id: int,  # noqa: ARG001 - part of what the answer is kept under
    version: int,  # noqa: ARG001 - as above
    text: str,
    _opened: OpenReport,
) -> list[Violation]:
    """Return what of a text does not follow from one version of a report."""
    report = _opened.scored.report
    return list(ground_text(resources.workspace().content, report, text).violations)


def show_grounds(opened: OpenReport, text: str, *, key: str) -> None:
    """Show 数据已核对, or how many statements wait for a person, listed on a click."""
    if _PLACEHOLDER in text:
        st.badge("有待补充", icon=":material/edit_note:", color="orange")
    found = _violations(opened.id, opened.stored.version, text, opened)
    if not found and _PLACEHOLDER not in text:
        st.badge("数据已核对", icon=":material/verified:", color="blue")
    if not found:
        return
    with st.popover(
        f"{len(found)} 处待核对", icon=":material/rule:", type="tertiary", key=f"grounds:{key}"
    ):
        st.caption("下面的说法与填报的数据对不上，或找不到出处。系统不会改您的文字。")
        for one in found:
            st.markdown(f"**{VIOLATION_TITLES[one.kind]}**")
            st.text(f"“{one.text}”：{one.reason}")
            if one.suggestion:
                st.text(f"可以改为：{one.suggestion}")
