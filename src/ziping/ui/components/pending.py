"""What is still open in a report, as people see it before it goes on."""

import streamlit as st

from ziping.services.auditing import list_audit
from ziping.services.open_points import OpenPoints, PointKind, open_points
from ziping.ui import navigation, resources
from ziping.ui.components.inert import inert

_SHOWN = 4


def pending_of(report_id: int) -> OpenPoints:
    """Return what is open in a report, looked for once after each change that is logged of it."""
    newest = list_audit(resources.workspace(), 1, report_id).entries
    return _pending(report_id, newest[0].hash if newest else "")


@st.cache_data(max_entries=100, show_spinner=False)
def _pending(
    report_id: int,
    change: str,  # noqa: ARG001 - part of what the answer is kept under
) -> OpenPoints:
    """Return what is open in a report after a change."""
    return open_points(resources.workspace(), report_id)


def show_pending(pending: OpenPoints) -> None:
    """List what is open by kind, with the places and the way to mend it."""
    st.warning(f"还有未了事项：{pending.summary}。", icon=":material/rule:")
    for kind in PointKind:
        found = pending.of(kind)
        if not found:
            continue
        st.markdown(f"**{kind}（{len(found)} 处）**")
        for one in found[:_SHOWN]:
            st.caption(f"{inert(one.place)}　{inert(one.told)}")
        if len(found) > _SHOWN:
            places = "、".join(dict.fromkeys(one.place for one in found[_SHOWN:]))
            st.caption(f"另有 {len(found) - _SHOWN} 处：{inert(places)}")
    if any(one.section_id for one in pending.points):
        st.page_link(
            navigation.page_path("drafting"), label="到“起草”查看正文", icon=":material/article:"
        )
