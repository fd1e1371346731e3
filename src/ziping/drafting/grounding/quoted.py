"""Whether names in quotation marks are those of projects and indicators (引号内名称)."""

import re
from collections.abc import Iterator

from ziping.domain.evaluation import Report
from ziping.domain.grounding import ViolationKind
from ziping.drafting.figures import to_inline
from ziping.drafting.grounding.likeness import distance
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.segments import Sentence, plain_text
from ziping.drafting.grounding.user_texts import UserTexts

QUOTED = re.compile("“(?P<words>[^“”\n]{2,60})”")
_PROJECT_END = re.compile("(?:经费|资金|项目|补助|专项|工程|补贴)$")
_SHORTEST = 4
_BRACKETS = re.compile("[（）()\\s]")


class QuotedNameCheck:
    """Holds quoted names against those of projects and indicators."""

    def __init__(self, report: Report, texts: UserTexts, known: str) -> None:
        """Collect the names; `known` are further texts whose words may be quoted."""
        self._texts = texts
        self._known = known
        self._projects = {plain_text(to_inline(one.name)) for one in report.projects} - {""}
        self._lines = {
            plain_text(to_inline(name))
            for project in report.projects
            for one in project.indicators
            for name in (one.level3, one.level2)
        } - {""}
        self._cells = {
            plain_text(to_inline(cell))
            for project in report.projects
            for one in project.indicators
            for cell in (one.target, one.actual, one.deviation, one.points_reason)
        }

    def check(self, sentence: Sentence) -> Iterator[Problem]:
        """Yield quoted names that are nearly, or in place of, a name of the report."""
        for match in QUOTED.finditer(sentence.text):
            words = match["words"]
            if "＿" in words or self._is_known(words):
                continue
            problem = self._problem(words)
            if problem:
                start = sentence.start + match.start("words")
                yield Problem(
                    ViolationKind.NAME, start, start + len(words), problem[0], suggestion=problem[1]
                )

    def _is_known(self, words: str) -> bool:
        """Whether quoted words are a name, a cell or entered text."""
        if words in self._projects | self._lines | self._cells or words in self._known:
            return True
        bare = _BRACKETS.sub("", words)
        return self._texts.holds(words) or any(
            bare == _BRACKETS.sub("", one) for one in self._projects
        )

    def _problem(self, words: str) -> tuple[str, str] | None:
        """Return what is wrong with quoted words, and the name meant."""
        for what, names in (("项目名称", self._projects), ("指标名称", self._lines)):
            for name in names:
                most = max(1, len(name) // 4)
                is_near = len(name) >= _SHORTEST and distance(words, name) <= most
                is_part = len(words) >= max(_SHORTEST, len(name) // 2) and words in name
                if (is_near and not is_part) or (is_part and names is self._projects):
                    return f"{what}是“{name}”，这里写成“{words}”", name
        if self._projects and _PROJECT_END.search(words):
            return f"报告里没有叫“{words}”的项目或指标", ""
        return None
