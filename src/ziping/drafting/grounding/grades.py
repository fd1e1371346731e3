"""Whether a grade is the report's, or the rule's for the points beside it (等级核对)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ziping.domain.draft import Fact
from ziping.domain.grounding import ViolationKind
from ziping.domain.rules import RuleSet
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.subjects import HitKind

_LEAD = (
    "等级|评级|等次|档次|级别|自评结果|评价结果|评分结果|评价结论|自评结论|结论"
    "|结果|评定|评为|评|定为|定|列为|确定为|为|是|属于?|仍为|变为|降为|升为|保持"
    "|达到|获评|得分|\\d分"
)
_GRADE = re.compile(
    rf"(?:(?:{_LEAD})(?:等级|结果|分别|仍|应|均|都|定|评)*[为是：]?|[（，、和]|\d分)[“‘「]?"
    r"(?P<grade>优秀|良好|优|良|(?<!分)中|差|不合格|合格|一般|较差)"
    r"(?=[”’」，、。；）（\s！]|等级|等次|等|档|级|和|划分|$)"
)
_WORDS = {"优秀": "优", "良好": "良"}
_SURE = re.compile(
    "等级|评级|等次|评定|评为|评分结果|评价结论|评价结果|自评结果|总分|得分|结论|\\d分"
)
_RANGE = re.compile("以上|以下|含|至|—|–|-|~|低于|不足|不满|区间|及以")
_BELOW = re.compile("以下|低于|不足|不满|小于|<")
_WOULD = re.compile("如|若|假如|改用|换用|换成|另一口径")


_FULL = Decimal(100)


class GradeCheck:
    """Holds grades against the score sheets and the rule set."""

    def __init__(
        self, facts: dict[str, Fact], rule_set: RuleSet, projects: tuple[str, ...]
    ) -> None:
        """Check against each project's grade."""
        self._rules = rule_set.grades
        self._grades = {one: _shown(facts, f"{one}.grade") for one in projects}
        self._others = {one: _shown(facts, f"{one}.other_grade") for one in projects}

    def check(self, scene: Scene, worded: str) -> Iterator[Problem]:
        """Yield the grades of a sentence that are not the report's; `worded` are cell texts."""
        sentence = scene.sentence
        last = sentence.start
        for match in _GRADE.finditer(sentence.text):
            grade = match["grade"]
            start = sentence.start + match.start("grade")
            clause = sentence.clause_at(start)
            is_word = len(grade) > 1
            if is_word and (not _SURE.search(clause.text) or grade in worded):
                continue
            if not _SURE.search(sentence.text) and not is_word and match.group()[0] in "（，、和":
                continue
            figures = [
                one
                for one in scene.figures
                if one.dimension is Dimension.POINTS
                and max(clause.start, last) <= one.start < start
            ]
            beside = sentence.between(max(clause.start, last), start)
            wanted = self._wanted(scene, start, figures, beside)
            last = start
            shown = _WORDS.get(grade, grade)
            if shown in wanted:
                continue
            yield self._problem(
                grade, start, wanted, is_rule=bool(figures) and bool(_RANGE.search(beside))
            )

    def _wanted(self, scene: Scene, start: int, figures: list[Figure], beside: str) -> set[str]:
        """Return the grades that may stand at a place."""
        if figures and _RANGE.search(beside):
            return self._by_rule(figures, beside)
        before = scene.sentence.between(scene.sentence.start, start)
        named = [hit for hit in scene.hits if hit.kind is HitKind.PROJECT and hit.end <= start]
        if not named:
            named = [hit for hit in scene.earlier if hit.kind is HitKind.PROJECT]
        ids = (
            set(named[-1].ids) if named and "分别" not in scene.sentence.text else set(self._grades)
        )
        source = (
            self._others if _WOULD.search(before) and any(self._others.values()) else self._grades
        )
        return {source[one] for one in ids if source.get(one)}

    def _by_rule(self, figures: list[Figure], beside: str) -> set[str]:
        """Return the grade the rule set gives the points of a stretch, none where it has none."""
        values = sorted(one.value for one in figures)
        bounds = [one.at_least for one in self._rules]
        if len(values) == 1 and _BELOW.search(beside):
            below = [one.title for one in self._rules if one.at_least < values[0]]
            return set(below[:1]) if values[0] in bounds else set()
        found = [one for one in self._rules if one.at_least == values[0]]
        if not found:
            return set()
        at = self._rules.index(found[0])
        upper = self._rules[at - 1].at_least if at else _FULL
        is_whole = len(values) == 1 or upper - 1 <= values[-1] <= upper
        return {found[0].title} if is_whole else set()

    @staticmethod
    def _problem(grade: str, start: int, wanted: set[str], *, is_rule: bool) -> Problem:
        """Return the problem of a grade."""
        told = "、".join(sorted(wanted))
        if is_rule:
            reason = (
                f"按评分规则，这个分数段是“{told}”，不是“{grade}”"
                if told
                else "评分规则里没有这个分数段"
            )
        elif told:
            reason = f"评分表的等级是“{told}”，不是“{grade}”"
        else:
            reason = f"评分表还没有定出等级，不能写“{grade}”"
        suggestion = told if len(wanted) == 1 else ""
        return Problem(
            ViolationKind.GRADE,
            start,
            start + len(grade),
            reason,
            suggestion=suggestion,
            is_own=not is_rule,
        )


def _shown(facts: dict[str, Fact], fact_id: str) -> str:
    """Return a fact's display form, blank when there is none."""
    fact = facts.get(fact_id)
    return fact.display if fact else ""
