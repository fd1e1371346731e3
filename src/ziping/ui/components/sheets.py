"""The score sheet: summary, dimensions, rates by base, and every line with its reason."""

import altair as alt
import streamlit as st

from ziping.domain.amounts import amount_text
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.rules import RuleSet
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet
from ziping.ui.components.clauses import clause_button
from ziping.ui.components.inert import inert
from ziping.ui.components.traces import show_trace

_WORDS = {
    LineStatus.DETERMINED: "",
    LineStatus.UNDETERMINED: "待定",
    LineStatus.NOT_APPLICABLE: "不适用",
}


def show_summary(sheet: ScoreSheet) -> None:
    """Say the total and grade, or what is settled so far and what is needed."""
    if sheet.total is not None:
        ungraded = "待定" if sheet.grade_needs else "不评级"
        st.subheader(f"总分 {plain(sheet.total, 2)}，等级{sheet.grade or ungraded}")
        if sheet.grade_needs:
            st.write(sheet.grade_needs)
        if sheet.next_grade is not None:
            gap = plain(sheet.next_grade.gap, 2)
            st.write(f"距“{sheet.next_grade.title}”还差 {gap} 分。")
        return
    st.subheader(f"已定 {plain(sheet.determined, 2)} 分，总分待定")
    st.write(f"总分最低 {plain(sheet.low, 2)}、最高 {plain(sheet.high, 2)}。定下来还需要：")
    for line in sheet.lines:
        if line.status is LineStatus.UNDETERMINED:
            st.markdown(f"- {inert(line.level3 or line.level1)}：{inert(line.needs)}")


def show_dimensions(sheet: ScoreSheet) -> None:
    """Show points won and lost by level-1 dimension."""
    rows = [
        {"一级指标": one.level1, "部分": part, "分": float(value), "得分": plain(one.points, 2)}
        for one in sheet.dimensions
        for part, value in (("已得", one.points), ("未得", one.weight - one.points))
        if value > 0
    ]
    order = [one.level1 for one in sheet.dimensions]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("一级指标:N", sort=order, title=None, axis=alt.Axis(labelLimit=140)),
        x=alt.X("分:Q", title="分", stack="zero"),
    )
    colour = alt.Color(
        "部分:N",
        scale=alt.Scale(domain=["已得", "未得"], range=["#1f5fa8", "#d9e0e8"]),
        legend=alt.Legend(title=None, orient="top"),
    )
    st.altair_chart(base.mark_bar(height=16).encode(color=colour).properties(height=alt.Step(32)))
    st.dataframe(
        [
            {
                "一级指标": one.level1,
                "分值": plain(one.weight),
                "得分": plain(one.points, 2),
                "待定项": str(one.undetermined or ""),
            }
            for one in sheet.dimensions
        ],
        hide_index=True,
        alt="各维度得分",
    )


def show_rates(sheet: ScoreSheet, rule_set: RuleSet) -> None:
    """Show the execution rate by every base, with the points each would give."""
    st.subheader("执行率的几种口径")
    rows = [
        {
            "口径": rate.base.value,
            "算式": f"{amount_text(rate.numerator)} ÷ {amount_text(rate.denominator)}",
            "比率": rate_text(rate.value),
            "按此得分": "" if rate.points is None else plain(rate.points, 2),
            "计分口径": "是" if rate.counts else "",
        }
        for rate in sheet.rates
    ]
    if rows:
        st.dataframe(rows, hide_index=True, alt="各口径执行率")
    else:
        st.caption("资金还没有填全，算不出执行率。")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("计分口径由评分规则决定，依据：", width="content")
        clause_button(rule_set.execution.basis.clause, key="clause:execution-basis")


def show_lines(sheet: ScoreSheet) -> None:
    """Show every line; below the table, one line's reason in full."""
    st.subheader("逐项得分")
    st.dataframe(
        [_row(line) for line in sheet.lines],
        hide_index=True,
        height="content",
        column_config={
            "算式": st.column_config.TextColumn("算式", width=290),
            "离满分": st.column_config.TextColumn("离满分", width=130),
        },
        alt="逐项得分",
    )
    titles = {line.id: line.level3 or line.level1 for line in sheet.lines}
    st.subheader("为什么是这个分")
    chosen = st.selectbox(
        "选择一项", list(titles), format_func=titles.__getitem__, key="trace-line"
    )
    line = sheet.line(chosen)
    if line is not None:
        show_trace(line)


def _row(line: LineScore) -> dict[str, str]:
    """Return a line of the table."""
    points = plain(line.points, 2) if line.points is not None else _WORDS[line.status]
    return {
        "一级指标": line.level1,
        "二级指标": line.level2,
        "三级指标": line.level3,
        "分值": "" if line.weight is None else plain(line.weight),
        "得分": points,
        "算式": line.trace.formula or line.needs or line.trace.reason,
        "离满分": line.trace.distance,
    }
