"""Choosing last year's report, and what of it goes into this year's."""

import streamlit as st

from ziping.services.reports import list_reports
from ziping.services.rolled_texts import LastYear
from ziping.services.rolling import Rolled, last_year_of, read_last_year
from ziping.ui import resources
from ziping.ui.components.inert import inert

_OWN, _FILE = "工作台里的报告", "上年的文件"
_KINDS = ["docx", "txt", "md", "xlsx", "xls", "xlsm", "yaml", "yml", "json"]


def choose_last_year() -> LastYear | None:
    """Ask for last year's report; None until one is chosen."""
    workspace = resources.workspace()
    reports = list_reports(workspace)
    ways = [_OWN, _FILE] if reports else [_FILE]
    way = st.segmented_control(
        "上年报告在哪里", ways, default=ways[0], required=True, key="roll:way"
    )
    if way == _OWN:
        titles = {one.id: f"{one.title}（{one.state}）" for one in reports}
        chosen = st.selectbox(
            "上年报告", list(titles), format_func=titles.__getitem__, key="roll:report"
        )
        return last_year_of(workspace, chosen)
    left, right = st.columns([3, 2])
    place = right.text_input(
        "地区", key="roll:place", placeholder="如：湖南 怀化；不填按全国规则", autocomplete="off"
    )
    upload = left.file_uploader(
        "上年的自评报告或自评表",
        type=_KINDS,
        key="roll:file",
        help="Word 报告最好：数据、问题、建议都能读出来；只有自评表的，只结转数据。",
    )
    if upload is None:
        return None
    return read_last_year(
        workspace.content,
        upload.getvalue(),
        upload.name,
        today=workspace.clock(),
        place=place.strip(),
    )


def show_rolled(rolled: Rolled) -> None:
    """Show what would go into the new report, for a person to look at first."""
    st.info("\n".join(f"- {inert(one)}。" for one in rolled.remarks))
    if rolled.reading:
        with st.expander(f"上年文件读入时请核对的 {len(rolled.reading)} 处"):
            for one in rolled.reading:
                st.markdown(f"- {inert(one)}")
    report = rolled.report
    for number, project in enumerate(report.projects, 1):
        last = project.previous
        st.subheader(inert(project.name) or f"项目{number}（未命名）")
        st.caption(
            f"{last.fiscal_year}年：年初预算 {inert(last.initial_budget) or '—'}，"
            f"全年预算 {inert(last.annual_budget) or '—'}，执行 {inert(last.executed) or '—'}"
            f"（{project.fund_unit.value}），执行率 {inert(last.rate) or '—'}，"
            f"总分 {inert(last.total) or '—'}，等级 {inert(last.grade) or '—'}"
        )
        rows = [
            {
                "一级指标": line.level1,
                "二级指标": line.level2,
                "三级指标": line.level3,
                "分值": line.weight,
                "指标值（建议）": line.target,
                f"{last.fiscal_year}年完成值": line.previous.actual,
                f"{last.fiscal_year}年得分": line.previous.points,
            }
            for line in project.indicators
        ]
        st.dataframe(rows, hide_index=True, alt=f"结转的指标 {number}")
    if report.rectifications:
        st.subheader(f"上年问题 {len(report.rectifications)} 条")
        problems = [
            {"上年问题": one.problem, "上年建议": one.suggestion} for one in report.rectifications
        ]
        st.dataframe(
            problems,
            hide_index=True,
            column_config={
                "上年问题": st.column_config.TextColumn(width="large"),
                "上年建议": st.column_config.TextColumn(width="large"),
            },
            alt="上年问题",
        )
