"""The numbered items of a part: problems, suggestions, objectives, however they are set (条目)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ziping.checks.prose.subject import ProseSubject
from ziping.domain.findings import Place

_CN = "一二三四五六七八九十"
_STARTS = (
    re.compile(rf"\s*[（(][{_CN}]{{1,2}}[)）][.．、]?"),
    re.compile(r"\s*\d{1,2}[.．、](?!\d)"),
    re.compile(rf"\s*(?:[{_CN}]是(?![否非])|第[{_CN}][,，是、])"),
    re.compile(rf"\s*[{_CN}]{{1,2}}、"),
    re.compile(r"\s*[（(]?\d{1,2}[)）][.．、]?"),
    re.compile(r"\s*[①-⑳]"),
)
"""How an item may begin; ① below 1. is part of its item."""
_INLINE = (
    re.compile(rf"[{_CN}]是(?![否非])"),
    re.compile("[①-⑳]"),
    re.compile(rf"[（(](?:\d{{1,2}}|[{_CN}])[)）]"),
    re.compile(r"(?<![\d.])\d{1,2}[.．、](?!\d)"),
    re.compile(rf"目标[{_CN}\d](?=[：:，,、])"),
)
_INTRODUCES = re.compile("[：:]$")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a part (条目)."""

    title: str
    text: str
    """Title and all that is said under it."""
    place: Place
    passages: tuple[int, ...]
    is_numbered: bool = True
    """Whether it is counted: a heading, or begins with a number or 一是."""


def items_of(subject: ProseSubject, part: str) -> tuple[Item, ...]:
    """Return the items of a part; none where it only says that there is nothing."""
    found = [one for heading in subject.headings_of(part) for one in _below(subject, heading, part)]
    nothing = subject.words.no_problem
    if len(found) == 1 and found[0].text.strip("。 ！：:") in nothing:
        return ()
    return tuple(found)


def _below(subject: ProseSubject, heading: int, part: str) -> Iterator[Item]:
    """Yield the items under one heading: the headings below it, else its paragraphs."""
    level = subject.prose.headings[heading].level
    inner = [
        one
        for one in subject.prose.below(heading)
        if subject.prose.headings[one].level == level + 1
        and subject.part_of_heading(one) in ("", part)
    ]
    if inner:
        yield from (_of_heading(subject, one) for one in inner)
        return
    own = [
        at
        for at in subject.passages_below(heading)
        if not subject.prose.passages[at].is_heading and subject.part_of(at) == part
    ]
    yield from _of_passages(subject, own)


def _of_heading(subject: ProseSubject, heading: int) -> Item:
    passages = subject.passages_below(heading)
    text = "\n".join(subject.prose.passages[one].text for one in passages)
    title = subject.prose.headings[heading].title
    return Item(title, text, subject.at_heading(heading), passages)


def _of_passages(subject: ProseSubject, passages: Sequence[int]) -> Iterator[Item]:
    """Yield numbered paragraphs, the numbered parts of one, or else all paragraphs as one item."""
    texts = {at: subject.prose.passages[at].text for at in passages}
    first = next((kind for text in texts.values() if (kind := _start_of(text))), None)
    if first is not None:
        yield from _numbered(subject, texts, first)
        return
    plain: list[int] = []
    for at, text in texts.items():
        parts = split_inline(text)
        if len(parts) >= _FEWEST:
            yield from (
                _item(subject, one, at, mark=f"/{number}") for number, one in enumerate(parts, 1)
            )
        elif not _INTRODUCES.search(text):
            plain.append(at)
    if plain and len(plain) == len(texts):
        text = "\n".join(texts[one] for one in plain)
        yield _item(subject, text, plain[0], passages=tuple(plain), is_numbered=False)


def _start_of(text: str) -> re.Pattern[str] | None:
    """Return how a paragraph is numbered; None for one that is not."""
    return next((kind for kind in _STARTS if kind.match(text)), None)


def _numbered(
    subject: ProseSubject, texts: dict[int, str], kind: re.Pattern[str]
) -> Iterator[Item]:
    """Yield paragraphs that begin with a number, each with those after it that have none."""
    groups: list[list[int]] = []
    for at, text in texts.items():
        if kind.match(text):
            groups.append([at])
        elif groups:
            groups[-1].append(at)
    for group in groups:
        first = texts[group[0]]
        parts = split_inline(first)
        if len(groups) == 1 and len(parts) >= _FEWEST:
            yield from (
                _item(subject, one, group[0], mark=f"/{number}")
                for number, one in enumerate(parts, 1)
            )
            continue
        text = "\n".join(texts[one] for one in group)
        yield _item(subject, text, group[0], passages=tuple(group))


def _item(  # noqa: PLR0913 - an item has these parts
    subject: ProseSubject,
    text: str,
    at: int,
    *,
    mark: str = "",
    passages: tuple[int, ...] = (),
    is_numbered: bool = True,
) -> Item:
    """Return an item that begins in a passage."""
    place = subject.at_passage(at, text.split("\n", 1)[0])
    place = place.model_copy(update={"path": place.path + mark})
    kind = _start_of(text)
    said = kind.sub("", text, count=1) if kind else text
    title = re.split("[。：:；\n]", said, maxsplit=1)[0].strip()
    return Item(title, text, place, passages or (at,), is_numbered)


def split_inline(text: str) -> list[str]:
    """Return the parts of a paragraph that counts within itself: 一是…二是…, ①…②…."""
    for pattern in _INLINE:
        starts = [one.start() for one in pattern.finditer(text)]
        if len(starts) >= _FEWEST:
            ends = [*starts[1:], len(text)]
            return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return []
