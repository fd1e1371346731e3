"""Which lines of a report are headings, however they are numbered (识别标题)."""

import re
from dataclasses import dataclass

from ziping.documents.originals_numerals import to_chinese, to_number

_CN = "一二三四五六七八九十百零〇"
_KINDS = (
    ("chapter", 0.0, re.compile(rf"第[{_CN}0-9]{{1,3}}\s?(?:章|部分|篇)[、.．：:\s\u3000]*")),
    ("chinese", 1.0, re.compile(rf"[{_CN}]{{1,3}}[、.．]\s*")),
    ("chinese_bracket", 2.0, re.compile(rf"[（(][{_CN}]{{1,3}}[)）][、.．]?\s*")),
    ("dotted4", 3.4, re.compile(r"\d{1,2}(?:\.\d{1,2}){3}[.．、]?\s*(?=[^\d.])")),
    ("dotted3", 3.3, re.compile(r"\d{1,2}(?:\.\d{1,2}){2}[.．、]?\s*(?=[^\d.])")),
    ("dotted2", 3.2, re.compile(r"\d{1,2}\.\d{1,2}(?:[.．、]\s*|\s+)(?=[\u4e00-\u9fff])")),
    ("digit", 3.0, re.compile(r"\d{1,2}(?:[.．、]|\s+(?=[\u4e00-\u9fff]))\s*(?!\d)")),
    ("digit_bracket", 4.0, re.compile(r"[（(]?\d{1,2}[)）][、.．]?\s*")),
    ("roman", 0.5, re.compile(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}[、.．]\s*")),
)
_ANNEX = re.compile(
    r"附(?:[件表录]\s*[0-9一二三四五六七八九十]|[件表录]?[：:]|[件表录]$)|报告.{0,8}附件[：:]?$"
)
_TITLE = re.compile(r"(?P<title>[^。：:，；！？\n]{2,20})[。：:]\s*(?P<rest>.*)", re.DOTALL)
_CLAUSE = re.compile("[，。：；！？,:;]")
_ENDS = re.compile("[。；！？]")
_LONGEST = 42
_SHORT = 20
DIGIT = 3.0
"""Rank from which a number may as well count the items of a list: 1."""
_PLAIN = re.compile(r"[\u4e00-\u9fff、（）“”《》]{2,16}")
_MEASURE = re.compile(r"\d+(?:\.\d+)?\s*(?:万|亿)?[元%％分个项]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that is, or begins with, a heading (标题行)."""

    number: str
    title: str
    rank: float
    """Depth by which headings nest; a smaller one stands above."""
    rest: str = ""
    """Text of its own that follows in the same line."""
    is_item: bool = False
    """A numbered sentence: a heading only where the one before it in the list is one."""

    @property
    def order(self) -> int | None:
        """The number as a figure; None where there is none."""
        return to_number(re.sub(r"[^0-9一二三四五六七八九十百零〇]", "", self.number))


def marked(text: str, style_level: int) -> Marked | None:
    """Return the heading a line is or begins with.

    Args:
        text: The line without spaces around it.
        style_level: Heading level that the file itself states; 0: none.
    """
    if _ANNEX.match(text) and len(text) <= _LONGEST:
        return Marked("", text.rstrip("：:"), -1.0)
    for _, rank, pattern in _KINDS:
        found = pattern.match(text)
        if found:
            return _numbered(found.group().strip(), text[found.end() :].strip(), rank, style_level)
    if style_level and len(text) <= _LONGEST and not _ENDS.search(text):
        return Marked("", text.rstrip("：:"), style_level - 0.5)
    return None


def _numbered(number: str, rest: str, rank: float, style_level: int) -> Marked | None:
    """Return the heading a numbered line is; None for a list item or a sentence."""
    if not rest:
        return None
    body = rest.rstrip("。：:")
    if len(body) <= _LONGEST and not _ENDS.search(body) and not body.endswith(("，", "、")):
        is_sentence = rest.endswith("。") and (len(body) > _SHORT or "，" in body)
        is_measured = rank >= DIGIT and _MEASURE.search(body)
        is_titled = _TITLE.match(body) is not None
        if style_level or not (is_sentence or is_measured or is_titled):
            return Marked(number, body, rank)
    found = _TITLE.match(rest)
    if found:
        return Marked(number, found["title"], rank, found["rest"])
    sentence = _ENDS.split(rest, maxsplit=1)[0]
    title = sentence if len(sentence) <= _LONGEST else _CLAUSE.split(rest, maxsplit=1)[0]
    return Marked(number, title, rank, rest, is_item=True)


def is_plain_heading(before: str, text: str, following: str) -> bool:
    """Return whether a line without a number is a heading by its shape: short, between texts."""
    is_between = bool(_ENDS.search(before[-2:])) and len(following) > len(text)
    return bool(_PLAIN.fullmatch(text)) and (is_between or len(following) > _LONGEST)


def chapter_label(number: str, title: str, place: int) -> str:
    """Return how a place names a heading of the first level: 第三章."""
    written = re.sub(r"[、.．：:\s（）()]", "", number)
    if written.startswith("第"):
        return written
    counted = to_number(written) if written else None
    if counted is not None:
        return f"第{to_chinese(counted)}章"
    return f"“{title[:12]}”" if title else f"第{to_chinese(place)}章"
