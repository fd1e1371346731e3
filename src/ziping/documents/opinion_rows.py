"""What an opinion lists, as rows of text: the same for Word and Excel (审核意见的内容)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ziping.domain.opinion import Opinion
from ziping.domain.reconciliation import Difference, ReconciledField
from ziping.domain.reviews import Comment, CommentKind

Rows = list[tuple[str, ...]]
"""Lines of a list, cell by cell."""

_HERE = ZoneInfo("Asia/Shanghai")

DIFFERENCE_TITLES = ("项目", "数据项", "草稿", "审核数据", "结论", "说明")
SCORE_TITLES = ("项目", "得分项", "草稿分值", "草稿得分", "审核分值", "审核得分")
FINDING_TITLES = ("级别", "位置", "问题", "依据", "处理建议")
COMMENT_TITLES = ("位置", "批注", "提出", "处理")
STEP_TITLES = ("时间", "办理人", "身份", "办理", "意见")


def local(moment: datetime) -> str:
    """Return a moment as people here read it."""
    return moment.astimezone(_HERE).strftime("%Y-%m-%d %H:%M")


def summary(opinion: Opinion) -> Iterator[tuple[str, str]]:
    """Yield what the opinion says about itself, title and text."""
    yield "报告", opinion.report_title
    yield "编报单位", opinion.unit
    yield "审核对象", f"第{opinion.round}版（数据第{opinion.report_version}版）"
    yield "审核人", f"{opinion.reviewer.name}（{opinion.role}）"
    yield "出具时间", local(opinion.at)
    yield "审核决定", opinion.conclusion
    yield "审核数据", figures_words(opinion)
    yield "比对结果", counts_words(opinion)


def figures_words(opinion: Opinion) -> str:
    """Return where the reviewer's own figures come from."""
    if not opinion.figures_origin:
        return "没有提供自己的数据，未作比对"
    blind = "，填写时未看草稿数据" if opinion.is_blind else ""
    return f"{opinion.figures_origin}{blind}"


def counts_words(opinion: Opinion) -> str:
    """Return how many figures have each result, other reviewers' by their names."""
    mine = "未比对"
    if opinion.figures_origin:
        mine = _counted(opinion.counts[Difference.EQUAL], opinion.differences)
    others = [
        f"{one.by}（{one.role}）的数据：{_counted(one.equal, one.differences)}"
        for one in opinion.others
    ]
    return "。".join([mine, *others])


def _counted(equal: int, differing: Sequence[ReconciledField]) -> str:
    """Return how many figures agree, and how many have each other result."""
    found = Counter(one.result for one in differing)
    parts = [f"{one} {found[one]} 项" for one in Difference if found[one]]
    return f"一致 {equal} 项；" + ("、".join(parts) if parts else "没有差异")


def differences(opinion: Opinion) -> Rows:
    """Return what differs, from the reviewer's own figures first, then from others'."""
    rows = [_difference(one) for one in opinion.differences]
    for other in opinion.others:
        rows += [_difference(one, by=other.by) for one in other.differences]
    return rows


def _difference(one: ReconciledField, *, by: str = "") -> tuple[str, ...]:
    """Return one difference as a row, with the name of whose figures they are."""
    said = "；".join(
        f"正文“{statement.heading}”写作“{statement.said}”" for statement in one.statements
    )
    whose = f"{by}的数据" if by else ""
    parts = (whose, one.note, one.gap and f"相差 {one.gap}", said)
    note = "；".join(part for part in parts if part)
    return (one.project, one.label, one.left or "—", one.right or "—", one.result.value, note)


def scores(opinion: Opinion) -> Rows:
    """Return both sides' points."""
    return [
        (
            one.project,
            one.label,
            one.left_weight,
            one.left_points or "—",
            one.right_weight,
            one.right_points or "—",
        )
        for one in opinion.scores
    ]


def findings(opinion: Opinion) -> Rows:
    """Return what the checks found."""
    return [
        (one.severity, one.where.label, f"{one.title}。{one.message}", one.why, one.remedy)
        for one in opinion.findings
    ]


def comments(opinion: Opinion) -> Rows:
    """Return the comments with their threads."""
    return [
        (
            one.place,
            one.opening.text + (f"（针对“{one.quote}”）" if one.quote else ""),
            f"{one.opening.by}（{one.opening.role}）{local(one.opening.at)}",
            thread_words(one),
        )
        for one in opinion.comments
    ]


def thread_words(comment: Comment) -> str:
    """Return whether a comment is settled, and what followed it."""
    parts = ["" if comment.is_resolved else "未解决"]
    parts += [
        f"{one.by} {one.kind}" + (f"：{one.text}" if one.text else "")
        for one in comment.entries[1:]
        if one.kind is not CommentKind.OPENED
    ]
    parts += ["未回复"] if len(comment.entries) == 1 else []
    return "；".join(part for part in parts if part)


def steps(opinion: Opinion) -> Rows:
    """Return the moves of this round."""
    return [
        (local(one.at), one.by, one.role, f"{one.action}（{one.start}→{one.end}）", one.reason)
        for one in opinion.steps
    ]
