"""Two readings of one figure compared: equal, rounded, another unit, or different (比对)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from ziping.domain.numbers import plain, round_half_up, shifted
from ziping.domain.reconciliation import Difference
from ziping.review.readings import MONEY, RATE, Reading

_UNWRITTEN = (4, 8)
"""Powers of ten between 元, 万元 and 亿元: so far off is a column read in the wrong unit."""
_UNITS = {
    -4: "元",
    -3: "十元",
    -2: "百元",
    -1: "千元",
    0: "万元",
    2: "百万元",
    3: "千万元",
    4: "亿元",
}
_SHARES = {0: "小数", -2: "百分数", -3: "千分数"}
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two readings stand to each other, and why (结论)."""

    result: Difference
    note: str = ""
    tolerance: str = ""
    gap: str = ""
    needs_look: bool = True
    """Whether one side must be wrong."""


def compare(left: Reading, right: Reading) -> Verdict:
    """Return how two readings that are not blank stand to each other; the same both ways round."""
    if left.value is None or right.value is None:
        same = left.words == right.words and left.value is None and right.value is None
        return (
            Verdict(Difference.EQUAL, needs_look=False) if same else Verdict(Difference.DIFFERENT)
        )
    if not _comparable(left, right):
        return Verdict(Difference.DIFFERENT, f"单位“{left.dimension}”与“{right.dimension}”不能换算")
    verdict = _compare_numbers(left, left.value, right, right.value)
    return replace(
        verdict,
        tolerance=_tolerance(left, right),
        gap="" if left.value == right.value else _gap(left, right),
    )


def _comparable(left: Reading, right: Reading) -> bool:
    """Whether two dimensions can be compared; a bare number takes the other's."""
    return left.dimension == right.dimension or not left.dimension or not right.dimension


def _compare_numbers(left: Reading, a: Decimal, right: Reading, b: Decimal) -> Verdict:
    """Return how two numbers stand to each other."""
    if None not in (left.operator, right.operator) and left.operator is not right.operator:
        return Verdict(Difference.DIFFERENT, f"比较符“{left.operator}”与“{right.operator}”不同")
    if left.manner != right.manner:
        return Verdict(Difference.DIFFERENT, "一方是准确数，另一方是约数或下限")
    if a == b:
        if left.scale == right.scale:
            return Verdict(Difference.EQUAL, needs_look=False)
        words = f"{_unit_words(left, right)}，换算后相等"
        return Verdict(Difference.UNIT, words, needs_look=False)
    if is_rounding(left, right):
        return Verdict(Difference.ROUNDING, _rounding_words(left, right), needs_look=False)
    return _compare_unequal(left, a, right, b)


def _compare_unequal(left: Reading, a: Decimal, right: Reading, b: Decimal) -> Verdict:
    """Return why two numbers may differ: a unit that was not written, a slip, or nothing known."""
    if words := _unwritten_unit(left, a, right, b):
        return Verdict(Difference.UNIT, words)
    if is_slip(a, b):
        return Verdict(Difference.DIFFERENT, "只差一位数字，疑似录入错误")
    return Verdict(Difference.DIFFERENT, _almost_a_unit(left, right))


def is_rounding(left: Reading, right: Reading) -> bool:
    """Whether the finer of two numbers, rounded half up, is exactly the coarser one."""
    if left.value is None or right.value is None or left.grain == right.grain:
        return False
    finer, coarser = (left, right) if left.grain < right.grain else (right, left)
    assert finer.value is not None  # noqa: S101 - both were asked for above
    return round_half_up(finer.value, -coarser.grain) == coarser.value


def _unwritten_unit(left: Reading, a: Decimal, right: Reading, b: Decimal) -> str:
    """Return in words that two numbers are equal once one is read in another unit, or nothing."""
    if {left.dimension, right.dimension} == {"", RATE}:
        bare = a if not left.dimension else b
        rate = b if not left.dimension else a
        return "一方没有写百分号，按百分数读取后相等" if shifted(bare, -2) == rate else ""
    if not _is_money(left, right) or not a or not b:
        return ""
    for power in _UNWRITTEN:
        if shifted(a, power) == b or shifted(b, power) == a:
            smaller = "元" if power == _UNWRITTEN[0] else "元、亿元"
            return f"相差 10 的 {power} 次方倍，疑似单位写错（{smaller}与万元），换算后相等"
    return ""


def _is_money(left: Reading, right: Reading) -> bool:
    """Whether both may be amounts."""
    return left.dimension in (MONEY, "") and right.dimension in (MONEY, "")


def _almost_a_unit(left: Reading, right: Reading) -> str:
    """Return a hint that a wrong unit and rounding together would explain a difference."""
    if not _is_money(left, right) or left.value is None or right.value is None:
        return ""
    for power in _UNWRITTEN:
        for one, other in ((left, right), (right, left)):
            moved = Reading(
                one.raw,
                is_blank=False,
                value=shifted(one.value or Decimal(0), -power),
                dimension=one.dimension,
                grain=one.grain - power,
            )
            if one.value and is_rounding(moved, other):
                return "若其中一方是以元填写的，换算并四舍五入后相等，疑似单位写错"
    return ""


def is_slip(a: Decimal, b: Decimal) -> bool:
    """Whether two numbers differ as by a slip of the pen: one digit, or two neighbours swapped."""
    places = max(-int(a.as_tuple().exponent), -int(b.as_tuple().exponent), 0)
    one, other = (plain(shifted(abs(number), places), 0) for number in (a, b))
    if len(one) == len(other):
        at = [n for n, (x, y) in enumerate(zip_longest(one, other)) if x != y]
        if len(at) == 1:
            return True
        return (
            len(at) == 2  # noqa: PLR2004 - two neighbours
            and at[1] == at[0] + 1
            and one[at[0]] == other[at[1]]
            and one[at[1]] == other[at[0]]
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and any(
        longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer))
    )


def _tolerance(left: Reading, right: Reading) -> str:
    """Return by how much the two may differ from rounding: half of the coarser's last digit."""
    coarser = left if left.grain >= right.grain else right
    half = shifted(Decimal(5), coarser.grain - 1)
    return f"±{_told(half, coarser.dimension or _other(left, right))}"


def _gap(left: Reading, right: Reading) -> str:
    """Return right minus left in words, with its share of the left."""
    assert left.value is not None  # noqa: S101 - only numbers come here
    assert right.value is not None  # noqa: S101 - only numbers come here
    gap = right.value - left.value
    words = _told(gap, _other(left, right), is_gap=True)
    words = words if words.startswith("-") else f"+{words}"
    if left.value and _other(left, right) != RATE:
        share = gap / abs(left.value) * 100
        words += f"（{'+' if share > 0 else ''}{plain(share, 2)}%）"
    return words


def _other(left: Reading, right: Reading) -> str:
    """Return the dimension of two comparable readings."""
    return left.dimension or right.dimension


def _told(value: Decimal, dimension: str, *, is_gap: bool = False) -> str:
    """Return a number with its unit."""
    if dimension == RATE:
        return f"{plain(round_half_up(shifted(value, 2), _PLACES))}{'个百分点' if is_gap else '%'}"
    return f"{plain(value)}{dimension}"


def _unit_words(left: Reading, right: Reading) -> str:
    """Return in which units the two are written."""
    names = _SHARES if _other(left, right) == RATE else _UNITS
    written = [names.get(one.scale, f"10 的 {one.scale} 次方") for one in (left, right)]
    if not _other(left, right) or _other(left, right) not in (RATE, MONEY):
        return "单位写法不同"
    return f"一方以{written[0]}、一方以{written[1]}填写"


def _rounding_words(left: Reading, right: Reading) -> str:
    """Return which of the two is the rounded one."""
    finer, coarser = (left, right) if left.grain < right.grain else (right, left)
    return f"{finer.raw.strip()}四舍五入后为{coarser.raw.strip()}"
