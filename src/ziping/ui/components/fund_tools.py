"""Adding and removing fund rows and projects."""

import streamlit as st

from ziping.domain.evaluation import FUND_SOURCE_TITLES, FundSource, Report, SelfEvaluation
from ziping.ui import editing, grids, state


def show_fund_tools(evaluation: SelfEvaluation) -> None:
    """Show what rows can be added to and taken from the fund grid."""
    with st.container(horizontal=True), st.popover("增减资金行", icon=":material/table_rows:"):
        source = st.selectbox(
            "资金来源",
            _addable(evaluation),
            format_func=FUND_SOURCE_TITLES.__getitem__,
            key=f"fund-source:{evaluation.id}",
        )
        st.button(
            "添加资金行",
            key=f"fund-add:{evaluation.id}",
            on_click=_add,
            args=(evaluation.id, source),
        )
        titles = [row.label or FUND_SOURCE_TITLES[row.source] for row in evaluation.funds]
        if titles:
            number = st.selectbox(
                "要删除的行",
                range(len(titles)),
                format_func=titles.__getitem__,
                key=f"fund-row:{evaluation.id}",
            )
            st.button(
                "删除资金行",
                key=f"fund-remove:{evaluation.id}",
                on_click=_remove,
                args=(evaluation.id, number),
            )


def _addable(evaluation: SelfEvaluation) -> list[FundSource]:
    """Return the sources a row can be added for; there is one total row only."""
    has_total = evaluation.fund(FundSource.TOTAL) is not None
    return [one for one in FundSource if not (has_total and one is FundSource.TOTAL)]


def _add(project_id: str, source: FundSource) -> None:
    """Add a fund row."""
    editing.save_project(
        project_id, lambda one: grids.with_fund_row(one, source), note="添加资金行"
    )


def _remove(project_id: str, number: int) -> None:
    """Take a fund row away; earlier versions keep it."""
    editing.save_project(
        project_id, lambda one: grids.without_fund_row(one, number), note="删除资金行"
    )


def show_project_removal(evaluation: SelfEvaluation) -> None:
    """Show the way to take a project out of the report."""
    with st.popover("移除这个项目", icon=":material/delete:", type="tertiary"):
        st.write("项目会从报告里移除；以前的版本仍在历史里，可以恢复。")
        st.button(
            "确认移除",
            key=f"remove:{evaluation.id}",
            on_click=_remove_project,
            args=(evaluation.id,),
        )


def _remove_project(project_id: str) -> None:
    """Take a project out."""

    def removed(report: Report) -> Report:
        kept = tuple(one for one in report.projects if one.id != project_id)
        return report.model_copy(update={"projects": kept})

    editing.save_report_change(removed, note="移除项目")
    state.notify("已移除，可在历史版本里找回", ":material/delete:")
