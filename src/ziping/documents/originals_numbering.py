"""Automatic numbers and heading levels of Word paragraphs (自动编号).

Many regulations number their articles by Word's list function: the text then holds no 第一条 at
all, though everybody sees one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ziping.documents.originals_numerals import to_chinese

_PLACEHOLDER = re.compile("%([1-9])")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_MAX_LEVEL = 9
_MAX_NUMBER = 9999


@dataclass(slots=True)
class _Level:
    """How one level of a list counts (编号级别)."""

    text: str
    kind: str
    start: int


@dataclass(slots=True)
class _Style:
    """What a paragraph style says about numbers and headings (段落样式)."""

    parent: str = ""
    list_id: str = ""
    depth: int = 0
    level: int = 0


@dataclass(slots=True)
class _Count:
    """How far a list has counted on each of its levels (计数)."""

    reached: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists and styles of a document, counting as paragraphs pass (编号)."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Read the two parts; either may be missing."""
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styles: dict[str, _Style] = {}
        self._counts: dict[str, _Count] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            for one in styles.iter("{*}style"):
                self._styles[_attribute(one, "styleId")] = _style(one)

    def _read_lists(self, root: etree._Element) -> None:
        """Read the lists with the levels of their definitions."""
        abstract = {
            _attribute(one, "abstractNumId"): {
                _whole(_attribute(level, "ilvl")): _level(level) for level in one.iter("{*}lvl")
            }
            for one in root.iter("{*}abstractNum")
        }
        for one in root.iter("{*}num"):
            known = _value(one, "abstractNumId")
            if known in abstract:
                self._lists[_attribute(one, "numId")] = (known, abstract[known])

    def label(self, paragraph: etree._Element) -> str:
        """Return the number Word shows before a paragraph, and count it; mostly blank."""
        list_id, depth = self._list_of(paragraph)
        if list_id not in self._lists:
            return ""
        key, levels = self._lists[list_id]
        if depth not in levels:
            return ""
        reached = self._counts.setdefault(key, _Count()).reached
        reached[depth] = reached.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in reached if one > depth]:
            del reached[deeper]

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            level = levels.get(at)
            return "" if level is None else _counted(reached.get(at, level.start), level.kind)

        if levels[depth].kind in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(number, levels[depth].text) + " "

    def heading_level(self, paragraph: etree._Element) -> int:
        """Return the heading level a paragraph's style or outline states; 0: none."""
        properties = _child(paragraph, "pPr")
        if properties is None:
            return 0
        outline = _value(properties, "outlineLvl")
        if outline.isdecimal():
            return int(outline) + 1 if int(outline) < _MAX_LEVEL else 0
        ancestry = self._ancestry(_value(properties, "pStyle"))
        return next((one.level for one in ancestry if one.level), 0)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list and depth of a paragraph, stated by itself or its style."""
        properties = _child(paragraph, "pPr")
        if properties is None:
            return "", 0
        styles = self._ancestry(_value(properties, "pStyle"))
        above = next((one for one in styles if one.list_id), _Style())
        own = _child(properties, "numPr")
        if own is None:
            return above.list_id, above.depth
        depth = _value(own, "ilvl")
        return _value(own, "numId") or above.list_id, _whole(depth) if depth else above.depth

    def _ancestry(self, style: str) -> Iterator[_Style]:
        """Yield a style and those it is based on, the nearest first."""
        for _ in range(_MAX_LEVEL):
            known = self._styles.get(style)
            if known is None:
                return
            yield known
            style = known.parent


def _style(element: etree._Element) -> _Style:
    """Return a style as far as numbers and headings go."""
    found = _Style(parent=_value(element, "basedOn"))
    named = _HEADING_NAME.fullmatch(_value(element, "name").strip())
    if named:
        found.level = int(named[1])
    properties = _child(element, "pPr")
    if properties is None:
        return found
    outline = _value(properties, "outlineLvl")
    if outline.isdecimal() and int(outline) < _MAX_LEVEL:
        found.level = int(outline) + 1
    numbers = _child(properties, "numPr")
    if numbers is not None:
        found.list_id = _value(numbers, "numId")
        found.depth = _whole(_value(numbers, "ilvl"))
    return found


def _level(element: etree._Element) -> _Level:
    """Return how a level counts."""
    start = _value(element, "start")
    return _Level(
        text=_value(element, "lvlText"),
        kind=_value(element, "numFmt"),
        start=_whole(start) if start else 1,
    )


def _counted(number: int, kind: str) -> str:
    """Return a number as a level writes it."""
    if number > _MAX_NUMBER:
        return str(number)
    if kind.startswith(("chinese", "japaneseCounting", "ideographDigital", "taiwanese")):
        return to_chinese(number)
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if kind == "upperLetter" else letter.lower()
    return str(number)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of a name."""
    return next((one for one in element if str(one.tag).endswith(f"}}{name}")), None)


def _value(element: etree._Element, name: str) -> str:
    """Return the w:val of a child; blank when there is none."""
    child = _child(element, name)
    return "" if child is None else _attribute(child, "val")


def _attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name; blank when there is none."""
    return next(
        (str(text) for key, text in element.attrib.items() if str(key).endswith(f"}}{name}")), ""
    )


def _whole(text: str) -> int:
    """Return a small whole number; 0 for anything else."""
    return min(int(text), _MAX_NUMBER) if text.isdecimal() else 0
