"""核查文件: a finished report or table, whoever wrote it, checked in one go."""

import streamlit as st

from ziping.domain.errors import InputError, ZipingError
from ziping.services.checking import Wanted, check_data
from ziping.ui import resources
from ziping.ui.components.check_source import ask_for_figures
from ziping.ui.components.checked import show_checked
from ziping.ui.components.inert import inert
from ziping.ui.telling import tell_in_parts

_TYPES = ["docx", "docm", "txt", "md", "xlsx", "xlsm", "xls"]

st.header("核查文件")
st.write(
    "上传写好的自评报告或自评表，谁写的都行：核对表内计算、文字与表格、结论与得分、问题与扣分、"
    "引用的文件、章节和遗留文字，每条都写明在哪一句、依据和怎么改。文件只用于核查，不会保存。"
)
left, right = st.columns([3, 2], gap="large")
with right:
    place = st.text_input(
        "地区", key="check:place", placeholder="如：湖南 怀化；不填按全国规则", autocomplete="off"
    )
    year = st.number_input(
        "财政年度", min_value=2011, max_value=2100, value=None, step=1, key="check:year",
        placeholder="不填按文件写的",
    )  # fmt: skip
wanted = Wanted(place=place.strip(), year=int(year) if year else None)
with left:
    upload = st.file_uploader(
        "报告或自评表（Word、Excel 或文本文件）", type=_TYPES, key="check:file"
    )
    try:
        figures = ask_for_figures(wanted)
    except InputError as error:
        st.info(inert(str(error)), icon=":material/info:")
        st.stop()
if upload is None:
    st.stop()
workspace = resources.workspace()
try:
    with st.spinner("正在核查……"):
        checked = check_data(
            workspace.content, upload.getvalue(), upload.name,
            today=workspace.clock(), wanted=wanted, figures=figures,
        )  # fmt: skip
except ZipingError as error:
    tell_in_parts(error)
    st.stop()
show_checked(checked)
