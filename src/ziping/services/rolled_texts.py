"""What the text of last year's report hands on: problems, suggestions, lasting texts (上年正文)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ziping.checks.prose.items import Item, items_of
from ziping.checks.prose.likeness import likeness
from ziping.checks.prose.outline import section_ids
from ziping.checks.prose.subject import ProseSubject
from ziping.content.library import Content
from ziping.domain.previous import Rectification
from ziping.domain.prose import Prose, sentences
from ziping.services.scored import ScoredReport

_LEAST_ALIKE = 0.2
"""Likeness from which a suggestion answers a problem where their counts differ."""
_GAP = re.compile(r"【待补充[^】]*】")
_STOPS = re.compile(r"([。；])[。；]+")
"""Marks that a gap taken out has left side by side."""
_DATED = re.compile(r"\d")
"""A sentence with a figure or a date in it tells of one year."""
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,2}[)）]|[①-⑩])\s*")
_STATED = {"problems": "stated_problems", "suggestions": "stated_measures"}
"""Materials in which some tables state what others write in the report."""


@dataclass(frozen=True, slots=True)
class LastYear:
    """A report of the year before, read (上年报告)."""

    scored: ScoredReport
    prose: Prose | None
    """None: there is no text, only tables or data."""
    is_own: bool = False
    """A report of the workbench: what only people know stands in its materials already."""
    remarks: tuple[str, ...] = ()
    """What a person should know about the reading, in Chinese."""


def rectifications(content: Content, last: LastYear) -> Iterator[Rectification]:
    """Yield each problem of last year's report with the suggestion that answers it."""
    problems = _items(content, last, "problems")
    suggestions = _items(content, last, "suggestions")
    for at, problem in enumerate(problems):
        yield Rectification(problem=problem, suggestion=_answer(at, problems, suggestions))


def _items(content: Content, last: LastYear, part: str) -> list[str]:
    """Return the problems or suggestions of a report's text, else those its tables state."""
    found: Sequence[Item] = ()
    if last.prose is not None:
        found = items_of(_subject(content, last, last.prose), part)
    texts = [_plain(one) for one in found]
    if not texts:
        stated = (one.materials.get(_STATED[part], "") for one in last.scored.report.projects)
        texts = [_NUMBERED.sub("", line).strip() for text in stated for line in text.splitlines()]
    return [
        text for text in texts if text and text.strip("。") not in content.prose_words().no_problem
    ]


def _subject(content: Content, last: LastYear, prose: Prose) -> ProseSubject:
    scored = last.scored
    return ProseSubject(
        prose=prose,
        report=scored.report,
        sheets=scored.sheets,
        rule_set=scored.choice.rule_set,
        lexicon=content.lexicon(),
        words=content.prose_words(),
        outline=scored.outline,
    )


def _plain(item: Item) -> str:
    """Return an item as one text, without its number and without gaps."""
    lines = [line.strip() for line in _GAP.sub("", item.text).splitlines() if line.strip()]
    bare = [_NUMBERED.sub("", line) if at == 0 else line for at, line in enumerate(lines)]
    told = "".join(line if line[-1:] in "。；：！？" else f"{line}。" for line in bare if line)
    return _STOPS.sub(r"\1", told)


def _answer(at: int, problems: Sequence[str], suggestions: Sequence[str]) -> str:
    """Return the suggestion for a problem: at its place where there are as many, else alike."""
    if len(problems) == len(suggestions):
        return suggestions[at]
    best = max(suggestions, key=lambda one: likeness(problems[at], one), default="")
    return best if best and likeness(problems[at], best) >= _LEAST_ALIKE else ""


def lasting_materials(last: LastYear) -> dict[str, str]:
    """Return texts under headings of the outline that hold from year to year, by material.

    Sentences with a figure or a date in them tell of last year and are left out.
    """
    if last.prose is None or last.is_own:
        return {}
    outline = last.scored.outline
    rolling = {one.id for one in outline.materials if one.rolls}
    keys = section_ids(last.prose.headings, outline)
    found: dict[str, str] = {}
    for section in outline.sections:
        wanted = [one for one in section.materials if one in rolling]
        if len(wanted) == 1 and section.id in keys:
            text = _lasting(last.prose, keys.index(section.id))
            if text:
                found.setdefault(wanted[0], text)
    return found


def _lasting(prose: Prose, heading: int) -> str:
    """Return the paragraphs right under a heading, without what tells of one year."""
    title = prose.headings[heading].title
    paragraphs = [
        "".join(
            said
            for _, said in sentences(passage.text)
            if not _DATED.search(bare := _NUMBERED.sub("", said))
            and not _GAP.search(said)
            and bare.strip("。：: ") != title
        )
        for passage in prose.passages
        if passage.heading == heading and not passage.is_heading
    ]
    return "\n".join(one for one in paragraphs if one)
