"""The parts of a 自评表 that are boxes rather than grids."""

import streamlit as st

from ziping.domain.draft import Outline
from ziping.domain.evaluation import FundKind, FundUnit, Objective, SelfEvaluation
from ziping.ui import editing
from ziping.ui.components.fields import choice_field, text_box, text_field


def show_basics(evaluation: SelfEvaluation) -> None:
    """Show names, kind of money, unit of money and the basis of an adjustment."""
    at = evaluation.id
    name, department, unit = st.columns(3)
    with name:
        text_field("项目支出名称", f"{at}/name", evaluation.name)
    with department:
        text_field("主管部门", f"{at}/competent_department", evaluation.competent_department)
    with unit:
        text_field("实施单位", f"{at}/implementing_unit", evaluation.implementing_unit)
    kind, money, basis = st.columns([2, 1, 3])
    with kind:
        kinds = [one.value for one in FundKind]
        choice_field("资金性质", f"{at}/fund_kind", evaluation.fund_kind.value, kinds)
    with money:
        units = [one.value for one in FundUnit]
        choice_field("金额单位", f"{at}/fund_unit", evaluation.fund_unit.value, units)
    with basis:
        text_field(
            "预算调整依据",
            f"{at}/adjustment_basis",
            evaluation.adjustment_basis,
            placeholder="预算有调整时填：批复文件、文号、日期",
        )


def show_objectives(evaluation: SelfEvaluation) -> None:
    """Show each annual objective beside what was achieved."""
    st.markdown("**年度总体目标**")
    for number, objective in enumerate(evaluation.objectives, 1):
        at = f"{evaluation.id}/objectives/{number}"
        expected, achieved = st.columns(2)
        with expected:
            text_box("预期目标", f"{at}/expected", objective.expected, lines=4)
        with achieved:
            text_box("实际完成情况", f"{at}/achieved", objective.achieved, lines=4)
    st.button(
        "再加一条目标",
        key=f"add-objective:{evaluation.id}",
        icon=":material/add:",
        type="tertiary",
        on_click=editing.save_project,
        args=(evaluation.id, _with_objective),
    )


def _with_objective(evaluation: SelfEvaluation) -> SelfEvaluation:
    """Return the evaluation with one more empty objective."""
    return evaluation.model_copy(update={"objectives": (*evaluation.objectives, Objective())})


def show_materials(evaluation: SelfEvaluation, outline: Outline) -> None:
    """Ask for the texts that only a person knows, each with an example."""
    specs = [one for one in outline.materials if one.per_project]
    filled = sum(bool(evaluation.materials.get(one.id, "").strip()) for one in specs)
    with st.expander(f"写报告要用的情况说明（已填 {filled}/{len(specs)}）"):
        for spec in specs:
            text_box(
                spec.title,
                f"{evaluation.id}/materials/{spec.id}",
                evaluation.materials.get(spec.id, ""),
                lines=3,
                placeholder=f"例：{spec.example}",
                help=f"不清楚可以问{spec.ask}。",
            )
