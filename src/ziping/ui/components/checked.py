"""What was found in a checked file: counts, findings by severity, the download."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st

from ziping.domain.findings import Severity
from ziping.services.checking import CheckedFile, findings_workbook
from ziping.services.packaging import EXCEL_MIME
from ziping.ui import resources
from ziping.ui.components.band import CHIPS
from ziping.ui.components.findings import show_findings
from ziping.ui.components.inert import inert

_WHAT = {
    Severity.ERROR: "数据或结论有矛盾，报送前必须更正",
    Severity.WARNING: "不合要求或说不清，请逐条处理",
    Severity.NOTE: "写法上的提醒，由您决定改不改",
}
_OF_CELLS = ("请核对", "未读入")


def show_checked(checked: CheckedFile) -> None:
    """Show the result of a check."""
    st.html(_summary(checked))
    _show_remarks(checked.remarks)
    if not checked.findings:
        st.success("没有发现问题。", icon=":material/check_circle:")
        return
    st.download_button(
        "下载核查结果（Excel）",
        partial(findings_workbook, resources.workspace().content, checked),
        file_name=f"{PurePath(checked.file_name).stem}_核查结果.xlsx",
        mime=EXCEL_MIME,
        icon=":material/download:",
        on_click="ignore",
    )
    there = [one for one in Severity if checked.count(one)]
    tabs = st.tabs([f"{one.value} {checked.count(one)}" for one in there])
    for tab, severity in zip(tabs, there, strict=True):
        with tab:
            st.caption(_WHAT[severity])
            show_findings([one for one in checked.findings if one.severity is severity])


def _summary(checked: CheckedFile) -> str:
    """Return what was checked and how many findings there are; no text of a person in it."""
    what = "、".join(
        part
        for part, is_there in (("报告正文", checked.has_text), ("自评表", checked.has_table))
        if is_there
    )
    projects = len(checked.scored.report.projects)
    held = f"，与 {projects} 个项目的数据核对" if checked.has_text and projects else ""
    chips = "".join(
        f'<span class="zp-chip {CHIPS[one] if checked.count(one) else "zp-chip-plain"}">'
        f"{one.value} {checked.count(one)}</span>"
        for one in Severity
    )
    return (
        '<div class="zp-band" role="region" aria-label="核查结果">'
        f'<div class="zp-band-title"><b>核查完毕</b><span>核查了{what}{held}</span></div>'
        f'<div class="zp-chips">{chips}</div></div>'
    )


def _show_remarks(remarks: Sequence[str]) -> None:
    """Show what to know about the reading; remarks on single cells are folded."""
    of_cells = [one for one in remarks if one.startswith(_OF_CELLS)]
    for remark in remarks:
        if remark not in of_cells:
            st.info(inert(remark), icon=":material/info:")
    if of_cells:
        with st.expander(f"自评表有 {len(of_cells)} 格请核对读法", icon=":material/info:"):
            for remark in of_cells:
                st.text(f"· {remark}")
