"""The picture frame of the app: page settings, entrance, navigation, run."""

import streamlit as st

from ziping.ui import navigation, state, telling
from ziping.ui.components import entrance

st.set_page_config(
    page_title="自评通",
    page_icon=str(navigation.ICON),
    layout="wide",
    initial_sidebar_state=232,
)
navigation.dress()
is_in = False
with telling.mistakes_told():
    is_in = entrance.let_in()
page = navigation.build(is_shown=is_in)
state.sync_with_url()
if is_in:
    with telling.mistakes_told():
        navigation.show_frame()
        navigation.run_page(page)
