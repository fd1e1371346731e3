"""Units that the words around a figure rule out: 占6个百分点, 98.2分和90% (单位核对)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ziping.drafting.grounding.entries import Index
from ziping.drafting.grounding.mentions import Dimension
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.verdicts import KINDS

_LINKED = re.compile("[、和及与至]")
_LISTED = frozenset({Dimension.POINTS, Dimension.RATE, Dimension.PERCENT_POINTS})
_NO_DIFFERENCE = re.compile("占[^，。；]{0,12}$|(?:指标值|目标值)(?:为|是)[≤≥<>]?$|[≤≥]$")
_FROM_TARGET = re.compile(
    "(?:比|较)[^，。；]{0,8}?(?:目标|指标)值?(?:[高低多少]|超)(?:出|了)?$"
    "|(?:高于|低于|超过|超出|超)(?:了)?(?:目标|指标)值?$|距[^，。；]{0,8}差$"
)


def find_wrong_units(scene: Scene, index: Index) -> Iterator[Problem]:
    """Yield figures whose unit cannot be right where they stand."""
    for left, right in pairwise(scene.figures):
        between = scene.sentence.between(left.end, right.start)
        is_mixed = left.dimension is not right.dimension
        if is_mixed and {left.dimension, right.dimension} <= _LISTED and _LINKED.fullmatch(between):
            reason = f"“{left.text}”与“{right.text}”并列，单位却不一样，请核对"
            yield Problem(KINDS[right.dimension], left.start, right.end, reason)
    for one in scene.figures:
        own = scene.piece_before(one)
        if one.dimension is Dimension.PERCENT_POINTS and _NO_DIFFERENCE.search(own):
            reason = f"“{one.text}”前面说的不是两个比率之差，单位应为“%”"
            yield Problem(KINDS[one.dimension], one.start, one.end, reason)
        if one.dimension is Dimension.RATE and _FROM_TARGET.search(own):
            gap = replace(one, dimension=Dimension.PERCENT_POINTS)
            gaps = [entry for entry in index.equal(gap) if entry.role is Role.LINE_GAP]
            shares = [entry for entry in index.equal(one) if entry.role is Role.LINE_GAP]
            if gaps and not shares:
                reason = f"“{one.text}”是两个比率之差，单位应为“个百分点”"
                yield Problem(KINDS[one.dimension], one.start, one.end, reason)
