"""Documents and articles that a query names: 财预10号, 预算法57条, 658号令第三十条 (文号条款)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from ziping.retrieval.numerals import NUMERAL, article_key, to_number
from ziping.retrieval.titles import NamedDocument, Titles

_CODE = r"([\u4e00-\u9fff]{0,12}?)\s*(?:第\s*)?"
_YEAR = r"[〔(]?\s*((?:19|20)\d\d)?\s*年?\s*[〕)]?\s*(?:第\s*)?"
_NUMBER = re.compile(_CODE + _YEAR + r"(?<!\d)(\d{1,4})\s*号(文|令|办法|意见|第|附件|指引|规定)?")
_NO_SIGN = re.compile(
    r"([\u4e00-\u9fff]{2,8})\s*[〔(]?((?:19|20)\d\d)[〕)年]?[\s\-第]*(?<!\d)(\d{1,4})(?!\d|年|月)()"
)
_ARTICLE = re.compile(f"(第)?\\s*({NUMERAL})\\s*条(?:之({NUMERAL}))?")
_ANNEX = re.compile(f"附件\\s*({NUMERAL})(?!\\d)")
_CODE_LENGTH = 3
_MOST_MEANT = 4


@dataclass(frozen=True)
class References:
    """What a query names (查询中点名的文件和条款)."""

    documents: frozenset[str] = frozenset()
    """Ids of the documents meant."""
    articles: tuple[str, ...] = ()
    """Keys of the articles meant, as `article_key` gives them."""
    spans: tuple[str, ...] = field(default=(), compare=False)
    """The words of the query that named them."""


@dataclass(frozen=True)
class _Number:
    """A 文号 taken apart."""

    code: str
    year: str
    number: str
    document_id: str


class Catalog:
    """The documents of the library, findable by the ways people shorten their names (文件目录)."""

    def __init__(self, documents: Iterable[NamedDocument]) -> None:
        """Read titles and numbers, normalised, once."""
        listed = list(documents)
        self._titles = Titles(listed)
        self._numbers: dict[str, list[_Number]] = {}
        self._codes: dict[str, set[str]] = {}
        self._all_codes: set[str] = set()
        for one in listed:
            if match := _NUMBER.search(one.number):
                self._add(_Number(_core(match[1]), match[2] or "", match[3], one.id))

    def _add(self, one: _Number) -> None:
        """Make a 文号 findable."""
        self._numbers.setdefault(one.number, []).append(one)
        if one.code:
            self._all_codes.add(one.code)
        if len(one.code) >= _CODE_LENGTH and one.year:
            self._codes.setdefault(one.code[:_CODE_LENGTH], set()).add(one.document_id)

    def read(self, query: str) -> References:
        """Return what a normalised query names."""
        numbered, spans = self._by_number(query)
        rest = query
        for span in spans:
            rest = rest.replace(span, "\n")
        titled, title_spans = self._titles.named_in(rest)
        documents = numbered & titled or numbered or titled
        articles, article_spans = _articles(query, has_document=bool(documents))
        if articles and not documents:
            documents, title_spans = self._titles.of_kind_before(rest, article_spans[0])
            articles, article_spans = _articles(query, has_document=bool(documents))
        return References(frozenset(documents), articles, (*spans, *title_spans, *article_spans))

    def _by_number(self, query: str) -> tuple[set[str], list[str]]:
        """Return documents whose 文号 stands in the query, with or without year and code."""
        for pattern in (_NUMBER, _NO_SIGN):
            found: set[str] = set()
            spans: list[str] = []
            for match in pattern.finditer(query):
                meant, code = self._numbered(match[1], match[2] or "", match[3], match[4] or "")
                if meant:
                    found |= meant
                    spans.append(match[0][len(match[1]) - len(code) :].removesuffix(match[4] or ""))
            if found:
                return found, spans
        codes = [code for code in self._codes if code in query]
        return {one for code in codes for one in self._codes[code]}, codes

    def _numbered(self, before: str, year: str, number: str, after: str) -> tuple[set[str], str]:
        """Return documents with a number, and the code before it that decides between several."""
        same = [
            one
            for one in self._numbers.get(str(int(number)), ())
            if not year or not one.year or year == one.year
        ]
        tail = _core(before)
        for one in same:
            if code := _code_at_end(tail, one.code):
                meant = {
                    other.document_id for other in same if _code_at_end(tail, other.code) == code
                }
                return meant, before[len(before) - len(code) - len(before) + len(tail) :]
        if any(_code_at_end(tail, code) for code in self._all_codes) or not (year or after):
            return set(), ""
        kinds = {(one.code, one.year) for one in same}
        return ({one.document_id for one in same} if len(kinds) <= _MOST_MEANT else set()), ""


def _core(code: str) -> str:
    """Return an issuer's code without 令 and 第: 国务院令第 is named 国务院 too."""
    return code.strip().removesuffix("第").removesuffix("令")


def _code_at_end(before: str, code: str) -> str:
    """Return the part of a code, at least two characters from its start, that ends a text."""
    shortest = min(2, len(code))
    for length in range(len(code), shortest - 1, -1):
        if length and before.endswith(code[:length]):
            return code[:length]
    return ""


def _articles(query: str, *, has_document: bool) -> tuple[tuple[str, ...], list[str]]:
    """Return the articles named; without a document 第 must stand before the number."""
    keys: list[str] = []
    spans: list[str] = []
    for match in _ARTICLE.finditer(query):
        if match[1] or has_document:
            keys.append(article_key(f"第{match[2]}条" + (f"之{match[3]}" if match[3] else "")))
            spans.append(match[0].strip())
    for match in _ANNEX.finditer(query):
        keys.append(f"附件{to_number(match[1])}")
        spans.append(match[0].strip())
    return tuple(key for key, _ in groupby(keys)), spans
