"""Whether years, months and days of a text are the report's (日期核对)."""

import re
from collections.abc import Iterator

from ziping.domain.evaluation import Report
from ziping.domain.grounding import ViolationKind
from ziping.drafting.grounding.dates import find_dates
from ziping.drafting.grounding.mentions import DateMention
from ziping.drafting.grounding.plans import Plans
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import plain_text
from ziping.drafting.grounding.subjects import HitKind
from ziping.drafting.grounding.user_texts import UserTexts

_NEXT = re.compile("下一?年度?|次年|来年|明年|以后年度|今后|建议")
_LAST = re.compile("上一?年度?|去年|前一年")
_NEAR = 6
_FORESEEN = 3
"""Years after the report's that plans may speak of."""
_YEAR_END = {(12, 31), (1, 1), (12, None), (1, None)}
_SPAN = re.compile("至|到|—|–|~|～|-|截至|截止|时段|期间|为止|年末|年底|年初|起")
_Key = tuple[int | None, int | None, int | None]


class DateCheck:
    """Holds dates against the fiscal year, the indicators and the entered texts."""

    def __init__(self, report: Report, texts: UserTexts, plans: Plans) -> None:
        """Collect the dates a report knows."""
        self._plans = plans
        self._year = report.fiscal_year
        self._texts = texts
        self._of_line: dict[str, set[_Key]] = {}
        for project in report.projects:
            for one in project.indicators:
                cells = plain_text(f"{one.target}\n{one.actual}\n{one.approved.target}")
                dates = {_dated(found, self._year) for found in find_dates(cells)}
                if dates:
                    self._of_line[f"{project.id}.{one.id}"] = dates
        self._known = {_dated_key(key, self._year) for key in texts.dates if key[1] is not None}
        self._known.update(*self._of_line.values())

    def check(self, scene: Scene, issued: frozenset[str]) -> Iterator[Problem]:
        """Yield the dates of a sentence that are not known; `issued`: dates of documents cited."""
        sentence = scene.sentence
        for found in find_dates(sentence.text):
            at = sentence.start + found.start
            if any(hit.start <= at < hit.end for hit in scene.hits):
                continue
            reason = self._reason(scene, found, issued)
            if reason:
                yield Problem(
                    ViolationKind.DATE,
                    sentence.start + found.start,
                    sentence.start + found.end,
                    reason,
                    suggestion=self._suggestion(found),
                )

    def _reason(self, scene: Scene, found: DateMention, issued: frozenset[str]) -> str:
        """Return what is wrong with a date, blank if nothing."""
        if not found.exists:
            return f"“{found.text}”不是一个存在的日期"
        at = scene.sentence.start + found.start
        if self._is_to_come(found) and self._plans.holds(scene.sentence, at + len(found.text)):
            return ""
        if found.year is not None and not self._is_year_known(scene, found, issued):
            return f"“{found.text}”不是本报告的年度（{self._year}年），也不在录入文字里"
        if found.month is None or _iso(_dated(found, self._year)) in issued:
            return ""
        return self._day_reason(scene, found)

    def _day_reason(self, scene: Scene, found: DateMention) -> str:
        """Return what is wrong with a month or day, blank if nothing."""
        key = _dated(found, self._year)
        if own := self._own_dates(scene, found):
            return "" if _among(key, own) else f"“{found.text}”与这项指标的时限或完成时间不符"
        if _among(key, self._known) or self._is_period_end(scene, found):
            return ""
        return f"“{found.text}”不在指标值、完成值和录入文字里"

    def _is_to_come(self, found: DateMention) -> bool:
        """Whether a date may be one of the years after the report's."""
        return found.year is None or self._year < found.year <= self._year + _FORESEEN

    def _is_year_known(self, scene: Scene, found: DateMention, issued: frozenset[str]) -> bool:
        """Whether a year is the report's, one told as next or last, or an entered one."""
        year = found.year
        if year == self._year:
            return True
        at = scene.sentence.start + found.start
        around = scene.sentence.between(at - _NEAR, at + len(found.text) + _NEAR)
        if year == self._year + 1 and _NEXT.search(around):
            return True
        if year == self._year - 1 and _LAST.search(around):
            return True
        if any(one.startswith(str(year)) for one in issued):
            return True
        if any(key[0] == year for dates in self._of_line.values() for key in dates):
            return bool(self._own_dates(scene, found)) or found.month is not None
        return year in self._texts.years and self._texts.tells_of(found.text, scene.sentence.text)

    def _own_dates(self, scene: Scene, found: DateMention) -> set[_Key]:
        """Return the dates of the indicator a date is said of."""
        at = scene.sentence.start + found.start
        lines = [
            hit for hit in scene.hits if hit.kind is HitKind.LINE and hit.end <= at and hit.is_whole
        ]
        if not lines:
            return set()
        return {key for line in lines[-1].ids for key in self._of_line.get(line, ())}

    @staticmethod
    def _is_period_end(scene: Scene, found: DateMention) -> bool:
        """Whether a date is the first or last day of the year, told as a period."""
        if (found.month, found.day) not in _YEAR_END:
            return False
        at = scene.sentence.start + found.start
        around = scene.sentence.between(at - _NEAR, at + len(found.text) + _NEAR)
        return bool(_SPAN.search(around)) or found.is_closing

    def _suggestion(self, found: DateMention) -> str:
        """Return the date with the report's year."""
        if found.year is None or found.year == self._year:
            return ""
        return found.text.replace(str(found.year), str(self._year), 1)


def _dated(found: DateMention, year: int) -> _Key:
    """Return a date with the report's year where none is written."""
    return _dated_key(found.key, year)


def _dated_key(key: _Key, year: int) -> _Key:
    return (key[0] or year, key[1], key[2])


def _among(key: _Key, dates: set[_Key]) -> bool:
    """Whether a date is known; a month is known by any of its days."""
    if key in dates:
        return True
    return key[2] is None and any(one[:2] == key[:2] for one in dates)


def _iso(key: _Key) -> str:
    """Return a date as policy files write it."""
    if key[1] is None or key[2] is None:
        return ""
    return f"{key[0]:04d}-{key[1]:02d}-{key[2]:02d}"
