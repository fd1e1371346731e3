"""One turn of the conversation: words, proposals, question, clauses, what to say next."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ziping.domain.conversation import Offer, Question, Reply, Turn
from ziping.domain.patches import PatchState
from ziping.ui import navigation, resources
from ziping.ui.components.band import OpenReport
from ziping.ui.components.chat_cards import show_cards
from ziping.ui.components.clauses import clause_button
from ziping.ui.components.inert import inert
from ziping.ui.telling import told

_PERSON, _PROGRAM = ":material/person:", ":material/forum:"
_USUAL = ("评分", "还缺什么", "问我")


def show_opening(reply: Reply) -> None:
    """Show how a conversation can begin."""
    with st.chat_message("assistant", avatar=_PROGRAM):
        _words(reply.text)


def show_turn(opened: OpenReport, turn: Turn, *, is_last: bool) -> None:
    """Show what was said and what came back."""
    with st.chat_message("user", avatar=_PERSON):
        _words(turn.said)
    reply = turn.reply
    if reply is None:
        return
    with st.chat_message("assistant", avatar=_PROGRAM):
        _words(reply.text)
        _show_notices(reply.notices)
        if reply.writer != "离线":
            st.badge(inert(f"模型 {reply.writer}"), color="violet", icon=":material/smart_toy:")
        show_cards(opened, turn, is_last=is_last)
        _show_clauses(reply.clauses, turn.number)
        if is_last:
            _show_question(reply)
            _show_choices(opened.id, turn, reply.question)
            _show_offer(opened.id, reply.offer)
            _show_suggestions(opened.id, turn)


def _words(text: str) -> None:
    """Show words as they are; nothing in them is live."""
    st.html(f'<div class="zp-words">{escape(text)}</div>')


def _show_notices(notices: Sequence[str]) -> None:
    """Show what the person must know about how it was answered."""
    if notices:
        lines = "".join(f"<li>{escape(one)}</li>" for one in notices)
        st.html(f'<ul class="zp-notices" role="note">{lines}</ul>')


def _show_clauses(clauses: Sequence[str], number: int) -> None:
    """Show the clauses an answer rests on."""
    if clauses:
        with st.container(horizontal=True, gap="small"):
            for at, clause in enumerate(clauses[:4]):
                clause_button(clause, key=f"chat-clause:{number}:{at}")


def _show_question(reply: Reply) -> None:
    """Show what is asked beside the words, and why it matters."""
    question = reply.question
    if question is None:
        return
    asked = f'<div class="zp-words">{escape(question.text)}</div>' if reply.asks_further else ""
    why = f'<div class="zp-quiet">{escape(question.why)}</div>' if question.why else ""
    if asked or why:
        st.html(f'<div class="zp-asked">{asked}{why}</div>')


def _show_choices(report_id: int, turn: Turn, question: Question | None) -> None:
    """Show the answers of a question as buttons."""
    if question is None or not question.choices:
        return
    with st.container(horizontal=True, gap="small"):
        for at, choice in enumerate(question.choices):
            st.button(
                inert(choice.label),
                key=f"chat-choice:{turn.number}:{at}",
                on_click=say,
                args=(report_id, choice.label),
            )


def _show_offer(report_id: int, offer: Offer) -> None:
    """Show the way to what the page can do."""
    if offer is Offer.DRAFT_ALL:
        st.button(
            "起草全部章节",
            key="chat-draft-all",
            icon=":material/edit_document:",
            type="primary",
            on_click=_draft_all,
            args=(report_id,),
        )
    elif offer is Offer.EXPORT:
        st.page_link(navigation.page_path("exporting"), label="去导出", icon=":material/download:")
    elif offer is Offer.SCORE:
        st.page_link(
            navigation.page_path("scoring"), label="看评分明细", icon=":material/leaderboard:"
        )


def _show_suggestions(report_id: int, turn: Turn) -> None:
    """Show what could be said next; not while proposals wait or a question is open."""
    reply = turn.reply
    waits = any(one.state is PatchState.PENDING for one in turn.decisions)
    if reply is None or waits or (reply.question and reply.question.choices):
        return
    with st.container(horizontal=True, gap="small"):
        for at, told_next in enumerate(dict.fromkeys([*reply.suggestions, *_USUAL])):
            if told_next != turn.said:
                st.button(
                    inert(told_next),
                    key=f"chat-next:{turn.number}:{at}",
                    type="tertiary",
                    icon=":material/subdirectory_arrow_right:",
                    on_click=say,
                    args=(report_id, told_next),
                )


@told
def say(report_id: int, said: str) -> None:
    """Say what is written on a button."""
    resources.chat().say(report_id, said)


@told
def _draft_all(report_id: int) -> None:
    """Start drafting every section, those that a person edited left as they are."""
    resources.engine().draft_report(report_id, keep_edited=True)
