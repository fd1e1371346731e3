"""Documents that may be cited: the policy library's and the unit's own (可引用的文件)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ziping.domain.evaluation import Report
from ziping.domain.numbers import parse_chinese
from ziping.domain.policy import Clause, PolicyDocument
from ziping.drafting.figures import to_inline
from ziping.drafting.grounding.masks import NUMBER, TITLE
from ziping.drafting.grounding.mentions import Figure
from ziping.drafting.grounding.numerals import figures_of
from ziping.drafting.grounding.segments import plain_text

_PUNCTUATION = re.compile(r"[\s《》〈〉“”‘’（）\[\]〔〕【】、，,.·:：]")
_WRAPPED = re.compile(
    "(?:^|.*?)关于(?:印发|发布|公布|转发|修改|修订|下发)(?:修订后的)?(?P<inner>.+?)的(?:通知|决定|公告)$"
)
_TRIAL = re.compile("(?:试行|暂行|修订|修正|征求意见稿|20\\d{2}年?(?:修订|修正|版)?)$")
_STATE = "中华人民共和国"
_ARTICLE_NUMBER = re.compile("^第(?P<number>.+?)条")
_BEFORE_FIGURE = 10
_LONGEST_TITLE = 60
_NOT_BEFORE = re.compile("[\u4e00-\u9fff]$")
_MAY_PRECEDE = tuple(
    "据照按行实彻发件号知法定复准达是为和与及以由在的了见即至到从等对将把于凭经用合出反循并或含因自依向如中括要别时引附查关本该"
)
"""Characters a 文号 may follow without being part of a longer one."""


@dataclass(frozen=True)
class Citable:
    """A document that may be cited (可引用文件)."""

    title: str
    number: str
    clauses: tuple[Clause, ...] = ()
    is_library: bool = False
    dates: frozenset[str] = frozenset()

    def article(self, number: int) -> list[Clause]:
        """Return the clauses with an article number."""
        return [one for one in self.clauses if article_number(one.article) == number]

    @property
    def label(self) -> str:
        """How a reason names it."""
        return f"《{self.title}》" if self.title else self.number


@dataclass
class CitationIndex:
    """Documents by title and number (引用索引)."""

    documents: list[Citable] = field(default_factory=list)
    _by_title: dict[str, list[Citable]] = field(default_factory=dict)
    _by_number: dict[str, list[Citable]] = field(default_factory=dict)

    def add(self, document: Citable) -> None:
        """Take a document in."""
        self.documents.append(document)
        for form in title_forms(document.title):
            self._by_title.setdefault(form, []).append(document)
        if document.number:
            self._by_number.setdefault(number_form(document.number), []).append(document)

    def titled(self, title: str) -> list[Citable]:
        """Return the documents a cited title may mean."""
        for form in title_forms(title):
            if found := self._by_title.get(form):
                return found
        return []

    def ending(self, text: str) -> list[Citable]:
        """Return the documents whose title, without book marks, a text ends with."""
        tail = _PUNCTUATION.sub("", text[-_LONGEST_TITLE:])
        found = [form for form in self._by_title if tail.endswith(form)]
        return self._by_title[max(found, key=len)] if found else []

    def numbered(self, number: str) -> list[Citable]:
        """Return the documents with a 文号."""
        return self._by_number.get(number_form(number), [])

    def numbers_ending(self, written: str) -> list[str]:
        """Return the known 文号 a run of characters ends with, at a place a word may end."""
        form = number_form(written)
        found = []
        for known in self._by_number:
            if form.endswith(known):
                rest = form[: len(form) - len(known)]
                if not _NOT_BEFORE.search(rest) or rest.endswith(_MAY_PRECEDE):
                    found.append(known)
        return found

    @property
    def known_numbers(self) -> Iterable[str]:
        """Every 文号 known."""
        return self._by_number


def build_citations(
    report: Report, documents: Iterable[PolicyDocument], texts: str
) -> CitationIndex:
    """Return what a report may cite: the library, the unit's own, and what people entered."""
    index = CitationIndex()
    for one in documents:
        if one.title or one.number:
            index.add(
                Citable(
                    one.title,
                    plain_text(one.number),
                    one.clauses,
                    is_library=True,
                    dates=frozenset({one.date} - {""}),
                )
            )
    for own in report.unit_documents:
        title = plain_text(to_inline(own.title)).strip("《》")
        index.add(Citable(title, plain_text(to_inline(own.number))))
    for match in TITLE.finditer(texts):
        if not index.titled(match["title"]):
            index.add(Citable(match["title"], ""))
    for match in NUMBER.finditer(texts):
        if not index.numbers_ending(match.group()):
            index.add(Citable("", match.group()))
    return index


@lru_cache(maxsize=2048)
def title_forms(title: str) -> tuple[str, ...]:
    """Return the forms a title may be cited in: with or without issuer, wrapper and state."""
    form = _PUNCTUATION.sub("", title)
    forms = [form]
    wrapped = _WRAPPED.match(form)
    if wrapped:
        forms.append(wrapped["inner"])
    for one in tuple(forms):
        bare = _TRIAL.sub("", one)
        forms.append(bare)
        forms.append(bare.removeprefix(_STATE))
        if "关于" in bare[1:]:
            forms.append("关于" + bare.split("关于", 1)[1])
    return tuple(dict.fromkeys(one for one in forms if len(one) > 2))  # noqa: PLR2004 - 《法》 is no title


def number_form(number: str) -> str:
    """Return a 文号 with one kind of brackets and no spaces."""
    form = re.sub(r"\s|第(?=\d)", "", number)
    return re.sub(r"[\[【（〔]((?:19|20)\d{2})[\]】）〕]", r"〔\1〕", form)


@lru_cache(maxsize=1024)
def article_number(article: str) -> int | None:
    """Return the number of 第十六条 or 第16条."""
    match = _ARTICLE_NUMBER.match(article.replace(" ", ""))
    if match is None:
        return None
    number = match["number"]
    return int(number) if number.isdigit() else parse_chinese(number)


@dataclass(frozen=True, slots=True)
class ClauseFigure:
    """A figure a clause states, with the words before it (条款中的数字)."""

    figure: Figure
    before: frozenset[str]
    """Pairs of neighbouring characters."""


def clause_figures(clauses: Iterable[Clause]) -> list[ClauseFigure]:
    """Return the figures clauses state."""
    return [
        ClauseFigure(figure, pairs(text[: figure.start][-_BEFORE_FIGURE:]))
        for text in (plain_text(one.text) for one in clauses)
        for figure in figures_of(text)
    ]


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
