"""What all sessions of this process share: the workspace, the job engine, the library."""

import streamlit as st

from ziping.bootstrap import open_desk, open_engine, open_library, open_workspace
from ziping.config import load_login, load_settings
from ziping.domain.activity import Health
from ziping.domain.errors import RefusedError
from ziping.domain.login import LoginSettings
from ziping.domain.people import Account, Person
from ziping.jobs.engine import JobEngine
from ziping.jobs.health import health as look_at_health
from ziping.services.chat_desk import ChatDesk
from ziping.services.library import Library
from ziping.services.model_drafting import ModelDesk
from ziping.services.people import SignIn, account_of
from ziping.services.workspace import Workspace
from ziping.ui import state
from ziping.ui.identities import identity


@st.cache_resource(show_spinner="正在打开数据……")
def shared_workspace() -> Workspace:
    """Return the one workspace of this process."""
    return open_workspace()


@st.cache_resource(show_spinner=False)
def login_settings() -> LoginSettings | None:
    """Return how people sign in here; None: they do not, and only this machine is served."""
    return load_login()


@st.cache_data(show_spinner=False, ttl=2)
def account_now(login: str) -> Account | None:
    """Return an account, at most a moment old: it is asked for many times in each redraw.

    Cleared where an account is changed; another process learns of a change after the moment.
    """
    return account_of(shared_workspace(), login)


def person() -> Person:
    """Return who acts in this tab: the account that signed in, or who they say they are.

    Callbacks and parts that redraw themselves run without the entrance; so it is asked here
    each time whether the account may still be used.
    """
    if login_settings() is None:
        return state.person(shared_workspace().person)
    told = signed_in()
    found = account_now(told.login) if told else None
    if not (told and found) or not found.is_active or found.lacks or found.has_left(told.issued):
        raise RefusedError(
            "您的登录已经结束，或账号不能再用，没有办理", remedy="请刷新页面，看现在的情况"
        )
    return found.person


def signed_in() -> SignIn | None:
    """Return who signed in in this tab; None: nobody did, or too long ago."""
    settings = login_settings()
    if settings is None or settings.problems:
        return None
    return identity(settings, shared_workspace().clock())


def workspace() -> Workspace:
    """Return the workspace as the person of this tab uses it."""
    return shared_workspace().acting_as(person())


@st.cache_resource(show_spinner="正在启动任务引擎……", on_release=JobEngine.close)
def shared_engine() -> JobEngine:
    """Return the one job engine of this process."""
    return open_engine(shared_workspace(), desk=shared_desk())


def engine() -> JobEngine:
    """Return the job engine as the person of this tab uses it."""
    return shared_engine().acting_as(person())


@st.cache_resource(show_spinner="正在准备起草……")
def shared_desk() -> ModelDesk:
    """Return what drafting by a model works with; it says itself when no model is configured."""
    return open_desk(shared_workspace(), library=shared_library())


def desk() -> ModelDesk:
    """Return the desk as the person of this tab uses it."""
    return shared_desk().acting_as(person())


@st.cache_resource(show_spinner="正在准备对话……")
def shared_chat() -> ChatDesk:
    """Return where the conversations of this process are answered."""
    return ChatDesk(shared_desk())


def chat() -> ChatDesk:
    """Return the conversations as the person of this tab takes part in them."""
    return shared_chat().acting_as(person())


def health() -> Health:
    """Return how the program is; at most a few seconds old, for it is asked at each redraw."""
    return _health_as_seen_by(person().model_dump_json())


@st.cache_data(show_spinner="正在统计……", ttl=10)
def _health_as_seen_by(seer: str) -> Health:
    """Return how the program is as a person may know it."""
    as_seen = shared_workspace().acting_as(Person.model_validate_json(seer))
    return look_at_health(as_seen, load_settings().home)


@st.cache_resource(show_spinner="正在打开知识库……", on_release=Library.close)
def shared_library() -> Library:
    """Return the one policy library of this process; its index opens with the first search."""
    return open_library(shared_workspace())


def library() -> Library:
    """Return the policy library as the person of this tab uses it."""
    return shared_library().acting_as(person())
