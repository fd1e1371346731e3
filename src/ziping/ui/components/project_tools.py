"""Tabs over projects, tools for one indicator's row, and the framework checklist."""

import streamlit as st

from ziping.domain.evaluation import Evidence, Indicator, IndicatorScope, Report, SelfEvaluation
from ziping.domain.findings import Finding
from ziping.domain.scores import ScoreSheet
from ziping.services.reports import blank_project
from ziping.services.tables import copy_columns
from ziping.ui import editing, grids, resources, state
from ziping.ui.components.fields import choice_field, text_box, text_field
from ziping.ui.components.findings import show_findings
from ziping.ui.components.inert import inert
from ziping.ui.components.pasting import ask_for_block, is_filled
from ziping.ui.components.traces import show_trace


def show_project_tabs(report: Report) -> int | None:
    """Show a tab a project and one for the report; return the chosen project's number."""
    with st.container(horizontal=True, vertical_alignment="center"):
        numbers: list[int | None] = [*range(len(report.projects)), None]
        chosen = st.segmented_control(
            "项目",
            numbers,
            default=0 if report.projects else None,
            required=True,
            format_func=lambda one: _tab_title(report, one),
            key=f"project-tab:{len(report.projects)}",
            label_visibility="collapsed",
        )
        st.button("添加项目", icon=":material/add:", type="tertiary", on_click=_add_project)
    return chosen


def _tab_title(report: Report, number: int | None) -> str:
    """Return a tab's title."""
    if number is None:
        return "单位与报告信息"
    return inert(report.projects[number].name) or f"项目{number + 1}（未命名）"


def _add_project() -> None:
    """Add an empty self-evaluation."""

    def added(report: Report) -> Report:
        used = {one.id for one in report.projects}
        free = next(f"p{n}" for n in range(1, len(used) + 2) if f"p{n}" not in used)
        return report.model_copy(
            update={"projects": (*report.projects, blank_project(free, report.unit))}
        )

    editing.save_report_change(added, note="添加项目")


def show_row_tools(
    evaluation: SelfEvaluation,
    sheet: ScoreSheet,
    findings: tuple[Finding, ...],
) -> None:
    """Show one indicator in full, and what can be done with its row."""
    with st.container(horizontal=True):
        if st.button("粘贴 Excel 区域", icon=":material/content_paste:", key="paste-block"):
            ask_for_block(evaluation.id, is_empty=not any(map(is_filled, evaluation.indicators)))
        with st.popover("复制到财政平台", icon=":material/content_copy:"):
            st.caption("复制下面的内容，到财政平台的表格里粘贴。")
            st.code(copy_columns(evaluation, sheet), language=None)
    lines = {line.id: line for line in evaluation.indicators}
    if not lines:
        return
    with st.expander("逐项查看：全部字段、为什么是这个分、问题怎么改"):
        chosen = st.selectbox(
            "指标", list(lines), format_func=lambda one: _line_title(lines[one]), key="row-detail"
        )
        if chosen:
            _show_line(evaluation, lines[chosen], sheet, findings)


def _line_title(line: Indicator) -> str:
    """Return an indicator as a choice."""
    return " · ".join(part for part in (line.level2, line.level3) if part) or "（空行）"


def _show_line(
    evaluation: SelfEvaluation, line: Indicator, sheet: ScoreSheet, findings: tuple[Finding, ...]
) -> None:
    """Show one indicator's fields, score and findings."""
    at = f"{evaluation.id}/indicators/{line.id}"
    left, right = st.columns(2, gap="medium")
    with left:
        text_box("偏差原因分析及改进措施", f"{at}/deviation", line.deviation, lines=3)
        text_field("人工给分理由", f"{at}/points_reason", line.points_reason)
        scope, target, weight = st.columns(3)
        with scope:
            scopes = [one.value for one in IndicatorScope]
            choice_field("共性/个性", f"{at}/scope", line.scope.value, scopes)
        with target:
            text_field("批复指标值", f"{at}/approved/target", line.approved.target)
        with weight:
            text_field("批复分值", f"{at}/approved/weight", line.approved.weight)
        _show_evidence(evaluation, line)
        _show_moves(evaluation, line)
    with right:
        score = sheet.line(line.id)
        if score is not None:
            show_trace(score)
        here = tuple(one for one in findings if f"{one.where.path}/".startswith(f"{at}/"))
        show_findings(here, empty="这一项没有发现问题。")


def _show_evidence(evaluation: SelfEvaluation, line: Indicator) -> None:
    """Show the documents that support an actual value."""
    for number, one in enumerate(line.evidence, 1):
        at = f"{evaluation.id}/indicators/{line.id}/evidence/{number}"
        name, kind = st.columns([2, 1])
        with name:
            text_field(f"佐证材料 {number}", f"{at}/name", one.name, placeholder="如：交易台账")
        with kind:
            text_field("材料类别", f"{at}/kind", one.kind, placeholder="如：统计表")

    def added(line_now: Indicator) -> Indicator:
        evidence = (*line_now.evidence, Evidence(name=""))
        return line_now.model_copy(update={"evidence": evidence})

    def change(now: SelfEvaluation) -> SelfEvaluation:
        lines = tuple(added(one) if one.id == line.id else one for one in now.indicators)
        return now.model_copy(update={"indicators": lines})

    st.button(
        "添加佐证材料",
        icon=":material/attach_file:",
        type="tertiary",
        on_click=editing.save_project,
        args=(evaluation.id, change),
    )


def _show_moves(evaluation: SelfEvaluation, line: Indicator) -> None:
    """Show the buttons that move or remove a row."""
    with st.container(horizontal=True):
        for title, icon, step in (
            ("上移", ":material/arrow_upward:", -1),
            ("下移", ":material/arrow_downward:", 1),
        ):
            st.button(title, icon=icon, on_click=_move, args=(evaluation.id, line.id, step))
        st.button(
            "删除这一行", icon=":material/delete:", on_click=_remove, args=(evaluation.id, line.id)
        )


def _move(project_id: str, line_id: str, step: int) -> None:
    """Move an indicator's row."""
    editing.save_project(project_id, lambda one: grids.moved(one, line_id, step))


def _remove(project_id: str, line_id: str) -> None:
    """Take an indicator out; earlier versions keep it."""
    editing.save_project(project_id, lambda one: grids.without(one, line_id), note="删除指标")
    state.notify("已删除，可在历史版本里找回", ":material/delete:")


def show_checklist(evaluation: SelfEvaluation) -> None:
    """Show the framework checklist; it carries no points and feeds chapter four."""
    framework = resources.workspace().content.framework()
    answers = evaluation.checklist
    done = sum(bool(one.answer) for one in answers.values())
    with st.expander(f"框架核对：决策、过程、产出、效益（已答 {done}/{len(framework.items)}）"):
        st.caption("不计分，用于写第四章“绩效评价指标分析”。")
        for item in framework.items:
            answer = answers.get(item.id)
            at = f"{evaluation.id}/checklist/{item.id}"
            st.markdown(f"**{item.level1} · {item.level2} · {item.level3}**")
            st.caption("；".join(item.points))
            left, right = st.columns([1, 4])
            with left:
                choice_field(
                    "结论",
                    f"{at}/answer",
                    answer.answer if answer else "",
                    ["", "是", "部分", "否"],
                )
            with right:
                text_field("说明", f"{at}/note", answer.note if answer else "")
