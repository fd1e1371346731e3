"""Conclusions about several indicators: all met, all with full marks (总体结论)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ziping.drafting.grounding.claim_facts import LineFacts
from ziping.drafting.grounding.line_claims import NOT, Test, is_full, is_met, is_over

GroupTest = Callable[[Sequence[LineFacts]], bool]


@dataclass(frozen=True)
class GeneralClaim:
    """A conclusion about several indicators with its test (总体结论)."""

    pattern: re.Pattern[str]
    test: GroupTest
    is_of_level: bool = False
    """It is drawn about a dimension, where one is spoken of."""


def _all(test: Test, *, wanted: bool) -> GroupTest:
    """Return the test whether every line passes, or every line fails."""

    def tested(lines: Sequence[LineFacts]) -> bool:
        return all(test(one) is wanted for one in lines)

    return tested


def _any(test: Test, *, wanted: bool) -> GroupTest:
    """Return the test whether some line passes, or some line fails."""

    def tested(lines: Sequence[LineFacts]) -> bool:
        return any(test(one) is wanted for one in lines)

    return tested


def _all_over(lines: Sequence[LineFacts]) -> bool:
    """Whether all are met and some by more than wanted."""
    measured = [one for one in lines if one.target is not None]
    return _all(is_met, wanted=True)(lines) and any(is_over(one) for one in measured)


_EVERY = "(?:均|全部|都|全面|悉数|已全部|已经全部|各自)"
_THINGS = (
    r"(?:(?:各项|所有|全部|各|\d+项|[两三四五六七八九十]+项)?(?:[\u4e00-\u9fff]{0,6})"
    "(?:指标|目标任务|绩效目标|目标|任务))"
)
_NEAR = "[^，。；]{0,4}"
_REST = r"其[余他](?:\d+项|各项)?(?:绩效)?指标(?:均|都)?"
_REACHED = "(?:达到|完成|实现|达标|达成)"
_ALL_FULL = (
    f"{_THINGS}{_NEAR}{_EVERY}(?:得|为|是|拿到|获得)?满分|{_EVERY}(?:得|为)满分|{_EVERY}{NOT}扣分"
    f"|{_THINGS}{NOT}扣分|{_REST}(?:得|为|是)满分"
)
_ALL_MET = (
    f"{_THINGS}{_NEAR}{_EVERY}(?:已|已经|如期|按期|按时|顺利)?{_REACHED}"
    f"|{_EVERY}(?:完成|达到|实现)(?:了)?[^，。；]{{0,6}}(?:指标|绩效目标|目标任务)"
)
_CLAIMS = tuple(
    GeneralClaim(re.compile(pattern), test)
    for pattern, test in (
        (f"{_THINGS}{_NEAR}{_EVERY}{NOT}{_REACHED}", _all(is_met, wanted=False)),
        (f"{_THINGS}{_NEAR}{NOT}(?:能)?{_EVERY}{_REACHED}", _any(is_met, wanted=False)),
        (
            f"{_THINGS}{_NEAR}{_EVERY}?超额(?:完成|达到)|{_EVERY}?超额完成(?:了)?{_THINGS}",
            _all_over,
        ),
        (
            f"{_THINGS}{_NEAR}{_EVERY}(?:有|被)?扣分|{_REST}被?扣分",
            _all(is_full, wanted=False),
        ),
        (_ALL_FULL, _all(is_full, wanted=True)),
        (_ALL_MET, _all(is_met, wanted=True)),
    )
)
GENERAL_CLAIMS = (
    *_CLAIMS,
    GeneralClaim(
        re.compile("(?<![没未不])(?:被扣了?分|有扣分)"),
        _any(is_full, wanted=False),
    ),
    GeneralClaim(re.compile("得满分"), _all(is_full, wanted=True), is_of_level=True),
)
"""Conclusions about several indicators."""
