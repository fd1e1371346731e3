"""知识库: searching the policies, the documents, adding originals, verifying digests."""

import streamlit as st

from ziping.domain.access import Right
from ziping.services.library import list_documents
from ziping.ui import navigation, resources, state
from ziping.ui.components.library_adding import show_adding
from ziping.ui.components.library_comparing import show_comparing
from ziping.ui.components.library_documents import show_documents
from ziping.ui.components.library_rules import show_rule_bases
from ziping.ui.components.library_search import show_search

st.html(navigation.asset("library.css"))
state.turn_library_view()
documents = list_documents(resources.workspace())
clauses = sum(one.clause_count for one in documents)
with st.container(horizontal=True, vertical_alignment="center"):
    st.header("知识库", width="stretch")
    st.caption(f"{len(documents)} 份文件，{clauses} 条", width="content")
view = st.segmented_control(
    "知识库",
    state.LIBRARY_VIEWS,
    default=state.LIBRARY_VIEWS[0],
    required=True,
    key=state.LIBRARY_VIEW,
    label_visibility="collapsed",
)
if view == "检索":
    show_search(documents)
elif view == "文件":
    show_documents(documents)
elif view == "添加原文":
    if resources.workspace().may(Right.MANAGE):
        show_adding()
    else:
        st.info("原文由管理员添加和修改。")
elif view == "核对转述":
    show_comparing(documents)
else:
    show_rule_bases()
