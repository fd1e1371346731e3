"""工作台: all reports, and the ways to begin one."""

import streamlit as st

from ziping.domain.access import Right
from ziping.services.reports import create_example, list_reports
from ziping.ui import navigation, resources, state
from ziping.ui.components.overviews import show_overviews, show_roll_up
from ziping.ui.components.starting import ask_for_new_report

workspace = resources.workspace()
overviews = list_reports(workspace)

with st.container(horizontal=True, vertical_alignment="center"):
    st.header("工作台", width="stretch")
    begins = workspace.may(Right.EDIT)
    if begins and st.button("新建报告", icon=":material/add:", type="primary"):
        ask_for_new_report()
    if begins and st.button("从表格导入", icon=":material/upload_file:"):
        st.switch_page(navigation.page_path("importing"))
    if begins and st.button(
        "结转上年", icon=":material/event_repeat:", help="由上年的报告生成今年的"
    ):
        st.switch_page(navigation.page_path("rolling"))
    if begins and st.button(
        "打开示例", icon=":material/school:", help="怀化市公共资源交易中心2023年度公开报告的数据"
    ):
        state.open_report(create_example(workspace))
        st.switch_page(navigation.page_path("filling"))

if overviews:
    show_overviews(overviews)
    show_roll_up(overviews)
elif not begins:
    st.info("还没有您可以查看的报告。")
else:
    st.subheader("三步写出第一份报告")
    steps = (
        ("1. 填数", "新建报告或导入已有的自评表，填资金、目标和指标，得分随填随算。"),
        ("2. 看分", "每一分都写明公式、数字和依据的条款，问题旁边写着怎么改。"),
        ("3. 成文", "按提纲起草五章报告，改好后导出带自评表的 Word 文件。"),
    )
    for column, (title, text) in zip(st.columns(3), steps, strict=True):
        with column.container(border=True):
            st.markdown(f"**{title}**")
            st.write(text)
    st.caption("不知道从哪里开始？点“打开示例”，看一份填好的报告。")
