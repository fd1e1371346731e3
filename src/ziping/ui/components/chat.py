"""The conversation beside the document: what was said, what is proposed, the box to speak into."""

import streamlit as st

from ziping.domain.conversation import Turn
from ziping.services.chat_desk import is_open
from ziping.services.chatting import conversation, opening
from ziping.ui import navigation, resources, state
from ziping.ui.components.band import OpenReport
from ziping.ui.components.chat_turns import show_opening, show_turn
from ziping.ui.telling import mistakes_told, told

_SHOWN = 30
"""Turns shown at once; earlier ones are folded away."""
_BOX = "chat-box"
_PLACEHOLDER = "说出数据、提问，或让它起草某一节……"
_keeper = st.components.v2.component(
    "ziping-composer", js=navigation.asset("composer.js").read_text(encoding="utf-8")
)


def show_chat(opened: OpenReport) -> None:
    """Show the conversation about the open report, the newest at the bottom."""
    turns = conversation(resources.workspace(), opened.id)
    with st.container(key="talk"):
        with st.container(border=True, height=560, key="chat-history", autoscroll=True):
            _show_earlier(opened, turns[:-_SHOWN])
            if not turns:
                show_opening(opening(resources.workspace(), opened.id))
            for one in turns[-_SHOWN:]:
                show_turn(opened, one, is_last=one is turns[-1])
            if turns and is_open(turns[-1]):
                _follow(opened.id, turns[-1])
        st.chat_input(_PLACEHOLDER, key=_BOX, on_submit=_say, args=(opened.id,))
        said = turns[-1].said if turns else ""
        _keeper(data={"report": opened.id, "said": said}, key="composer")


def _show_earlier(opened: OpenReport, turns: tuple[Turn, ...]) -> None:
    """Show earlier turns folded away."""
    if turns:
        with st.expander(f"更早的 {len(turns)} 轮对话"):
            for one in turns:
                show_turn(opened, one, is_last=False)


@told
def _say(report_id: int) -> None:
    """Keep what was typed and have it answered."""
    resources.chat().say(report_id, str(state.widget_value(_BOX) or ""))


@st.fragment(run_every=0.5)
@mistakes_told()
def _follow(report_id: int, turn: Turn) -> None:
    """Show what is happening while an answer is made; redraw the page when it is there."""
    progress = resources.chat().progress(report_id, turn.number)
    if progress is None:
        newest = conversation(resources.workspace(), report_id)[-1]
        if not is_open(newest):
            st.rerun()
        st.warning("上一句还没有答完（程序可能重新启动过）。")
        with st.container(horizontal=True):
            st.button("再答一次", on_click=_again, args=(report_id, turn.number))
            st.button("不用答了", on_click=_stop, args=(report_id, turn.number))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/progress_activity: {progress.stage}……（{progress.seconds} 秒）")
        st.button(
            "停止",
            icon=":material/stop_circle:",
            key="chat-stop",
            on_click=_stop,
            args=(report_id, turn.number),
        )


@told
def _again(report_id: int, number: int) -> None:
    """Have a turn answered that nobody is at."""
    resources.chat().answer(report_id, number)


@told
def _stop(report_id: int, number: int) -> None:
    """Have an answer stopped."""
    resources.chat().stop(report_id, number)
