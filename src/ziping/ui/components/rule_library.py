"""The rule sets with every number and the clause it rests on."""

import streamlit as st

from ziping.domain.rules import CERTAINTY_TITLES, RuleSet
from ziping.services.rule_texts import RuleLine, rule_lines
from ziping.ui import resources
from ziping.ui.components.clauses import clause_button, clause_title


def show_rule_library() -> None:
    """Show each rule set in full."""
    rules = {one.id: one for one in resources.workspace().content.rule_sets()}
    chosen = st.selectbox("评分规则", list(rules), format_func=lambda one: rules[one].title)
    _show(rules[chosen])
    st.caption("规则在 knowledge/rules 目录的文件里，改法见 knowledge/README.md。")


def _show(rule_set: RuleSet) -> None:
    """Show one rule set."""
    until = f"至 {rule_set.valid_until}" if rule_set.valid_until else "至今"
    st.markdown(f"**{rule_set.title}**　{rule_set.jurisdiction}　{rule_set.valid_from} {until}")
    st.write(rule_set.summary)
    if not rule_set.text_seen:
        st.warning("这份文件的正文未见，以下参数用前请核对原文。")
    lines = rule_lines(rule_set)
    st.dataframe(
        [_row(one) for one in lines],
        hide_index=True,
        height="content",
        column_config={"内容": st.column_config.TextColumn("内容", width="large")},
        alt="规则依据",
    )
    bases = {one.title: one.basis for one in lines}
    chosen = st.selectbox("看依据的条款", list(bases), key="rule-basis")
    clause_button(bases[chosen].clause, key="clause:rule-basis")


def _row(line: RuleLine) -> dict[str, str]:
    """Return a rule's line."""
    return {
        "规则": line.title,
        "内容": line.says,
        "依据": clause_title(line.basis.clause),
        "把握": CERTAINTY_TITLES[line.basis.certainty],
        "说明": line.basis.note,
    }
