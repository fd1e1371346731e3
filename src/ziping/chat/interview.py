"""The guided interview: the most valuable missing thing next, why, and who has it (引导问答)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.scene import Scene
from ziping.chat.titles import spoken
from ziping.domain.conversation import Choice, Question
from ziping.domain.evaluation import Band, SelfEvaluation
from ziping.domain.findings import MissingItem
from ziping.domain.grounding import Span
from ziping.domain.numbers import plain
from ziping.domain.patches import Patch, held
from ziping.domain.scores import ScoreSheet
from ziping.domain.text import is_blank

_FULL = Decimal(100)
_FUNDS = re.compile(r"/funds/")
_LINES = re.compile(r"/indicators/[^/]+/(?:weight|target|actual|band|points)$")
_HEADS = re.compile(r"(?:^unit|/name|_department|_unit|/expected|/achieved)$")
_TEXTS = re.compile(r"/(?:adjustment_basis|deviation|points_reason)$")
_BY_WORDS = "也可以一次说几项，如“年初预算760万元，到位和支出都是619.52万元”。"


def next_question(scene: Scene) -> Question | None:
    """Return what to ask next; None: nothing that can be told in words is missing."""
    waiting = [one for one in scene.missing if one.where.path not in scene.skipped]
    ranked = sorted(waiting, key=lambda one: (_rank(one), -one.points))
    for one in ranked:
        if _rank(one) == 0:
            return _asked(scene, one)
    if indicators := _more_indicators(scene):
        return indicators
    return _asked(scene, ranked[0]) if ranked else None


def _rank(item: MissingItem) -> int:
    """Return how soon something is asked for: funds, lines, heads, reasons, materials."""
    path = item.where.path
    for rank, pattern in enumerate((_FUNDS, _LINES, _HEADS, _TEXTS)):
        if pattern.search(path):
            return rank
    return 4


def _more_indicators(scene: Scene) -> Question | None:
    """Return the question for indicators that are still to be named."""
    for project, sheet in zip(scene.report.projects, scene.sheets, strict=True):
        named = [one for one in project.indicators if not is_blank(one.level3)]
        gap = _FULL - _weights(project, sheet)
        if f"{project.id}/indicators" in scene.skipped or (named and gap <= 0):
            continue
        told = (
            f"绩效指标的分值还差 {plain(gap)} 分，还有哪些指标？"
            if named
            else "这个项目有哪些绩效指标？照批复的说。"
        )
        return Question(
            text=f"{_prefix(scene, project)}{told}"
            "请说类别、名称、目标、实际完成和分值，如“数量指标：培训人次，目标500人次，实际520人次，10分”。",
            why="指标占 90 分左右，目标和分值以预算批复为准，找业务股室。",
        )
    return None


def _weights(project: SelfEvaluation, sheet: ScoreSheet) -> Decimal:
    """Return the weights that are told so far, the execution rate's included."""
    told = sum((one.weight or Decimal(0) for one in sheet.lines), Decimal(0))
    return told if project.indicators else Decimal(0)


def _prefix(scene: Scene, project: SelfEvaluation) -> str:
    return f"{project.name or '未命名项目'}：" if len(scene.report.projects) > 1 else ""


def _asked(scene: Scene, item: MissingItem) -> Question:
    """Return the question for one missing thing."""
    path = item.where.path
    points = f"关系到 {plain(item.points)} 分，" if item.points else ""
    why = f"{item.why.rstrip('。')}；{points}找{item.ask}。"
    title = spoken(path, scene.report)
    if path.endswith("/band"):
        return Question(
            text=f"{title.removesuffix(' · 定性档次')}达成了哪一档？",
            choices=_bands(scene, path),
            why=why,
        )
    if path.endswith(("/evidence", "/checklist")) or _is_row(path):
        return Question(text=f"还缺{item.field}。", why=why)
    hint = _BY_WORDS if _rank(item) == 0 and _is_first(scene.missing) else ""
    return Question(text=f"{title}是{_what(path)}？{hint}", expects=(path,), why=why)


def _is_row(path: str) -> bool:
    """Whether a path names a row, not a field."""
    return re.search(r"/(?:indicators|funds)/[^/]+$", path) is not None


def _is_first(missing: Sequence[MissingItem]) -> bool:
    """Whether all figures of the total row are still to come."""
    return sum(_rank(one) == 0 for one in missing) > 1


def _what(path: str) -> str:
    """Return the word a field is asked for by."""
    if _FUNDS.search(path) or path.endswith(("/target", "/actual", "/weight", "/points")):
        return "多少"
    return "什么"


def _bands(scene: Scene, path: str) -> tuple[Choice, ...]:
    """Return the bands as answers."""
    old = held(scene.report, path) or ""
    title = spoken(path, scene.report)
    return tuple(
        Choice(
            label=band.value,
            patches=(
                Patch(
                    path=path,
                    label=title,
                    old=old,
                    new=band.value,
                    said=band.value,
                    span=Span(start=0, end=0),
                ),
            ),
        )
        for band in Band
        if band is not Band.NOT_CHOSEN
    )
