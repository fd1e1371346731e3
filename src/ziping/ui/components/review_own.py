"""我的数据: a reviewer's own figures, by form or from a file, blind when wanted."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.domain.evaluation import FundUnit, PrintedEvaluation, Report, SelfEvaluation
from ziping.domain.reviews import OwnFigures
from ziping.services.own_figures import (
    BY_HAND,
    form_of,
    own_figures_of,
    read_figures,
    reveal,
    save_own_figures,
)
from ziping.services.reports import open_report
from ziping.ui import own_grids, resources, state
from ziping.ui.components.band import local_time
from ziping.ui.components.entry_tables import Column, EntryTable, show_entry_table
from ziping.ui.components.imported import show_imported
from ziping.ui.components.inert import inert
from ziping.ui.grids import FUND_COLUMNS
from ziping.ui.telling import told

_Change = Callable[[SelfEvaluation], SelfEvaluation]
_FUNDS = EntryTable(
    "我的资金数据",
    (
        Column(own_grids.SOURCE, 22, "fixed"),
        *(Column(title, 14) for title in FUND_COLUMNS),
        *(Column(title, 11) for title in own_grids.PRINTED_FUND),
    ),
    own_grids.with_own_funds,
)
_LINES = EntryTable(
    "我的指标数据",
    (
        Column("一级指标", 13),
        Column("二级指标", 15),
        Column("三级指标", 24),
        Column("年度指标值", 17),
        Column("实际完成值", 17),
        Column("分值", 7),
        Column(own_grids.POINTS, 7),
    ),
    own_grids.with_own_lines,
    blank=3,
)
_BLIND = "own:blind"
_ASK = "按表头判断"


def show_own_figures(report_id: int, report: Report, own: OwnFigures | None) -> None:
    """Show the reviewer's figures and the ways to enter them."""
    _show_state(report_id, own)
    by_hand, by_file = st.tabs(["手工填写", "上传文件"])
    with by_hand:
        _show_form(report_id, form_of(report, own))
    with by_file:
        _show_upload(report_id, report, own)


def _show_state(report_id: int, own: OwnFigures | None) -> None:
    """Say where the figures come from, and whether the draft was seen."""
    st.caption("这里填的是您自己掌握的数据（账面、批复、财政系统），只用于比对，不会改动报告。")
    if own is None:
        st.checkbox(
            "先不看草稿数据（盲填），填完再比对",
            key=_BLIND,
            help="盲填期间本页不显示草稿的数据和得分；点“填好了，开始比对”后才显示，并记入经过。",
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        seen = "盲填中" if own.is_blind else "已与草稿比对"
        st.markdown(
            f"**{inert(own.origin)}**　:gray[{local_time(own.at)} 保存，第{own.version}次，{seen}]",
            width="stretch",
        )
        if own.is_blind:
            st.button(
                "填好了，开始比对",
                type="primary",
                icon=":material/visibility:",
                on_click=_reveal,
                args=(report_id,),
            )


@told
def _reveal(report_id: int) -> None:
    """Begin to compare."""
    reveal(resources.workspace(), report_id)


def is_blind(own: OwnFigures | None) -> bool:
    """Whether the draft's figures stay hidden on this page."""
    return own.is_blind if own is not None else bool(state.widget_value(_BLIND))


def _show_form(report_id: int, form: Report) -> None:
    """Show the form, a project at a time."""
    if not form.projects:
        st.caption("报告里还没有项目。")
        return
    number = 0
    if len(form.projects) > 1:
        number = st.segmented_control(
            "项目",
            range(len(form.projects)),
            default=0,
            required=True,
            format_func=lambda n: inert(form.projects[n].name) or f"项目{n + 1}",
            key="own:project",
            label_visibility="collapsed",
        )
    project = form.projects[number]
    at = f"{report_id}:{number}"
    _show_funds(report_id, number, project, at)
    _show_lines(report_id, number, project)
    total, grade, _ = st.columns([1, 1, 4])
    _result(total, report_id, number, "总分", project.printed.total)
    _result(grade, report_id, number, "等级", project.printed.grade)
    st.caption("只填您掌握的格；空着的格不参与比对。底部空行可以填草稿里没有的指标。")


def _show_funds(report_id: int, number: int, project: SelfEvaluation, at: str) -> None:
    """Show unit and fund grid."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**项目资金**　:gray[金额单位]", width="content")
        units = list(FundUnit)
        key = f"own:unit:{at}:{project.fund_unit}"
        st.selectbox(
            "金额单位", units, index=units.index(project.fund_unit), key=key, width=110,
            label_visibility="collapsed",
            on_change=_save_unit, args=(report_id, number, key),
        )  # fmt: skip
    rows = own_grids.own_fund_rows(project)
    beside = own_grids.names(rows, own_grids.SOURCE)
    show_entry_table(_FUNDS, project, rows, beside, partial(_save_typed, report_id, number))


def _show_lines(report_id: int, number: int, project: SelfEvaluation) -> None:
    """Show the indicator grid with blank rows below."""
    st.markdown("**绩效指标**")
    rows = own_grids.own_line_rows(project)
    beside = own_grids.names(rows, "三级指标", "二级指标")
    show_entry_table(_LINES, project, rows, beside, partial(_save_typed, report_id, number))


def _result(place: Any, report_id: int, number: int, title: str, value: str) -> None:  # noqa: ANN401 - a column of the page
    """Show a result the reviewer may state."""
    key = f"own:{title}:{report_id}:{number}:{value}"
    place.text_input(
        title, value=value, key=key, on_change=_save_result, args=(report_id, number, title, key),
        autocomplete="off",
    )  # fmt: skip


def _changed(report_id: int, number: int, change: _Change) -> None:
    """Save a change of one project of the form."""
    workspace = resources.workspace()
    own = own_figures_of(workspace, report_id)
    form = form_of(open_report(workspace, report_id).report, own)
    projects = [change(one) if n == number else one for n, one in enumerate(form.projects)]
    save_own_figures(
        workspace,
        report_id,
        tuple(projects),
        origin=own.origin if own else BY_HAND,
        is_blind=is_blind(own),
    )


@told
def _save_unit(report_id: int, number: int, key: str) -> None:
    unit = FundUnit(state.widget_value(key))
    _changed(report_id, number, lambda one: one.model_copy(update={"fund_unit": unit}))


@told
def _save_typed(report_id: int, number: int, change: _Change, version: int) -> None:  # noqa: ARG001 - nobody else writes a reviewer's figures
    _changed(report_id, number, change)


@told
def _save_result(report_id: int, number: int, title: str, key: str) -> None:
    text = str(state.widget_value(key) or "").strip()
    field = {"总分": "total", "等级": "grade"}[title]

    def changed(one: SelfEvaluation) -> SelfEvaluation:
        printed = PrintedEvaluation(**{**one.printed.model_dump(), field: text})
        return one.model_copy(update={"printed": printed})

    _changed(report_id, number, changed)


def _show_upload(report_id: int, report: Report, own: OwnFigures | None) -> None:
    """Take a table or a list from the finance system."""
    st.caption(
        "自评表（Excel、Word），或财政系统导出的项目清单（xlsx、csv；要有“项目名称”和金额列）。"
    )
    unit = st.selectbox(
        "清单的金额单位", [_ASK, *(one.value for one in FundUnit)], key="own:list-unit", width=200,
        help="清单的表头或标题里写了单位的，按所写的读",
    )  # fmt: skip
    upload = st.file_uploader(
        "我的数据文件", type=["xlsx", "xls", "xlsm", "docx", "csv"], key="own:file"
    )
    if upload is None:
        return
    content = resources.workspace().content
    try:
        read = read_figures(
            content, upload.getvalue(), upload.name, place=report.place, year=report.fiscal_year,
            unit=None if unit == _ASK else FundUnit(unit),
        )  # fmt: skip
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    if st.button("核对无误，用作我的数据", type="primary", icon=":material/done_all:"):
        _use_file(report_id, read.evaluations, upload.name, is_hidden=is_blind(own))
    show_imported(read)


def _use_file(
    report_id: int, projects: tuple[SelfEvaluation, ...], name: str, *, is_hidden: bool
) -> None:
    """Keep the figures of a file as the reviewer's own."""
    save_own_figures(
        resources.workspace(), report_id, projects,
        origin=name, is_blind=is_hidden,
    )  # fmt: skip
    state.notify("已用作我的数据")
    st.rerun()
