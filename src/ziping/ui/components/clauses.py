"""Opening the clause a score or a text rests on."""

import streamlit as st

from ziping.domain.policy import Clause
from ziping.domain.rules import CERTAINTY_TITLES, Certainty
from ziping.services.citing import citation_of
from ziping.ui import resources
from ziping.ui.components.inert import inert


def clause_title(clause_id: str) -> str:
    """Return a clause as people cite it, e.g. 财预〔2020〕10号 第十六条."""
    return citation_of(resources.workspace().content, clause_id)


def clause_button(clause_id: str, *, key: str) -> None:
    """Show a clause's citation as a button that opens it."""
    if clause_id and st.button(
        inert(clause_title(clause_id)), key=key, icon=":material/gavel:", type="tertiary"
    ):
        _open(clause_id)


@st.dialog("条款", width="medium")
def _open(clause_id: str) -> None:
    """Show a clause with its document's status and how surely its text is known."""
    document = resources.workspace().content.document_of(clause_id)
    st.markdown(f"**{inert(document.citation)}**")
    st.caption(inert(f"{document.status} · {document.issuer} · {document.jurisdiction}"))
    whole = "#" not in clause_id
    for clause in document.clauses:
        if whole or clause.id == clause_id:
            _show(clause, expanded=not whole)


def _show(clause: Clause, *, expanded: bool) -> None:
    """Show one clause with how surely its text is known."""
    with st.expander(inert(f"{clause.article}　{clause.title}"), expanded=expanded):
        st.caption(CERTAINTY_TITLES[clause.certainty])
        if clause.certainty in (Certainty.CORROBORATED, Certainty.FROM_MEMORY):
            st.warning("以下是本系统的转述，引用前请核对文件原文。")
        st.text(clause.text)
