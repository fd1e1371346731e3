"""导出: preflight, downloads, and verifying a file."""

import streamlit as st

from ziping.services.exporting import list_word_templates, preflight
from ziping.ui import resources
from ziping.ui.components.band import require_report
from ziping.ui.components.downloads import show_downloads
from ziping.ui.components.pending import pending_of
from ziping.ui.components.preflight import show_preflight
from ziping.ui.components.verifying import show_verification

opened = require_report()
workspace = resources.workspace()
checked = preflight(workspace, opened.id)
left, right = st.columns([3, 2], gap="large")
with left:
    show_preflight(opened.id, checked, pending_of(opened.id))
with right:
    show_downloads(opened.id, checked, list_word_templates(workspace))
    show_verification()
