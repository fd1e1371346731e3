"""What a batch came to: totals, every project, what could not be made, downloads."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import partial

import streamlit as st

from ziping.documents.batch_workbooks import UNDETERMINED, UNFILLED, SummaryRow
from ziping.services.batching.batches import Batch
from ziping.services.batching.results import Results
from ziping.services.packaging import EXCEL_MIME, ZIP_MIME
from ziping.ui import navigation, resources, state
from ziping.ui.components.inert import inert
from ziping.ui.telling import mistakes_told

_GRADES = ("优", "良", "中", "差")
_ROW = 35
_FIGURES = re.compile(r"-?\d+(?:\.\d+)?")


def show_results(batch: Batch, results: Results) -> None:
    """Show the roll-up, the downloads and the projects, each of which can be opened."""
    _show_totals(results)
    _show_downloads(batch)
    if results.repeated:
        st.warning(f"{results.repeated}。")
    if results.failures:
        st.subheader(f"没有生成的 {len(results.failures)} 份")
        failures = [
            {"文件": one.source, "位置": one.label, "原因和办法": one.error}
            for one in results.failures
        ]
        st.dataframe(
            failures,
            hide_index=True,
            column_config={"原因和办法": st.column_config.TextColumn(width="large")},
            alt="没有生成的",
        )
    if results.projects:
        _show_projects(batch, results)


def _show_totals(results: Results) -> None:
    """Show how many reports there are, their grades and what is left to do."""
    grades = Counter(one.project.grade for one in results.projects)
    totals = [float(one.project.total) for one in results.projects if one.project.total]
    shown = (
        ("报告", f"{results.reports}"),
        ("项目", f"{len(results.projects)}"),
        ("平均总分", f"{sum(totals) / len(totals):.2f}" if totals else "—"),
        *((grade, f"{grades[grade]}") for grade in _GRADES if grades[grade]),
        ("待定", f"{grades['']}"),
        ("错误", f"{sum(one.project.errors for one in results.projects)}"),
        ("没有生成", f"{len(results.failures)}"),
    )
    for column, (label, value) in zip(st.columns(len(shown)), shown, strict=True):
        column.metric(label, value)


def _show_downloads(batch: Batch) -> None:
    """Show the downloads, made ready when they are pressed."""
    batches = resources.engine().batching.batches
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "下载全部结果",
            partial(batches.packed, batch.id),
            file_name=f"批量自评结果-{batch.id[:8]}.zip",
            mime=ZIP_MIME,
            icon=":material/folder_zip:",
            type="primary",
            on_click="ignore",
            key="batch:zip",
        )
        st.download_button(
            "下载汇总表",
            partial(batches.summary, batch.id),
            file_name=f"汇总表-{batch.id[:8]}.xlsx",
            mime=EXCEL_MIME,
            icon=":material/table_view:",
            on_click="ignore",
            key="batch:summary",
        )
        st.caption("压缩包里一个单位一个文件夹：报告、自评表和待办清单。")


def _show_projects(batch: Batch, results: Results) -> None:
    """Show a line a project; choosing one opens its report on the workbench."""
    st.subheader("项目")
    rows = _filtered(results.projects)
    event = st.dataframe(
        _numbers(_line(one) for one in rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="batch:projects",
        height=min(_ROW * (len(rows) + 1) + 3, 560),
        column_config={"项目支出名称": st.column_config.TextColumn(width="medium")},
        alt="批量结果",
    )
    chosen = [at for at in event.selection.rows if at < len(rows)]
    if not chosen:
        st.caption("点一行左侧的方框，可以把这份报告打开到工作台接着填、改。")
        return
    row = rows[chosen[0]]
    if st.button(f"打开“{inert(row.project.name) or '未命名项目'}”", icon=":material/open_in_new:"):
        with mistakes_told():
            state.open_report(resources.engine().batching.batches.open_report(batch.id, row.key))
            st.switch_page(navigation.page_path("filling"))


def _filtered(rows: tuple[SummaryRow, ...]) -> list[SummaryRow]:
    """Ask which projects to show and return them."""
    units = list(dict.fromkeys(one.unit for one in rows))
    left, right = st.columns([2, 3])
    unit = left.selectbox(
        "单位",
        ["", *units],
        format_func=lambda one: one or _all_told(units),
        key="batch:unit",
    )
    kinds = right.pills(
        "只看", ["有错误", "总分待定", "低于良"], selection_mode="multi", key="batch:kinds"
    )
    return [
        one
        for one in rows
        if (not unit or one.unit == unit)
        and ("有错误" not in kinds or one.project.errors)
        and ("总分待定" not in kinds or not one.project.total)
        and ("低于良" not in kinds or one.project.grade in {"中", "差"})
    ]


def _all_told(units: list[str]) -> str:
    """Return what stands for all units; projects that name none are no unit."""
    named = sum(bool(one) for one in units)
    return (
        f"全部（{named} 个单位，另有没写单位的）" if named < len(units) else f"全部 {named} 个单位"
    )


def _line(row: SummaryRow) -> dict[str, object]:
    """Return a project's cells."""
    one = row.project
    return {
        "单位": row.unit,
        "项目支出名称": one.name,
        "全年预算数": one.annual_budget or UNFILLED,
        "全年执行数": one.executed or UNFILLED,
        "执行率": one.execution_rate or UNDETERMINED,
        **{name: points or UNDETERMINED for name, points in one.levels.items()},
        "总分": one.total or UNDETERMINED,
        "等级": one.grade or UNDETERMINED,
        "错误": one.errors,
        "警告": one.warnings,
        "还缺": one.missing,
        "来源": row.source,
    }


def _numbers(lines: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Return lines with the columns that hold nothing but figures as numbers, to sort by."""
    rows = list(lines)
    words = {
        name
        for row in rows
        for name, cell in row.items()
        if isinstance(cell, str) and not _FIGURES.fullmatch(cell)
    }
    return [
        {
            name: float(cell) if isinstance(cell, str) and name not in words else cell
            for name, cell in row.items()
        }
        for row in rows
    ]
