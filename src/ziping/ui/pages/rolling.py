"""结转: last year's report, of the workbench or from a file, becomes this year's."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.services.reports import create_report
from ziping.services.rolling import roll_forward
from ziping.ui import navigation, resources, state
from ziping.ui.components.rolled import choose_last_year, show_rolled
from ziping.ui.telling import tell_in_parts

st.header("结转到下一年")
st.write(
    "由上年的自评报告生成今年的报告：项目、指标和指标值沿用过来作建议，资金和完成值留空；"
    "上年的数并列着看，上年的问题列出来写整改情况。"
)
workspace = resources.workspace()
try:
    last = choose_last_year()
    if last is None:
        st.stop()
    rolled = roll_forward(workspace.content, last)
except ZipingError as error:
    tell_in_parts(error)
    st.stop()
show_rolled(rolled)
year = rolled.report.fiscal_year
if st.button(f"生成{year}年度的报告", type="primary", icon=":material/done_all:"):
    note = f"由{year - 1}年度报告结转"
    state.open_report(create_report(workspace, rolled.report, note=note))
    state.notify(f"已生成{year}年度的报告")
    st.switch_page(navigation.page_path("filling"))
