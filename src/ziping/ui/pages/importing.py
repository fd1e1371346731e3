"""导入: every cell read from a table is shown beside its source before it counts."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.services.importing import read_upload, report_from
from ziping.services.reports import create_report
from ziping.services.tables import template_workbook
from ziping.ui import navigation, resources, state
from ziping.ui.components.imported import show_imported
from ziping.ui.components.starting import place_and_year, rule_hint
from ziping.ui.telling import tell_in_parts

st.header("从表格导入")
st.write(
    "上传已有的项目支出绩效自评表（Excel 或 Word），系统按表头找到每个数，"
    "逐格列出读到了什么、在原文件哪里。您确认后才写入报告。"
)
with st.container(horizontal=True, vertical_alignment="center"):
    st.download_button(
        "下载填报模板",
        template_workbook,
        file_name="项目支出绩效自评表（填报模板）.xlsx",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption("没有现成的表？下载模板填好再导入。")

place, year = place_and_year("import")
rule_hint(place, year)
upload = st.file_uploader(
    "自评表文件（.xlsx、.xls、.docx）", type=["xlsx", "xls", "xlsm", "docx"], key="import:file"
)
if upload is None:
    st.stop()
content = resources.workspace().content
try:
    imported = read_upload(content, upload.getvalue(), upload.name, place=place, year=year)
except ZipingError as error:
    tell_in_parts(error)
    st.stop()
show_imported(imported)
if imported.fiscal_year and imported.fiscal_year != year:
    st.warning(
        f"文件写的年度是 {imported.fiscal_year}，上面选的是 {year}：按文件的 "
        f"{imported.fiscal_year} 年写入，年度以后可以在“单位与报告信息”里改。"
    )
    year = imported.fiscal_year
if st.button("核对无误，写入新报告", type="primary", icon=":material/done_all:"):
    report = report_from(imported, place=place, year=year)
    state.open_report(create_report(resources.workspace(), report, note=f"导入 {upload.name}"))
    state.notify("已写入新报告")
    st.switch_page(navigation.page_path("filling"))
