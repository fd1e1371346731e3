"""On which clause each part of a rule set rests (规则依据)."""

from html import escape

import streamlit as st

from ziping.services.rule_bases import RuleBasis, bases_of
from ziping.ui import resources
from ziping.ui.components.clauses import clause_title
from ziping.ui.components.library_html import certainty_chip
from ziping.ui.components.library_reading import open_document


def show_rule_bases() -> None:
    """Show a rule set's parts, each with its clause and a button that opens it."""
    rules = {one.id: one for one in resources.workspace().content.rule_sets()}
    chosen = st.selectbox(
        "评分规则",
        list(rules),
        format_func=lambda one: rules[one].title,
        key="library-rule-set",
    )
    rule_set = rules[chosen]
    if not rule_set.text_seen:
        st.warning("这套规则的文件正文未见，用前请核对原文；有原文时可在“添加原文”里加进来核对。")
    for number, one in enumerate(bases_of(rule_set)):
        _show(number, one)


def _show(number: int, one: RuleBasis) -> None:
    """Show one part of a rule set."""
    told, opener = st.columns([4, 2], vertical_alignment="center")
    told.html(
        f'<div class="zp-hit"><div class="zp-hit-head"><b>{escape(one.aspect)}</b>'
        f"{certainty_chip(one.basis.certainty)}</div>"
        f'<p class="zp-hit-text zp-quiet">{escape(one.basis.note)}</p></div>'
    )
    clause_id = one.basis.clause
    if opener.button(
        clause_title(clause_id),
        key=f"library-basis:{number}:{clause_id}",
        icon=":material/gavel:",
        type="tertiary",
    ):
        open_document(clause_id.partition("#")[0], clause_id)
