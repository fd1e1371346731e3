"""A document's lines as clauses: by article, else by heading and length (拆分条款)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ziping.documents.originals_lines import Line
from ziping.documents.originals_marks import (
    Article,
    Heading,
    read_annex,
    read_article,
    read_chapter,
    read_heading,
)
from ziping.documents.originals_numerals import to_chinese
from ziping.domain.library import OriginalPart

SplitBy = Literal["条", "标题", "长度"]

TARGET = 400
"""Characters of a clause where the document itself does not divide."""
_LONGEST = 600
_CONTEXT_BETWEEN = " "
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’）】]*|[^。！？；\n]+")
_TITLE_LINE = 40
_LEAST_PREFACE = 40
_LEAST_ARTICLES = 2
_ABOUT = re.compile(
    r"(?:通过|公布|发布|修正|修订|施行|印发)[）)]?\s*$|^目\s*[录次]$|令\s*$|号\s*$|^\d{4}\s*年.*(?:会议|令\s*第)"
)
_CONTENTS = re.compile(r"^目\s*[录次]$")


@dataclass(slots=True)
class _Open:
    """A clause whose lines are still being gathered (未完条款)."""

    article: str
    title: str = ""
    page: int = 0
    lines: list[str] = field(default_factory=list)
    is_whole: bool = False
    """An article stays one clause, however long."""


@dataclass(slots=True)
class _Context:
    """Where in the document the walk is (所在章节)."""

    headings: dict[int, str] = field(default_factory=dict)
    annex: str = ""
    series: int = 1
    last: int = 0

    def enter(self, heading: Heading) -> None:
        """Go into a part; those of lower rank are left."""
        self.headings = {at: name for at, name in self.headings.items() if at < heading.rank}
        self.headings[heading.rank] = heading.name

    def path(self) -> str:
        """Return the headings above, the highest first."""
        return _CONTEXT_BETWEEN.join(self.headings[at] for at in sorted(self.headings))


def split(lines: Sequence[Line]) -> tuple[tuple[OriginalPart, ...], SplitBy]:
    """Return the clauses of a document, and what they were divided by."""
    if _has_articles(lines):
        return _named(_by_article(lines)), "条"
    opened = list(_by_heading(lines))
    return _named(opened), "标题" if len(opened) > 1 else "长度"


def _has_articles(lines: Iterable[Line]) -> bool:
    """Whether articles follow each other in the document."""
    last = count = 0
    for line in lines:
        found = read_article(line)
        if found and (found.number == last + 1 or (found.is_spaced and found.number > last)):
            last = found.number
            count += 1
            if count >= _LEAST_ARTICLES:
                return True
    return False


def _by_article(lines: Sequence[Line]) -> Iterator[_Open]:
    """Yield each article with the lines below it; annexes and the preface likewise."""
    context = _Context()
    current = _Open("前言", page=lines[0].page)
    for line in lines:
        article = read_article(line)
        if article and _begins(article, context):
            yield from _closed(current)
            current = _article(article, line, context)
        elif annex := read_annex(line):
            yield from _closed(current)
            context.annex, context.headings = annex.name, {}
            current = _Open(annex.name, annex.rest, line.page)
        elif chapter := read_chapter(line):
            context.enter(chapter)
            if context.last or context.annex:
                yield from _closed(current)
                current = _Open(chapter.name, page=line.page)
        else:
            _take(current, line)
    yield from _closed(current)


def _begins(article: Article, context: _Context) -> bool:
    """Whether a line that looks like an article is one: its number must follow the last."""
    if article.number == context.last + 1:
        return True
    if article.is_between:
        return article.number == context.last
    return article.is_spaced and (article.number > context.last or article.number == 1)


def _article(article: Article, line: Line, context: _Context) -> _Open:
    """Return an article just begun; one that counts from 1 again is of a further text."""
    if article.number == 1 and context.last:
        context.series += 1
    context.last = article.number
    name = article.name
    if context.series > 1:
        place = context.annex or f"第{to_chinese(context.series)}部分"
        name = f"{place} {name}"
    title = _CONTEXT_BETWEEN.join(one for one in (context.path(), article.title) if one)
    opened = _Open(name, title, line.page, is_whole=True)
    if article.rest:
        opened.lines.append(article.rest)
    return opened


def _take(current: _Open, line: Line) -> None:
    """Add a line to a clause; the first short line of an annex is its title."""
    is_annex = current.article.startswith("附") and not current.is_whole
    if is_annex and not current.title and not current.lines and len(line.text) <= _TITLE_LINE:
        current.title = line.text.strip("《》")
    else:
        current.lines.append(line.text)


def _closed(current: _Open) -> Iterator[_Open]:
    """Yield a finished clause that says something."""
    if current.article == "前言":
        current.lines = _preface(current.lines)
    if current.lines or current.is_whole:
        yield current


def _preface(lines: Sequence[str]) -> list[str]:
    """Return what stands before the first article as far as it is prose, not title or dates."""
    kept = []
    for text in lines:
        if _CONTENTS.match(text):
            break
        if len(text) > _TITLE_LINE or text.endswith(("。", "：", "；")):
            kept.append(text)
    prose = [one for one in kept if not _ABOUT.search(one)]
    return prose if sum(map(len, prose)) >= _LEAST_PREFACE else []


def _by_heading(lines: Sequence[Line]) -> Iterator[_Open]:
    """Yield the parts between headings; text without any is one part."""
    context = _Context()
    current = _Open("", page=lines[0].page)
    rank: int | None = None
    for line in lines:
        heading = read_annex(line) or read_heading(line)
        if heading is None or (rank is None and line.level == 1):
            _take(current, line)
            continue
        if rank is None:
            yield from _closed(current) if _is_prose(current.lines) else ()
        else:
            yield from _closed(_said(current, is_alone=heading.rank <= rank))
        rank = heading.rank
        context.enter(heading)
        current = _headed(heading, line, context)
    yield from _closed(_said(current, is_alone=True))


def _headed(heading: Heading, line: Line, context: _Context) -> _Open:
    """Return the part that a heading begins, with the headings above it."""
    if not heading.rank:
        return _Open(heading.name, heading.rest, line.page)
    above = [context.headings[at] for at in sorted(context.headings) if at < heading.rank]
    lines = [heading.rest] if heading.rest else []
    return _Open(heading.name, _CONTEXT_BETWEEN.join(above), line.page, lines)


def _said(current: _Open, *, is_alone: bool) -> _Open:
    """Return a part; a heading with nothing under it is itself what the document says."""
    if is_alone and not current.lines and current.article:
        current.lines.append(current.article)
    return current


def _is_prose(lines: Sequence[str]) -> bool:
    """Whether lines say more than a title block does."""
    return sum(len(one) for one in lines if len(one) > _TITLE_LINE or one.endswith("。")) > 0


def _named(opened: Iterable[_Open]) -> tuple[OriginalPart, ...]:
    """Return clauses with names of their own; long ones are divided at sentence ends."""
    used: dict[str, int] = {}
    parts = []
    unnamed = 0
    for one in opened:
        text = "\n".join(one.lines).strip()
        pieces = [text] if one.is_whole else _pieces(text)
        for number, piece in enumerate(pieces, 1):
            if one.article:
                name = one.article if len(pieces) == 1 else f"{one.article}（{number}）"
            else:
                unnamed += 1
                name = f"第{unnamed}部分"
            used[name] = used.get(name, 0) + 1
            if used[name] > 1:
                name = f"{name}（另{used[name] - 1}）"
            said = piece or one.title or one.article
            parts.append(OriginalPart(article=name, title=one.title, text=said, page=one.page))
    return tuple(parts)


def _pieces(text: str) -> list[str]:
    """Return a long text divided at sentence ends into pieces of about `TARGET` characters."""
    if len(text) <= _LONGEST:
        return [text] if text else []
    pieces: list[str] = []
    piece = ""
    for sentence in _sentences(text):
        if piece and len(piece) + len(sentence) > TARGET + TARGET // 4:
            pieces.append(piece.strip())
            piece = ""
        piece += sentence
    if piece.strip():
        pieces.append(piece.strip())
    return pieces


def _sentences(text: str) -> Iterator[str]:
    """Yield sentences; one without end is cut by length."""
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        for at in range(0, len(sentence), _LONGEST):
            yield sentence[at : at + _LONGEST]
