"""What belongs to the report as a whole: unit, year, place, rules, materials, history."""

import streamlit as st

from ziping.domain.evaluation import AverageKind, Report, UnitDocument
from ziping.domain.numbers import plain
from ziping.services.reports import report_history, restore_report
from ziping.ui import editing, resources, state
from ziping.ui.components.band import OpenReport, local_time
from ziping.ui.components.fields import choice_field, text_box, text_field
from ziping.ui.components.inert import inert
from ziping.ui.components.rectifications import show_rectifications
from ziping.ui.telling import told

_SHOWN_CHANGES = 6


def show_report_form(opened: OpenReport) -> None:
    """Show the report's own fields and its history."""
    report = opened.scored.report
    unit, year, place, annex = st.columns([3, 1, 2, 1])
    with unit:
        text_field("编报单位", "unit", report.unit)
    with year:
        choice_field("财政年度", "fiscal_year", str(report.fiscal_year), _years(report))
    with place:
        text_field("地区", "place", report.place, placeholder="如：湖南 怀化")
    with annex:
        text_field("附件编号", "annex_number", report.annex_number, help="各地各年不同，按通知填")
    _show_rules(opened)
    if len(report.projects) > 1:
        kinds = [one.value for one in AverageKind]
        choice_field("多个项目的平均分怎么算", "average", report.average.value, kinds)
    show_rectifications(report)
    _show_materials(opened)
    _show_history(opened)


def _years(report: Report) -> list[str]:
    """Return the years that can be chosen."""
    last = resources.workspace().clock().year
    return sorted({str(one) for one in (*range(2011, last + 1), report.fiscal_year)}, reverse=True)


def _show_rules(opened: OpenReport) -> None:
    """Show which rules apply, why, and let the person choose others."""
    rules = resources.workspace().content.rule_sets()
    titles = {one.id: one.title for one in rules}
    left, right = st.columns([3, 4])
    with left:
        choice_field(
            "评分规则",
            "rule_set",
            opened.scored.report.rule_set,
            ["", *titles],
            lambda one: titles.get(one, "按地区和年度自动选择"),
        )
    with right:
        chosen = opened.scored.choice
        st.info(
            f"**{inert(chosen.rule_set.title)}**　{inert(chosen.reason)}", icon=":material/gavel:"
        )
        grades = "，".join(f"{one.title} ≥ {plain(one.at_least)}" for one in chosen.rule_set.grades)
        st.caption(f"{chosen.rule_set.summary} {grades}")


def _show_materials(opened: OpenReport) -> None:
    """Ask for the unit's texts and its own regulations."""
    report = opened.scored.report
    with st.expander("单位情况说明与单位制度", expanded=True):
        for spec in opened.scored.outline.materials:
            if not spec.per_project:
                text_box(
                    spec.title,
                    f"materials/{spec.id}",
                    report.materials.get(spec.id, ""),
                    lines=3,
                    placeholder=f"例：{spec.example}",
                    help=f"不清楚可以问{spec.ask}。",
                )
        for number, one in enumerate(report.unit_documents, 1):
            title, code = st.columns([3, 2])
            with title:
                text_field(
                    f"单位制度 {number}（不加书名号）", f"unit_documents/{number}/title", one.title
                )
            with code:
                text_field("文号", f"unit_documents/{number}/number", one.number)
        st.button("添加单位制度", icon=":material/add:", type="tertiary", on_click=_add_document)


def _add_document() -> None:
    """Add an empty regulation of the unit's own."""
    editing.save_report_change(
        lambda report: report.model_copy(
            update={"unit_documents": (*report.unit_documents, UnitDocument(title=""))}
        )
    )


def _show_history(opened: OpenReport) -> None:
    """Show who changed what and when, with a way back."""
    workspace = resources.workspace()
    with st.expander("历史版本"):
        for one in report_history(workspace, opened.id):
            shown = one.changes[:_SHOWN_CHANGES]
            told = "；".join(f"{c.label}：{c.old or '空'} → {c.new or '空'}" for c in shown)
            more = f" 等 {len(one.changes)} 处" if len(one.changes) > _SHOWN_CHANGES else ""
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(
                    f"第{one.version}版　{local_time(one.saved_at)}　{one.saved_by}　"
                    f"{one.note}　{told}{more}",
                    width="stretch",
                )
                if one.version != opened.stored.version:
                    st.button(
                        "恢复", key=f"restore:{one.version}", on_click=_restore, args=(one.version,)
                    )


@told
def _restore(version: int) -> None:
    """Make an earlier version the newest again."""
    report_id = state.open_report_id()
    if report_id is not None:
        restore_report(resources.workspace(), report_id, version)
        state.notify(f"已恢复到第{version}版")
