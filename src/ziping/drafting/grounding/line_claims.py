"""Conclusions about one indicator: met, above, in time, full marks (指标结论)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ziping.drafting.grounding.claim_facts import LineFacts

Test = Callable[[LineFacts], bool | None]


@dataclass(frozen=True)
class LineClaim:
    """A conclusion about one indicator with its test (单项结论)."""

    pattern: re.Pattern[str]
    test: Test
    told: Callable[[LineFacts], str]
    """What the figures say."""


NOT = "(?:未能?|没有|没|尚未|并未|不)"
_GOAL = (
    "(?:年度|控制)?(?:绩效)?(?:指标值|目标值|目标|指标|预期值|预期|计划数?|任务数?|要求|上限|限额)"
)
_COUNTED_GOAL = rf"(?:\d[^，。；]{{0,10}}的)?{_GOAL}"
_LIMIT = "(?:规定的?)?(?:时限|期限|时间)"
_DONE = "完(?:成|工)"
_NOT_A_SHARE = r"(?!(?:任务|计划)?[数量值]?的?[约近]?\s?[\d一二三四五六七八九])"
"""Not 完成目标的95%, which tells how much of it was done."""


def _is_above(one: LineFacts) -> bool | None:
    return one.is_above


def _is_below(one: LineFacts) -> bool | None:
    return one.is_below


def _is_equal(one: LineFacts) -> bool | None:
    return None if one.is_above is None else not one.is_above and not one.is_below


def is_met(one: LineFacts) -> bool | None:
    """Whether the target is met."""
    return one.line.met


def is_over(one: LineFacts) -> bool | None:
    """Whether the target is met with something to spare."""
    if one.line.met is None:
        return None
    if one.line.ratio is not None and one.line.met:
        return one.line.ratio > 1 or one.is_above is not False
    return one.line.met and one.is_above is not False


def _is_in_time(one: LineFacts) -> bool | None:
    return one.line.met if one.is_date else None


def _is_early(one: LineFacts) -> bool | None:
    return one.is_early


def is_full(one: LineFacts) -> bool | None:
    """Whether it has full marks."""
    return one.is_full


def opposite(test: Test) -> Test:
    """Return the test of the opposite."""

    def tested(one: LineFacts) -> bool | None:
        found = test(one)
        return None if found is None else not found

    return tested


def _told_value(one: LineFacts) -> str:
    """Return what the figures say of target and actual."""
    if one.is_above:
        side = "完成值高于指标值"
    elif one.is_below:
        side = "完成值低于指标值"
    else:
        side = "完成值等于指标值" if one.is_above is False else ""
    met = {True: "已达到指标值", False: "未达到指标值", None: "能否达到指标值还没有定"}
    return f"{side}，{met[one.line.met]}" if side else met[one.line.met]


def _told_time(one: LineFacts) -> str:
    """Return what the figures say of the deadline."""
    return {True: "在时限内完成", False: "超出时限", None: "能否按期还没有定"}[one.line.met]


def _told_points(one: LineFacts) -> str:
    """Return what the score sheet says."""
    return "得了满分" if one.is_full else "扣了分"


_LATE = (
    f"{NOT}(?:按期|按时|如期|及时){_DONE}|{NOT}在{_LIMIT}(?:之|以)?内|(?<![不未])超(?:出|过)?{_LIMIT}"
    f"|逾期(?:{_DONE})?|超期|延期{_DONE}|滞后完成|晚于|迟于"
)
_IN_TIME = (
    f"{NOT}超(?:出|过)?{_LIMIT}|(?:按期|按时|如期|准时|及时)(?:全部|全面|顺利)?{_DONE}"
    f"|在{_LIMIT}(?:之|以)?内(?:{_DONE})?"
)
TIME_CLAIMS = tuple(
    LineClaim(re.compile(pattern), test, _told_time)
    for pattern, test in (
        (_LATE, opposite(_is_in_time)),
        (f"提前[^，。；]{{0,8}}{_DONE}|提前竣工|早于|先于", _is_early),
        (_IN_TIME, _is_in_time),
    )
)
"""Conclusions about time; without a name before them they are drawn about every dated line."""

_UNMET = (
    f"{NOT}(?:达到|完成|实现|达成)(?:了)?{_COUNTED_GOAL}"
    rf"|{NOT}(?:达标|达到)(?!.{{0,8}}\d)|{NOT}完成(?!率)"
)
_ABOVE = f"(?<![不未])(?:高于|超过|超出|大于|多于|突破)(?:了)?{_GOAL}"
_BELOW = f"(?<![不未])(?:低于|少于|小于|不足|不及)(?:了)?{_GOAL}"
_EQUAL = f"(?:等于|持平于|正好是|恰好是){_GOAL}|与{_GOAL}(?:持平|一致|相等|相同)"
_LOST = f"{NOT}(?:得|拿到?)满分|(?<!没有)(?<!未)(?<!不)被?扣了?分(?!值)"
_FULL = f"(?:得|获得?|拿到|给予?|为|计)(?:了)?满分|{NOT}(?:被)?扣分"
_VALUE_CLAIMS = (
    (f"{NOT}(?:超出|超过|突破|高于)(?:了)?{_GOAL}", opposite(_is_above)),
    (f"{NOT}(?:低于|少于)(?:了)?{_GOAL}", opposite(_is_below)),
    (_UNMET, opposite(is_met)),
    ("超额完成|超额达到|超额实现|超目标完成", is_over),
    (_ABOVE, _is_above),
    (_BELOW, _is_below),
    (f"比{_COUNTED_GOAL}(?:多|高|增加)", _is_above),
    (f"比{_COUNTED_GOAL}(?:少|低)", _is_below),
    (_EQUAL, _is_equal),
    (f"(?:达到|完成|实现|达成)(?:了)?(?:年初|既定|设定的?)?{_GOAL}{_NOT_A_SHARE}", is_met),
)
LINE_CLAIMS = (
    *(LineClaim(re.compile(one), test, _told_value) for one, test in _VALUE_CLAIMS),
    LineClaim(re.compile(_LOST), opposite(is_full), _told_points),
    LineClaim(re.compile(_FULL), is_full, _told_points),
)
"""Conclusions about one indicator; the first that matches at a place counts."""
