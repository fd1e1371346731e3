"""What changed in the headings and texts of a report that came back (正文回稿)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ziping.documents.manifest import squeeze
from ziping.documents.word_blocks import Paragraph
from ziping.documents.word_headings import ExpectedHeading
from ziping.documents.word_written import WrittenSection
from ziping.domain.returned import ReturnedChange, ReturnedKind

NO_TEXT_HERE = "这一节在提纲里只有标题，没有正文；请把文字放到它下面的小节里"
_BY_OUTLINE = "标题和顺序由报告提纲决定，请在提纲里修改"
_MOVED_NOTE = "标题在文件里换了位置，下面的文字按原来的章节比对"
_REMOVED_NOTE = "标题在文件里被删去，下面的文字仍按原来的章节比对"
_ADDED_NOTE = "文件里新加的标题按普通段落读入：{titles}"


@dataclass(slots=True)
class _Part:
    """A section of the file while it is put in order."""

    expected: ExpectedHeading | None
    heading: str
    lines: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """Headings of other people's that stand in it."""


def text_changes(
    base: Sequence[WrittenSection],
    returned: Sequence[WrittenSection],
    has_text: Mapping[str, bool],
) -> Iterator[ReturnedChange]:
    """Yield the changes of headings, of their order, and of the text of each section.

    `has_text` says of each section of the outline whether it may have a text.
    """
    before = [_part(one) for one in base]
    found = [one.expected for one in _without_added(returned) if one.expected]
    told: list[list[ReturnedChange]] = []
    for moved in _moved(found, [one.expected for one in before if one.expected]):
        told.append(list(_told(before, _without_added(returned), moved, has_text)))  # noqa: PERF401 - reads better
    yield from min(told, key=len, default=[])


def _told(
    before: Sequence[_Part],
    parts: list[_Part],
    moved: Sequence[ExpectedHeading],
    has_text: Mapping[str, bool],
) -> Iterator[ReturnedChange]:
    """Yield the changes if it is these headings that moved."""
    order = [one.expected for one in before if one.expected]
    alone = [one for one in moved if _moved_alone(one, parts, before)]
    missing = [one for one in order if one not in [part.expected for part in parts]]
    yield from _heading_changes(order, parts, moved, alone, missing)
    by_section = {
        one.expected.section_id: one
        for one in _put_back(parts, before, [*alone, *missing])
        if one.expected
    }
    for one in before:
        if one.expected is None:
            continue
        now = by_section.get(one.expected.section_id) or _Part(one.expected, one.heading)
        if _squeezed(one.lines) != _squeezed(now.lines):
            yield _text_change(one, now, may_have_text=has_text.get(one.expected.section_id, False))


def _part(section: WrittenSection) -> _Part:
    """Return a section of a file."""
    lines = [one.text.strip() for one in section.lines if one.text.strip()]
    return _Part(section.heading.expected, section.heading.text, lines)


def _without_added(sections: Sequence[WrittenSection]) -> list[_Part]:
    """Return the sections of ours; a heading somebody added becomes a line of the one above."""
    kept: list[_Part] = []
    for one in map(_part, sections):
        if one.expected is not None or not kept:
            kept.append(one)
        else:
            kept[-1].lines += [one.heading, *one.lines]
            kept[-1].added.append(one.heading)
    return kept


def _moved(
    found: Sequence[ExpectedHeading], order: Sequence[ExpectedHeading]
) -> list[list[ExpectedHeading]]:
    """Return the fewest headings that may have moved to bring about this order.

    Where two neighbours are exchanged, either may have moved; then both readings are returned.
    """
    places = [list(order).index(one) for one in found]
    readings: list[list[ExpectedHeading]] = []
    for prefers_last in (False, True):
        kept = _in_order(places, prefers_last=prefers_last)
        moved = [one for n, one in enumerate(found) if n not in kept]
        if moved not in readings:
            readings.append(moved)
    return readings


def _in_order(places: Sequence[int], *, prefers_last: bool) -> set[int]:
    """Return the numbers of a longest run of places that still stand in order."""
    best: list[list[int]] = []
    for n, place in enumerate(places):
        before = [chain for chain in best if places[chain[-1]] < place]
        best.append([*_longest(before, prefers_last=prefers_last), n])
    return set(_longest(best, prefers_last=prefers_last))


def _longest(chains: Sequence[list[int]], *, prefers_last: bool) -> list[int]:
    """Return the longest chain; of several the first, or the last."""
    found: list[int] = []
    for chain in chains:
        if len(chain) > len(found) or (prefers_last and len(chain) == len(found)):
            found = chain
    return found


def _moved_alone(heading: ExpectedHeading, parts: Sequence[_Part], before: Sequence[_Part]) -> bool:
    """Whether a heading moved without the text below it."""
    own = next(one for one in before if one.expected == heading)
    now = next(one for one in parts if one.expected == heading)
    if not own.lines:
        return bool(now.lines)
    return not set(_squeezed(own.lines)) & set(_squeezed(now.lines))


def _heading_changes(
    order: Sequence[ExpectedHeading],
    parts: Sequence[_Part],
    moved: Sequence[ExpectedHeading],
    alone: Sequence[ExpectedHeading],
    missing: Sequence[ExpectedHeading],
) -> Iterator[ReturnedChange]:
    """Yield the headings that moved, are gone, or have other words."""
    sequence = [one for one in parts if one.expected]
    for number, one in enumerate(sequence):
        heading = one.expected
        if heading is None:
            continue
        if heading in moved:
            above = sequence[number - 1].heading if number else "全文开头"
            yield _of_heading(
                ReturnedKind.ORDER,
                heading,
                _neighbour(order, heading),
                f"在“{above}”之后",
                _MOVED_NOTE if heading in alone else "连同下面的文字一起移动",
            )
        if squeeze(one.heading) != squeeze(heading.text):
            yield _of_heading(ReturnedKind.HEADING, heading, heading.text, one.heading, "")
    for heading in missing:
        yield _of_heading(
            ReturnedKind.HEADING_REMOVED, heading, heading.text, "（已删去）", _REMOVED_NOTE
        )


def _neighbour(order: Sequence[ExpectedHeading], heading: ExpectedHeading) -> str:
    """Return behind which heading one stood."""
    at = list(order).index(heading)
    return f"在“{order[at - 1].text}”之后" if at else "在全文开头"


def _of_heading(
    kind: ReturnedKind, heading: ExpectedHeading, old: str, new: str, note: str
) -> ReturnedChange:
    """Return a change of a heading; headings are the outline's."""
    return ReturnedChange(
        id=f"{kind.name.lower()}:{heading.section_id}",
        kind=kind,
        place=f"标题“{heading.text}”",
        old=old,
        new=new,
        refusal=_BY_OUTLINE,
        section_id=heading.section_id,
        note=note,
    )


def _put_back(
    parts: list[_Part], before: Sequence[_Part], headings: Sequence[ExpectedHeading]
) -> list[_Part]:
    """Return the sections with headings that are gone, or moved alone, at their old places.

    The lines they stood over now belong to the section above; where those begin is found by what
    both sections said before.
    """
    kept: list[_Part] = []
    for one in parts:
        if one.expected in headings and kept:
            kept[-1].lines += one.lines
            kept[-1].added += one.added
        else:
            kept.append(one)
    order = [one.expected for one in before]
    for heading in sorted(headings, key=order.index):
        at = order.index(heading)
        above = next((one for one in reversed(before[:at]) if _find(kept, one.expected)), None)
        if above is None:
            continue
        holder = _find(kept, above.expected)
        own = before[at]
        if holder is None:
            continue
        split = _boundary(above.lines, own.lines, holder.lines)
        returned = _Part(heading, own.heading, holder.lines[split:])
        holder.lines = holder.lines[:split]
        kept.insert(kept.index(holder) + 1, returned)
    return kept


def _find(parts: Sequence[_Part], heading: ExpectedHeading | None) -> _Part | None:
    """Return the section of a heading."""
    return next((one for one in parts if heading and one.expected == heading), None)


def _boundary(above: Sequence[str], own: Sequence[str], now: Sequence[str]) -> int:
    """Return where in the lines of two sections run together the second one begins."""
    then, lines = _squeezed([*above, *own]), _squeezed(now)
    for block in SequenceMatcher(None, then, lines, autojunk=False).get_matching_blocks():
        end = block.a + block.size
        if block.size and end > len(above):
            return block.b + max(len(above) - block.a, 0)
    return len(now) if not own else min(len(above), len(now))


def _text_change(before: _Part, now: _Part, *, may_have_text: bool) -> ReturnedChange:
    """Return the change of a section's text; lines that stayed keep their old spaces."""
    assert before.expected is not None  # noqa: S101 - only sections of ours are compared
    known = {squeeze(one): one for one in before.lines}
    lines = [known.get(squeeze(one), one) for one in now.lines]
    note = _ADDED_NOTE.format(titles="、".join(f"“{one}”" for one in now.added))
    return ReturnedChange(
        id=f"text:{before.expected.section_id}",
        kind=ReturnedKind.TEXT,
        place=f"“{before.expected.text}”正文",
        old="\n".join(before.lines),
        new="\n".join(lines),
        refusal="" if may_have_text else NO_TEXT_HERE,
        section_id=before.expected.section_id,
        note=note if now.added else "",
    )


def line_changes(
    kind: ReturnedKind,
    place: str,
    base: Sequence[Paragraph],
    returned: Sequence[Paragraph],
    refusal: str,
) -> Iterator[ReturnedChange]:
    """Yield the changes of lines that the program prints by itself."""
    before, after = (
        [one.text.strip() for one in side if one.text.strip()] for side in (base, returned)
    )
    matcher = SequenceMatcher(None, _squeezed(before), _squeezed(after), autojunk=False)
    for tag, start, end, other, other_end in matcher.get_opcodes():
        if tag != "equal":
            yield ReturnedChange(
                id=f"{kind.name.lower()}:{start}:{other}",
                kind=kind,
                place=place,
                old="\n".join(before[start:end]),
                new="\n".join(after[other:other_end]),
                refusal=refusal,
            )


def _squeezed(lines: Sequence[str]) -> list[str]:
    """Return lines without the white space that editors change freely."""
    return [squeeze(one) for one in lines]
