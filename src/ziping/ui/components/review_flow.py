"""Where a report stands, and what the person of this tab may do with it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ziping.domain.workflow import Action, State, WorkflowStep
from ziping.review.transitions import Transition, waiting_for
from ziping.services.open_points import OpenPoints
from ziping.services.workflow import GOES_ON, Flow, move
from ziping.ui import resources, state
from ziping.ui.components.band import local_time
from ziping.ui.components.inert import inert
from ziping.ui.components.pending import show_pending
from ziping.ui.telling import told

_ICONS = {
    Action.SUBMIT: ":material/send:",
    Action.WITHDRAW: ":material/undo:",
    Action.APPROVE: ":material/check_circle:",
    Action.RETURN: ":material/reply:",
    Action.REOPEN: ":material/restart_alt:",
}


def show_flow(report_id: int, flow: Flow, pending: OpenPoints) -> None:
    """Show the steps of the workflow and the person's buttons."""
    with st.container(border=True, key="flow"):
        st.html(_steps_html(flow))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_told(flow), width="stretch")
            for way in flow.ways:
                _show_way(report_id, way, pending)


def _steps_html(flow: Flow) -> str:
    """Return the states in order, those behind us with who went on from them and when."""
    this_round = [one for one in flow.steps if one.round == flow.round]
    order = list(State)
    at = order.index(flow.state)
    cells = ""
    for number, one in enumerate(order):
        passed = _passed(this_round, one) if number < at else None
        kind = (
            "done"
            if number < at or flow.state is State.FINAL
            else "now"
            if number == at
            else "next"
        )
        sign = {"done": "✓", "now": "●", "next": "○"}[kind]
        who = f"{passed.by} {local_time(passed.at)[5:]}" if passed else ""
        current = ' aria-current="step"' if number == at else ""
        cells += (
            f'<div role="listitem" class="zp-step zp-step-{kind}"{current}><b>{sign} {one}</b>'
            f"<span>{escape(who)}</span></div>"
        )
    return f'<div role="list" class="zp-steps" aria-label="审核流程">{cells}</div>'


def _passed(steps: Sequence[WorkflowStep], start: State) -> WorkflowStep | None:
    """Return the last step that led on from a state."""
    on = (Action.SUBMIT, Action.APPROVE)
    return next((one for one in reversed(steps) if one.start is start and one.action in on), None)


def _told(flow: Flow) -> str:
    """Return where the report stands, and why the person can or cannot go on."""
    last = flow.steps[-1] if flow.steps else None
    back = ""
    if flow.state is State.DRAFTING and last is not None and last.action is Action.RETURN:
        back = f"　:orange[{inert(last.by)}（{last.role}）退回：{inert(last.reason)}]"
    version = f"第{flow.round}版　" if flow.round > 1 else ""
    if flow.state is State.FINAL:
        return f"{version}**已定稿**　:gray[内容已锁定，确需修改时重新起草，形成新的一版]"
    waits = f"{version}**{flow.state}**　:gray[等待{waiting_for(flow.state)}办理]{back}"
    if not flow.ways and flow.is_own_work:
        return f"{waits}　:gray[您参与了起草，不能审核通过]"
    if not flow.ways:
        return f"{waits}　:gray[您的身份是{resources.person().roles[0]}，这一步不用您办理]"
    return waits


def _show_way(report_id: int, way: Transition, pending: OpenPoints) -> None:
    """Show the button of one way, with the opinion or reason asked for."""
    key = f"way:{way.action.name.lower()}"
    with st.popover(way.action, icon=_ICONS[way.action], key=f"{key}:box"):
        st.markdown(f"**{way.action}**　{way.start} → {way.end}")
        noted = True
        if pending.points and way.action in GOES_ON:
            show_pending(pending)
            noted = st.checkbox("以上情况已看过，仍要办理", key=f"{key}:noted")
        needs_reason = way.needs_reason or (way.end is State.FINAL and pending.contradicts)
        text = st.text_area(
            "原因（必填）" if needs_reason else "意见（可以不填）",
            key=f"{key}:reason",
            height=80,
        )
        st.button(
            f"确认{way.action}",
            key=key,
            type="primary",
            disabled=not noted or (needs_reason and not (text or "").strip()),
            on_click=_move,
            args=(report_id, way, key),
        )


@told
def _move(report_id: int, way: Transition, key: str) -> None:
    """Move the report, unless it stands elsewhere than the person saw."""
    reason = str(state.widget_value(f"{key}:reason") or "")
    noted = bool(state.widget_value(f"{key}:noted"))
    step = move(
        resources.workspace(), report_id, way.action, reason=reason, seen=way.start, noted=noted
    )
    state.set_widget_value(f"{key}:reason", "")
    state.notify(f"已{way.action}，报告现在的状态是“{step.end}”", _ICONS[way.action])
