"""What all sessions of this process share: the workspace and the job engine."""

import streamlit as st

from ziping.bootstrap import open_engine, open_workspace
from ziping.jobs.engine import JobEngine
from ziping.services.workspace import Workspace


@st.cache_resource(show_spinner="正在打开数据……")
def workspace() -> Workspace:
    """Return the one workspace of this process."""
    return open_workspace()


@st.cache_resource(show_spinner="正在启动任务引擎……")
def engine() -> JobEngine:
    """Return the one job engine of this process."""
    return open_engine(workspace())
