"""Who acts in this tab: whoever signed in, or without a login who they say they are."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from ziping.domain.people import Person, Role
from ziping.services.people import sign_out
from ziping.ui import resources, state
from ziping.ui.components.inert import inert
from ziping.ui.telling import told

_keeper = st.components.v2.component(
    "ziping-identity",
    js=(Path(__file__).parent.parent / "assets" / "identity.js").read_text(encoding="utf-8"),
)
_KEEPER = "identity-keeper"
_NAME, _ROLE = "identity:name", "identity:role"


def show_identity() -> None:
    """Show who acts, with the way to leave, or without a login to be somebody else."""
    person = resources.person()
    if resources.login_settings() is not None:
        _show_account(person)
        return
    with st.popover(
        f"{inert(person.name)} · {person.roles[0]}",
        icon=":material/person:",
        width="stretch",
        key="identity",
    ):
        st.caption(
            "本系统没有启用登录：姓名和身份由使用者自己选择，会记入修改和审核留痕，请如实填写。"
        )
        st.text_input("姓名", value=person.name, key=_NAME, autocomplete="off")
        roles = list(Role)
        st.selectbox("身份", roles, index=roles.index(person.roles[0]), key=_ROLE)
        st.button("使用这个身份", type="primary", key="identity:use", on_click=_use)

    stated = state.stated_person()
    told = {
        "name": stated.name if stated else "",
        "role": stated.roles[0].value if stated else "",
    }
    _keeper(data=told, key=_KEEPER, on_kept_change=_take_kept)


def _take_kept() -> None:
    """Be whom this tab was before it was loaded anew, and say so."""
    held = state.widget_value(_KEEPER)
    kept = held.get("kept") if held else None
    if not isinstance(kept, Mapping) or state.stated_person() is not None:
        return
    name, role = str(kept.get("name") or "").strip(), kept.get("role")
    if name and role in set(Role):
        state.set_person(Person(name=name, roles=(Role(role),)))
        state.notify(f"继续以 {name}（{role}）的身份操作", ":material/person:")


def show_leaving() -> None:
    """Show the button that ends the sign-in."""
    st.button("退出登录", icon=":material/logout:", key="identity:leave", on_click=_leave)


def _show_account(person: Person) -> None:
    """Show the account that signed in."""
    with st.container(key="account", gap="small"):
        st.markdown(f":material/person: **{inert(person.name)}**")
        st.caption("　".join([inert(person.unit), "、".join(person.roles)]).strip("　"))
        show_leaving()


def _use() -> None:
    """Act as the person stated; a blank name changes nothing."""
    name = str(state.widget_value(_NAME) or "").strip()
    role = state.widget_value(_ROLE)
    if not name or not isinstance(role, Role):
        state.tell_mistake("请填写姓名。")
        return
    state.set_person(Person(name=name, roles=(role,)))
    state.notify(f"现在以 {name}（{role}）的身份操作", ":material/person:")


@told
def _leave() -> None:
    """End the sign-in, here and at the provider; an account that may do nothing leaves too."""
    told_by_provider = resources.signed_in()
    st.logout()
    if told_by_provider and (account := resources.account_now(told_by_provider.login)):
        sign_out(resources.shared_workspace().acting_as(account.person), told_by_provider)
        resources.account_now.clear()
