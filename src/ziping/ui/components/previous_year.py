"""This year beside last year's: the figures, by how much they differ, and why."""

import streamlit as st

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.numbers import plain
from ziping.domain.scores import ScoreSheet
from ziping.services.scored import ScoredReport
from ziping.services.years import ComparedLine, compared_lines, compared_points
from ziping.ui import resources
from ziping.ui.components.fields import text_field
from ziping.ui.components.inert import inert


def show_previous_year(scored: ScoredReport, evaluation: SelfEvaluation, sheet: ScoreSheet) -> None:
    """Show both years' figures, and boxes for the reasons where they differ much."""
    content = resources.workspace().content
    lines = compared_lines(content, scored, evaluation, sheet)
    if not lines:
        return
    large = sum(one.is_large for one in lines)
    year = evaluation.previous.fiscal_year.strip()
    with st.expander(f"与{inert(year)}年比较（{large} 处变动较大）", expanded=bool(large)):
        st.dataframe(
            [_row(one, year) for one in lines],
            hide_index=True,
            column_config={"项目和指标": st.column_config.TextColumn(width="large")},
            alt="与上年比较",
        )
        _ask_reasons(evaluation, lines)


def _row(one: ComparedLine, year: str) -> dict[str, str]:
    """Return a figure's cells."""
    told = "请写原因" if one.is_large else ""
    if one.change.is_eased and one.is_large:
        told = "目标放宽或结果变差，请写原因"
    return {
        "项目和指标": one.title,
        f"{year}年": one.change.last.strip(),
        "今年": one.change.now.strip() or "未填",
        "增减": one.change.change_text or "—",
        "提醒": told,
    }


def _ask_reasons(evaluation: SelfEvaluation, lines: tuple[ComparedLine, ...]) -> None:
    """Show a box for the money and one for each indicator that changed much."""
    at = evaluation.id
    changed = {one.change.indicator_id for one in lines if one.is_large}
    if "" in changed or evaluation.previous.reason:
        text_field(
            "资金变动原因",
            f"{at}/previous/reason",
            evaluation.previous.reason,
            placeholder="例：新增两个点位，运维费相应增加",
        )
    for line in evaluation.indicators:
        if line.id in changed or line.previous.reason:
            text_field(
                f"{inert(line.level3.strip() or line.level2.strip())}：变动原因",
                f"{at}/indicators/{line.id}/previous/reason",
                line.previous.reason,
                placeholder="例：今年任务由上级统一下达，比上年减少三成",
            )


def show_points_of_both_years(evaluation: SelfEvaluation, sheet: ScoreSheet) -> None:
    """Show the points of both years beside each other; nothing for a new project."""
    rows = compared_points(evaluation, sheet)
    if not rows:
        return
    year = evaluation.previous.fiscal_year.strip()
    st.subheader(f"与{inert(year)}年得分比较")
    st.dataframe(
        [
            {
                "指标": one.title,
                f"{year}年得分": one.last.strip(),
                "今年得分": one.now or "待定",
                "增减": "—"
                if one.change is None
                else f"{'+' if one.change > 0 else ''}{plain(one.change)}",
            }
            for one in rows
        ],
        hide_index=True,
        alt="与上年得分比较",
    )
