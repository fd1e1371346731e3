"""What points in prose are of: a weight, points given or lost, a total, a bound (分数归属)."""

import re

from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.subjects import Hit, HitKind

_HYPOTHETICAL = re.compile("如|若|假如|改用|换用|换成|另一口径|以年初|按年初|以全年|按全年|改按")
_FROM = re.compile("(?:由|从|比|较|相比|不变|仍为|原为)$")
_SUMMED = re.compile("合计|共|总计|全部|总扣")
_GRADED = re.compile(
    "^(?:（含）|含)?(?:及?以上|及?以下|至|—|-|~|～)?[^，。；、]{0,8}?为[“‘]?[优良中差](?![\u4e00-\u9fff])"
)
_TO_GRADED = re.compile("^(?:（含）|含)?(?:及?以上|及?以下|至|—|-|~|～)")
_GRADE_LATER = re.compile("为[“‘]?[优良中差]|区间|之间|分数段")
_BOUND_BEHIND = re.compile(
    "^的?(?:[优良中差]{1,2}(?:秀|好)?(?:等级|级|档|的)?)?(?:标准|分界|起点|起始|下限|分数线|门槛|标准线|界限|线)"
)
_BOUND_BEFORE = re.compile("(?:分界线?|起点|起始分|下限|分数线|门槛|界限)(?:为|是|即)?$")
_GOVERNS = re.compile("(?P<lost>扣|失分|丢)|(?P<given>得(?!分率)|分值|满分|总分|权重|指标值)")
_LOSSES = re.compile("(?:共|总|合计)?扣分|总扣|失分")
_TOTAL_BEFORE = re.compile(
    r"(?:总分|自评|综合|最终)得?分?(?:为|是)?\s?\d[\d.]*分[^。；]{0,16}，[^，。；]*$"
)
_BARE_LOSS = re.compile("(?:共|合计|被|总共|累计|因此|仅|只)*扣(?:分|减|除|掉)?(?:了|为|合计|共)*")
_AGAINST = re.compile("^(?:且|并|但|仅|还)?(?:比|较|距|离|距离|高于|超过|高出)(?:了)?$")
_TOLD_TOTAL = re.compile(r"(?:总分|得分|自评)(?:为|是)?\s?\d")
_GRADED_BEFORE = re.compile("[为“属是][优良中差](?![\u4e00-\u9fff])")


def unlabelled_points(scene: Scene, figure: Figure, subject: Hit | None) -> frozenset[Role]:
    """Return the roles of a figure without label: points behind a name are no deduction.

    In a list such as 扣分点为A 1分、B 2分 they are.
    """
    if figure.dimension is not Dimension.POINTS or subject is None:
        return frozenset()
    is_list_of_losses = _is_loss_listed(scene, figure)
    return frozenset({Role.DEDUCTION} if is_list_of_losses else {Role.WEIGHT, Role.POINTS})


def _is_loss_listed(scene: Scene, figure: Figure) -> bool:
    """Whether points stand in a list of those lost, as in 扣掉的3分中，A占2分."""
    words = [match.lastgroup for match in _GOVERNS.finditer(scene.before(figure.start))]
    return bool(words) and words[-1] == "lost"


def points_roles(
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


def _is_of_project(scene: Scene, figure: Figure) -> bool:
    """Whether the last name before a figure, in its clause, is a project's."""
    start = scene.sentence.clause_at(figure.start).start
    named = [hit for hit in scene.hits if start <= hit.start and hit.end <= figure.start]
    return bool(named) and named[-1].kind is HitKind.PROJECT


def is_grade_bound(scene: Scene, figure: Figure) -> bool:
    """Whether a figure is one of the points at which a grade begins."""
    if figure.dimension not in {Dimension.POINTS, Dimension.RATE, Dimension.BARE}:
        return False
    clause = scene.sentence.clause_at(figure.start)
    behind = scene.sentence.between(figure.end, clause.end)
    if figure.dimension is Dimension.RATE:
        return _GRADED.match(behind) is not None
    if figure.dimension is Dimension.POINTS and _AGAINST.search(scene.piece_before(figure)):
        before = scene.before(figure.start)
        is_total = _TOLD_TOTAL.search(before) is not None and not scene.hits
        return is_total or _GRADED_BEFORE.search(before) is not None
    if _BOUND_BEHIND.match(behind) or _BOUND_BEFORE.search(scene.piece_before(figure)):
        return True
    if not _GRADE_LATER.search(behind):
        return False
    before = scene.stretch_before(figure)
    return figure.bound is not None or bool(
        _TO_GRADED.match(behind) or re.search("[至—~～-]$", before)
    )
