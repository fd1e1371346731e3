"""Who acts in this tab, and in which role: there is no login, so they say so themselves."""

import streamlit as st

from ziping.domain.people import Person, Role
from ziping.ui import resources, state

_NAME, _ROLE = "identity:name", "identity:role"


def show_identity() -> None:
    """Show who acts, with the way to change it."""
    person = resources.person()
    with st.popover(
        f"{person.name} · {person.roles[0]}",
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


def _use() -> None:
    """Act as the person stated; a blank name changes nothing."""
    name = str(state.widget_value(_NAME) or "").strip()
    role = state.widget_value(_ROLE)
    if not name or not isinstance(role, Role):
        state.tell_mistake("请填写姓名。")
        return
    state.set_person(Person(name=name, roles=(role,)))
    state.notify(f"现在以 {name}（{role}）的身份操作", ":material/person:")
