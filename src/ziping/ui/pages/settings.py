"""设置: rules in the library, the unit's own Word base, where data lies."""

import streamlit as st

from ziping.ui.components.rule_library import show_rule_library
from ziping.ui.components.word_bases import show_word_bases

st.header("设置")
word, rules = st.tabs(["Word 底稿", "评分规则"])
with word:
    show_word_bases()
with rules:
    show_rule_library()
