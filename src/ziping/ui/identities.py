"""Who uses this tab, as Streamlit's sign-in says (登录身份)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from ziping.domain.errors import RefusedError
from ziping.domain.login import LoginSettings
from ziping.services.people import SignIn


def claims() -> Mapping[str, Any]:
    """Return what the provider stated of whoever uses this tab; nothing: nobody signed in."""
    return st.user.to_dict() if st.user.get("is_logged_in") else {}


def is_ready() -> bool:
    """Whether Streamlit was started with the secrets that sign-in takes."""
    return "is_logged_in" in st.user


def identity(settings: LoginSettings, now: datetime) -> SignIn | None:
    """Return who uses this tab; None: nobody signed in, or too long ago.

    RefusedError tells when the provider does not say what the settings rely on.
    """
    stated = claims()
    issued = stated.get("iat")
    if not isinstance(issued, int | float):
        return None
    at = datetime.fromtimestamp(issued, UTC)
    if now - at > timedelta(hours=settings.hours):
        return None
    login = stated.get(settings.claim)
    if not isinstance(login, str) or not login.strip() or _is_unproven(settings.claim, stated):
        raise RefusedError(
            f"登录服务没有给出可用的“{settings.claim}”",
            remedy="请管理员核对 ZIPING_LOGIN_CLAIM 和登录服务的设置",
        )
    name = next((str(stated[one]) for one in ("name", "preferred_username") if stated.get(one)), "")
    return SignIn(login=login.strip(), name=name, issued=at)


def _is_unproven(claim: str, stated: Mapping[str, Any]) -> bool:
    """Whether anybody could have claimed this: an address that nobody proved to be theirs."""
    return claim == "email" and stated.get("email_verified") is False
