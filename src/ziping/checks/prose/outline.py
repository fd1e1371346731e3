"""Which part of a report a heading stands for, however it is worded and numbered (对应提纲)."""

import re
from collections.abc import Iterator, Sequence

from ziping.checks.prose.likeness import likeness
from ziping.domain.draft import Outline, OutlineSection
from ziping.domain.prose import Heading
from ziping.domain.prose_words import ProseWords

PROBLEMS, SUGGESTIONS = "problems", "suggestions"
CLOSING = frozenset({PROBLEMS, SUGGESTIONS, "experience"})
"""Parts whose own numbered items may speak of anything."""

_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章部分]+|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]+)\s*"
)
_COMMON = re.compile(r"项目|情况|绩效|评价|自评|主要|有关|存在|的|及|和|与|、|预算|使用|分析")
_TAIL = re.compile(r"(?:如下|情况|分析|方面|及原因|汇总)*[：:]?$")
_ALIKE = 0.6
_MOST_DEEP = 2
_SHARE_MISSING = 3
"""A report that lacks more than one in so many of the upper sections follows another outline."""


def parts_in(title: str, words: ProseWords) -> dict[str, str]:
    """Return the parts a heading names, each with the word that names it."""
    spans = [
        (at, at + len(word), part.id, word)
        for part in words.parts
        for word in part.headings
        if (at := title.find(word)) >= 0
    ]
    found: dict[str, str] = {}
    for start, end, part_id, word in sorted(spans, key=lambda one: one[0] - one[1]):
        inside = any(
            one[0] <= start and end <= one[1] and one[1] - one[0] > end - start for one in spans
        )
        if not inside:
            found.setdefault(part_id, word)
    return found


def parts_of(headings: Sequence[Heading], words: ProseWords) -> tuple[str, ...]:
    """Return the part each heading stands for; blank where it names none of its own.

    Inside problems, suggestions and experience, items speak of funds and targets without being
    that part; a heading over several parts leaves it to those below it, where they say so.
    """
    named = [parts_in(one.title, words) for one in headings]
    parts: list[str] = []
    for at in range(len(headings)):
        above = next((parts[one] for one in _above(headings, at) if parts[one]), "")
        if above in CLOSING:
            parts.append(_closing(headings[at].title, named[at]))
            continue
        found = named[at]
        below = {part for one in _below(headings, at) for part in named[one]}
        if len(found) > 1 and CLOSING & set(found) and len(set(found) & below) > 1:
            parts.append("")
        elif PROBLEMS in found:
            parts.append(PROBLEMS)
        else:
            parts.append(next(iter(found), ""))
    return tuple(parts)


def _closing(title: str, found: dict[str, str]) -> str:
    """Return the closing part a heading inside another one turns to: its title ends in its name."""
    bare = _TAIL.sub("", title)
    return next(
        (part for part, word in found.items() if part in CLOSING and bare.endswith(word)), ""
    )


def _above(headings: Sequence[Heading], at: int) -> Iterator[int]:
    """Yield the headings above one, the nearest first."""
    level = headings[at].level
    for one in range(at - 1, -1, -1):
        if headings[one].level < level:
            level = headings[one].level
            yield one


def _below(headings: Sequence[Heading], at: int) -> Iterator[int]:
    """Yield the headings below one."""
    for one in range(at + 1, len(headings)):
        if headings[one].level <= headings[at].level:
            return
        yield one


def bare_title(heading: str) -> str:
    """Return an outline's heading without its number."""
    return _NUMBER.sub("", heading)


def is_same_title(one: str, other: str) -> bool:
    """Whether two headings name the same thing."""
    first, second = _COMMON.sub("", one), _COMMON.sub("", other)
    if not first or not second:
        return one == other
    return first == second or likeness(first, second) >= _ALIKE


def section_ids(headings: Sequence[Heading], outline: Outline) -> tuple[str, ...]:
    """Return a key for each heading: the outline section it is, else its own numbering."""
    keys: list[str] = []
    for at, heading in enumerate(headings):
        above = next((keys[one] for one in _above(headings, at)), "")
        found = _section_of(heading, outline, set(keys), above)
        keys.append(found.id if found else "s" + ".".join(map(str, heading.path or (0,))))
    return tuple(keys)


def _section_of(
    heading: Heading, outline: Outline, taken: set[str], above: str
) -> OutlineSection | None:
    """Return the section of the outline a heading is, one not taken yet."""
    if not heading.title:
        return None
    chapter = above.partition(".")[0]
    alike = [
        one
        for one in outline.sections
        if one.id not in taken and is_same_title(bare_title(one.heading), heading.title)
    ]
    return min(
        alike,
        key=lambda one: (one.id.partition(".")[0] != chapter, abs(one.level - heading.level)),
        default=None,
    )


def missing_sections(headings: Sequence[Heading], outline: Outline) -> tuple[OutlineSection, ...]:
    """Return the upper sections a report that follows the outline has left out.

    A report that follows another outline misses none.
    """
    wanted = [one for one in outline.sections if one.level <= _MOST_DEEP]
    there = set(section_ids(headings, outline))
    missing = tuple(one for one in wanted if one.id not in there)
    return missing if len(missing) * _SHARE_MISSING < len(wanted) else ()
