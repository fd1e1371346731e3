"""The entrance: who is let in, and what everybody else sees in place of every page."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ziping.domain.errors import RefusedError
from ziping.domain.login import LoginSettings, is_loopback
from ziping.domain.people import Account
from ziping.services.people import SignIn, sign_in
from ziping.ui import identities, resources
from ziping.ui.components.identity import show_leaving
from ziping.ui.components.inert import inert

_ICON = Path(__file__).parents[1] / "assets" / "icon.svg"
_REMEMBER = """<script>
sessionStorage.setItem("ziping-return", location.pathname + location.search)
</script>"""
"""A sign-in ends at the first page; this is where the person wanted to go."""

_RETURN = """<script>{
const wanted = sessionStorage.getItem("ziping-return")
sessionStorage.removeItem("ziping-return")
if (wanted && /^\\/(?![\\/\\\\])/.test(wanted) && wanted !== location.pathname + location.search)
  location.replace(wanted)
}</script>"""
"""Back to where the person wanted to go, on this site alone."""


def let_in() -> bool:
    """Whether somebody may use the pages; who may not is told why in place of them."""
    settings = resources.login_settings()
    if settings is None:
        return _is_at_this_machine()
    if settings.problems or not identities.is_ready():
        _show_unready()
        return False
    try:
        told = identities.identity(settings, resources.shared_workspace().clock())
    except RefusedError as error:
        _show_card("现在不能登录", [inert(str(error))], leaving=True)
        return False
    account = _account(told, settings) if told else None
    if told is None or account is None or account.has_left(told.issued):
        _show_sign_in(settings, is_late=told is None and bool(identities.claims()))
        return False
    return _is_usable(account, told)


def _account(told: SignIn, settings: LoginSettings) -> Account:
    """Return the account of whoever signed in, as it is now."""
    account = sign_in(resources.shared_workspace(), told, settings.administrators)
    if resources.account_now(told.login) != account:
        resources.account_now.clear()
    return account


def _is_usable(account: Account, told: SignIn) -> bool:
    """Whether an account may be used; why not is told, with whom to ask."""
    who = [f"姓名：**{inert(account.name)}**", f"登录号：**{inert(told.login)}**"]
    if not account.is_active:
        _show_card("账号已停用", ["如需恢复，请联系本系统的管理员。", *who], leaving=True)
    elif account.lacks:
        lines = [
            f"您已登录，管理员还没有分配{account.lacks}。",
            *who,
            "请把登录号告诉本系统的管理员，分配之后点“刷新”。",
        ]
        _show_card("还不能使用", lines, leaving=True, refreshing=True)
    else:
        with st.container(key="return"):
            st.html(_RETURN, unsafe_allow_javascript=True)
        return True
    return False


def _is_at_this_machine() -> bool:
    """Whether the browser is on this machine: nobody signs in, so nobody else may come."""
    host = _host()
    if host is None or is_loopback(host):
        return True
    _show_card(
        "没有启用登录，不能从别处使用",
        [
            "能打开这个网页的人都可以看到和修改全部报告，所以只允许在运行程序的电脑上使用。",
            "请管理员先启用登录，办法见部署说明“登录”。",
        ],
    )
    return False


def _host() -> str | None:
    """Return the name under which the browser asked for this page; None: there is no browser."""
    return st.context.headers.get("Host")


def _show_unready() -> None:
    """Tell that the settings of sign-in are wrong; what is wrong is for the administrator."""
    _show_card(
        "现在不能登录",
        [
            "登录的设置不完整，请联系本系统的管理员。",
            "管理员在服务器上执行 ziping doctor，可以看到缺什么。",
        ],
    )


def _show_sign_in(settings: LoginSettings, *, is_late: bool = False) -> None:
    """Show the one button."""
    lines = ["请用单位的统一身份登录，操作以您的姓名留痕。"]
    if is_late:
        lines.insert(0, f"登录已超过 {settings.hours:g} 小时，请重新登录。已保存的内容都在。")
    with _card("自评通", lines):
        st.button(
            "登录",
            type="primary",
            icon=":material/login:",
            width="stretch",
            on_click=st.login,
            args=(settings.provider or None,),
        )
        st.caption("登录没有成功会回到本页；请联系本系统的管理员。")
    st.html(_REMEMBER, unsafe_allow_javascript=True)


def _show_card(
    title: str, lines: Sequence[str], *, leaving: bool = False, refreshing: bool = False
) -> None:
    """Show what is to be told, with the ways on."""
    with _card(title, lines), st.container(horizontal=True):
        if refreshing:
            st.button("刷新", type="primary", icon=":material/refresh:")
        if leaving:
            show_leaving()


def _card(title: str, lines: Sequence[str]) -> DeltaGenerator:
    """Return a card in the middle of the page that begins with a title and lines."""
    card = st.container(border=True, key="entrance")
    card.image(_ICON, width=44, alt="自评通")
    card.header(title)
    for line in lines:
        card.markdown(line)
    return card
