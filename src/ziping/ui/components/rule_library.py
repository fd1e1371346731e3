"""The rule sets with every number and the clause it rests on."""

import streamlit as st

from ziping.domain.numbers import plain
from ziping.domain.rules import CERTAINTY_TITLES, Basis, RuleSet
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
    for one in rule_set.level1_weights:
        weights = "，".join(f"{level.value} {plain(value)}" for level, value in one.weights.items())
        st.text(f"一级分值：{weights}")
    st.text(
        "等级："
        + ("，".join(f"{g.title} ≥ {plain(g.at_least)}" for g in rule_set.grades) or "不评级")
    )
    bases = {
        "一级分值": rule_set.level1_basis,
        "执行率": rule_set.execution.basis,
        "执行率偏低": rule_set.execution.low_basis,
        "定量指标": rule_set.quantitative.basis,
        "反向指标": rule_set.quantitative.reverse_basis,
        "定性指标": rule_set.qualitative.basis,
        "满意度": rule_set.satisfaction.basis,
        "超额完成": rule_set.over_achievement.basis,
        **({"上年比较": rule_set.year_change.basis} if rule_set.year_change else {}),
        "等级": rule_set.grades_basis,
        "四舍五入": rule_set.rounding_basis,
    }
    st.dataframe([_row(*one) for one in bases.items()], hide_index=True, alt="规则依据")
    chosen = st.selectbox("看依据的条款", list(bases), key="rule-basis")
    clause_button(bases[chosen].clause, key="clause:rule-basis")


def _row(title: str, basis: Basis) -> dict[str, str]:
    """Return a rule's line."""
    return {
        "规则": title,
        "依据": clause_title(basis.clause),
        "把握": CERTAINTY_TITLES[basis.certainty],
        "说明": basis.note,
    }
