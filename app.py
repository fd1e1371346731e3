"""The picture frame of the app: page settings, navigation, run."""

import streamlit as st

from ziping.ui import navigation, state, telling

st.set_page_config(
    page_title="自评通",
    page_icon=str(navigation.ICON),
    layout="wide",
    initial_sidebar_state=232,
)
page = navigation.build()
state.sync_with_url()
with telling.mistakes_told():
    navigation.show_frame()
    page.run()
