"""Reading what a sentence says a figure is of (数字归属)."""

import re
from dataclasses import replace

from ziping.drafting.grounding.counting import counted, named_behind
from ziping.drafting.grounding.entries import ANY_PROJECT
from ziping.drafting.grounding.labels import IS_GOAL, Label, find_labels
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.point_words import (
    is_grade_bound,
    points_roles,
    unlabelled_points,
)
from ziping.drafting.grounding.rate_bases import rate_roles
from ziping.drafting.grounding.reading import Reading
from ziping.drafting.grounding.roles import DIFFERENCES, OF_LINE, Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.subjects import Hit, HitKind
from ziping.drafting.grounding.whose import (
    fund_rows_of,
    is_of_all_projects,
    is_right_behind,
    is_right_of_project,
    project_of,
    subject_of,
)

_PARTITIVE = re.compile("^(?:中|之中|里|当中|内)")
_APART = re.compile("(?:相差|差距|差额)(?:为|了|约)*")
_ARRIVES = re.compile("[到至成为]")
_COMPARES = re.compile("[欠缺短差超]|比|超过|超出|高于|低于|高出|少于|多于|相比|相差|多出")
_POINTS_WORD = re.compile(
    "(?:分值合计|分值|总分|得分|得满分|满分|共扣|扣分|已定分|得|扣)(?:恰好|正好|刚|仅|已)?(?:为|是|共|：|了|过|达到?|超过|只有)?$"
)
_RATE_WORD = re.compile(
    "(?:执行率|到位率|完成率|得分率)(?:为|是|达到?|仅|只有|不?低于|不?高于|超过|不足)*$"
)
_ORIGIN = re.compile("(?:由|从|自)$")
_BEYOND = DIFFERENCES | {Role.ADJUSTMENT_RATE}
_BOUNDED = frozenset({Role.TARGET, Role.THRESHOLD, Role.BOUND})
_LISTS = re.compile("(?:、|和|与|及|以及)\\s?")
_AFTER_REACH = 9
_BOUND = frozenset({Role.BOUND, Role.WEIGHT_SUM})
_LEFT_OVER = frozenset({Role.UNSPENT, Role.BALANCE, Role.RECEIPT_GAP})
_BY_BASE = frozenset({Role.ON_INITIAL, Role.ON_ANNUAL, Role.ON_RECEIVED})
_OF_CELLS = frozenset({Role.TARGET, Role.ACTUAL, Role.COMPLETION, Role.LINE_GAP})


def read(scene: Scene, figure: Figure) -> Reading:
    """Return what the sentence says a figure is of."""
    project = project_of(scene, figure.start)
    if not project and is_of_all_projects(scene, figure):
        project = ANY_PROJECT
    if (sorts := counted(scene, figure)) is not None:
        named = named_behind(scene, figure) or subject_of(scene, figure, counts=True)
        lines = named.ids if named and Role.PROJECTS not in sorts else frozenset()
        return Reading(sorts, lines, project, is_sure=True)
    if _is_clash(scene.piece_before(figure), figure):
        return Reading(frozenset({Role.POINTS}), project=project, is_sure=True, is_clash=True)
    if is_grade_bound(scene, figure):
        return Reading(_BOUND, is_sure=True)
    if (before := _enumerated_after(scene, figure)) is not None:
        first = read(scene, before)
        return replace(first, lines=frozenset(), project="", is_plain=False)
    return _of_labels(scene, figure, project)


def _of_labels(scene: Scene, figure: Figure, project: str) -> Reading:
    """Return what the words around a figure, and the names before it, say it is of."""
    subject = subject_of(scene, figure)
    roles, is_strong = _roles(scene, figure, subject)
    funds, is_fund_only = fund_rows_of(scene, figure)
    lines = subject.ids if subject else frozenset()
    is_part = _is_part_of_count(scene, figure)
    if (figure.dimension is Dimension.RATE and not is_part) and (
        based := rate_roles(scene, figure, roles, is_strong=is_strong)
    ):
        roles, is_strong = based, True
        if _ORIGIN.search(scene.piece_before(figure)):
            roles |= _BY_BASE
        is_execution = roles & OF_LINE or any(one.endswith(".execution") for one in lines)
        lines = lines if is_execution else frozenset()
    if subject is not None and subject.kind is HitKind.LEVEL1 and roles & OF_LINE:
        lines = frozenset()
    if not lines and figure.dimension is not Dimension.COUNT and _is_vague(roles):
        roles = frozenset()
    return Reading(
        roles,
        lines,
        project,
        funds=funds,
        is_fund_only=is_fund_only,
        is_sure=is_strong or bool(lines) or is_fund_only,
        is_of_project=bool(project) and is_right_of_project(scene, figure),
        is_open=not is_strong,
        is_goal=IS_GOAL.match(scene.stretch_behind(figure)) is not None,
        is_plain=not roles and _is_plain(scene, figure, subject),
    )


def _is_part_of_count(scene: Scene, figure: Figure) -> bool:
    """Whether a fraction is one of a count, as in 8场的四分之三."""
    before = [one for one in scene.figures if one.end <= figure.start]
    is_count = bool(before) and before[-1].dimension is Dimension.COUNT
    return is_count and scene.stretch_before(figure) == "的"


def _is_vague(roles: frozenset[Role]) -> bool:
    """Whether roles are those of some indicator's cells: without its name they say little."""
    return bool(roles) and roles <= _OF_CELLS and roles != {Role.COMPLETION}


def _is_clash(own: str, figure: Figure) -> bool:
    """Whether the word right before a figure is of another measure, as in 总分98%."""
    if figure.dimension is not Dimension.POINTS and _POINTS_WORD.search(own):
        return True
    is_other = figure.dimension in {
        Dimension.MONEY,
        Dimension.COUNT,
        Dimension.PERCENT_POINTS,
    }
    return is_other and _RATE_WORD.search(own) is not None


def _enumerated_after(scene: Scene, figure: Figure) -> Figure | None:
    """Return the figure right before one in a list such as 98分、90分和80分."""
    if not _LISTS.fullmatch(scene.stretch_before(figure)):
        return None
    before = [one for one in scene.figures if one.end <= figure.start]
    is_alike = bool(before) and before[-1].dimension is figure.dimension
    return before[-1] if is_alike else None


def _is_plain(scene: Scene, figure: Figure, subject: Hit | None) -> bool:
    """Whether a figure stands right behind an indicator's name."""
    if subject is None or subject.kind is not HitKind.LINE or figure.bound is not None:
        return False
    return figure.dimension is not Dimension.POINTS and is_right_behind(scene, subject, figure)


def _leads_on(scene: Scene, figure: Figure) -> bool:
    """Whether the words behind a figure run on to the next without a mark."""
    piece = scene.sentence.piece_at(figure.start)
    return any(figure.end <= one.start < piece.end for one in scene.figures)


def _roles(scene: Scene, figure: Figure, subject: Hit | None) -> tuple[frozenset[Role], bool]:
    """Return the roles the nearest label allows, none where there is none, and if it is strong."""
    own, behind = scene.piece_before(figure), scene.stretch_behind(figure)
    if figure.dimension is Dimension.MONEY and _ORIGIN.search(own):
        return frozenset({Role.INITIAL, Role.ANNUAL, Role.TARGET}), True
    if IS_GOAL.match(behind) and not (subject and subject.kind is HitKind.LEVEL1):
        return frozenset({Role.TARGET}), True
    roles, is_strong = _before_roles(scene.masked(own, figure.start), figure)
    if roles and figure.bound is not None and not is_strong and roles <= _BEYOND:
        roles |= _BOUNDED
    told = _label_behind(behind, figure, is_followed=_leads_on(scene, figure))
    if not roles:
        if told is None or _ORIGIN.search(own):
            return unlabelled_points(scene, figure, subject), subject is not None
        roles, is_strong = told.roles, not told.is_weak
    else:
        if told is not None and told.start <= 1 and told.roles & _LEFT_OVER:
            roles |= told.roles
        clause = scene.sentence.clause_at(figure.start).text
        if _COMPARES.search(clause) and Role.TARGET in roles:
            roles |= {Role.LINE_GAP}
    if figure.dimension is Dimension.POINTS and roles:
        return points_roles(scene, figure, roles, subject, own), is_strong
    return roles, is_strong


def _before_roles(text: str, figure: Figure) -> tuple[frozenset[Role], bool]:
    """Return the roles of the last label in front of a figure, and of those a weak one leaves.

    The second says whether one of them is strong.
    """
    roles: frozenset[Role] = frozenset()
    for label in reversed(list(find_labels(text, figure.dimension))):
        is_change = not label.roles & {Role.TARGET, Role.ACTUAL}
        is_arrived = is_change and label.is_weak and _ARRIVES.match(text[label.end :])
        if not _PARTITIVE.match(text[label.end :]) and not is_arrived:
            roles |= label.roles
            if not label.is_weak or _APART.fullmatch(text[label.start :]):
                return roles, True
    return roles, False


def _label_behind(text: str, figure: Figure, *, is_followed: bool) -> Label | None:
    """Return the label right behind a figure, as in 760万元的年初预算.

    Words that lead on to another figure are that one's, as in 比90%高2.5个百分点.
    """
    if text.startswith("一分"):
        return None  # 20分一分未丢
    for label in find_labels(text[: _AFTER_REACH + 4], figure.dimension):
        is_next_ones = is_followed and (label.is_weak or not text.startswith("的"))
        if label.start <= _AFTER_REACH and not is_next_ones:
            return label
    return None
