"""我的数据: a reviewer's own figures, by form or from a file, blind when wanted."""

from collections.abc import Mapping
from secrets import token_hex
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
from ziping.ui.components.imported import show_imported
from ziping.ui.telling import told

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
            f"**{own.origin}**　:gray[{local_time(own.at)} 保存，第{own.version}次，{seen}]",
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
    reveal(resources.workspace(), report_id, resources.person())


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
            format_func=lambda n: form.projects[n].name or f"项目{n + 1}",
            key="own:project",
            label_visibility="collapsed",
        )
    project = form.projects[number]
    at = f"{report_id}:{number}"
    _show_funds(report_id, number, project, at)
    _show_lines(report_id, number, project, at)
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
    rows = own_grids.fund_rows(project)
    titles = list(rows[0]) if rows else []
    key, cells = _drawn(f"own:funds:{at}", rows)
    st.data_editor(
        cells,
        key=key,
        hide_index=True,
        num_rows="fixed",
        height="content",
        placeholder="",
        disabled=["资金来源"],
        column_config={title: st.column_config.TextColumn(title) for title in titles},
        on_change=_save_funds,
        args=(report_id, number, key),
        alt="我的资金数据",
    )


def _show_lines(report_id: int, number: int, project: SelfEvaluation, at: str) -> None:
    """Show the indicator grid with spare rows below."""
    st.markdown("**绩效指标**")
    grid = f"own:lines:{at}"
    ids = state.grid_rows(grid)
    known = [line.id for line in project.indicators]
    if ids is None or [one for one in ids if one in known] != known:
        state.draw_anew(grid)
        ids = own_grids.row_ids(project, f"-{token_hex(3)}")
        state.set_grid_rows(grid, ids)
    rows = own_grids.line_rows(project, ids)
    key, cells = _drawn(grid, rows)
    st.data_editor(
        cells,
        key=key,
        hide_index=True,
        num_rows="fixed",
        height="content",
        placeholder="",
        column_config={title: st.column_config.TextColumn(title) for title in rows[0]},
        on_change=_save_lines,
        args=(report_id, number, grid, key),
        alt="我的指标数据",
    )


def _result(place: Any, report_id: int, number: int, title: str, value: str) -> None:  # noqa: ANN401 - a column of the page
    """Show a result the reviewer may state."""
    key = f"own:{title}:{report_id}:{number}:{value}"
    place.text_input(
        title, value=value, key=key, on_change=_save_result, args=(report_id, number, title, key),
        autocomplete="off",
    )  # fmt: skip


def _changed(report_id: int, number: int, change: Any) -> None:  # noqa: ANN401 - a function of a project
    """Save a change of one project of the form."""
    workspace, person = resources.workspace(), resources.person()
    own = own_figures_of(workspace, report_id, person)
    form = form_of(open_report(workspace, report_id).report, own)
    projects = [change(one) if n == number else one for n, one in enumerate(form.projects)]
    save_own_figures(
        workspace,
        report_id,
        person,
        tuple(projects),
        origin=own.origin if own else BY_HAND,
        is_blind=is_blind(own),
    )


@told
def _save_unit(report_id: int, number: int, key: str) -> None:
    unit = FundUnit(state.widget_value(key))
    _changed(report_id, number, lambda one: one.model_copy(update={"fund_unit": unit}))


@told
def _save_funds(report_id: int, number: int, key: str) -> None:
    edits = _edits(key)
    _changed(report_id, number, lambda one: own_grids.with_fund_edits(one, edits))


@told
def _save_lines(report_id: int, number: int, grid: str, key: str) -> None:
    edits, ids = _edits(key), state.grid_rows(grid) or ()
    _changed(report_id, number, lambda one: own_grids.with_line_edits(one, ids, edits))


@told
def _save_result(report_id: int, number: int, title: str, key: str) -> None:
    text = str(state.widget_value(key) or "").strip()
    field = {"总分": "total", "等级": "grade"}[title]

    def changed(one: SelfEvaluation) -> SelfEvaluation:
        printed = PrintedEvaluation(**{**one.printed.model_dump(), field: text})
        return one.model_copy(update={"printed": printed})

    _changed(report_id, number, changed)


def _drawn(grid: str, rows: list[own_grids.Row]) -> tuple[str, list[own_grids.Row]]:
    """Return a grid's key and the cells it is drawn with.

    While what is stored is what was typed, the grid is left alone: cells that change under it
    would throw away what is being typed.
    """
    key = state.drawn_key(grid)
    cells = state.drawn_cells(key)
    if cells is not None and _with_typed(cells, _edits(key)) == rows:
        return key, cells
    if cells is not None:
        state.draw_anew(grid)
        key = state.drawn_key(grid)
    state.set_drawn_cells(key, rows)
    return key, rows


def _with_typed(
    cells: list[own_grids.Row], typed: Mapping[int, Mapping[str, Any]]
) -> list[own_grids.Row]:
    """Return cells with what was typed into them."""
    return [
        {**row, **{title: str(value or "").strip() for title, value in typed.get(n, {}).items()}}
        for n, row in enumerate(cells)
    ]


def _edits(key: str) -> Mapping[int, Mapping[str, Any]]:
    """Return a grid's edited cells by row number."""
    held = state.widget_value(key) or {}
    edits: Mapping[int, Mapping[str, Any]] = held.get("edited_rows", {})
    return edits


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
        st.error(str(error))
        return
    if st.button("核对无误，用作我的数据", type="primary", icon=":material/done_all:"):
        _use_file(report_id, read.evaluations, upload.name, is_hidden=is_blind(own))
    show_imported(read)


def _use_file(
    report_id: int, projects: tuple[SelfEvaluation, ...], name: str, *, is_hidden: bool
) -> None:
    """Keep the figures of a file as the reviewer's own."""
    save_own_figures(
        resources.workspace(), report_id, resources.person(), projects,
        origin=name, is_blind=is_hidden,
    )  # fmt: skip
    state.notify("已用作我的数据")
    st.rerun()
