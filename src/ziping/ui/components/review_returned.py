"""Word 回稿: a file that came back, change by change, taken over in parts."""

import streamlit as st

from ziping.domain.errors import ZipingError
from ziping.domain.returned import ReturnedChange, ReturnedFile, ReturnedKind, WordComment
from ziping.services.returning import Returned, read_back, take_comment, take_over
from ziping.ui import resources, state
from ziping.ui.components.differences import diff_html
from ziping.ui.components.inert import inert
from ziping.ui.components.review_compare import show_fields
from ziping.ui.telling import told

_FILE = "returned:file"


def show_returned(report_id: int) -> None:
    """Take a file, show what was changed in it, and what of it can be taken over."""
    st.caption(
        "上传从本系统导出、在 Word 或 WPS 里改过的报告：逐节、逐格列出改动，由您选择采纳哪些；"
        "采纳前不会改动报告。"
    )
    upload = st.file_uploader("改过的 Word 文件（.docx）", type=["docx"], key=_FILE)
    if upload is None:
        return
    data, name = upload.getvalue(), upload.name
    try:
        found = read_back(resources.workspace(), report_id, data, name)
    except ZipingError as error:
        st.error(inert(str(error)))
        return
    file = found.file
    st.caption(inert(f"导出时是数据第{file.report_version}版，{file.status}"))
    for note in file.notes:
        st.info(inert(note), icon=":material/edit_note:")
    _show_changes(report_id, found, data, name)
    _show_rest(report_id, file)
    differing = found.reconciliation.differences
    if differing:
        with st.expander(f"文件里的数据与系统现在的数据（{len(differing)} 处不同）"):
            show_fields(found.reconciliation.model_copy(update={"fields": differing}))


def _show_changes(report_id: int, found: Returned, data: bytes, name: str) -> None:
    """Show each change with a box to choose it."""
    changes = found.file.changes
    if not changes:
        st.success("文字和表格与导出时一致。", icon=":material/check_circle:")
        return
    can = [one for one in changes if one.can_be_taken and one.id not in found.taken]
    if found.taken:
        st.success(f"其中 {len(found.taken)} 处已经采纳到报告里。", icon=":material/check_circle:")
    st.markdown(f"**改动 {len(changes)} 处**　:gray[其中 {len(can)} 处可以采纳]")
    for one in changes:
        _show_change(found, one)
    chosen = tuple(one.id for one in can if state.widget_value(f"take:{one.id}") is not False)
    st.button(
        f"采纳所选 {len(chosen)} 处",
        type="primary",
        icon=":material/done_all:",
        disabled=not chosen or not state.is_editable(),
        help=None if state.is_editable() else "报告已锁定；请先撤回或退回",
        on_click=_take,
        args=(report_id, data, name, chosen),
    )


def _show_change(found: Returned, one: ReturnedChange) -> None:
    """Show one change: what, where, both texts."""
    with st.container(border=True, key=f"change:{one.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":blue-badge[{one.kind}]　**{inert(one.place)}**", width="stretch")
            if one.id in found.taken:
                st.badge("已采纳", icon=":material/check:", color="green")
            elif one.can_be_taken:
                st.checkbox("采纳", value=True, key=f"take:{one.id}")
        if one.kind is ReturnedKind.TEXT:
            st.html(f'<div class="zp-prose zp-small">{diff_html(one.old, one.new)}</div>')
        else:
            st.html(f'<div class="zp-small">{diff_html(one.old, one.new)}</div>')
        for told in found.contradictions.get(one.id, ()):
            st.warning(f"与表中数据对不上：{inert(told)}", icon=":material/rule:")
        if one.section_id in found.moved_on and one.id not in found.taken:
            st.caption(
                ":material/sync_problem: 导出以后系统里也改过这一节；采纳会以文件的文字为准，"
                "系统里的文字留在历史版本里。"
            )
        if one.note:
            st.caption(inert(one.note))
        if one.refusal:
            st.caption(f":material/block: 不能直接采纳：{inert(one.refusal)}")


@told
def _take(report_id: int, data: bytes, name: str, chosen: tuple[str, ...]) -> None:
    """Save the chosen changes."""
    done = take_over(resources.workspace(), report_id, data, name, chosen)
    state.forget("take:")
    state.add_conflicts(done.conflicts)
    state.notify(f"已采纳 {done.count} 处改动")


def _show_rest(report_id: int, file: ReturnedFile) -> None:
    """Show comments made in Word, and what was not read."""
    if file.comments:
        st.markdown(f"**文件里的批注 {len(file.comments)} 条**")
        for number, one in enumerate(file.comments):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{one.by or '未署名'}　{one.place}：{one.text}", width="stretch")
                st.button(
                    "转为系统批注", key=f"take-comment:{number}", type="tertiary",
                    on_click=_take_comment, args=(report_id, one),
                )  # fmt: skip
    if file.unread:
        st.warning(
            f"有 {len(file.unread)} 处内容没有读入，请人工核对。", icon=":material/visibility_off:"
        )
        st.dataframe(
            [{"位置": one.place, "内容": one.what} for one in file.unread],
            hide_index=True,
            alt="没有读入的内容",
        )


@told
def _take_comment(report_id: int, comment: WordComment) -> None:
    """Keep a comment made in Word."""
    take_comment(resources.workspace(), report_id, comment)
    state.notify("已转为系统批注", ":material/add_comment:")
