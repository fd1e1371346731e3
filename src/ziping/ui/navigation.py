"""The pages, the sidebar around them, and the messages that wait."""

from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ziping.ui import resources, state
from ziping.ui.components.conflicts import show_conflicts
from ziping.ui.components.identity import show_identity
from ziping.ui.components.inert import inert

_PAGES = Path(__file__).parent / "pages"
_ASSETS = Path(__file__).parent / "assets"

ICON = _ASSETS / "icon.svg"
"""Icon of the browser tab; a Material icon here would be fetched from outside the machine."""

_unseen = st.components.v2.component(
    "ziping-frame", js=(_ASSETS / "frame.js").read_text(encoding="utf-8")
)

WORKBENCH = "workbench"
REPORT_PAGES = {
    "filling": ("填报", ":material/edit_note:"),
    "scoring": ("评分", ":material/leaderboard:"),
    "drafting": ("起草", ":material/article:"),
    "reviewing": ("审核", ":material/fact_check:"),
    "exporting": ("导出", ":material/download:"),
}


def build(*, is_shown: bool) -> StreamlitPage:
    """Return the page that the URL asks for; the links to all pages may be left out."""
    workbench = _page(WORKBENCH, "工作台", ":material/dashboard:", default=True)
    current = [_page(name, *shown) for name, shown in REPORT_PAGES.items()]
    hidden = [
        _page("importing", "导入", ":material/upload_file:", visibility="hidden"),
        _page("rolling", "结转", ":material/event_repeat:", visibility="hidden"),
    ]
    batch = _page("batch", "批量", ":material/stacks:")
    reference = [
        _page("checking", "核查文件", ":material/fact_check:"),
        _page("library", "知识库", ":material/menu_book:"),
        _page("settings", "设置", ":material/tune:"),
    ]
    return st.navigation(
        {"": [workbench, batch, *hidden], "当前报告": current, "工具和资料": reference},
        position="sidebar" if is_shown else "hidden",
    )


def _page(
    name: str,
    title: str,
    icon: str,
    *,
    default: bool = False,
    visibility: Literal["visible", "hidden"] = "visible",
) -> StreamlitPage:
    """Return one page by the name of its script."""
    return st.Page(
        _PAGES / f"{name}.py",
        title=title,
        icon=icon,
        url_path=name,
        default=default,
        visibility=visibility,
    )


def page_path(name: str) -> Path:
    """Return the script of a page, for links between pages."""
    return _PAGES / f"{name}.py"


def asset(name: str) -> Path:
    """Return a file of the app's own style or marks."""
    return _ASSETS / name


def _writer_chip() -> str:
    """Return the chip that always says which writer is in use."""
    endpoint = resources.desk().endpoint
    name = "离线模板" if endpoint is None else endpoint.model
    note = "不连接模型，不访问网络" if endpoint is None else "写不成的章节自动改用模板"
    return (
        '<div class="zp-writer" role="status"><span class="zp-writer-label">起草方式</span>'
        f'<span class="zp-writer-name">{escape(name)}</span>'
        f'<span class="zp-writer-note">{note}</span></div>'
    )


def dress() -> None:
    """Give whatever is shown our style, language and first stop of the keyboard."""
    st.html(_ASSETS / "style.css")
    _unseen(data={"said": ""}, key="frame")


def announce(said: str) -> None:
    """Have screen readers read out what changed; the same words twice are read once."""
    _unseen(data={"said": said}, key="said")


def show_frame() -> None:
    """Show what surrounds every page: brand, writer chip, who acts, waiting messages."""
    st.logo(_ASSETS / "brand.svg", size="large")
    resources.workspace()
    with st.sidebar:
        st.html(_writer_chip())
        show_identity()
    with st.container():  # there with and without a mistake, so that the page keeps its place
        if mistake := state.take_mistake():
            st.error(inert(mistake))
    for notice in state.take_notices():
        st.toast(inert(notice.text), icon=notice.icon)


def run_page(page: StreamlitPage) -> None:
    """Run a page, then ask about collisions.

    The dialog comes last: a press in it while the page behind is still being drawn would end
    that run, and leave a box with the text that was not kept.
    """
    page.run()
    show_conflicts()
