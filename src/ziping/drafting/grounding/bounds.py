"""Whether one figure lies on the side of another that the words say (数字大小核对)."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ziping.domain.grounding import ViolationKind
from ziping.drafting.grounding.mentions import Bound, Dimension, Figure
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.verdicts import Verdict

_WORD = re.compile(
    "(?P<word>(?:未|没有|没|不)?(?:超过|超出|高于|大于|多于|突破|低于|少于|小于|未达到|没有达到|达到|不足|不及|早于)(?:了|年度指标值|指标值|目标值|目标|年初设定的)?)\\s?$"
)
_ORIGIN = re.compile("(?:由|从)[^，。；]*$")
_WAY = re.compile(
    "(?P<way>[^。；\\d]{0,8}(?:降|减|压缩|缩短|缩减|下调|核减|增|提高|提升|上升|升|扩大|上调|追加)[\u4e00-\u9fff]{0,2}(?:至|到|为))[约近]?"
)
_DOWN = re.compile("降|减|压缩|缩|下调")
_NEAR = 8
_LIMIT = re.compile("控制|上限|限值|限额|以下|以内")
_GOAL = re.compile("目标|指标值")
_WORDS = {
    Bound.AT_MOST: "未超 没有超 不高于 不超 不大于 不多于 未高于 未突破 没有突破",
    Bound.AT_LEAST: "不低于 不少于 不小于 未低于 没有低于",
    Bound.BELOW: "未达到 没有达到 没达到 低于 少于 小于 不足 不及",
    Bound.ABOVE: "超过 超出 高于 大于 多于 突破",
}
_SIDES = {word: side for side, words in _WORDS.items() for word in words.split()}
_COMPARED = frozenset({Dimension.RATE, Dimension.MONEY, Dimension.COUNT, Dimension.POINTS})
_STRANGE = re.compile("其中|；|。|比上年|同比|为[优良中差]|含|应|要|须|力争|确保|如|若")
_OTHER_ITEM = re.compile("、[^，。；]{0,4}(?:到位|支出|执行|完成|使用)")
_MOST_COMMAS = 2


def find_wrong_sides(scene: Scene, verdicts: Mapping[int, Verdict]) -> Iterator[Problem]:
    """Yield the comparisons of two figures of a sentence that do not hold; verdicts by start."""
    for at, right in enumerate(scene.figures):
        before = scene.stretch_before(right)
        match = _WORD.search(before)
        if match is None or right.dimension not in _COMPARED:
            continue
        side = next((one for word, one in _SIDES.items() if match["word"].startswith(word)), None)
        lefts = _lefts_of(scene, scene.figures[:at], right)
        lefts = [one for one in lefts if _same_item(verdicts, one, right)]
        behind = scene.sentence.between(right.end, right.end + _NEAR)
        if match["word"].startswith(("未达", "没有达", "没达")) and _LIMIT.search(behind):
            continue  # a limit not kept is exceeded
        if _GOAL.search(match["word"]) and not _is_target(verdicts, right):
            continue  # 少于目标1次 tells by how much
        if side is None or not lefts:
            continue
        if not any(side.holds(one.value, right.value) for one in lefts):
            start = right.start - len(before) + match.start()
            words = scene.sentence.between(start, right.end)
            yield Problem(
                ViolationKind.COMPARISON,
                start,
                right.end,
                f"“{lefts[-1].text}”与“{right.text}”相比，不能说“{words}”",
            )


def find_wrong_ways(scene: Scene) -> Iterator[Problem]:
    """Yield changes told the wrong way round: 由660万元降至900万元."""
    for left, right in pairwise(scene.figures):
        is_like = left.dimension is right.dimension and left.unit == right.unit
        before = scene.piece_before(left)
        between = _WAY.fullmatch(scene.sentence.between(left.end, right.start))
        if not is_like or between is None or not _ORIGIN.search(before):
            continue
        is_down = _DOWN.search(between["way"]) is not None
        if (left.value <= right.value) if is_down else (left.value >= right.value):
            words = scene.sentence.between(left.start, right.end)
            yield Problem(
                ViolationKind.COMPARISON,
                left.start,
                right.end,
                f"“{left.text}”到“{right.text}”，不能说“{words}”",
            )


def _is_target(verdicts: Mapping[int, Verdict], figure: Figure) -> bool:
    """Whether a figure is known to be a target."""
    verdict = verdicts.get(figure.start)
    return verdict is not None and (verdict.entry is None or verdict.entry.role is Role.TARGET)


def _lefts_of(scene: Scene, earlier: list[Figure], right: Figure) -> list[Figure]:
    """Return the figures that may be compared: those before, up to another name or subject."""
    found = []
    for one in earlier:
        between = scene.sentence.between(one.end, right.start)
        is_apart = _STRANGE.search(between) or between.count("，") > _MOST_COMMAS
        is_same = one.dimension is right.dimension and one.unit == right.unit
        is_other = _OTHER_ITEM.search(between) is not None
        named = any(one.end <= hit.start < right.start for hit in scene.hits)
        if is_same and not (is_apart or is_other or named):
            found.append(one)
    return found


def _same_item(verdicts: Mapping[int, Verdict], left: Figure, right: Figure) -> bool:
    """Whether two figures are of one item, as far as is known."""
    first, second = verdicts.get(left.start), verdicts.get(right.start)
    one = first.entry.line if first and first.entry else ""
    other = second.entry.line if second and second.entry else ""
    return not one or not other or one == other
