"""起草: the live document, section by section, with history and comparison."""

import streamlit as st

from ziping.services.drafting import sections_of
from ziping.ui import resources
from ziping.ui.components.band import require_report
from ziping.ui.components.closures import show_closure
from ziping.ui.components.drafting_job import show_draft_all
from ziping.ui.components.sections import show_chapter, show_section_list, show_stale

opened = require_report()
views = sections_of(resources.workspace(), opened.id, opened.scored)
outline, document = st.columns([2, 7], gap="medium")
with outline:
    show_draft_all(opened.id, views)
    chapter = show_section_list(views)
    show_stale(opened.id, views)
with document:
    show_chapter(opened, views, chapter)
    if chapter == views[-1].outline.id.partition(".")[0]:
        show_closure(opened, views)
