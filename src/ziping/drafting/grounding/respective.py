"""Sentences that tell several figures at once: A、B分别为1和2; 前者, 后者 (分别).

Such a figure is read in a sentence of its own, in which its name stands right before it.
"""

import re
from dataclasses import dataclass, replace

from ziping.drafting.grounding.mentions import Figure
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import Sentence
from ziping.drafting.grounding.subjects import Hit, HitKind

_WORD = re.compile("分别|依次")
_LINK = re.compile(r"\s?(?:、|，|和|与|及|以及)\s?")
_ITEM = re.compile("、|以及|和|与|及")
_CLAUSE_MARK = re.compile("[，；：。（）]")
_TOLD = re.compile(r"(?:其中|包括)?(?P<head>[^\d]+)[\d.,]+[\u4e00-\u9fff%]{1,4}")
_ANAPHORA = re.compile("前者|后者")
_MASK = "＿"


@dataclass(frozen=True, slots=True)
class Alone:
    """A figure in a sentence of its own (独立成句的数字)."""

    sentence: Sentence
    start: int
    """Where the figure begins in it."""


def told_alone(scene: Scene, figure: Figure) -> Alone | None:
    """Return a figure of a list in a sentence of its own; None where the words make no list."""
    text = scene.sentence.text
    place = figure.start - scene.sentence.start
    marks = [match for match in _WORD.finditer(text) if match.end() <= place]
    if marks:
        figures = _listed(scene, marks[-1].end())
        starts = [one.start for one in figures]
        if len(figures) > 1 and figure.start in starts:
            told = _heads(scene, marks[-1], figures[0], len(figures))
            if told is not None:
                lead, heads, tail = told
                return _alone(scene, figure, lead + heads[starts.index(figure.start)] + tail)
    return _of_former(scene, figure, place)


def _listed(scene: Scene, start: int) -> list[Figure]:
    """Return the figures of one measure in a row that follow a place."""
    start += scene.sentence.start
    found: list[Figure] = []
    for one in scene.figures:
        if one.start < start:
            continue
        if found and (
            one.dimension is not found[0].dimension
            or not _LINK.fullmatch(scene.sentence.between(found[-1].end, one.start))
        ):
            break
        found.append(one)
    return found


def _heads(
    scene: Scene, mark: re.Match[str], first: Figure, count: int
) -> tuple[str, list[str], str] | None:
    """Return what stands before a list of names, the names, and what is said of each."""
    sentence = scene.sentence
    tail = sentence.between(sentence.start + mark.end(), first.start)
    if _CLAUSE_MARK.search(tail):
        return None
    before = mark.string[: mark.start()]
    masked = _masked(scene, before)
    cut = max((one.end() for one in _CLAUSE_MARK.finditer(masked)), default=0)
    parts = _parts(before, masked, cut, len(before))
    if len(parts) == count:
        prefix, parts, suffix = _shared(scene, parts)
        heads = [prefix + before[start:end] + suffix for start, end in parts]
        return before[:cut], heads, tail
    return _heads_of_clause_before(before, masked, cut, count, tail)


def _heads_of_clause_before(
    before: str, masked: str, cut: int, count: int, tail: str
) -> tuple[str, list[str], str] | None:
    """Return the names of the clause before, told there with a figure each, as `_heads` does."""
    if cut == 0 or len(before) - cut > 12:  # noqa: PLR2004 - 占全年预算数的比例
        return None
    if (clauses := _heads_of_clauses(before, cut, count)) is not None:
        return clauses[0], [head + before[cut:] for head in clauses[1]], tail
    earlier = max((one.end() for one in _CLAUSE_MARK.finditer(masked[: cut - 1])), default=0)
    parts = _parts(before, masked, earlier, cut - 1)
    heads = [re.sub(r"[\d.,]+.*$", "", before[start:end]) for start, end in parts]
    if len(parts) != count or not all(heads) or before[cut - 1] != "，":
        return None
    return before[:earlier], [head + before[cut:] for head in heads], tail


def _heads_of_clauses(before: str, cut: int, count: int) -> tuple[str, list[str]] | None:
    """Return the names of the last clauses, where each tells one figure."""
    clauses = before[: cut - 1].split("，")
    last = clauses[-count:]
    heads = [match["head"] for one in last if (match := _TOLD.fullmatch(one))]
    if len(heads) != count:
        return None
    return before[: cut - 1 - len("，".join(last))], heads


def _masked(scene: Scene, text: str) -> str:
    """Blank out the names in the beginning of a sentence: they may hold the words of a list."""
    for hit in scene.hits:
        start, end = hit.start - scene.sentence.start, hit.end - scene.sentence.start
        if end <= len(text):
            text = text[:start] + _MASK * (end - start) + text[end:]
    return text


def _parts(text: str, masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the items of a list between two places."""
    found = []
    for match in _ITEM.finditer(masked, start, end):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, end))
    return [(one, two) for one, two in found if text[one:two].strip()]


def _shared(scene: Scene, parts: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]], str]:
    """Return what the first item tells for all, the items, and what the last tells for all."""
    text, offset = scene.sentence.text, scene.sentence.start
    named = [_name_in(scene, start + offset, end + offset) for start, end in parts]
    (start, end), last = parts[0], named[-1]
    prefix = suffix = ""
    if named[0] is not None and not any(named[1:]) and named[0].end - offset < end:
        prefix = text[start : named[0].end - offset]
        parts = [(named[0].end - offset, end), *parts[1:]]
    elif last is not None and all(named):
        suffix = text[last.end - offset : parts[-1][1]]
        parts = [*parts[:-1], (parts[-1][0], last.end - offset)]
    else:
        suffix = _fund_suffix(scene, text, parts)
        parts = [*parts[:-1], (parts[-1][0], parts[-1][1] - len(suffix))]
    return prefix, parts, suffix


def _fund_suffix(scene: Scene, text: str, parts: list[tuple[int, int]]) -> str:
    """Return what stands behind the fund row the last item names."""
    start, end = parts[-1]
    others = [text[one:two] for one, two in parts[:-1]]
    if not all(one in scene.funds for one in others):
        return ""
    word = next((one for one in scene.funds if text.startswith(one, start)), "")
    return text[start + len(word) : end] if word else ""


def _name_in(scene: Scene, start: int, end: int) -> Hit | None:
    """Return the last name between two places."""
    kinds = {HitKind.LINE, HitKind.LEVEL1, HitKind.LEVEL2, HitKind.PROJECT}
    found = [one for one in scene.hits if start <= one.start and one.end <= end]
    return next((one for one in reversed(found) if one.kind in kinds), None)


def _of_former(scene: Scene, figure: Figure, place: int) -> Alone | None:
    """Return a figure said of 前者 or 后者 in a sentence that names what is meant."""
    text = scene.sentence.text
    marks = [match for match in _ANAPHORA.finditer(text) if match.end() <= place]
    if not marks:
        return None
    first = min(match.start() for match in _ANAPHORA.finditer(text)) + scene.sentence.start
    named = [one for one in scene.hits if one.end <= first and one.kind is HitKind.LINE]
    if len(named) != 2:  # noqa: PLR2004 - the former and the latter
        return None
    meant = named[0] if marks[-1].group() == "前者" else named[1]
    return _alone(scene, figure, meant.text + text[marks[-1].end() : place])


def _alone(scene: Scene, figure: Figure, before: str) -> Alone:
    """Return a figure in a sentence that ends with it."""
    sentence = scene.sentence
    text = before + sentence.between(figure.start, figure.end) + "。"
    made = replace(sentence, end=sentence.start + len(text), text=text)
    return Alone(made, sentence.start + len(before))
