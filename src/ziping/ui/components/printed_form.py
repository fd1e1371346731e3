"""What the budget reply fixed and what the old table shows, beside what the rules give."""

import streamlit as st

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.scores import ScoreSheet
from ziping.services.printed import corrected, differences
from ziping.ui import editing
from ziping.ui.components.fields import text_box, text_field


def show_printed(evaluation: SelfEvaluation, sheet: ScoreSheet) -> None:
    """Show approved and printed values, with one button that brings the printed in line."""
    at = evaluation.id
    found = differences(evaluation, sheet)
    with st.expander(f"批复与原表上的数（{len(found)} 处与计算结果不同）"):
        budget, total, grade = st.columns(3)
        with budget:
            text_field("批复预算数", f"{at}/approved/budget", evaluation.approved.budget)
        with total:
            text_field("原表总分", f"{at}/printed/total", evaluation.printed.total)
        with grade:
            text_field("原表等级", f"{at}/printed/grade", evaluation.printed.grade)
        text_box(
            "批复的年度总体目标", f"{at}/approved/objective", evaluation.approved.objective, lines=2
        )
        if found:
            rows = [
                {"位置": one.label, "原表": one.printed, "按规则计算": one.computed or "待定"}
                for one in found
            ]
            st.dataframe(rows, hide_index=True, alt="原表与计算结果的差异")
        st.caption("原表上的数只用来核对，不参与计分；导出的自评表用计算结果。")
        st.button(
            "原表已更正，改用计算结果",
            key=f"correct:{at}",
            icon=":material/done_all:",
            on_click=_correct,
            args=(at, sheet),
            disabled=not any(row.printed.points or row.printed.rate for row in evaluation.funds)
            and not found,
        )


def _correct(project_id: str, sheet: ScoreSheet) -> None:
    """Bring the printed values in line with the scores."""
    editing.save_project(project_id, lambda one: corrected(one, sheet), note="表列值改用计算结果")
