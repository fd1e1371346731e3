"""Whether a clause gives a figure of something its sentence has named before (前文点名的数据).

“交易宗数”年度指标值为1200宗，实际完成1239宗，完成率103.25%: the second and third figures stand
behind a label, the name behind which they belong stands at the sentence's head.
"""

import re
from collections.abc import Iterable

_BREAK = re.compile(r"[，；、,;：:（(]")
_UNTIL = r"(?:共计?|合计|为|是|达到?|约|了)*"
_WHOLE = r"(?:年度?内?|年中|全年|本年度?|共|累计|合计|预算|资金|项目|的)*"
_LABELS = {
    "actual": rf"(?:全年|年度|共|累计)*(?:实际(?:完成)?|完成|实现|达到)(?:值|数|情况)?{_UNTIL}",
    "completion": rf"(?:指标|目标)?完成率{_UNTIL}",
    "points": rf"(?:自评|实际)?得(?:分|满分)?{_UNTIL}",
}
_OF_PROJECT = {
    "adjustment": rf"{_WHOLE}(?:调减|调增|核减|核增|追加)(?:了)?{_WHOLE}{_UNTIL}",
    "adjustment_rate": rf"(?:相当于|占){_WHOLE}年初预算数?的|"
    rf"{_WHOLE}(?:调整幅度|调整率|调减率|调增率){_UNTIL}",
}
_STEP = re.compile(
    r"(?:年度|计划|自评|实际|全年)*"
    r"(?:指标值|目标值|分值|权重|满分|完成值|实际|完成|完成率|得分|得满分|得)"
)
_QUOTES = "“”\"'「」 \u3000"
_OTHERS = re.compile("其中|上年|去年|另|同比|分别|平均")


def is_said_of_project(lead: str, before: str, fact: str) -> bool:
    """Whether a clause up to a figure names a sum of the whole project, such as its 调整额."""
    label = _OF_PROJECT.get(fact)
    return bool(label and not _OTHERS.search(before) and re.fullmatch(label, lead))


def is_said_of_line(before: str, fact: str, names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a figure stands behind its label in a sentence that has named its line last.

    Args:
        before: The sentence up to the figure.
        fact: Which figure of the line is meant.
        names: What the line or dimension is called.
        others: What all lines and dimensions are called.
    """
    label = _LABELS.get(fact)
    if label is None:
        return False
    ends = [at + len(one) for one in names if one and (at := before.rfind(one)) >= 0]
    if not ends:
        return False
    rest = before[max(ends) :].lstrip(_QUOTES)
    if _OTHERS.search(rest) or any(one in rest for one in others if one):
        return False
    *steps, last = _BREAK.split(rest)
    told = [one for one in steps if one]
    return bool(told and re.fullmatch(label, last)) and all(_STEP.match(one) for one in told)
