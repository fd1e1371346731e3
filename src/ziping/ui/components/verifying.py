"""Whether a Word file still says what was exported."""

from datetime import datetime

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.services.verifying import verify_file
from ziping.ui.components.band import local_time
from ziping.ui.components.inert import inert


def show_verification() -> None:
    """Take a Word file and say which figures and sections were changed since its export."""
    st.subheader("核验 Word 文件")
    st.caption("上传从本系统导出的 Word，看导出以后数字和文字有没有被改动。")
    upload = st.file_uploader("Word 文件（.docx）", type=["docx"], key="verify:file")
    if upload is None:
        return
    try:
        found = verify_file(upload.getvalue())
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    if not found.has_manifest:
        st.warning("这个文件不是本系统导出的，或导出信息已被去掉，无法核验。")
        return
    changed = [one for one in found.checks if not one.holds]
    exported = local_time(datetime.fromisoformat(found.exported_at))
    st.caption(inert(f"导出于 {exported}，规则 {found.rule_set}，版本 {found.product_version}"))
    if not changed:
        st.success(f"核对 {len(found.checks)} 项，与导出时一致。")
        return
    st.error(f"有 {len(changed)} 项与导出时不一致。")
    rows = [{"内容": one.what, "导出时": one.stated, "现在": one.found} for one in changed]
    st.dataframe(rows, hide_index=True, alt="不一致的内容")
