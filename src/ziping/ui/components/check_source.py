"""What a file is checked against: its own tables, another file, or a report of the app."""

import streamlit as st

from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report
from ziping.services.checking import Wanted, read_figures
from ziping.services.reports import list_reports, open_report
from ziping.ui import resources

OWN, FILE, STORED = "文件里的自评表", "另一份数据文件", "系统里的报告"
_TYPES = ["xlsx", "xlsm", "xls", "docx", "txt", "yaml", "yml", "json"]


def ask_for_figures(wanted: Wanted) -> Report | None:
    """Ask what to compare with; return its report, None for the file's own tables.

    Raises:
        InputError: The file chosen cannot be read, or nothing was chosen yet.
    """
    source = st.segmented_control(
        "与什么核对", (OWN, FILE, STORED), default=OWN, required=True, key="check:source"
    )
    if source == FILE:
        upload = st.file_uploader(
            "数据文件（Word、Excel 自评表，或本系统的数据文件）", type=_TYPES, key="check:figures"
        )
        if upload is None:
            raise InputError("请上传数据文件", remedy="或改为与文件里的自评表核对")
        workspace = resources.workspace()
        return read_figures(
            workspace.content,
            upload.getvalue(),
            upload.name,
            today=workspace.clock(),
            wanted=wanted,
        )
    if source == STORED:
        return _stored()
    return None


def _stored() -> Report:
    """Ask for a report of the app."""
    workspace = resources.workspace()
    titles = {
        one.id: f"{one.title}（{'、'.join(project.name or '未命名' for project in one.projects)}）"
        for one in list_reports(workspace)
    }
    if not titles:
        raise InputError("系统里还没有报告", remedy="请改为与文件里的自评表核对，或先导入数据")
    chosen = st.selectbox(
        "系统里的报告", list(titles), format_func=titles.__getitem__, key="check:stored"
    )
    return open_report(workspace, chosen).report
