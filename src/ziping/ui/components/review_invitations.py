"""External reviewers of the open report: who is invited, until when, and taking it back."""

from datetime import date, timedelta

import streamlit as st

from ziping.domain.access import Right, is_local
from ziping.domain.invitations import Invitation
from ziping.services.access import has_right
from ziping.services.inviting import invitations_of, invite, withdraw_invitation
from ziping.ui import resources, state
from ziping.ui.components.band import local_time
from ziping.ui.telling import told

_LOGIN, _UNTIL = "invite:login", "invite:until"
_USUAL = timedelta(days=30)


def can_invite(report_id: int) -> bool:
    """Whether the person of this tab may invite others; without a login there is nobody."""
    workspace = resources.workspace()
    return not is_local(workspace.person) and has_right(workspace, Right.INVITE, report_id)


def show_invitations(report_id: int) -> None:
    """Show who is invited, and the way to invite."""
    workspace = resources.workspace()
    today = workspace.today()
    st.caption(
        "受邀的外部审核人只能查看这一份报告，可以填自己的数据比对、批注、下载审核意见，不能修改。"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "登录号", key=_LOGIN, autocomplete="off", width=280,
            help="由管理员登记、角色为“外部审核”的登录号",
        )  # fmt: skip
        st.date_input(
            "有效期至", value=today + _USUAL, min_value=today, key=_UNTIL, width=180,
            format="YYYY-MM-DD",
        )  # fmt: skip
        st.button(
            "邀请", type="primary", icon=":material/person_add:", key="invite:add",
            on_click=_invite, args=(report_id,),
        )  # fmt: skip
    found = invitations_of(workspace, report_id)
    if not found:
        st.info("还没有邀请外部审核人。")
    for one in found:
        _show(report_id, one, today)


def _show(report_id: int, one: Invitation, today: date) -> None:
    """Show one invitation with the way to take it back."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        over = "　（已过期）" if one.until < today else ""
        told_by = f"{one.saved_by} {local_time(one.saved_at)} 邀请"
        st.text(f"{one.login}　有效期至 {one.until}{over}　{told_by}", width="stretch")
        st.button(
            "撤销邀请", key=f"uninvite:{one.login}", icon=":material/person_remove:",
            on_click=_withdraw, args=(report_id, one.login),
        )  # fmt: skip


@told
def _invite(report_id: int) -> None:
    """Invite the login that was typed."""
    login, until = str(state.widget_value(_LOGIN) or ""), state.widget_value(_UNTIL)
    if not login.strip() or not isinstance(until, date):
        state.tell_mistake("请填写登录号和有效期。")
        return
    invite(resources.workspace(), report_id, login, until)
    state.set_widget_value(_LOGIN, "")
    state.notify(f"已邀请 {login.strip()}，有效期至 {until}", ":material/person_add:")


@told
def _withdraw(report_id: int, login: str) -> None:
    """Take an invitation back."""
    withdraw_invitation(resources.workspace(), report_id, login)
    state.notify(f"已撤销对 {login} 的邀请", ":material/person_remove:")
