"""Parts the text lacks, and what was left over in it (缺漏与遗留)."""

import re
from collections.abc import Iterator

from ziping.checks.found import CHAPTERS, OUTLINE, WARNING, found
from ziping.checks.prose.outline import missing_sections, parts_in
from ziping.checks.prose.subject import ProseSubject
from ziping.domain.findings import Finding
from ziping.domain.prose_words import ReportPart

_BLANKS = re.compile(
    r"(?<![A-Za-z0-9])[XxＸ]{2,}(?![A-Za-z0-9])|[×＊*✕]{2,}|_{3,}|＿{3,}|□|\{\{[^{}\n]{0,80}\}\}|【待[^】\n]{0,200}】"
    r"|(?<![A-Za-z0-9])[XxＸ×](?=[年月日](?![A-Za-z])|万元|个|项|分|%)"
)
_PROMPT = re.compile(
    r"[（(【](?:请|此处|可根据|根据实际|填写|简述|简要说明)[^）)】\n]{0,60}[）)】]|[（(][^）)\n]{0,30}\d{2,4}字(?:以内|左右|以上)[^）)\n]{0,10}[）)]"
)
_VERB_BEFORE = ("有", "尚", "亟", "仍", "还", "需", "急")
_SHOWN = 5


def missing_parts(subject: ProseSubject) -> Iterator[Finding]:
    """Report parts that neither a heading nor any words of the text cover."""
    titles = [one.title for one in subject.prose.headings if one.title]
    named = {part for title in titles for part in parts_in(title, subject.words)}
    lacking = [
        part
        for part in subject.words.parts
        if part.required
        and part.id not in named
        and not any(word in subject.whole for word in part.words)
    ]
    for part in lacking:
        yield _missing_part(subject, part)
    told = {part.section for part in lacking}
    for section in missing_sections(subject.prose.headings, subject.outline):
        if section.id in told or any(f"{one}.".startswith(f"{section.id}.") for one in told if one):
            continue
        yield found(
            "completeness.section",
            WARNING,
            subject.at_text(section.id),
            title="报告缺一节",
            message=f"报告其余各节与“{subject.outline.title}”的提纲一致，缺“{section.heading}”。",
            why="报告按统一提纲编写，章节齐全才便于审核和汇总。",
            clause=CHAPTERS,
            remedy=f"请补写“{section.heading}”；确实不适用的，保留标题并写明原因。",
        )


def _missing_part(subject: ProseSubject, part: ReportPart) -> Finding:
    section = subject.outline.section(part.section)
    named = f"（提纲里的“{section.heading}”）" if section else ""
    return found(
        "completeness.part",
        WARNING,
        subject.at_text(part.id),
        title="报告缺一部分",
        message=f"正文没有“{part.title}”{named}，既没有这样的标题，文字里也没有谈到。",
        why="评价报告一般包括基本情况、资金和目标、完成情况与结论、问题和建议几个部分。",
        clause=OUTLINE,
        remedy=f"请补写“{part.title}”。",
    )


def _is_left(word: str, text: str) -> bool:
    """Whether a text holds a prompt; 有待补充 is a plain verb."""
    places = re.finditer(re.escape(word), text)
    return any(not text[: one.start()].endswith(_VERB_BEFORE) for one in places)


def leftovers(subject: ProseSubject) -> Iterator[Finding]:
    """Report prompts of a template and marks of unfinished text, once a paragraph."""
    for at, passage in enumerate(subject.prose.passages):
        marks = [one.group() for one in _BLANKS.finditer(passage.text)]
        marks += [one.group() for one in _PROMPT.finditer(passage.text)]
        marks += [
            word
            for word in subject.words.leftovers
            if _is_left(word, passage.text) and not any(word in one for one in marks)
        ]
        if not marks:
            continue
        shown = "、".join(f"“{one}”" for one in dict.fromkeys(marks[:_SHOWN]))
        yield found(
            "completeness.leftover",
            WARNING,
            subject.at_passage(at),
            title="模板文字或没写完的内容",
            message=f"这里还留着{shown}，是模板提示、没填的空或没写完的标记。",
            why="报送的报告里不能有占位文字。",
            clause=CHAPTERS,
            remedy="请填上实际内容，不适用的删去。",
        )


RULES = (missing_parts, leftovers)
