"""设置: rules in the library, the unit's own Word base, people, where data lies."""

import streamlit as st

from ziping.domain.access import Right
from ziping.ui import resources
from ziping.ui.components.accounts import show_accounts
from ziping.ui.components.endpoint_panel import show_endpoint
from ziping.ui.components.operations import show_operations
from ziping.ui.components.rule_library import show_rule_library
from ziping.ui.components.word_bases import show_word_bases

PARTS = {
    "模型": show_endpoint,
    "Word 底稿": show_word_bases,
    "评分规则": show_rule_library,
    "运行": show_operations,
}

st.header("设置")
manages = resources.workspace().may(Right.MANAGE)
parts = PARTS | ({"人员": show_accounts} if manages else {})
for tab, show in zip(st.tabs(list(parts)), parts.values(), strict=True):
    with tab:
        show()
