"""What a line of a policy document begins: an article, a chapter, an annex, a numbered heading."""

import re
from dataclasses import dataclass

from ziping.documents.originals_lines import Line
from ziping.documents.originals_numerals import to_chinese, to_number

_N = "零〇一二三四五六七八九十百千0-9０-９"
_ARTICLE = re.compile(
    rf"第\s*((?:[{_N}]\s*)+)条(之\s*[{_N}]+)?(?P<gap>[\s:：、.．]*)(?P<rest>.*)", re.DOTALL
)
_REFERS_TIGHT = re.compile("第|规定|所称|所列|的|至|到|、|和|及|或|与|，|,|。|；|;|）|之|中的")
_REFERS_SPACED = re.compile(rf"第\s*[{_N}]+\s*[款项条]|规定的|所称的|、|，|。|；")
_CHAPTER = re.compile(rf"第\s*((?:[{_N}]\s*)+)([编篇章节])(?=[\s:：]|$|\S)")
_RANKS = {"编": 1, "篇": 1, "章": 2, "节": 3}
_ANNEX = re.compile(rf"附\s*([件录表])\s*([{_N}]*(?:[-－—][0-9]+)*)\s*[:：]?\s*(.*)")
_LISTED = re.compile(rf"[{_N}]+\s*[.．、]")
_NUMBERED = re.compile(r"([一二三四五六七八九十]{1,3})\s*[、．.]\s*(.+)", re.DOTALL)
_BRACKETED = re.compile(r"[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)]\s*(.+)", re.DOTALL)
_BRACKET_TITLE = re.compile(r"[【（(〔]([^】）)〕]{2,20})[】）)〕]\s*")
_LIST_ENDS = ("；", ";")
_MAX_HEADING = 40
_MAX_LABEL = 24
NUMBERED_RANK = 11
BRACKETED_RANK = 12


@dataclass(frozen=True, slots=True)
class Article:
    """A line that begins an article (条)."""

    number: int
    name: str
    """第十六条, in Chinese numerals without spaces."""
    title: str
    """Short title in brackets, where the document gives one."""
    rest: str
    is_spaced: bool
    """Whether a gap parts the number from the text, as in print."""
    is_between: bool
    """An article put in later: 第十六条之一."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads what follows (标题)."""

    rank: int
    """The smaller, the higher."""
    name: str
    rest: str = ""
    """Text that stands on the heading's own line."""


def read_article(line: Line) -> Article | None:
    """Return the article a line begins; a sentence that only refers to one is none."""
    found = _ARTICLE.match(line.text)
    if not found:
        return None
    number = to_number(found[1])
    gap, rest = found["gap"], found["rest"].strip()
    refers = _REFERS_SPACED if gap.strip(":：、.．") else _REFERS_TIGHT
    if number is None or refers.match(rest):
        return None
    between = "".join((found[2] or "").split())
    title = _BRACKET_TITLE.match(rest)
    return Article(
        number=number,
        name=f"第{to_chinese(number)}条{between}",
        title=title[1] if title and title[0][0] in "【（〔(" and title.end() < len(rest) else "",
        rest=rest,
        is_spaced=bool(gap),
        is_between=bool(between),
    )


def read_chapter(line: Line) -> Heading | None:
    """Return the 编, 章 or 节 a line is."""
    found = _CHAPTER.match(line.text)
    if not found or len(line.text) > _MAX_HEADING or line.text.endswith(("。", "；", "，")):
        return None
    return Heading(_RANKS[found[2]], " ".join(line.text.split()))


def read_annex(line: Line) -> Heading | None:
    """Return the annex a line begins; an entry of a list of annexes is none."""
    found = _ANNEX.fullmatch(line.text)
    if not found or len(line.text) > _MAX_HEADING or _LISTED.match(found[3]):
        return None
    if line.text.endswith(("。", "；", "，", "、")):
        return None
    kind, number, rest = found.groups()
    return Heading(0, f"附{kind}{number}", rest.strip("《》 "))


def read_heading(line: Line) -> Heading | None:
    """Return the heading a line of a document without articles is."""
    if chapter := read_chapter(line):
        return chapter
    for rank, pattern in ((NUMBERED_RANK, _NUMBERED), (BRACKETED_RANK, _BRACKETED)):
        if found := pattern.fullmatch(line.text):
            return _numbered(rank, line.text, found[2])
    if line.level and len(line.text) <= 2 * _MAX_HEADING:
        return Heading(3 + line.level, line.text)
    return None


def _numbered(rank: int, text: str, rest: str) -> Heading | None:
    """Return a numbered heading: a short line, or the first sentence of a paragraph."""
    if text.endswith(_LIST_ENDS):
        return None
    if len(text) <= _MAX_HEADING and not text.endswith("。"):
        return Heading(rank, text)
    first = rest.split("。", 1)[0]
    if len(first) > _MAX_LABEL or len(first) + 1 >= len(rest.rstrip()):
        return Heading(rank, text[: len(text) - len(rest)].strip("、．. "), rest)
    return Heading(rank, text[: len(text) - len(rest)] + first, rest[len(first) + 1 :])
