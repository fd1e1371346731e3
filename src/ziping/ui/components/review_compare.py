"""数据比对: what differs, both scores, and the sentences that state each figure."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ziping.domain.reconciliation import (
    Difference,
    ReconciledField,
    Reconciliation,
    ScorePair,
    TextStatement,
)
from ziping.domain.reviews import FIELD, Comment
from ziping.services.reconciling import Comparison
from ziping.ui.components.inert import inert
from ziping.ui.components.review_comments import show_comment_box

MARKS = {
    Difference.EQUAL: ("✓", "zp-chip-good"),
    Difference.ROUNDING: ("≈", "zp-chip-plain"),
    Difference.UNIT: ("⇄", "zp-chip-note"),
    Difference.BASIS: ("◑", "zp-chip-warning"),
    Difference.MISSING: ("○", "zp-chip-warning"),
    Difference.DIFFERENT: ("✕", "zp-chip-error"),
    Difference.TEXT: ("¶", "zp-chip-error"),
}
"""Sign and CSS class of each result."""
_SHOWN, _SENTENCES = 60, 2


def chip(result: Difference) -> str:
    """Return a result as a chip with its sign and its word."""
    sign, style = MARKS[result]
    return f'<span class="zp-chip {style}">{sign} {result}</span>'


def show_comparison(report_id: int, comparison: Comparison, comments: Sequence[Comment]) -> None:
    """Show a report held against the reviewer's figures."""
    found = comparison.reconciliation
    show_results(comparison)
    mine_lacks = [one for one in found.differences if one.missing == "right"]
    differences = [one for one in found.differences if one.missing != "right"]
    _show_counts(found, differences)
    if not differences:
        st.success("您填的数据与草稿全部一致。", icon=":material/check_circle:")
    for one in differences[:_SHOWN]:
        _show_difference(report_id, one, comments)
    if len(differences) > _SHOWN:
        st.caption(f"只列出前 {_SHOWN} 处，其余见下面的全部比对项。")
    if mine_lacks:
        with st.expander(f"您的数据里没有的内容（{len(mine_lacks)} 处，不计入差异）"):
            st.dataframe(
                [
                    {"项目": one.project, "数据项": one.label, "草稿": one.left}
                    for one in mine_lacks
                ],
                hide_index=True,
                alt="您的数据里没有的内容",
            )
    with st.expander(f"全部比对项（{len(found.fields)}）"):
        show_fields(found)
    with st.expander("逐项得分对照"):
        _show_scores(comparison.scores)


def show_results(comparison: Comparison) -> None:
    """Show both sides' rate, total and grade side by side."""
    results = [one for one in comparison.scores if one.is_result]
    if not results:
        st.caption("两方没有同一个项目，无法对照得分。")
        return
    projects = list(dict.fromkeys(one.project for one in results))
    html = ""
    for project in projects:
        cells = "".join(_result(one) for one in results if one.project == project)
        title = f"<b>{escape(project)}</b>" if len(projects) > 1 else ""
        html += f'<div class="zp-sides">{title}{cells}</div>'
    st.html(html)
    how = (
        "右侧以草稿为底、换上您填的数据重新计分。"
        if comparison.is_overlaid
        else "右侧完全按您的数据计分。"
    )
    st.caption(f"左为草稿，右为按您的数据计算。{how}")


def _result(one: ScorePair) -> str:
    """Return one result of both sides."""
    style = "" if one.is_equal else " zp-side-differs"
    right = one.right_points or "—"
    return (
        f'<div class="zp-side{style}"><span>{one.label}</span>'
        f"<b>{escape(one.left_points or '—')}</b><i>→</i><b>{escape(right)}</b></div>"
    )


def _show_counts(found: Reconciliation, differences: Sequence[ReconciledField]) -> None:
    """Say how many figures have each result."""
    counts = {one: sum(field.result is one for field in differences) for one in Difference}
    counts[Difference.EQUAL] = found.counts[Difference.EQUAL]
    chips = "".join(
        f'<span class="zp-chip {MARKS[one][1]}">{MARKS[one][0]} {one} {count}</span>'
        for one, count in counts.items()
        if count
    )
    st.html(f'<div class="zp-chips" role="status" aria-label="比对结果">{chips}</div>')


def _show_difference(report_id: int, one: ReconciledField, comments: Sequence[Comment]) -> None:
    """Show one difference with its sentences, and the way to comment on it."""
    anchor = f"{FIELD}{one.left_path}" if one.left_path else ""
    said = [c for c in comments if anchor and c.anchor == anchor and not c.is_resolved]
    with st.container(border=True, key=f"difference:{one.left_path or one.right_path}"):
        st.html(difference_html(one) + _statements(one.statements))
        with st.container(horizontal=True):
            show_comment_box(report_id, anchor, f"{one.project} · {one.label}", quote=one.left)
            for comment in said:
                said_by = inert(f"{comment.opening.by}：{comment.opening.text}")
                st.caption(f":material/comment: {said_by}")


def difference_html(one: ReconciledField) -> str:
    """Return a difference: what, both sides, why."""
    about = [part for part in (one.note, one.gap and f"相差 {one.gap}") if part]
    about += [f"容差 {one.tolerance}"] if one.tolerance else []
    return (
        '<div class="zp-difference">'
        f"<div>{chip(one.result)} <b>{escape(one.label)}</b>"
        f'<span class="zp-quiet"> {escape(one.project)}</span></div>'
        '<div class="zp-pair">'
        f"<span><em>草稿</em>{escape(one.left or '（无）')}</span>"
        f"<span><em>我的数据</em>{escape(one.right or '（无）')}</span></div>"
        f'<div class="zp-quiet">{escape("；".join(about))}</div></div>'
    )


def _statements(said: Sequence[TextStatement]) -> str:
    """Return the sentences that state a figure, those that contradict it first."""
    ordered = sorted(said, key=lambda one: one.holds)
    html = "".join(_statement(one) for one in ordered[:_SENTENCES])
    rest = ordered[_SENTENCES:]
    if not rest:
        return html
    more = "".join(_statement(one) for one in rest)
    return f"{html}<details><summary>另有 {len(rest)} 句</summary>{more}</details>"


def _statement(one: TextStatement) -> str:
    """Return a sentence that states the figure."""
    mark = "正文" if one.holds else "正文与表不符"
    style = "zp-chip-plain" if one.holds else "zp-chip-error"
    sentence = escape(one.sentence).replace(escape(one.said), f"<mark>{escape(one.said)}</mark>", 1)
    return (
        f'<div class="zp-statement"><span class="zp-chip {style}">{mark}</span> '
        f'<span class="zp-quiet">{escape(one.heading)}</span> {sentence}</div>'
    )


def show_fields(found: Reconciliation) -> None:
    """Show every compared figure."""
    st.dataframe(
        [
            {
                "结论": f"{MARKS[one.result][0]} {one.result}",
                "项目": one.project,
                "数据项": one.label,
                found.left_title: one.left,
                found.right_title: one.right,
                "相差": one.gap,
                "容差": one.tolerance,
                "说明": one.note,
            }
            for one in found.fields
        ],
        hide_index=True,
        alt="全部比对项",
    )


def _show_scores(scores: Sequence[ScorePair]) -> None:
    """Show both sides' points line by line."""
    st.dataframe(
        [
            {
                "": "" if one.is_equal else "≠",
                "项目": one.project,
                "得分项": one.label,
                "草稿分值": one.left_weight,
                "草稿得分": one.left_points,
                "我的分值": one.right_weight,
                "我的得分": one.right_points,
            }
            for one in scores
        ],
        hide_index=True,
        height="content",
        alt="逐项得分对照",
    )
