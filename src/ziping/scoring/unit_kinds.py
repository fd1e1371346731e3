"""Units that can be converted exactly, and counting words that name the same thing (计量单位)."""

from decimal import Decimal

_CONVERTIBLE: dict[str, tuple[str, Decimal]] = {
    unit: (quantity, Decimal(factor))
    for quantity, units in {
        "长度": {
            "公里": "1000",
            "千米": "1000",
            "km": "1000",
            "米": "1",
            "m": "1",
            "厘米": "0.01",
            "毫米": "0.001",
        },
        "质量": {"吨": "1000", "公斤": "1", "千克": "1", "kg": "1", "克": "0.001"},
        "面积": {
            "平方公里": "1000000",
            "平方千米": "1000000",
            "公顷": "10000",
            "平方米": "1",
            "㎡": "1",
            "m2": "1",
        },
        "金额": {"元": "1", "万元": "10000", "亿元": "100000000"},
        "月数": {"年": "12", "季度": "3", "个季度": "3", "个月": "1", "月": "1"},
        "时长": {"小时": "60", "分钟": "1"},
        "存储": {"TB": "1024", "GB": "1"},
    }.items()
    for unit, factor in units.items()
}

_COUNTING = (
    frozenset({"人", "名", "位", "人次", "人员"}),
    frozenset("个项件家处所座台套份本篇册次场期批起例宗班条")
    | {"场次", "批次", "次数", "班次", "个次"},
    frozenset({"天", "日"}),
)


def to_common_unit(one: str, other: str) -> tuple[Decimal, Decimal] | None:
    """Return the factors that bring two units of one quantity to a common one; None: unlike."""
    first, second = _CONVERTIBLE.get(one), _CONVERTIBLE.get(other)
    if first is None or second is None or first[0] != second[0]:
        return None
    return first[1], second[1]


def is_same_counting(one: str, other: str) -> bool:
    """Whether two counting words (量词) may be compared by their numbers."""
    return any(one in words and other in words for words in _COUNTING)
