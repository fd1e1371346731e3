"""设置: rules in the library, the unit's own Word base, where data lies."""

import streamlit as st

from ziping.ui.components.endpoint_panel import show_endpoint
from ziping.ui.components.operations import show_operations
from ziping.ui.components.rule_library import show_rule_library
from ziping.ui.components.word_bases import show_word_bases

st.header("设置")
model, word, rules, operations = st.tabs(["模型", "Word 底稿", "评分规则", "运行"])
with model:
    show_endpoint()
with word:
    show_word_bases()
with rules:
    show_rule_library()
with operations:
    show_operations()
