"""Reading what a sentence says a figure is of (数字归属)."""

import re
from dataclasses import replace

from ziping.drafting.grounding.entries import ANY_PROJECT
from ziping.drafting.grounding.labels import IS_GOAL, Label, counted_roles, find_labels
from ziping.drafting.grounding.mentions import Dimension, Figure
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
_HYPOTHETICAL = re.compile("如|若|假如|改用|换用|换成|另一口径|以年初|按年初|以全年|按全年|改按")
_FROM = re.compile("(?:由|从|比|较|相比|不变|仍为|原为)$")
_POINTS_WORD = re.compile(
    "(?:分值合计|分值|总分|得分|得满分|满分|共扣|扣分|已定分|得|扣)(?:恰好|正好|刚|仅|已)?(?:为|是|共|：|了|过|达到?|超过|只有)?$"
)
_SUMMED = re.compile("合计|共|总计|全部|总扣")
_RATE_WORD = re.compile(
    "(?:执行率|到位率|完成率|得分率)(?:为|是|达到?|仅|只有|不?低于|不?高于|超过|不足)*$"
)
_GRADED = re.compile(
    "^(?:（含）|含)?(?:及?以上|及?以下|至|—|-|~|～)?[^，。；、]{0,8}?为[“‘]?[优良中差](?![\u4e00-\u9fff])"
)
_TO_GRADED = re.compile("^(?:（含）|含)?(?:及?以上|及?以下|至|—|-|~|～)")
_GRADE_LATER = re.compile("为[“‘]?[优良中差]|区间|之间|分数段")
_BOUND_BEHIND = re.compile(
    "^的?(?:[优良中差]{1,2}(?:秀|好)?(?:等级|级|档|的)?)?(?:标准|分界|起点|起始|下限|分数线|门槛|标准线|界限|线)"
)
_BOUND_BEFORE = re.compile("(?:分界线?|起点|起始分|下限|分数线|门槛|界限)(?:为|是|即)?$")
_LIST_OF_LOSSES = re.compile(
    "(?:扣分|失分)(?:点|项|指标|原因|情况|因素|分值)?(?:分别|主要|依次)?(?:为|是|有|在|于|：)"
    "|扣(?:在|于)|扣(?:掉|除|去|分|的|了)*[^，。；]{0,8}分[中里]"
)
_LOSSES = re.compile("(?:共|总|合计)?扣分|总扣|失分")
_TOTAL_BEFORE = re.compile(
    r"(?:总分|自评|综合|最终)得?分?(?:为|是)?\s?\d[\d.]*分[^。；]{0,16}，[^，。；]*$"
)
_BARE_LOSS = re.compile("(?:共|合计|被|总共|累计|因此|仅|只)*扣(?:分|减|除|掉)?(?:了|为|合计|共)*")
_AGAINST = re.compile("^(?:且|并|但|仅|还)?(?:比|较|距|离|距离|高于|超过|高出)(?:了)?$")
_GRADED_BEFORE = re.compile("[为“属是][优良中差](?![\u4e00-\u9fff])")
_ORIGIN = re.compile("(?:由|从|自)$")
_SAYS_INDICATOR = re.compile("指标(?!值)|项目")
_OF_INDICATORS = re.compile("[0-9两三四五六七八九十]项(?:[\u4e00-\u9fff]{0,4})?指标(?!值)")
_OF_A_CELL = re.compile("完成|指标值|目标|实际|建成")
_SUMS_UP = re.compile("(?:绩效)?指标(?:均|都|全部|也)")
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
    if (counted := _counted(scene, figure)) is not None:
        named = _named_behind(scene, figure) or subject_of(scene, figure, counts=True)
        if not project and is_of_all_projects(scene, figure):
            project = ANY_PROJECT
        lines = named.ids if named and Role.PROJECTS not in counted else frozenset()
        return Reading(counted, lines, project, is_sure=True)
    if _is_clash(scene.piece_before(figure), figure):
        return Reading(frozenset({Role.POINTS}), project=project, is_sure=True, is_clash=True)
    if _is_bound(scene, figure):
        return Reading(_BOUND, is_sure=True)
    if (before := _enumerated_after(scene, figure)) is not None:
        first = read(scene, before)
        return replace(first, lines=frozenset(), project="", is_plain=False)
    subject = subject_of(scene, figure)
    roles, is_strong = _roles(scene, figure, subject)
    funds, is_fund_only = fund_rows_of(scene, figure)
    if not project and is_of_all_projects(scene, figure):
        project = ANY_PROJECT
    lines = subject.ids if subject else frozenset()
    if figure.dimension is Dimension.RATE and (
        based := rate_roles(scene, figure, roles, is_strong=is_strong)
    ):
        roles, is_strong = based, True
        if _ORIGIN.search(scene.piece_before(figure)):
            roles |= _BY_BASE
        is_execution = roles & OF_LINE or any(one.endswith(".execution") for one in lines)
        lines = lines if is_execution else frozenset()
    if subject is not None and subject.kind is HitKind.LEVEL1 and roles & OF_LINE:
        lines = frozenset()
    is_vague = bool(roles) and roles <= _OF_CELLS and roles != {Role.COMPLETION}
    if is_vague and not lines and figure.dimension is not Dimension.COUNT:
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


def _named_behind(scene: Scene, figure: Figure) -> Hit | None:
    """Return the dimension or kind named right behind a count, as in 3项效益指标."""
    end = figure.end + _AFTER_REACH
    for hit in scene.hits:
        if figure.end <= hit.start < end and hit.kind in {HitKind.LEVEL1, HitKind.LEVEL2}:
            between = scene.sentence.between(figure.end, hit.start)
            return hit if not between.strip("个的类") else None
    return None


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


def _counted(scene: Scene, figure: Figure) -> frozenset[Role] | None:
    """Return what a count of indicators or projects counts; None where it counts neither."""
    if figure.dimension is not Dimension.COUNT or figure.unit not in {"项", "个", "条", "类"}:
        return None
    before = scene.piece_before(figure)
    behind = re.split("[中里]", scene.stretch_behind(figure), maxsplit=1)[0]
    if figure.is_soft and "指标" not in behind[:8] and "项目" not in behind[:3]:
        return None
    if not _SAYS_INDICATOR.search(scene.before(figure.start) + behind):
        subject = subject_of(scene, figure)
        if subject is not None and subject.kind is HitKind.LINE:
            return None
    earlier = scene.stretch_before(figure)
    masked = scene.masked(before, figure.start)
    roles = counted_roles(
        masked,
        behind,
        figure.unit,
        earlier,
        is_followed=_is_followed(scene, figure),
        is_of_indicators=_OF_INDICATORS.search(scene.before(figure.start)) is not None,
    )
    is_loose = roles <= {Role.INDICATORS} and not _named_behind(scene, figure)
    is_loose = figure.is_soft and (is_loose or bool(_SUMS_UP.match(behind)))
    return None if is_loose else roles or None


def _leads_on(scene: Scene, figure: Figure) -> bool:
    """Whether the words behind a figure run on to the next without a mark."""
    piece = scene.sentence.piece_at(figure.start)
    return any(figure.end <= one.start < piece.end for one in scene.figures)


def _is_followed(scene: Scene, figure: Figure) -> bool:
    """Whether the words behind a count lead to another, as in 7项指标达标5项."""
    following = next((one for one in scene.figures if one.start >= figure.end), None)
    if following is None or following.unit != figure.unit:
        return False
    between = scene.sentence.between(figure.end, following.start)
    return not re.search("[，；：、中里]", between)


def counts_names(scene: Scene, figure: Figure) -> bool:
    """Whether a count sums up the indicators the sentence, or its clause, names before it."""
    if figure.dimension is not Dimension.COUNT or figure.unit not in {"项", "个"}:
        return False
    if not figure.value or _OF_A_CELL.search(scene.piece_before(figure)):
        return False
    named = [hit for hit in scene.hits if hit.kind is HitKind.LINE and hit.end <= figure.start]
    start = scene.sentence.clause_at(figure.start).start
    own = [hit for hit in named if hit.start >= start]
    return figure.value in {len(named), len(own)} and bool(named)


def _is_bound(scene: Scene, figure: Figure) -> bool:
    """Whether a figure is one of the points at which a grade begins."""
    if figure.dimension not in {Dimension.POINTS, Dimension.RATE, Dimension.BARE}:
        return False
    clause = scene.sentence.clause_at(figure.start)
    behind = scene.sentence.between(figure.end, clause.end)
    if figure.dimension is Dimension.RATE:
        return _GRADED.match(behind) is not None
    if figure.dimension is Dimension.POINTS and _AGAINST.search(scene.piece_before(figure)):
        return _GRADED_BEFORE.search(scene.before(figure.start)) is not None
    if _BOUND_BEHIND.match(behind) or _BOUND_BEFORE.search(scene.piece_before(figure)):
        return True
    if not _GRADE_LATER.search(behind):
        return False
    before = scene.stretch_before(figure)
    return figure.bound is not None or bool(
        _TO_GRADED.match(behind) or re.search("[至—~～-]$", before)
    )


def _roles(scene: Scene, figure: Figure, subject: Hit | None) -> tuple[frozenset[Role], bool]:
    """Return the roles the nearest label allows, none where there is none, and if it is strong."""
    own, behind = scene.piece_before(figure), scene.stretch_behind(figure)
    if IS_GOAL.match(behind) and not (subject and subject.kind is HitKind.LEVEL1):
        return frozenset({Role.TARGET}), True
    roles, is_strong = _before_roles(scene.masked(own, figure.start), figure)
    if roles and figure.bound is not None and not is_strong and roles <= _BEYOND:
        roles |= _BOUNDED
    told = _label_behind(behind, figure, is_followed=_leads_on(scene, figure))
    if not roles:
        if told is None or _ORIGIN.search(own):
            return _unlabelled(scene, figure, subject), subject is not None
        roles, is_strong = told.roles, not told.is_weak
    else:
        if told is not None and told.start <= 1 and told.roles & _LEFT_OVER:
            roles |= told.roles
        clause = scene.sentence.clause_at(figure.start).text
        if _COMPARES.search(clause) and Role.TARGET in roles:
            roles |= {Role.LINE_GAP}
    if figure.dimension is Dimension.POINTS and roles:
        return _points_roles(scene, figure, roles, subject, own), is_strong
    return roles, is_strong


def _unlabelled(scene: Scene, figure: Figure, subject: Hit | None) -> frozenset[Role]:
    """Return the roles of a figure without label: points behind a name are no deduction.

    In a list such as 扣分点为A 1分、B 2分 they are.
    """
    if figure.dimension is not Dimension.POINTS or subject is None:
        return frozenset()
    is_list_of_losses = _is_loss_listed(scene, figure)
    return frozenset({Role.DEDUCTION} if is_list_of_losses else {Role.WEIGHT, Role.POINTS})


def _is_loss_listed(scene: Scene, figure: Figure) -> bool:
    """Whether points stand in a list of those lost, as in 扣掉的3分中，A占2分."""
    before = re.split("[；]", scene.before(figure.start))[-1]
    found = _LIST_OF_LOSSES.search(before)
    return found is not None and "得" not in before[found.end() :]


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


def _is_of_project(scene: Scene, figure: Figure) -> bool:
    """Whether the last name before a figure, in its clause, is a project's."""
    start = scene.sentence.clause_at(figure.start).start
    named = [hit for hit in scene.hits if start <= hit.start and hit.end <= figure.start]
    return bool(named) and named[-1].kind is HitKind.PROJECT


def _label_behind(text: str, figure: Figure, *, is_followed: bool) -> Label | None:
    """Return the label right behind a figure, as in 760万元的年初预算.

    Words that lead on to another figure are that one's, as in 比90%高2.5个百分点.
    """
    for label in find_labels(text[: _AFTER_REACH + 4], figure.dimension):
        is_next_ones = is_followed and (label.is_weak or not text.startswith("的"))
        if label.start <= _AFTER_REACH and not is_next_ones:
            return label
    return None


def _points_roles(
    scene: Scene, figure: Figure, roles: frozenset[Role], subject: Hit | None, own: str
) -> frozenset[Role]:
    """Narrow the roles of points: of a line, or of the whole; as it is, or as it would be."""
    if subject is not None and own.endswith("占") and _is_loss_listed(scene, figure):
        return frozenset({Role.DEDUCTION})
    line_level = roles - {Role.TOTAL, Role.AVERAGE, Role.LOST, Role.OTHER_TOTAL}
    if subject is None and _is_of_project(scene, figure):
        roles -= {Role.POINTS, Role.DEDUCTION, Role.COMPUTED}
    clause = scene.sentence.clause_at(figure.start)
    is_near = subject is not None and subject.start >= clause.start
    if subject is not None and line_level and not _SUMMED.search(own):
        is_summed = not is_near and _LOSSES.match(own.strip())
        roles = line_level | (roles & {Role.LOST}) if is_summed else line_level
    elif subject is not None and subject.kind is not HitKind.LINE:
        roles |= {Role.WEIGHT, Role.POINTS, Role.DEDUCTION}
    elif subject is None and Role.WEIGHT in roles:
        roles |= {Role.WEIGHT_SUM}
    if roles >= {Role.DEDUCTION, Role.LOST} and _is_of_all(scene, figure, own):
        roles -= {Role.DEDUCTION}
    if figure.bound is not None:
        roles |= {Role.BOUND}
    if not _HYPOTHETICAL.search(scene.before(figure.start)):
        return roles - {Role.OTHER_TOTAL, Role.OTHER_POINTS}
    if Role.OTHER_TOTAL in roles and not _FROM.search(own):
        return roles - {Role.TOTAL, Role.AVERAGE}
    return roles


def _is_of_all(scene: Scene, figure: Figure, own: str) -> bool:
    """Whether points are said to be lost with nothing named before: the total is meant."""
    kinds = {HitKind.LINE, HitKind.LEVEL1, HitKind.LEVEL2}
    is_named = any(one.kind in kinds and one.end <= figure.start for one in scene.hits)
    is_total = _TOTAL_BEFORE.search(scene.before(figure.start))
    return not is_named and bool(is_total) and _BARE_LOSS.fullmatch(own) is not None
