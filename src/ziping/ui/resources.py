"""What all sessions of this process share: the workspace, the job engine, the library."""

import streamlit as st

from ziping.bootstrap import open_engine, open_library, open_workspace
from ziping.jobs.engine import JobEngine
from ziping.services.library import Library
from ziping.services.workspace import Workspace


@st.cache_resource(show_spinner="正在打开数据……")
def workspace() -> Workspace:
    """Return the one workspace of this process."""
    return open_workspace()


@st.cache_resource(show_spinner="正在启动任务引擎……")
def engine() -> JobEngine:
    """Return the one job engine of this process."""
    return open_engine(workspace())


@st.cache_resource(show_spinner="正在打开知识库……", on_release=Library.close)
def library() -> Library:
    """Return the one policy library of this process; its index opens with the first search."""
    return open_library(workspace())
