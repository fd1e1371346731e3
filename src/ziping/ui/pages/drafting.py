"""起草: the conversation on the left, the live document on the right."""

import streamlit as st

from ziping.services.drafting import sections_of
from ziping.ui import resources, state
from ziping.ui.components.band import require_report
from ziping.ui.components.chat import show_chat
from ziping.ui.components.closures import show_closure
from ziping.ui.components.document_head import show_document_head
from ziping.ui.components.sections import show_chapter, show_stale

opened = require_report()
job = resources.engine().latest_draft(opened.id)  # before the texts: what it has ended is in them
views = sections_of(resources.workspace(), opened.id, opened.scored)
talk, document = st.columns([2, 3], gap="medium")
with talk:
    if opened.may_edit:
        show_chat(opened)
    else:
        st.info("您的身份可以查看这份报告；对话和起草由本单位的经办人使用。")
with document:
    chapter = show_document_head(opened.id, views, job)
    show_stale(opened.id, views)
    show_chapter(opened, views, chapter)
    if chapter == views[-1].outline.id.partition(".")[0]:
        show_closure(opened, views)
state.set_shown_version(opened.stored.version)
