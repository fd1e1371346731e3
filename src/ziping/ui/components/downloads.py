"""Word, Excel and both together, made when the button is pressed."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ziping.domain.stored import WordTemplate
from ziping.services.exporting import Preflight, export_excel, export_word, export_zip
from ziping.services.packaging import (
    EXCEL_MIME,
    WORD_MIME,
    ZIP_MIME,
    ExportedFile,
    Status,
    file_name,
)
from ziping.services.reports import open_report
from ziping.services.scored import title_of
from ziping.ui import resources

_STATUSES: tuple[Status, ...] = ("送审稿", "定稿")


def show_downloads(report_id: int, checked: Preflight, templates: Sequence[WordTemplate]) -> None:
    """Show what can be downloaded, as 送审稿 or 定稿."""
    st.subheader("下载")
    status = st.segmented_control(
        "文件状态", _STATUSES, default="送审稿", required=True, key="export-status"
    )
    template = st.selectbox(
        "Word 版式",
        ["", *(one.name for one in templates)],
        format_func=lambda one: one or "系统版式（公文格式）",
        key="export-template",
        help="本单位的底稿在“设置”里上传",
    )
    held = status == "定稿" and not checked.can_be_final
    if held:
        st.info("处理完左侧的错误后可以导出定稿；送审稿随时可以导出。")
    workspace = resources.workspace()
    name = f"{title_of(open_report(workspace, report_id).report)}报告"
    word = partial(export_word, workspace, report_id, status=status, template=template)
    excel = partial(export_excel, workspace, report_id, status=status)
    both = partial(export_zip, workspace, report_id, status=status, template=template)
    for label, suffix, mime, make in (
        ("下载 Word 报告", "docx", WORD_MIME, word),
        ("下载 Excel 自评表", "xlsx", EXCEL_MIME, excel),
        ("打包下载", "zip", ZIP_MIME, both),
    ):
        st.download_button(
            label,
            partial(_data, make),
            file_name=file_name(name, status, suffix),
            mime=mime,
            key=f"download:{suffix}",
            icon=":material/download:",
            type="primary" if suffix == "docx" else "secondary",
            disabled=held,
            on_click="ignore",
            width="stretch",
        )
    st.caption(
        "Word 里的目录在打开时更新；字体用方正小标宋、仿宋_GB2312 等，电脑上没有时会自动替换。"
    )


def _data(make: partial[ExportedFile]) -> bytes:
    """Return the bytes of a file made now."""
    return make().data
