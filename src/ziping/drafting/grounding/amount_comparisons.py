"""Comparisons of two amounts told by name: 全年预算数与年初预算数一致 (金额关系)."""

import re
from collections.abc import Iterator

from ziping.drafting.grounding import amount_tests as tests
from ziping.drafting.grounding.amount_tests import Comparison, Test
from ziping.drafting.grounding.roles import Role

_SIDES = {
    "年初预算": Role.INITIAL,
    "全年预算": Role.ANNUAL,
    "调整后预算": Role.ANNUAL,
    "调整后的预算": Role.ANNUAL,
    "到位": Role.RECEIVED,
    "执行": Role.EXECUTED,
    "支出": Role.EXECUTED,
}
_TAIL = "(?:资金|数|总?额|金额)*"
_AMOUNT = "|".join(_SIDES)
_NEAR = r"[^，。；\d]{0,4}?"
_HOLDS: dict[str, Comparison] = {
    **dict.fromkeys(("不一致", "不相等", "不同", "不相符"), tests.other),
    **dict.fromkeys(("一致", "持平", "相等", "相同", "相符", "等于"), tests.same),
    **dict.fromkeys(("未超出", "未超过", "没有超出", "没有超过", "不高于"), tests.at_most),
    "不低于": tests.at_least,
    **dict.fromkeys(("高于", "大于", "超出", "超过", "多于"), tests.more),
    **dict.fromkeys(("低于", "小于", "少于"), tests.less),
}
_ALIKE = "|".join(one for one, holds in _HOLDS.items() if holds in {tests.other, tests.same})
_SIDE = "|".join(one for one in _HOLDS if one not in _ALIKE)
_BOTH = re.compile(
    f"(?P<left>{_AMOUNT}){_TAIL}{_NEAR}(?:与|和|同){_NEAR}(?P<right>{_AMOUNT}){_TAIL}{_NEAR}"
    f"(?P<word>{_ALIKE})"
)
_SIDED = re.compile(
    f"(?P<left>{_AMOUNT}){_TAIL}{_NEAR}(?P<word>{_SIDE})了?(?P<right>{_AMOUNT}){_TAIL}"
)
_WITH = re.compile(f"^也?(?P<left>)与(?P<right>{_AMOUNT}){_TAIL}{_NEAR}(?P<word>{_ALIKE})")
"""The left side was told in the clause before."""
_LAST = re.compile(f".*(?P<amount>{_AMOUNT})", re.DOTALL)


def amount_comparisons(clause: str, before: str) -> Iterator[tuple[re.Match[str], Test, str]]:
    """Yield the comparisons of two amounts told by name, each with its test and a reason.

    `before` is the sentence up to the clause: it may tell the left side.
    """
    for pattern in (_BOTH, _SIDED, _WITH):
        for match in pattern.finditer(clause):
            told = match["left"] or _last_amount(before)
            if told:
                left, right = _SIDES[told], _SIDES[match["right"]]
                reason = f"{left.value}与{right.value}的关系不是这样"
                yield match, tests.ordered(left, right, _HOLDS[match["word"]]), reason


def _last_amount(text: str) -> str:
    """Return the amount a stretch names last, blank if none."""
    found = _LAST.match(text)
    return found["amount"] if found else ""
