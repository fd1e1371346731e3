"""Conclusions about indicators: met, above, in time, full marks (指标结论)."""

import re
from collections.abc import Callable

from ziping.drafting.grounding.claim_facts import LineFacts

Test = Callable[[LineFacts], bool | None]
_GOAL = "(?:年度)?(?:绩效)?(?:指标值|目标值|目标|指标|预期值|预期|计划数?|任务数?|要求|上限|限额)"
_NO = "(?:未能?|没有|没|尚未|并未|不)"


def _is_met(one: LineFacts) -> bool | None:
    return one.line.met


def _is_unmet(one: LineFacts) -> bool | None:
    return None if one.line.met is None else not one.line.met


def _is_above(one: LineFacts) -> bool | None:
    return one.is_above


def _is_below(one: LineFacts) -> bool | None:
    return one.is_below


def _is_not_above(one: LineFacts) -> bool | None:
    return None if one.is_above is None else not one.is_above


def _is_not_below(one: LineFacts) -> bool | None:
    return None if one.is_below is None else not one.is_below


def _is_equal(one: LineFacts) -> bool | None:
    return None if one.is_above is None else not one.is_above and not one.is_below


def _is_over(one: LineFacts) -> bool | None:
    """Whether it is met with something to spare."""
    if one.line.met is None:
        return None
    if one.line.ratio is not None and one.line.met:
        return one.line.ratio > 1 or one.is_above is not False
    return one.line.met and one.is_above is not False


def _is_in_time(one: LineFacts) -> bool | None:
    return one.line.met if one.is_date else None


def _is_late(one: LineFacts) -> bool | None:
    return None if not one.is_date or one.line.met is None else not one.line.met


def _is_full(one: LineFacts) -> bool | None:
    return one.is_full


def _is_lost(one: LineFacts) -> bool | None:
    return None if one.is_full is None else not one.is_full


def _told_value(one: LineFacts) -> str:
    """Return what the figures say of target and actual."""
    if one.is_above:
        side = "完成值高于指标值"
    elif one.is_below:
        side = "完成值低于指标值"
    elif one.is_above is False:
        side = "完成值等于指标值"
    else:
        side = ""
    met = {True: "已达到指标值", False: "未达到指标值", None: "能否达到指标值还没有定"}[
        one.line.met
    ]
    return f"{side}，{met}" if side else met


def _told_time(one: LineFacts) -> str:
    """Return what the figures say of the deadline."""
    return {True: "在时限内完成", False: "超出时限", None: "能否按期还没有定"}[one.line.met]


def _told_points(one: LineFacts) -> str:
    """Return what the score sheet says."""
    return "得了满分" if one.is_full else "扣了分"


def _is_early(one: LineFacts) -> bool | None:
    return one.is_early


TIME_CLAIMS: tuple[tuple[re.Pattern[str], Test, Callable[[LineFacts], str]], ...] = tuple(
    (re.compile(pattern), test, told)
    for pattern, test, told in (
        (
            f"{_NO}(?:按期|按时|如期|及时)完(?:成|工)|{_NO}在(?:规定)?(?:时限|期限)(?:之|以)?内|(?<![不未])超(?:出|过)?(?:规定)?(?:时限|期限)|逾期(?:完成|完工)?|超期|延期(?:完成|完工)|滞后完成|晚于|迟于",
            _is_late,
            _told_time,
        ),
        ("提前[^，。；]{0,8}完(?:成|工)|提前竣工|早于|先于", _is_early, _told_time),
        (
            f"{_NO}超(?:出|过)?(?:规定)?(?:时限|期限|时间)|(?:按期|按时|如期|准时|及时)(?:全部|全面|顺利)?完(?:成|工)|在(?:规定)?(?:时限|期限|时间)(?:之|以)?内(?:完成|完工)?",
            _is_in_time,
            _told_time,
        ),
    )
)
"""Conclusions about time; without a name before them they are drawn about every dated line."""

LINE_CLAIMS: tuple[tuple[re.Pattern[str], Test, Callable[[LineFacts], str]], ...] = tuple(
    (re.compile(pattern), test, told)
    for pattern, test, told in (
        (f"{_NO}(?:超出|超过|突破|高于)(?:了)?{_GOAL}", _is_not_above, _told_value),
        (f"{_NO}(?:低于|少于)(?:了)?{_GOAL}", _is_not_below, _told_value),
        (
            f"{_NO}(?:达到|完成|实现|达成)(?:了)?(?:\\d[^，。；]{{0,10}}的)?{_GOAL}|{_NO}(?:达标|达到)(?!.{{0,8}}\\d)|{_NO}完成(?!率)",
            _is_unmet,
            _told_value,
        ),
        ("超额完成|超额达到|超额实现|超目标完成", _is_over, _told_value),
        (
            f"(?<![不未])(?:远远?|大幅|明显|略|均|都)?(?:高于|超过|超出|大于|多于|突破)(?:了)?{_GOAL}",
            _is_above,
            _told_value,
        ),
        (
            f"(?<![不未])(?:略|均|都)?(?:低于|少于|小于|不足|不及)(?:了)?{_GOAL}",
            _is_below,
            _told_value,
        ),
        (f"比(?:\\d[^，。；]{{0,8}}的?)?{_GOAL}(?:多|高|增加|高出|多出)", _is_above, _told_value),
        (f"比(?:\\d[^，。；]{{0,8}}的?)?{_GOAL}(?:少|低)", _is_below, _told_value),
        (
            f"(?:等于|持平于|正好是|恰好是){_GOAL}|与{_GOAL}(?:持平|一致|相等|相同)",
            _is_equal,
            _told_value,
        ),
        (f"{_NO}(?:得|拿到?)满分|(?<!没有)(?<!未)(?<!不)被?扣了?分(?!值)", _is_lost, _told_points),
        (f"(?:得|获得?|拿到|给予?|为|计)(?:了)?满分|{_NO}(?:被)?扣分", _is_full, _told_points),
        (f"(?:达到|完成|实现|达成)(?:了)?(?:年初|既定|设定的?)?{_GOAL}", _is_met, _told_value),
    )
)
"""Conclusions about one indicator; the first that matches at a place counts."""

_ALL = "(?:均|全部|都|全面|悉数|已全部|已经全部|各自)"
_THINGS = "(?:(?:各项|所有|全部|各|\\d+项|[两三四五六七八九十]+项)?(?:[\u4e00-\u9fff]{0,6})(?:指标|目标任务|绩效目标|目标|任务))"


def _all_met(lines: list[LineFacts]) -> bool | None:
    verdicts = [one.line.met for one in lines]
    return all(one is True for one in verdicts)


def _none_met(lines: list[LineFacts]) -> bool | None:
    return all(one.line.met is False for one in lines)


def _all_over(lines: list[LineFacts]) -> bool | None:
    measured = [one for one in lines if one.target is not None]
    return _all_met(lines) is True and any(_is_over(one) for one in measured)


def _all_full(lines: list[LineFacts]) -> bool | None:
    return all(one.is_full is True for one in lines)


def _some_lost(lines: list[LineFacts]) -> bool | None:
    return any(one.is_full is False for one in lines)


def _all_lost(lines: list[LineFacts]) -> bool | None:
    return all(one.is_full is False for one in lines)


def _some_unmet(lines: list[LineFacts]) -> bool | None:
    return any(one.line.met is False for one in lines)


GENERAL_CLAIMS: tuple[tuple[re.Pattern[str], Callable[[list[LineFacts]], bool | None]], ...] = (
    tuple(
        (re.compile(pattern), test)
        for pattern, test in (
            (f"{_THINGS}[^，。；]{{0,4}}{_ALL}{_NO}(?:达到|完成|实现|达标|达成)", _none_met),
            (
                f"{_THINGS}[^，。；]{{0,4}}{_NO}(?:能)?{_ALL}(?:达到|完成|实现|达标|达成)",
                _some_unmet,
            ),
            (
                f"{_THINGS}[^，。；]{{0,4}}{_ALL}?超额(?:完成|达到)|{_ALL}?超额完成(?:了)?{_THINGS}",
                _all_over,
            ),
            (f"{_THINGS}[^，。；]{{0,4}}{_ALL}(?:有|被)?扣分", _all_lost),
            (
                f"{_THINGS}[^，。；]{{0,6}}{_ALL}(?:得|为|是|拿到|获得)?满分|{_ALL}(?:得|为)满分|{_ALL}{_NO}扣分|{_THINGS}{_NO}扣分|其[余他](?:\\d+项|各项)?(?:绩效)?指标(?:得|为|是)满分",
                _all_full,
            ),
            (
                f"{_THINGS}[^，。；]{{0,4}}{_ALL}(?:已|已经|如期|按期|按时|顺利)?(?:达到|完成|实现|达标|达成)|{_ALL}(?:完成|达到|实现)(?:了)?[^，。；]{{0,6}}(?:指标|绩效目标|目标任务)",
                _all_met,
            ),
        )
    )
)
"""Conclusions about several indicators."""
