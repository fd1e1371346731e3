"""Comparison signs and the words for them, before or after a number (比较符)."""

import re
from dataclasses import dataclass

from ziping.domain.quantities import Operator

_SIGNS = {
    Operator.AT_LEAST: "≥ ≧ ⩾ ≮ >= => ≥= 〉= ›= >/=",
    Operator.AT_MOST: "≤ ≦ ⩽ ≯ <= =< ≤= 〈= ‹= </=",
    Operator.MORE_THAN: "> 〉 › ﹥",
    Operator.LESS_THAN: "< 〈 ‹ ﹤",
    Operator.EQUAL: "= ═ == ＝ ⩵",
}
_WORDS_BEFORE = {
    Operator.AT_LEAST: "不低于 不少于 不小于 不短于 不得低于 不得少于 至少 最少 最低"
    " 大于等于 大于或等于 高于等于 高于或等于",
    Operator.AT_MOST: "不超过 不高于 不大于 不多于 不超出 不得超过 不得高于 不长于 不超"
    " 至多 最多 最高 小于等于 小于或等于 低于等于 低于或等于",
    Operator.MORE_THAN: "超过 超出 超 高于 大于 多于 突破",
    Operator.LESS_THAN: "小于 低于 少于 不足 不到 不满",
    Operator.EQUAL: "等于",
}
_WORDS_AFTER = {
    Operator.AT_LEAST: "及以上 或以上 以上 (含)以上 (含以上) 以上(含)",
    Operator.AT_MOST: "及以下 或以下 以下 (含)以下 以下(含) 及以内 以内 之内 内",
}


def _table(words: dict[Operator, str]) -> dict[str, Operator]:
    """Return each sign or word with its operator."""
    return {word: operator for operator, line in words.items() for word in line.split()}


def _any(words: dict[str, Operator]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE_SIGN = _table(_SIGNS)
_BEFORE_WORD = _table(_WORDS_BEFORE)
_AFTER = _table(_WORDS_AFTER)
_PREFIX = re.compile(f"(?P<sign>{_any(_BEFORE_SIGN)})|(?P<word>{_any(_BEFORE_WORD)})")
_SUFFIX = re.compile(f"(?P<word>{_any(_AFTER)})$")
BEFORE = f"{_any(_BEFORE_SIGN)}|{_any(_BEFORE_WORD)}"
"""Pattern of a sign or word that compares, before a number."""
AFTER = _any(_AFTER)
"""Pattern of the words that compare after a number."""
_HOLD = re.compile("控制在|限于")
_REACH = re.compile("达到|达")
_ABOUT_BEFORE = re.compile("大约|约为|约|大概|将近|接近|近|预计|估计|预估|≈|~")
_NOUN_AFTER = re.compile(
    "(?<=以上|以下|以内|之内|左右|[天日周月年时钟]内)[\u4e00-\u9fff]{1,8}$(?<!率)"
)
"""What is counted or done, written last: 20个以上项目, 5个工作日内办结."""
_ABOUT_AFTER = re.compile("(?:左右|上下|前后)$")
_NEUTRAL = (
    "(?:年|全年|当年|本年|每年|年度|较上年|比上年|较去年|比去年|同比|环比|基本|降|升|已|均|共|共计|总计|合计|累计|实际|全部|计划|完成|实现|新增|覆盖"
    "|为|数量|是|实施|开展|举办|培训|发放|支付|购置|采购|建设|安装|补助|救助|服务|受益|惠及|带动|资助"
    "|办理|提高|提升|增长|增加|下降|降低|减少)+(?:到|至|了)?"
)
_NAME = (
    "[\u4e00-\u9fff()]{0,20}(?:率|度|数|量|额|占比|比例|比重|人次|面积|里程|长度|成本|投资|资金"
    "|单价|时间|时长)(?:为|是)?"
)
_LABEL = re.compile(
    f"(?:{_NAME}|{_NEUTRAL}):?(?=[0-9≥≤≧≦<>=═〉〈约近-]|大约|达|控制在|{_any(_BEFORE_WORD)})"
)
"""Verbs or the indicator's own name before the figure, which say nothing about its size."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text with its comparison taken off (比较)."""

    rest: str
    operator: Operator | None = None
    is_sign: bool = False
    """Written as a sign, not in words."""
    is_about: bool = False
    """约、左右: only approximate."""
    conflict: bool = False
    """Words before and after the number say different things."""
    label: str = ""
    """A name or verb that stood before the number."""


def take_comparison(text: str, *, is_target: bool) -> Comparison:
    """Take comparison signs, words and neutral verbs off a cleaned text."""
    label, rest = _take_label(text)
    operator, is_sign, rest = _take_prefix(rest, is_target=is_target)
    rest = _NOUN_AFTER.sub("", rest)
    is_about = False
    if found := _ABOUT_BEFORE.match(rest):
        is_about, rest = True, rest[found.end() :]
    if found := _ABOUT_AFTER.search(rest):
        is_about, rest = True, rest[: found.start()]
    after, rest = _take_suffix(rest)
    conflict = bool(operator and after and operator.is_lower_better != after.is_lower_better)
    return Comparison(rest, operator or after, is_sign, is_about, conflict, label)


def _take_label(text: str) -> tuple[str, str]:
    """Split off a verb or the indicator's own name before the number."""
    if not "\u4e00" <= text[0] <= "\u9fff":
        return "", text
    found = _LABEL.match(text)
    return (found.group(), text[found.end() :]) if found else ("", text)


def _take_prefix(text: str, *, is_target: bool) -> tuple[Operator | None, bool, str]:
    """Take off a sign or word that stands before the number."""
    if found := _HOLD.match(text):
        rest = text[found.end() :]
        return (None if _SUFFIX.search(rest) else Operator.AT_MOST), False, rest
    if found := _REACH.match(text):
        return (Operator.AT_LEAST if is_target else None), False, text[found.end() :]
    if found := _PREFIX.match(text):
        table = _BEFORE_SIGN if found["sign"] else _BEFORE_WORD
        return table[found.group()], bool(found["sign"]), text[found.end() :]
    return None, False, text


def _take_suffix(text: str) -> tuple[Operator | None, str]:
    """Take off 以上, 以下 and their like."""
    found = _SUFFIX.search(text)
    if found is None:
        return None, text
    return _AFTER[found.group()], text[: found.start()].removesuffix("(含)")
