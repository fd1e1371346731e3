"""A whole document of the library, opened at a clause (文件全文)."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.services.library import document_clauses, find_document
from ziping.services.rule_bases import RuleBasis, rules_resting_on
from ziping.ui import resources
from ziping.ui.components.inert import inert
from ziping.ui.components.library_html import clause_html

_AT_ONCE = 60


@st.dialog("文件", width="large")
def open_document(document_id: str, clause_id: str = "") -> None:
    """Show a document in a dialog, the clause asked for first."""
    show_document(document_id, clause_id)


def show_document(document_id: str, clause_id: str = "") -> None:
    """Show a document's clauses, and the rules that rest on the one asked for."""
    workspace = resources.workspace()
    try:
        clauses = document_clauses(workspace, document_id)
        line = find_document(workspace, document_id)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    st.markdown(f"**{inert(line.title)}**")
    about = (line.number, line.issuer, line.date, line.jurisdiction, line.status, line.certainty)
    st.caption(inert(" · ".join(dict.fromkeys(one for one in about if one))))
    here = next((one for one in clauses if one.id == clause_id), None)
    if here is not None:
        st.html(clause_html(here, here=True))
        _show_rules(rules_resting_on(workspace.content, here.id))
        st.caption("以下是全文")
    shown = clauses
    if len(clauses) > _AT_ONCE:
        at = next((n for n, one in enumerate(clauses) if one.id == clause_id), 0) // _AT_ONCE
        spans = {
            start: f"{clauses[start].article} 至 {clauses[start : start + _AT_ONCE][-1].article}"
            for start in range(0, len(clauses), _AT_ONCE)
        }
        start = st.selectbox(
            "看哪些条",
            list(spans),
            index=at,
            format_func=spans.__getitem__,
            key=f"library-range:{document_id}",
        )
        shown = clauses[start : start + _AT_ONCE]
    st.html("".join(clause_html(one, here=one.id == clause_id) for one in shown))


def _show_rules(bases: tuple[RuleBasis, ...]) -> None:
    """Show which scoring rules rest on a clause."""
    if bases:
        told = "；".join(f"{one.rule_set_title}：{one.aspect}" for one in bases)
        st.info(f"评分规则以此为依据：{inert(told)}", icon=":material/gavel:")
