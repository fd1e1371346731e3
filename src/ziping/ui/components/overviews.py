"""The list of reports and the roll-up over their projects."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from ziping.domain.stored import ReportOverview
from ziping.ui import navigation, state
from ziping.ui.components.band import local_time

_GRADES = ["优", "良", "中", "差", "待定"]
_COLOURS = ["#1b7f4d", "#1f5fa8", "#b26a00", "#b3261e", "#7d8a97"]


def show_overviews(overviews: Sequence[ReportOverview]) -> None:
    """Show one line a report; choosing a line opens it."""
    table = [_row(one) for one in overviews]
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="reports",
        column_config={
            "报告": st.column_config.TextColumn("报告", width=305),
            "项目": st.column_config.TextColumn("项目", width=140),
        },
        alt="报告列表",
    )
    chosen = event.selection.rows
    if chosen:
        state.open_report(overviews[chosen[0]].id)
        st.switch_page(navigation.page_path("filling"))
    st.caption("点一行左侧的方框打开报告。")


def _row(one: ReportOverview) -> dict[str, object]:
    """Return a report's line."""
    single = one.projects[0] if len(one.projects) == 1 else None
    return {
        "报告": one.title,
        "项目": single.name if single else f"{len(one.projects)} 个项目",
        "总分": (single.total or "待定") if single else "—",
        "等级": (single.grade or "待定") if single else "—",
        "执行率": (single.execution_rate or "待定") if single else "—",
        "错误": one.errors,
        "警告": one.warnings,
        "状态": one.state,
        "最后保存": local_time(one.saved_at) if one.saved_at else "",
        "保存人": one.saved_by,
    }


def show_roll_up(overviews: Sequence[ReportOverview]) -> None:
    """Show totals and grades over all projects, once there are several."""
    projects = [(one, project) for one in overviews for project in one.projects]
    if len(projects) < 2:  # noqa: PLR2004 - one project has no distribution
        return
    st.subheader("项目汇总")
    rows = [
        {
            "项目": f"{number}. {project.name or '未命名'}（{one.unit or '未填单位'}）",
            "总分": float(project.total) if project.total else None,
            "等级": project.grade or "待定",
        }
        for number, (one, project) in enumerate(projects, 1)
    ]
    colour = alt.Color("等级:N", scale=alt.Scale(domain=_GRADES, range=_COLOURS), title="等级")
    left, right = st.columns([2, 1])
    scored = alt.InlineData(values=[one for one in rows if one["总分"] is not None])
    bars = alt.Chart(scored).mark_bar(height=14).encode(
        x=alt.X("总分:Q", scale=alt.Scale(domain=[0, 100]), title="总分"),
        y=alt.Y("项目:N", sort="-x", title=None, axis=alt.Axis(labelLimit=320)),
        color=colour.legend(None),
        tooltip=["项目:N", "总分:Q", "等级:N"],
    )  # fmt: skip
    left.altair_chart(bars.properties(height=alt.Step(26)))
    counts = alt.Chart(alt.InlineData(values=rows)).mark_bar().encode(
        x=alt.X("等级:N", sort=_GRADES, title="等级", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("count():Q", title="项目数", axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color("等级:N", scale=alt.Scale(domain=_GRADES, range=_COLOURS), legend=None),
        tooltip=["等级:N", alt.Tooltip("count():Q", title="项目数")],
    )  # fmt: skip
    right.altair_chart(counts.properties(height=220))
