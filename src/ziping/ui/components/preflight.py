"""What stands between a report and 定稿."""

import streamlit as st

from ziping.domain.findings import Finding
from ziping.services.exporting import Preflight, override_finding
from ziping.services.open_points import OpenPoints
from ziping.ui import navigation, resources, state
from ziping.ui.components.findings import show_findings
from ziping.ui.components.pending import show_pending
from ziping.ui.telling import told


def show_preflight(report_id: int, checked: Preflight, pending: OpenPoints) -> None:
    """Show errors with the way to override each, placeholders and missing sections."""
    st.subheader("导出前检查")
    if checked.undrafted:
        st.warning(f"还有 {len(checked.undrafted)} 节没有起草。")
        st.page_link(navigation.page_path("drafting"), label="去起草", icon=":material/article:")
    if pending.points:
        show_pending(pending)
    if not checked.errors and not pending.points and not checked.undrafted:
        st.success("没有未处理的错误，可以导出定稿。", icon=":material/check_circle:")
    elif not checked.errors:
        st.info("没有错误拦住定稿；上面的情况请先处理或确认，再导出定稿。")
    else:
        st.markdown(f"**{len(checked.errors)} 处错误未处理**")
        st.caption("不影响导出送审稿；定稿前请更正，或写明放行理由。")
    for finding in checked.errors:
        with st.container(border=True):
            show_findings((finding,))
            if finding.id in checked.lapsed:
                st.caption("这一条放行过，之后数据变了，请重新确认。")
            with st.popover("写明放行理由", key=f"override-box:{finding.id}"):
                reason = st.text_area("理由（会留痕）", key=f"override:{finding.id}", height=80)
                st.button(
                    "放行", key=f"override-save:{finding.id}", disabled=not (reason or "").strip(),
                    on_click=_override, args=(report_id, finding, reason or ""),
                )  # fmt: skip
    for finding, override in checked.overridden:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(
                f"已放行：{finding.title}（{override.reason}，{override.saved_by}）",
                width="stretch",
            )
            st.button(
                "撤回", key=f"override-undo:{finding.id}", on_click=_override,
                args=(report_id, finding, ""),
            )  # fmt: skip


@told
def _override(report_id: int, finding: Finding, reason: str) -> None:
    """Record or take back an override."""
    override_finding(resources.workspace(), report_id, finding, reason)
    state.notify("已记录" if reason else "已撤回")
