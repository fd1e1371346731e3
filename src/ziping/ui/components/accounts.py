"""人员: who may sign in, and what administrators let each do."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from ziping.domain.people import Account, Role
from ziping.services.people import list_accounts, set_account
from ziping.ui import resources, state
from ziping.ui.components.band import local_time
from ziping.ui.components.inert import inert
from ziping.ui.telling import told

_WHO, _UNIT, _NEW_UNIT = "accounts:who", "accounts:unit", "accounts:new-unit"
_ROLES, _ACTIVE = "accounts:roles", "accounts:active"
_NO_UNIT, _OTHER_UNIT = "（不属于单位）", "填写别的单位……"
_LOCAL = (
    "没有启用登录：程序只供本机使用，姓名和身份由使用者在侧栏自己选择，不用管理人员。"
    "多人使用时请启用统一身份登录，办法见部署说明“登录”。"
)


def show_accounts() -> None:
    """Show every account, and the one that is being changed."""
    if resources.login_settings() is None:
        st.info(_LOCAL)
        return
    accounts = list_accounts(resources.workspace())
    waiting = [one for one in accounts if one.is_active and one.lacks]
    told_waiting = f"，其中 **{len(waiting)}** 人等待分配单位或角色" if waiting else ""
    st.markdown(f"共 {len(accounts)} 人{told_waiting}。第一次登录的人自动列在这里。")
    st.dataframe([_row(one) for one in accounts], hide_index=True, alt="人员")
    by_login = {one.login: one for one in [*waiting, *accounts]}
    chosen = st.selectbox(
        "修改谁",
        list(by_login),
        format_func=lambda login: _label(by_login[login]),
        key=_WHO,
    )
    if chosen:
        _show_one(by_login[chosen], sorted({one.unit for one in accounts if one.unit}))


def _row(one: Account) -> dict[str, str]:
    """Return an account's line."""
    return {
        "姓名": one.name,
        "登录号": one.login,
        "单位": one.unit,
        "角色": "、".join(one.roles),
        "状态": one.standing,
        "最近登录": local_time(one.last_seen) if one.last_seen else "从未",
    }


def _label(one: Account) -> str:
    """Return how an account is named in the list to choose from; by what never changes."""
    return f"{one.name}　{one.login}"


def _show_one(account: Account, units: Sequence[str]) -> None:
    """Show what an account may do, to be changed."""
    place = f"{account.login}:{account.saved_at}"  # drawn anew after each change
    with st.container(border=True, key="accounts-one"):
        st.markdown(f"**{inert(account.name)}**　:gray[登录号 {inert(account.login)}]")
        left, right = st.columns(2)
        with left:
            options = [_NO_UNIT, *units, _OTHER_UNIT]
            now = options.index(account.unit) if account.unit in units else 0
            unit = st.selectbox("单位", options, index=now, key=f"{_UNIT}:{place}")
            if unit == _OTHER_UNIT:
                st.text_input("单位全称", key=f"{_NEW_UNIT}:{place}", autocomplete="off")
        with right:
            st.pills(
                "角色（可选几个）",
                list(Role),
                selection_mode="multi",
                default=list(account.roles),
                key=f"{_ROLES}:{place}",
            )
        st.checkbox("可以登录使用", value=account.is_active, key=f"{_ACTIVE}:{place}")
        st.caption(
            "经办人、部室审核、分管领导、主要负责人只能看到和办理本单位的报告；"
            "外部审核只能看到邀请其审核的报告；管理员管理人员和设置，不办理报告。"
        )
        args = (account.login, place, account.saved_at)
        st.button("保存", type="primary", key="accounts:save", on_click=_save, args=args)


@told
def _save(login: str, place: str, seen: datetime | None) -> None:
    """Store what the administrator decided."""
    unit = str(state.widget_value(f"{_UNIT}:{place}") or "")
    if unit == _OTHER_UNIT:
        unit = str(state.widget_value(f"{_NEW_UNIT}:{place}") or "")
    after = set_account(
        resources.workspace(),
        login,
        unit="" if unit == _NO_UNIT else unit,
        roles=state.widget_value(f"{_ROLES}:{place}") or (),
        is_active=bool(state.widget_value(f"{_ACTIVE}:{place}")),
        seen=seen,
    )
    resources.account_now.clear()
    state.notify(f"已保存 {after.name}：{after.standing}")
