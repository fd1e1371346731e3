"""审核意见 and the Word files of the review, made when their button is pressed."""

from functools import partial

import streamlit as st

from ziping.services.opinions import opinion_excel, opinion_word
from ziping.services.packaging import EXCEL_MIME, WORD_MIME, ExportedFile, safe_name
from ziping.services.review_exports import commented_word, snapshots_of, tracked_word
from ziping.services.scored import title_of
from ziping.ui import resources
from ziping.ui.components.band import OpenReport, local_time
from ziping.ui.components.inert import inert


def show_files(opened: OpenReport) -> None:
    """Show the downloads of a review."""
    workspace, person = resources.workspace(), resources.person()
    title = f"{title_of(opened.scored.report)}报告"
    opinion = safe_name(f"{title}审核意见（{person.roles[0]}）")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("审核意见")
        st.caption(
            "审核结论、得分对照、数据比对、校验发现、批注和办理经过，"
            f"以 {inert(person.name)}（{person.roles[0]}）的名义出具。"
        )
        _download("下载审核意见（Word）", f"{opinion}.docx", WORD_MIME,
                  partial(opinion_word, workspace, opened.id), is_first=True)  # fmt: skip
        _download("下载审核意见（Excel）", f"{opinion}.xlsx", EXCEL_MIME,
                  partial(opinion_excel, workspace, opened.id))  # fmt: skip
    with right:
        st.subheader("报告的审核用稿")
        _download("下载带批注的 Word", f"{safe_name(title)}（带批注）.docx", WORD_MIME,
                  partial(commented_word, workspace, opened.id))  # fmt: skip
        _show_tracked(opened, title)


def _show_tracked(opened: OpenReport, title: str) -> None:
    """Offer the tracked changes since a step of the workflow."""
    workspace = resources.workspace()
    snapshots = {one.step.id: one for one in snapshots_of(workspace, opened.id)}
    if not snapshots:
        st.caption("送审以后，可以下载与送审时相比的修订稿。")
        return
    chosen = st.selectbox(
        "修订稿与哪个时候比",
        list(snapshots),
        format_func=lambda one: f"{local_time(snapshots[one].step.at)}　{snapshots[one].title}",
        key="tracked:since",
    )
    _download("下载修订稿（Word 修订标记）", f"{safe_name(title)}（修订稿）.docx", WORD_MIME,
              partial(tracked_word, workspace, opened.id, chosen))  # fmt: skip
    st.caption("在 Word 里“接受全部修订”就是现在的报告，“拒绝全部修订”就是当时的报告。")


def _download(
    label: str, name: str, mime: str, make: partial[ExportedFile], *, is_first: bool = False
) -> None:
    """Show a button whose file is made when it is pressed."""
    st.download_button(
        label,
        partial(_data, make),
        file_name=name,
        mime=mime,
        key=f"download:{label}",
        icon=":material/download:",
        type="primary" if is_first else "secondary",
        on_click="ignore",
        width="stretch",
    )


def _data(make: partial[ExportedFile]) -> bytes:
    """Return the bytes of a file made now."""
    return make().data
