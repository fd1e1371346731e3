"""What a count in prose counts: projects, or indicators met, lost, of a kind (计数归属)."""

import re

from ziping.drafting.grounding.labels import CountWords, counted_roles
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.subjects import Hit, HitKind
from ziping.drafting.grounding.whose import subject_of

_SAYS_INDICATOR = re.compile("指标(?!值)|项目")
_OF_INDICATORS = re.compile("[0-9两三四五六七八九十][项个](?:[\u4e00-\u9fff]{0,4})?指标(?!值)")
_OF_A_CELL = re.compile("完成|指标值|目标|实际|建成")
_SUMS_UP = re.compile("(?:绩效)?指标(?:均|都|全部|也)")
_AFTER_REACH = 9


def counted(scene: Scene, figure: Figure) -> frozenset[Role] | None:
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
    words = CountWords(
        before=scene.masked(before, figure.start),
        behind=behind,
        earlier=scene.stretch_before(figure),
        is_followed=_is_followed(scene, figure),
        is_of_indicators=_is_of_indicators(scene, figure),
    )
    roles = counted_roles(words, figure.unit)
    is_loose = roles <= {Role.INDICATORS} and not named_behind(scene, figure)
    is_loose = figure.is_soft and (is_loose or bool(_SUMS_UP.match(behind)))
    return None if is_loose else roles or None


def _is_of_indicators(scene: Scene, figure: Figure) -> bool:
    """Whether the sentence has counted indicators, or the piece names a kind of them."""
    piece = scene.sentence.piece_at(figure.start)
    kinds = {HitKind.LEVEL1, HitKind.LEVEL2}
    named = (one for one in scene.hits if one.kind in kinds and one.end <= figure.start)
    is_named = any(one.start >= piece.start and one.text.endswith("指标") for one in named)
    return is_named or _OF_INDICATORS.search(scene.before(figure.start)) is not None


def _is_followed(scene: Scene, figure: Figure) -> bool:
    """Whether the words behind a count lead to another, as in 7项指标达标5项."""
    following = next((one for one in scene.figures if one.start >= figure.end), None)
    if following is None or following.unit != figure.unit:
        return False
    between = scene.sentence.between(figure.end, following.start)
    return not re.search("[，；：、中里]", between)


def named_behind(scene: Scene, figure: Figure) -> Hit | None:
    """Return the dimension or kind named right behind a count, as in 3项效益指标."""
    end = figure.end + _AFTER_REACH
    for hit in scene.hits:
        if figure.end <= hit.start < end and hit.kind in {HitKind.LEVEL1, HitKind.LEVEL2}:
            between = scene.sentence.between(figure.end, hit.start)
            return hit if not between.strip("个的类") else None
    return None


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
