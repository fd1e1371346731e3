"""What all sessions of this process share: the workspace, the job engine, the library."""

import streamlit as st

from ziping.bootstrap import open_desk, open_engine, open_library, open_workspace
from ziping.config import load_settings
from ziping.domain.activity import Health
from ziping.domain.people import Person
from ziping.jobs.engine import JobEngine
from ziping.jobs.health import health as look_at_health
from ziping.services.chat_desk import ChatDesk
from ziping.services.library import Library
from ziping.services.model_drafting import ModelDesk
from ziping.services.workspace import Workspace
from ziping.ui import state


@st.cache_resource(show_spinner="正在打开数据……")
def shared_workspace() -> Workspace:
    """Return the one workspace of this process."""
    return open_workspace()


def person() -> Person:
    """Return who acts in this tab: there is no login, so it is who they say they are."""
    return state.person(shared_workspace().person)


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
    return open_desk(shared_workspace(), library=library())


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


@st.cache_data(show_spinner="正在统计……", ttl=10)
def health() -> Health:
    """Return how the program is; at most a few seconds old, for it is asked at each redraw."""
    return look_at_health(shared_workspace(), load_settings().home)


@st.cache_resource(show_spinner="正在打开知识库……", on_release=Library.close)
def library() -> Library:
    """Return the one policy library of this process; its index opens with the first search."""
    return open_library(shared_workspace())
