"""批注: threads beside what they are about, and the box that begins one."""

from collections.abc import Sequence

import streamlit as st

from ziping.domain.fields import label
from ziping.domain.reviews import FIELD, SECTION, Comment, CommentEntry, CommentKind
from ziping.services.commenting import WHOLE_REPORT, add_comment, reopen, reply, resolve
from ziping.services.scored import ScoredReport
from ziping.ui import resources, state
from ziping.ui.components.band import local_time
from ziping.ui.components.inert import inert
from ziping.ui.telling import told

_CELLS = ("target", "actual", "weight", "deviation")
_AMOUNTS = ("initial_budget", "annual_budget", "received", "executed")
_VERBS = {
    CommentKind.OPENED: "",
    CommentKind.REPLY: "回复",
    CommentKind.RESOLVED: "标为已解决",
    CommentKind.REOPENED: "重新打开",
}


def show_comments(report_id: int, scored: ScoredReport, comments: Sequence[Comment]) -> None:
    """Show the box for a new comment, then the open threads, then the settled ones."""
    _show_new(report_id, scored)
    waiting = [one for one in comments if not one.is_resolved]
    settled = [one for one in comments if one.is_resolved]
    st.markdown(f"**未解决（{len(waiting)}）**")
    if not waiting:
        st.caption("没有未解决的批注。")
    for one in waiting:
        show_thread(report_id, one)
    if settled:
        with st.expander(f"已解决（{len(settled)}）"):
            for one in settled:
                show_thread(report_id, one)


def _show_new(report_id: int, scored: ScoredReport) -> None:
    """Ask for a place and words."""
    places = _places(scored)
    with st.container(border=True):
        where = st.selectbox(
            "批注的位置", list(places), format_func=places.__getitem__, key="comment:anchor"
        )
        text = st.text_area("批注", key="comment:new", height=80, placeholder="写明问题和要求")
        st.button(
            "添加批注",
            type="primary",
            icon=":material/add_comment:",
            disabled=not (text or "").strip(),
            on_click=_add,
            args=(report_id, where, "comment:new", ""),
        )


def _places(scored: ScoredReport) -> dict[str, str]:
    """Return what can be commented on: the whole, sections, cells."""
    places = {"": WHOLE_REPORT}
    places |= {
        f"{SECTION}{one.id}": f"正文 {one.heading}"
        for one in scored.outline.sections
        if one.fallback
    }
    for project in scored.report.projects:
        seen: set[str] = set()
        for row in project.funds:
            if row.source not in seen:
                seen.add(row.source)
                places |= _cells(scored, f"{project.id}/funds/{row.source}", _AMOUNTS)
        for line in project.indicators:
            places |= _cells(scored, f"{project.id}/indicators/{line.id}", _CELLS)
    return places


def _cells(scored: ScoredReport, row: str, fields: Sequence[str]) -> dict[str, str]:
    """Return the anchors of a row's cells."""
    return {
        f"{FIELD}{row}/{one}": f"自评表 {label(f'{row}/{one}', scored.report)}" for one in fields
    }


def show_comment_box(report_id: int, anchor: str, place: str, *, quote: str = "") -> None:
    """Show the button that begins a comment on one place."""
    key = f"comment:at:{anchor or place}"
    with st.popover("批注", icon=":material/add_comment:", key=f"comment-box:{anchor or place}"):
        st.caption(inert(place))
        text = st.text_area("批注", key=key, height=80, label_visibility="collapsed")
        st.button(
            "添加", key=f"{key}:add", type="primary", disabled=not (text or "").strip(),
            on_click=_add, args=(report_id, anchor, key, quote),
        )  # fmt: skip


@told
def _add(report_id: int, anchor: str, key: str, quote: str) -> None:
    """Keep a comment."""
    text = str(state.widget_value(key) or "")
    add_comment(resources.workspace(), report_id, text, anchor=anchor, quote=quote)
    state.set_widget_value(key, "")
    state.notify("已添加批注", ":material/add_comment:")


def show_thread(report_id: int, comment: Comment) -> None:
    """Show a comment with its replies, and what can be done with it."""
    with st.container(border=True, key=f"thread:{comment.id}"):
        quote = f"　:gray[“{inert(comment.quote)}”]" if comment.quote else ""
        st.markdown(f"**{inert(comment.place)}**{quote}")
        for entry in comment.entries:
            _show_entry(entry)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if comment.is_resolved:
                st.button(
                    "重新打开", key=f"reopen:{comment.id}", on_click=_reopen,
                    args=(report_id, comment.id),
                )  # fmt: skip
                return
            key = f"reply:{comment.id}"
            st.text_input(
                "回复", key=key, placeholder="回复或说明怎样改的", label_visibility="collapsed",
                autocomplete="off",
            )  # fmt: skip
            st.button("回复", key=f"{key}:add", on_click=_reply, args=(report_id, comment.id, key))
            st.button(
                "已解决", key=f"resolve:{comment.id}", icon=":material/check:",
                on_click=_resolve, args=(report_id, comment.id, key),
            )  # fmt: skip


def _show_entry(entry: CommentEntry) -> None:
    """Show one entry of a thread."""
    said = f"{_VERBS[entry.kind]}　{entry.text}".strip()
    st.text(f"{entry.by}（{entry.role}）{local_time(entry.at)}　{said}")


@told
def _reply(report_id: int, comment_id: int, key: str) -> None:
    text = str(state.widget_value(key) or "")
    reply(resources.workspace(), report_id, comment_id, text)
    state.set_widget_value(key, "")


@told
def _resolve(report_id: int, comment_id: int, key: str) -> None:
    text = str(state.widget_value(key) or "")
    resolve(resources.workspace(), report_id, comment_id, text)
    state.set_widget_value(key, "")


@told
def _reopen(report_id: int, comment_id: int) -> None:
    reopen(resources.workspace(), report_id, comment_id)
