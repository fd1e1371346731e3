"""Whether words speak of what is to come: next year's figures are plans, not results (计划)."""

import re
from collections.abc import Iterable

from ziping.drafting.grounding.segments import Sentence

_INTENT = "(?<![虚模])拟(?!定|合|态)"
_TIMELESS = re.compile(
    r"将(?!近)|(?<![虚模])拟(?!定|合|态)|力争|争取|确保|预计|打算|预算(?:中?安排|编制)|(?:实施|工作|年度)计划|年起|年度?目标|计划(?:于|在|到)?(?=\d{4}年)|年度?计划(?!数|值)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_DONE = re.compile("实际(?!情况|需要)|完成了|已完成|已于|得满分|时限|指标值")
_REACH = 24
"""Characters behind a year in which the words of a plan stand."""
_RESULT = re.compile(
    "全年执行|执行数|决算|完成时间|时限为|按期|超出时限|已于|(?<!力争)(?<!确保)(?<!将)完成，"
)
_PRESENT = re.compile(
    "针对|由于|因为|鉴于|目前|现已|已经|本年度?|今年|实际|截至|结合|参照|根据|按照|考虑到|的问题|的情况|的不足|偏低|偏高|较低|较高"
)


class Plans:
    """Knows what is still to come, seen from one fiscal year."""

    def __init__(self, words: Iterable[str], fiscal_year: int) -> None:
        """Take the words that open a plan and the report's year."""
        self._lead = re.compile("|".join((*map(re.escape, words), _INTENT)))
        self._year = fiscal_year

    def holds(self, sentence: Sentence, position: int) -> bool:
        """Whether a place of a sentence speaks of what is still to come."""
        clause = sentence.clause_at(position)
        if _PRESENT.search(clause.text) or _RESULT.search(clause.text):
            return False
        before = sentence.between(sentence.start, position)
        if self._lead.search(before):
            return True
        told = list(_YEAR.finditer(before))
        if not told or int(told[-1][1]) <= self._year:
            return False
        at = sentence.start + told[-1].start()
        around = sentence.between(sentence.clause_at(at).start, at + _REACH)
        return _TIMELESS.search(around) is not None and not _DONE.search(sentence.text)
