"""The total and the grade that the text states, against the table's (结论与得分)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.arithmetic import grade_of
from ziping.checks.found import ERROR, TEXT_AND_TABLE, TOTAL_AND_GRADE, found
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.checks.prose.years import speaks_of_another_time
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain, read_number

_WORDS = {
    "优秀": "优",
    "良好": "良",
    "中等": "中",
    "较差": "差",
    "优": "优",
    "良": "良",
    "中": "中",
    "差": "差",
}
_GRADE = "优秀|良好|中等|较差|优|良|中|差"
_END = r"(?=[”\"」’]?(?:[，。；,;）)]|[级等档](?:次)?|$))"
_STATED = (
    re.compile(
        r"(?:评[分价定]|自评|综合|考核|总体)(?:[^，。；：\d分]{0,6})?(?:结果|等级|等次|结论|级别|档次)"
        rf"[^，。；\d分、]{{0,4}}?[为是：:属]\s*[“\"「‘]?(?P<grade>{_GRADE}){_END}"
    ),
    re.compile(
        rf"(?<!分为)(?:等级|等次|评级)(?:[为是：:]|评?定为|属于?)\s*[“\"「‘]?(?P<grade>{_GRADE}){_END}"
    ),
    re.compile(rf"(?:评为|评定为|自评为|定为|评级为|认定为)\s*[“\"「‘]?(?P<grade>{_GRADE}){_END}"),
    re.compile(
        rf"\d\s*分[，,、]?\s*[（(]?\s*(?:等级|等次|评级|属于?)?[为是：:]?\s*[“\"「‘](?P<grade>{_GRADE})[”\"」’]"
    ),
    re.compile(rf"\d\s*分\s*[（(]\s*(?P<grade>{_GRADE})\s*[)）]"),
)
_TOTAL = re.compile(
    r"(?:总得?分|综合(?:得分|评分)|自评(?:总?分|得分|总得分)|评价得分|最终得分|合计得分|得分合计)"
    r"(?:合计|共计|共|为|是|达到?|：|:)*\s*(?P<total>\d{1,3}(?:\.\d{1,4})?)\s*分"
    r"(?!\s*(?:[（(]含|以上|以下|及以|至|到|[—–~～-]))"
)
_SCALE = re.compile(
    r"[、,，/]\s*[“\"]?(?:优|良|中|差)[”\"]?\s*[、,，/和]|分为|划分|四个等级|以上|以下|[（(]含[)）]"
)
_SUPPOSED = re.compile("^(?:如|若|假如|倘若)|(?:如果|如改|若按|若以|换用|改用|改按)")
_FULL = Decimal(100)
_HEADS_FULL = re.compile(r"^总分")


def stated_grades(subject: ProseSubject) -> Iterator[tuple[Said, str]]:
    """Yield the sentences that state the report's grade, with the grade."""
    for said in subject.said:
        if _is_aside(subject, said):
            continue
        found_at = next((match for one in _STATED if (match := one.search(said.text))), None)
        if found_at and not _SCALE.search(said.text):
            yield said, _WORDS[found_at["grade"]]


def stated_totals(subject: ProseSubject) -> Iterator[tuple[Said, Decimal, str]]:
    """Yield the sentences that state the report's total, with the total as read and written."""
    for said in subject.said:
        if _is_aside(subject, said):
            continue
        for match in _TOTAL.finditer(said.text):
            value = read_number(match["total"]).value
            is_scale = value == _FULL and _HEADS_FULL.match(match.group())
            if value is not None and not is_scale:
                yield said, value, match["total"]


def _is_aside(subject: ProseSubject, said: Said) -> bool:
    """Whether a sentence speaks of another year, or of what would be."""
    year = subject.report.fiscal_year
    return bool(_SUPPOSED.search(said.text)) or speaks_of_another_time(said.text, year)


def totals(subject: ProseSubject) -> Iterator[Finding]:
    """Compare each total in words with the only table's, printed or scored."""
    if len(subject.projects) != 1 or subject.total is None:
        return
    table = subject.projects[0]
    allowed = {subject.total} | ({table.sheet.total} if table.sheet.total is not None else set())
    for said, value, written in stated_totals(subject):
        places = len(written.partition(".")[2])
        if any(round(one, places) == value for one in allowed):
            continue
        yield found(
            "text.total",
            ERROR,
            subject.at(said),
            title="正文总分与自评表不符",
            message=f"正文写总分 {written} 分，自评表的总分是 {plain(subject.total)} 分。",
            why="同一份报告里总分只有一个，正文要照自评表写。",
            clause=TEXT_AND_TABLE,
            remedy=f"请核对后改成一致；自评表无误的，正文改为 {plain(subject.total)} 分。",
        )


def grades(subject: ProseSubject) -> Iterator[Finding]:
    """Compare each grade in words with the one the total gives."""
    total, whose = _score(subject)
    if total is None:
        return
    right = grade_of(subject.rule_set, total)
    if right is None:
        return
    for said, grade in stated_grades(subject):
        if grade == right:
            continue
        yield found(
            "text.grade",
            ERROR,
            subject.at(said),
            title="结论与得分不符",
            message=f"正文的评价等级是“{grade}”，{whose} {plain(total)} 分，应为“{right}”。",
            why="等级由总分按等级线得出，文字结论不能高于或低于得分。",
            clause=TOTAL_AND_GRADE,
            remedy=f"请核对总分；总分无误的，等级改为“{right}”。",
        )


def _score(subject: ProseSubject) -> tuple[Decimal | None, str]:
    """Return the total to judge grades by, and whose it is."""
    if subject.projects:
        return subject.total, "自评表总分"
    stated = {value for _, value, _ in stated_totals(subject)}
    return (stated.pop(), "正文写的总分") if len(stated) == 1 else (None, "")


RULES = (totals, grades)
