"""The open report, loaded and scored, under the band that every report page carries."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import NoReturn
from zoneinfo import ZoneInfo

import streamlit as st

from ziping.domain.access import Right
from ziping.domain.errors import ZipingError
from ziping.domain.findings import Severity
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.scores import ScoreSheet
from ziping.domain.stored import StoredReport
from ziping.domain.workflow import State
from ziping.services.access import has_right
from ziping.services.commenting import comments_of
from ziping.services.reports import open_report
from ziping.services.scored import ScoredReport, score_report, title_of
from ziping.ui import editing, navigation, resources, state
from ziping.ui.components.inert import inert

_HERE = ZoneInfo("Asia/Shanghai")

_UNDER_REVIEW = ":material/lock: 报告正在审核，内容已锁定；需要修改时先撤回或退回。"
_FINAL = ":material/lock: 报告已定稿，内容已锁定；需要修改时在“审核”页重新起草，形成新的一版。"

_READING = ":material/visibility: 您的身份可以查看、比对和批注这份报告，不能修改。"

CHIPS = {
    Severity.ERROR: "zp-chip-error",
    Severity.WARNING: "zp-chip-warning",
    Severity.NOTE: "zp-chip-note",
}
"""CSS class of each severity."""


@dataclass(frozen=True, slots=True)
class OpenReport:
    """The report this tab works on (当前报告)."""

    stored: StoredReport
    scored: ScoredReport
    may_edit: bool
    """Whether the person of this tab may change it, as far as their role goes."""

    @property
    def id(self) -> int:
        """The report's id."""
        return self.stored.id


def require_report(*, is_blind: bool = False) -> OpenReport:
    """Return the open report below its band, or stop the page with a hint.

    `is_blind` leaves the report's figures out of the band.
    """
    report_id = state.open_report_id()
    if report_id is None:
        _stop("还没有打开报告", "请先在工作台打开一份报告，或新建一份。")
    workspace = resources.workspace()
    try:
        stored = open_report(workspace, report_id)
        scored = score_report(workspace.content, stored.report)
    except ZipingError as error:
        _stop(error.what, error.remedy)
    state.set_shown_version(stored.version)
    may_edit = has_right(workspace, Right.EDIT, report_id)
    state.set_editable(may_edit and stored.state.is_editable)
    waiting = sum(not one.is_resolved for one in comments_of(workspace, report_id))
    st.html(band_html(stored, scored, waiting=waiting, is_blind=is_blind))
    if not is_blind:
        navigation.announce(spoken(scored))
    if not stored.state.is_editable:
        st.caption(_FINAL if stored.state is State.FINAL else _UNDER_REVIEW)
    elif not may_edit:
        st.caption(_READING)
    with st.container():  # there with and without a reason, so that what follows keeps its place
        if reason := state.unsaved():
            st.error(
                f"刚才的修改没有保存。{inert(reason)}您输入的内容仍在页面上，问题解决后再保存一次。"
            )
            st.button("再保存一次", icon=":material/save:", on_click=editing.save_again)
    return OpenReport(stored, scored, may_edit)


def _stop(title: str, remedy: str) -> NoReturn:
    """End the page with what is missing and the way there."""
    st.subheader(title)
    st.write(remedy)
    st.page_link(navigation.page_path("workbench"), label="去工作台", icon=":material/dashboard:")
    st.stop()


def local_time(moment: datetime) -> str:
    """Return a moment as people here read it."""
    return moment.astimezone(_HERE).strftime("%Y-%m-%d %H:%M")


def band_html(
    stored: StoredReport, scored: ScoredReport, *, waiting: int = 0, is_blind: bool = False
) -> str:
    """Return the band: title, figures, findings, state, open comments, when it was saved."""
    report = stored.report
    names = "、".join(one.name or "未命名项目" for one in report.projects) or "还没有项目"
    rule = scored.choice.rule_set.title
    stands = "已定稿" if stored.state is State.FINAL else f"{stored.state}中"
    figures = _figure("盲填中", "不显示草稿数据") if is_blind else _figures(scored.sheets)
    chips = "".join(_chip(severity, scored.count(severity)) for severity in Severity)
    return (
        '<div class="zp-band" role="region" aria-label="当前报告">'
        f'<div class="zp-band-title"><b>{escape(title_of(report))}</b>'
        f"<span>{escape(names)} · 规则：{escape(rule)}</span></div>"
        f'{figures}<div class="zp-chips">{chips}{_comment_chip(waiting)}</div>'
        f'<div class="zp-saved"><b>{escape(stands)}</b><br>已保存 '
        f"{local_time(stored.saved_at)[-5:]}</div></div>"
    )


def spoken(scored: ScoredReport) -> str:
    """Return in one sentence what a change in the figures has come to."""
    counts = "，".join(f"{one.value} {scored.count(one)}" for one in Severity)
    if len(scored.sheets) != 1:
        return f"已保存，{counts}"
    sheet = scored.sheets[0]
    if sheet.total is None:
        return f"已保存，总分待定，已定 {plain(sheet.determined, 2)} 分，{counts}"
    return f"已保存，总分 {plain(sheet.total, 2)}，等级{sheet.grade or '待定'}，{counts}"


def _comment_chip(waiting: int) -> str:
    """Return how many comments are not settled; nothing for none."""
    return f'<span class="zp-chip zp-chip-note">批注 {waiting}</span>' if waiting else ""


def _figures(sheets: tuple[ScoreSheet, ...]) -> str:
    """Return 总分, 等级 and 执行率; for several projects, how many are scored."""
    if len(sheets) != 1:
        done = sum(sheet.total is not None for sheet in sheets)
        return _figure("项目", f"{len(sheets)}") + _figure("已出总分", f"{done}")
    sheet = sheets[0]
    rate = sheet.execution_rate
    if sheet.total is None:
        points = f"{plain(sheet.determined, 2)}<small> 可至 {plain(sheet.high, 2)}</small>"
        total = _figure("已定分", points)
    else:
        total = _figure("总分", plain(sheet.total, 2))
    return (
        total
        + _figure("等级", sheet.grade or "待定")
        + _figure("执行率", "待定" if rate is None else rate_text(rate))
    )


def _figure(label: str, value: str) -> str:
    """Return one labelled figure; the value is ours, never a person's text."""
    return f'<div class="zp-figure"><span>{label}</span><b>{value}</b></div>'


def _chip(severity: Severity, count: int) -> str:
    """Return how many findings have a severity."""
    style = CHIPS[severity] if count else "zp-chip-plain"
    return f'<span class="zp-chip {style}">{severity.value} {count}</span>'
