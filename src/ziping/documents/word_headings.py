"""Which paragraphs of an edited report are its headings: by bookmark, by words, by place (标题)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ziping.documents.manifest import squeeze
from ziping.documents.word_blocks import Paragraph


@dataclass(frozen=True, slots=True)
class ExpectedHeading:
    """A heading as it was exported (导出时的标题)."""

    section_id: str
    number: int
    """Number of its bookmark."""
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading of the file, and which one of ours it is (读到的标题)."""

    paragraph: Paragraph
    text: str
    expected: ExpectedHeading | None
    """None: a heading that somebody added."""


def find_headings(
    found: Sequence[Paragraph | None], expected: Sequence[ExpectedHeading]
) -> dict[int, FoundHeading]:
    """Return the headings among paragraphs, by their place; None stands for a table.

    A bookmark of ours decides; without one, the words of a heading that is still missing; among
    headings by style that remain, one that stands where one of the same level is missing.
    """
    matched: dict[int, ExpectedHeading] = {}
    _by_bookmark(found, expected, matched)
    for wants_style in (True, False):
        _by_words(found, expected, matched, wants_style=wants_style)
    _by_place(found, expected, matched)
    return {
        place: FoundHeading(one, one.text.strip(), matched.get(place))
        for place, one in enumerate(found)
        if one is not None and (place in matched or (one.level and one.text.strip()))
    }


def _missing(
    expected: Sequence[ExpectedHeading], matched: dict[int, ExpectedHeading]
) -> list[ExpectedHeading]:
    """Return the headings that no paragraph was taken for yet."""
    return [one for one in expected if one not in matched.values()]


def _by_bookmark(
    found: Sequence[Paragraph | None],
    expected: Sequence[ExpectedHeading],
    matched: dict[int, ExpectedHeading],
) -> None:
    """Match paragraphs that carry a bookmark of ours and still have words."""
    by_number = {one.number: one for one in expected}
    for place, one in enumerate(found):
        if one is None or not one.text.strip():
            continue
        for number in one.marks:
            heading = by_number.get(number)
            if heading is not None and heading not in matched.values() and place not in matched:
                matched[place] = heading


def _by_words(
    found: Sequence[Paragraph | None],
    expected: Sequence[ExpectedHeading],
    matched: dict[int, ExpectedHeading],
    *,
    wants_style: bool,
) -> None:
    """Match paragraphs with exactly the words of a heading that is missing."""
    for heading in _missing(expected, matched):
        words = squeeze(heading.text)
        place = next(
            (
                n
                for n, one in enumerate(found)
                if one is not None
                and n not in matched
                and bool(one.level) >= wants_style
                and squeeze(one.text) == words
            ),
            None,
        )
        if place is not None:
            matched[place] = heading


def _by_place(
    found: Sequence[Paragraph | None],
    expected: Sequence[ExpectedHeading],
    matched: dict[int, ExpectedHeading],
) -> None:
    """Match a heading of unknown words with a missing one of its level between its neighbours."""
    order = list(expected)
    for heading in _missing(expected, matched):
        at = order.index(heading)
        known = {one: place for place, one in matched.items()}
        before = [known[one] for one in order[:at] if one in known]
        after = [known[one] for one in order[at + 1 :] if one in known]
        low, high = max(before, default=-1), min(after, default=len(found))
        place = next(
            (
                n
                for n in range(low + 1, high)
                if n not in matched
                and (one := found[n]) is not None
                and one.level == heading.level
                and one.text.strip()
            ),
            None,
        )
        if place is not None:
            matched[place] = heading
