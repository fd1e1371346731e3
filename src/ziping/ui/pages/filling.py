"""填报: a tab a project, laid out like the printed 自评表."""

import streamlit as st

from ziping.ui import state
from ziping.ui.components.band import require_report
from ziping.ui.components.findings import show_findings, show_missing
from ziping.ui.components.fund_tools import show_fund_tools, show_project_removal
from ziping.ui.components.grids import fund_grid, indicator_grid
from ziping.ui.components.previous_year import show_previous_year
from ziping.ui.components.printed_form import show_printed
from ziping.ui.components.project_form import show_basics, show_materials, show_objectives
from ziping.ui.components.project_tools import show_checklist, show_project_tabs, show_row_tools
from ziping.ui.components.report_form import show_report_form

opened = require_report()
scored = opened.scored
chosen = show_project_tabs(scored.report)
if chosen is None:
    show_report_form(opened)
    st.stop()

evaluation = scored.report.projects[chosen]
sheet = scored.sheets[chosen]
findings = scored.findings_of(evaluation.id)

form, aside = st.columns([3, 1], gap="medium")
with form:
    show_basics(evaluation)
    st.markdown(f"**项目资金**　:gray[单位：{evaluation.fund_unit.value}　改一格就保存并重新计分]")
    fund_grid(evaluation, sheet, scored.choice.rule_set, findings)
    show_fund_tools(evaluation)
    show_objectives(evaluation)
with aside:
    needs, found = st.tabs([f"还缺什么（{len(scored.missing)}）", f"校验发现（{len(findings)}）"])
    with needs:
        show_missing(scored.missing, aside="还缺什么")
    with found:
        show_findings(findings, aside="校验发现")

st.markdown("**绩效指标**　:gray[可从 Excel 复制区域，点中格子粘贴；清空整行即删除该行]")
indicator_grid(evaluation, sheet, findings)
show_row_tools(evaluation, sheet, findings)
show_previous_year(scored, evaluation, sheet)
show_printed(evaluation, sheet)
show_materials(evaluation, scored.outline)
show_checklist(evaluation)
show_project_removal(evaluation)
state.set_shown_version(opened.stored.version)
