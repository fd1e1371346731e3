"""评分: the sheet by dimension, and for each line why it has its points."""

import streamlit as st

from ziping.ui.components.band import require_report
from ziping.ui.components.findings import show_findings
from ziping.ui.components.inert import inert
from ziping.ui.components.previous_year import show_points_of_both_years
from ziping.ui.components.sheets import (
    show_dimensions,
    show_lines,
    show_rates,
    show_summary,
)

opened = require_report()
scored = opened.scored
if not scored.sheets:
    st.info("还没有项目。请先在“填报”里添加项目。")
    st.stop()
names = [inert(one.name) or f"项目{n}（未命名）" for n, one in enumerate(scored.report.projects, 1)]
chosen = 0
if len(names) > 1:
    chosen = st.segmented_control(
        "项目", range(len(names)), default=0, required=True, format_func=names.__getitem__
    )
sheet = scored.sheets[chosen]
left, right = st.columns([2, 3], gap="medium")
with left:
    show_summary(sheet)
    show_dimensions(sheet)
with right:
    show_rates(sheet, scored.choice.rule_set)
show_lines(sheet)
show_points_of_both_years(scored.report.projects[chosen], sheet)
st.subheader("校验发现")
show_findings(scored.findings_of(sheet.project_id))
