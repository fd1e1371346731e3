"""Proposals as rows to tick: field, old and new value, and the words they came from."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ziping.domain.conversation import Decision, SectionProposal, Turn
from ziping.domain.evaluation import FundUnit
from ziping.domain.patches import Patch, PatchState, held, is_stale
from ziping.services.chat_decisions import accept, edit, reject, undo
from ziping.ui import resources, state
from ziping.ui.components.band import OpenReport
from ziping.ui.components.differences import diff_html
from ziping.ui.components.inert import inert
from ziping.ui.telling import told

_EDIT_HELP = "改一个值再写入，或只不采纳这一处"
_LOOKS = {
    PatchState.ACCEPTED: ("zp-chip-good", "✓ 已写入"),
    PatchState.EDITED: ("zp-chip-good", "✓ 改后写入"),
    PatchState.REJECTED: ("zp-chip-plain", "未采纳"),
    PatchState.UNDONE: ("zp-chip-plain", "↶ 已撤销"),
    PatchState.PENDING: ("zp-chip-note", "待定"),
}


def show_cards(opened: OpenReport, turn: Turn, *, is_last: bool) -> None:
    """Show the proposals of a turn: those that wait with their tools, the others as they ended."""
    if turn.reply is None or not turn.decisions:
        return
    patches = turn.reply.patches
    fields = turn.decisions[: len(patches)]
    waiting = [at for at, one in enumerate(fields) if one.state is PatchState.PENDING]
    if patches:
        _show_decided(opened, patches, fields)
        if waiting:
            _show_waiting(opened, turn, waiting, is_last=is_last)
        _show_sources(patches)
    for at, proposal in enumerate(turn.reply.sections, len(patches)):
        _show_section(opened.id, turn, at, proposal)
    if any(one.state.is_written for one in turn.decisions):
        st.button(
            "撤销这次写入",
            key=f"chat-undo:{turn.number}",
            icon=":material/undo:",
            type="tertiary",
            on_click=_undo,
            args=(opened.id, turn.number),
        )


def _with_unit(opened: OpenReport, path: str, text: str) -> str:
    """Return a value as a card shows it: amounts with their unit, nothing as a dash."""
    if not text:
        return "—"
    project = opened.scored.report.project(path.partition("/")[0])
    if "/funds/" in path:
        unit = project.fund_unit if project else FundUnit.TEN_THOUSAND_YUAN
        return f"{text} {unit.value}"
    is_points = path.endswith(("/weight", "/points")) or "/level1_weights/" in path
    return f"{text} 分" if is_points else text


def _show_decided(
    opened: OpenReport, patches: Sequence[Patch], decisions: Sequence[Decision]
) -> None:
    """Show the proposals that were decided about, as a table."""
    rows = [
        f"<tr><td>{escape(patch.label)}</td>"
        f"<td>{escape(_with_unit(opened, patch.path, patch.old))} → "
        f"<b>{escape(_with_unit(opened, patch.path, one.value or patch.new))}</b></td>"
        f'<td><span class="zp-chip {_LOOKS[one.state][0]}">{_LOOKS[one.state][1]}</span>'
        f"{_problem(one)}</td></tr>"
        for patch, one in zip(patches, decisions, strict=True)
        if one.state is not PatchState.PENDING
    ]
    if rows:
        head = "<tr><th>字段</th><th>原值 → 新值</th><th>处理</th></tr>"
        st.html(f'<table class="zp-patches">{head}{"".join(rows)}</table>')


def _problem(one: Decision) -> str:
    return f'<div class="zp-quiet">{escape(one.problem)}</div>' if one.problem else ""


def _show_waiting(opened: OpenReport, turn: Turn, waiting: list[int], *, is_last: bool) -> None:
    """Show the proposals that wait: tick, change, write or leave."""
    patches = turn.reply.patches if turn.reply else ()
    heading = ""
    with st.container(gap=None, key=f"chat-card-{turn.number}"):
        for at in waiting:
            above, _, name = patches[at].label.rpartition(" · ")
            if above and above != heading:
                st.html(f'<div class="zp-patch-of">{escape(above)}</div>')
            heading = above
            _show_row(opened, turn, at, name)
    ticked = [at for at in waiting if state.widget_value(_tick(turn.number, at)) is not False]
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"写入所选（{len(ticked)}）" if len(waiting) > 1 else "采纳",
            key=f"chat-accept:{turn.number}",
            icon=":material/done_all:",
            type="primary" if is_last else "secondary",
            disabled=not ticked,
            on_click=_accept,
            args=(opened.id, turn.number, tuple(ticked)),
        )
        st.button(
            "都不采纳" if len(waiting) > 1 else "不采纳",
            key=f"chat-reject:{turn.number}",
            on_click=_reject,
            args=(opened.id, turn.number),
        )


def _tick(number: int, at: int) -> str:
    """Return the key of a proposal's tick."""
    return f"chat-tick:{number}:{at}"


def _show_row(opened: OpenReport, turn: Turn, at: int, name: str) -> None:
    """Show one proposal that waits."""
    patch = turn.reply.patches[at] if turn.reply else None
    if patch is None:
        return
    decision = turn.decisions[at]
    report = opened.scored.report
    stale = is_stale(report, patch)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.checkbox(inert(name), value=True, key=_tick(turn.number, at), width="stretch")
        old, new = (_with_unit(opened, patch.path, one) for one in (patch.old, patch.new))
        st.html(
            f'<div class="zp-change">{escape(old)} → <b>{escape(new)}</b></div>', width="content"
        )
        with st.popover(
            "", icon=":material/edit:", type="tertiary", help="改一个值再写入，或只不采纳这一处"
        ):
            _show_editor(opened.id, turn.number, at, patch)
    notes = [patch.note] if patch.note else []
    if stale:
        now = held(report, patch.path) or "空白"
        notes.append(f"提出建议之后这里已被改成“{now}”，不会覆盖；仍要改的话请再说一次")
    notes += [decision.problem] if decision.problem and not stale else []
    if notes:
        st.html(f'<div class="zp-patch-note">{escape("；".join(notes))}</div>')


def _show_editor(report_id: int, number: int, at: int, patch: Patch) -> None:
    """Show the box that changes one proposal."""
    key = f"chat-value:{number}:{at}"
    st.text_input(inert(patch.label), value=patch.new, key=key)
    with st.container(horizontal=True):
        st.button(
            "按此写入",
            type="primary",
            key=f"chat-edit:{number}:{at}",
            on_click=_edit,
            args=(report_id, number, at, key),
        )
        st.button(
            "不采纳这一处",
            key=f"chat-drop:{number}:{at}",
            on_click=_reject,
            args=(report_id, number, (at,)),
        )


def _show_sources(patches: Sequence[Patch]) -> None:
    """Show the words that proposals came from, each once."""
    said = "；".join(f"“{one}”" for one in dict.fromkeys(one.said for one in patches) if one)
    if said:
        st.html(f'<div class="zp-source">来自：{escape(said)}</div>')


def _show_section(report_id: int, turn: Turn, at: int, proposal: SectionProposal) -> None:
    """Show a proposed text: as it is, or beside the present one."""
    decision = turn.decisions[at]
    style, title = _LOOKS[decision.state]
    st.html(
        f'<div class="zp-patch-of">{escape(proposal.heading)} '
        f'<span class="zp-chip {style}">{title}</span>{_problem(decision)}</div>'
    )
    text = proposal.section.text
    if proposal.old:
        shown = diff_html(proposal.old, text)
    else:
        shown = "".join(f"<p>{escape(one)}</p>" for one in text.splitlines())
    with st.expander("看看改动" if proposal.old else "看看内容", expanded=_is_open(decision)):
        st.html(f'<div class="zp-prose zp-prose-small">{shown}</div>')
    if not _is_open(decision):
        return
    with st.container(horizontal=True, gap="small"):
        st.button(
            "采纳",
            key=f"chat-section:{turn.number}:{at}",
            icon=":material/done:",
            type="primary",
            on_click=_accept,
            args=(report_id, turn.number, (at,)),
        )
        st.button(
            "不采纳",
            key=f"chat-section-drop:{turn.number}:{at}",
            on_click=_reject,
            args=(report_id, turn.number, (at,)),
        )


def _is_open(decision: Decision) -> bool:
    return decision.state is PatchState.PENDING


@told
def _accept(report_id: int, number: int, positions: tuple[int, ...]) -> None:
    """Write proposals."""
    outcome = accept(resources.workspace(), report_id, number, positions)
    for proposal in outcome.sections:
        state.set_widget_value("chapter", proposal.section.section_id.partition(".")[0])
    icon = ":material/check_circle:" if outcome.done else ":material/info:"
    state.notify(outcome.told, icon)


@told
def _edit(report_id: int, number: int, at: int, key: str) -> None:
    """Write one proposal with the value typed."""
    value = str(state.widget_value(key) or "")
    state.notify(edit(resources.workspace(), report_id, number, at, value).told)


@told
def _reject(report_id: int, number: int, positions: tuple[int, ...] | None = None) -> None:
    """Leave proposals unwritten."""
    reject(resources.workspace(), report_id, number, positions)


@told
def _undo(report_id: int, number: int) -> None:
    """Take back what a turn wrote."""
    state.notify(undo(resources.workspace(), report_id, number).told, ":material/undo:")
