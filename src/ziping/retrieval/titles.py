"""Titles of documents as people shorten them: 政采法, 招投标法, 财违条例 (文件简称)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ENDS = (
    "法",
    "条例",
    "办法",
    "意见",
    "指引",
    "规定",
    "细则",
    "通知",
    "规程",
    "准则",
    "制度",
    "规范",
)
_STATE = re.compile("^(?:中华人民共和国|中共中央|国务院|关于)+")
_EXTRA = re.compile(r"\((?:试行|暂行|非规定)\)|[\s《》“”\"]")
_SHORTEST = {"法": 3}
_SHORTEST_OTHER = 4
_LONGEST = 40
_MOST_MEANT = 4
_MOST_OF_KIND = 200


@dataclass(frozen=True)
class NamedDocument:
    """A document as queries may name it (可被点名的文件)."""

    id: str
    title: str
    number: str


class Titles:
    """Titles by their last word, for reading shortened ones (标题)."""

    def __init__(self, documents: Iterable[NamedDocument]) -> None:
        """Sort normalised titles by the word they end in."""
        self._by_end: dict[str, dict[str, set[str]]] = {}
        for one in documents:
            title = _EXTRA.sub("", one.title)
            for end in _ENDS:
                if title.endswith(end):
                    self._by_end.setdefault(end, {}).setdefault(title, set()).add(one.id)

    def named_in(self, query: str) -> tuple[set[str], list[str]]:
        """Return the documents whose titles a query gives, whole or shortened, and the words."""
        found: list[tuple[int, int, set[str]]] = []
        for end, titles in self._by_end.items():
            at = query.find(end)
            while at >= 0:
                start, ids = _longest(query, at, end, titles)
                if ids:
                    found.append((start, at + len(end), ids))
                at = query.find(end, at + 1)
        # 采购法 inside 采购法实施条例 names nothing of its own.
        outer = [
            one
            for one in found
            if not any(
                other[0] <= one[0] and one[1] <= other[1] and other[:2] != one[:2]
                for other in found
            )
        ]
        ids = {one for _, _, some in outer for one in some}
        return ids, list(dict.fromkeys(query[first:last] for first, last, _ in outer))

    def of_kind_before(self, query: str, article: str) -> tuple[set[str], list[str]]:
        """Return all 条例 or 办法 where just that word stands before an article's number."""
        before = query.partition(article)[0].rstrip()
        kinds = [end for end in _ENDS if before.endswith(end)]
        if not kinds:
            return set(), []
        kind = max(kinds, key=len)
        ids = {one for some in self._by_end.get(kind, {}).values() for one in some}
        return (ids, [kind]) if len(ids) <= _MOST_OF_KIND else (set(), [])


def _longest(query: str, at: int, end: str, titles: dict[str, set[str]]) -> tuple[int, set[str]]:
    """Return where the longest run before an ending starts that shortens few titles, and those."""
    start, stop = at, at + len(end)
    left = list(titles)
    while start > max(0, stop - _LONGEST) and query[start - 1].isalnum():
        span = query[start - 1 : stop]
        narrowed = [title for title in left if _shortens(span, title)]
        if not narrowed:
            break
        start, left = start - 1, narrowed
    span = query[start:stop]
    if len(span) < _SHORTEST.get(end, _SHORTEST_OTHER):
        return start, set()
    core = _STATE.sub("", span)
    same = [title for title in left if _STATE.sub("", title) == core]
    meant = same or left
    if len(meant) > _MOST_MEANT:
        return start, set()
    return start, {one for title in meant for one in titles[title]}


def _shortens(span: str, title: str) -> bool:
    """Return whether a span is a title with characters left out."""
    rest = iter(title)
    return all(one in rest for one in span)
