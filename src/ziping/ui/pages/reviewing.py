"""审核: own figures, reconciliation, comments, decision, the returned file, the opinion."""

import streamlit as st

from ziping.services.commenting import comments_of
from ziping.services.open_points import OpenPoints
from ziping.services.opinions import review_of
from ziping.services.own_figures import own_figures_of
from ziping.services.stories import story_of
from ziping.services.workflow import GOES_ON, flow_of
from ziping.ui import resources, state
from ziping.ui.components.band import require_report
from ziping.ui.components.pending import pending_of
from ziping.ui.components.review_comments import show_comments
from ziping.ui.components.review_compare import show_comparison
from ziping.ui.components.review_files import show_files
from ziping.ui.components.review_flow import show_flow
from ziping.ui.components.review_invitations import can_invite, show_invitations
from ziping.ui.components.review_own import is_blind, show_own_figures
from ziping.ui.components.review_returned import show_returned
from ziping.ui.components.review_story import show_story

VIEWS = ("我的数据", "数据比对", "批注", "Word 回稿", "审核意见", "办理经过")
INVITING = "邀请外部审核"

report_id = state.open_report_id()
own = own_figures_of(resources.workspace(), report_id) if report_id else None
hidden = is_blind(own)
opened = require_report(is_blind=hidden)
workspace = resources.workspace()
flow = flow_of(workspace, opened.id)
nothing = OpenPoints(report=opened.id, points=())
goes_on = any(one.action in GOES_ON for one in flow.ways)
show_flow(opened.id, flow, pending_of(opened.id) if goes_on else nothing)
comments = comments_of(workspace, opened.id)
views = (*VIEWS, INVITING) if can_invite(opened.id) else VIEWS
view = st.segmented_control(
    "审核", views, default=VIEWS[0], required=True, key="review-view", label_visibility="collapsed"
)
if view == "我的数据":
    show_own_figures(opened.id, opened.scored.report, own)
elif view == "数据比对":
    review = review_of(workspace, opened.id)
    if review.comparison is not None:
        show_comparison(opened.id, review.comparison, comments)
    elif hidden:
        st.info("您在盲填：填好后在“我的数据”点“填好了，开始比对”。")
    else:
        st.info("还没有您自己的数据。请先在“我的数据”里填写或上传。")
elif view == "批注":
    show_comments(opened.id, opened.scored, comments)
elif view == "Word 回稿":
    show_returned(opened.id)
elif view == INVITING:
    show_invitations(opened.id)
elif view == "审核意见":
    show_files(opened)
else:
    show_story(story_of(workspace, opened.id))
