"""The fund grid and the indicator grid as widgets; every change is saved and scored at once."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

import streamlit as st

from ziping.domain.evaluation import Band, SelfEvaluation
from ziping.domain.findings import Finding
from ziping.domain.rules import Level1, RuleSet
from ziping.domain.scores import ScoreSheet
from ziping.ui import editing, grids, state

_LEVEL2 = (
    "数量指标", "质量指标", "时效指标", "成本指标",
    "经济成本指标", "社会成本指标", "生态环境成本指标",
    "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标",
)  # fmt: skip
_LEVEL1 = tuple(one.value for one in Level1 if one is not Level1.EXECUTION)


def fund_grid(evaluation: SelfEvaluation, sheet: ScoreSheet, rule_set: RuleSet) -> None:
    """Show the fund grid as the printed form has it."""
    rows = grids.fund_rows(evaluation, sheet, rule_set.execution)
    key = _key_for(f"funds:{evaluation.id}", rows)
    columns = {title: st.column_config.TextColumn(title, width=106) for title in grids.FUND_COLUMNS}
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        num_rows="fixed",
        height="content",
        placeholder="",
        disabled=["资金来源", "分值", "执行率", "得分"] if state.is_editable() else True,
        column_config={
            "资金来源": st.column_config.TextColumn("资金来源", width=122),
            **columns,
            "分值": st.column_config.TextColumn("分值", width=40),
            "执行率": st.column_config.TextColumn("执行率", width=66),
            "得分": st.column_config.TextColumn("得分", width=62),
        },
        on_change=_save_funds,
        args=(evaluation.id, key),
        alt="项目资金表",
    )


def _save_funds(project_id: str, key: str) -> None:
    """Save the edited fund cells."""
    edits = _edits(key)
    editing.save_project(project_id, lambda one: grids.apply_fund_edits(one, edits))


def indicator_grid(
    evaluation: SelfEvaluation, sheet: ScoreSheet, findings: tuple[Finding, ...]
) -> None:
    """Show the indicator grid in the printed table's column order."""
    grid = f"indicators:{evaluation.id}"
    ids = state.grid_rows(grid)
    if ids is None or not grids.fits(evaluation, ids):
        if ids is not None:
            state.draw_anew(grid)
        ids = grids.row_ids(evaluation, f"-{token_hex(3)}")
        state.set_grid_rows(grid, ids)
    rows = grids.indicator_rows(evaluation, sheet, findings, ids)
    key = _key_for(grid, rows)
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        num_rows="fixed",
        disabled=["得分", "校验"] if state.is_editable() else True,
        column_order=_ORDER,
        column_config=_columns(evaluation),
        on_change=_save_indicators,
        args=(evaluation.id, grid, key),
        height="content",
        placeholder="",
        alt="绩效指标表",
    )


_ORDER = [
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
    "偏差原因及措施", "档次", "给分", "校验",
]  # fmt: skip


def _columns(evaluation: SelfEvaluation) -> dict[str, Any]:
    """Return the columns' widths and choices; names a table already uses stay choosable."""
    used1 = [line.level1 for line in evaluation.indicators if line.level1]
    used2 = [line.level2 for line in evaluation.indicators if line.level2]
    return {
        "一级指标": st.column_config.SelectboxColumn(
            "一级指标", options=list(dict.fromkeys([*_LEVEL1, *used1])), width=100
        ),
        "二级指标": st.column_config.SelectboxColumn(
            "二级指标", options=list(dict.fromkeys([*_LEVEL2, *used2])), width=104
        ),
        "三级指标": st.column_config.TextColumn("三级指标", width=126),
        "年度指标值": st.column_config.TextColumn("年度指标值", width=112),
        "实际完成值": st.column_config.TextColumn("实际完成值", width=112),
        "分值": st.column_config.TextColumn("分值", width=68),
        "得分": st.column_config.TextColumn("得分", width=52, help="系统按规则计算，不用填"),
        "偏差原因及措施": st.column_config.TextColumn("偏差原因及措施", width=120),
        "档次": st.column_config.SelectboxColumn(
            "档次", options=[one.value for one in Band if one], width=70,
            help="定性指标由您选择达成程度",
        ),
        "给分": st.column_config.TextColumn(
            "给分", width=70, help="定性指标在档次区间内给分；其他指标改分须写理由"
        ),
        "校验": st.column_config.TextColumn("校验", width=170),
    }  # fmt: skip


def _save_indicators(project_id: str, grid: str, key: str) -> None:
    """Save the edited indicator cells."""
    edits, ids = _edits(key), state.grid_rows(grid) or ()
    editing.save_project(project_id, lambda one: grids.apply_indicator_edits(one, ids, edits))


def _key_for(grid: str, rows: list[grids.Row]) -> str:
    """Return a grid's key, a new one when what is stored is no longer what was typed here.

    While a save has failed the key stays, so that the typed text stays in its cell.
    """
    typed = _edits(state.drawn_key(grid))
    differs = any(
        str(value or "") != rows[number].get(title, "")
        for number, cells in typed.items()
        if number < len(rows)
        for title, value in cells.items()
    )
    if differs and not state.unsaved():
        state.draw_anew(grid)
    return state.drawn_key(grid)


def _edits(key: str) -> Mapping[int, Mapping[str, Any]]:
    """Return a grid's edited cells by row number."""
    held = state.widget_value(key) or {}
    edits: Mapping[int, Mapping[str, Any]] = held.get("edited_rows", {})
    return edits
