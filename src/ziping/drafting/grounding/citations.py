"""Whether 《titles》, 文号 and article numbers exist and belong together (引用核对)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ziping.domain.grounding import ViolationKind
from ziping.domain.policy import Clause
from ziping.drafting.grounding.articles import better_clause
from ziping.drafting.grounding.citation_index import (
    Citable,
    CitationIndex,
    article_number,
    number_form,
    title_forms,
)
from ziping.drafting.grounding.masks import ARTICLE, NUMBER, TITLE
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.segments import Sentence

_HEAD_END = re.compile(
    "据|照|按|行|实|发|布|件|合|与|和|及|以|由|的|了|为|是|在|见|即|到|从|等|对|将|把|于|用|：|，|、|并|号|关|，"
)
_BETWEEN = re.compile(r"^\s*(?:[（(]\s*(?:文号[：:]?)?|[（(]以下简称[^）]{0,30}[，,、])?\s*$")
_LONGEST_HEAD = 8


@dataclass
class Cited:
    """What a sentence cites (引用)."""

    problems: list[Problem] = field(default_factory=list)
    documents: list[Citable] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    """The articles named; of a document cited without article, all of its clauses."""
    has_citation: bool = False
    article_end: int | None = None
    """Where the first article number ends: figures behind it are the rule's."""


class CitationCheck:
    """Holds citations against the library and the unit's own documents."""

    def __init__(self, index: CitationIndex, forms: Iterable[str]) -> None:
        """Check against documents; `forms` end the titles of what no library holds."""
        self._index = index
        words = "|".join(map(re.escape, forms))
        self._forms = re.compile(f"(?:{words})(?:（[^）]*）)?$" if words else "(?!)")

    def check(self, sentence: Sentence, plain: str, earlier: list[Citable]) -> Cited:
        """Check what a sentence cites; `earlier` are the documents its paragraph cited before."""
        cited = Cited()
        text = plain[sentence.start : sentence.end]
        places: list[tuple[int, list[Citable]]] = []
        titles: list[tuple[int, str, list[Citable]]] = []
        for match in TITLE.finditer(text):
            cited.has_citation = True
            found = self._index.titled(match["title"])
            titles.append((match.end(), match["title"], found))
            places.append((match.end(), found))
            cited.documents += found
            cited.problems += self._title_problems(match, found, sentence.start)
        blanked = TITLE.sub(lambda one: "《" * len(one.group()), text)
        for match in NUMBER.finditer(blanked):
            cited.has_citation = True
            found = self._numbered(match.group())
            start = match.start() + _head_start(match.group(), found)
            title = next(
                (
                    one
                    for one in titles
                    if one[0] <= start and _BETWEEN.match(blanked[one[0] : start])
                ),
                None,
            )
            places.append((match.end(), found))
            cited.documents += found
            cited.problems += self._number_problems(match, found, title, sentence.start)
        self._articles(blanked, sentence, sorted(places, key=lambda one: one[0]), earlier, cited)
        return cited

    def _numbered(self, written: str) -> list[Citable]:
        """Return the documents whose 文号 a run of characters ends with."""
        return [
            document
            for known in self._index.numbers_ending(written)
            for document in self._index.numbered(known)
        ]

    def _title_problems(
        self, match: re.Match[str], found: list[Citable], offset: int
    ) -> Iterator[Problem]:
        """Yield what is wrong with a title."""
        title = match["title"]
        if found or self._forms.search(title):
            return
        near = self._nearest(title)
        reason = f"知识库和本单位制度里没有《{title}》"
        if near is not None:
            reason += f"，最接近的是《{near.title}》"
        yield Problem(
            ViolationKind.TITLE,
            offset + match.start(),
            offset + match.end(),
            reason,
            suggestion=f"《{near.title}》" if near else "",
        )

    def _nearest(self, title: str) -> Citable | None:
        """Return the document whose title is much like a title."""
        wanted = _pairs(title_forms(title)[0] if title_forms(title) else title)
        best, score = None, 0.6
        for one in self._index.documents:
            own = _pairs(one.title)
            if own and wanted:
                like = 2 * len(own & wanted) / (len(own) + len(wanted))
                if like > score:
                    best, score = one, like
        return best

    def _number_problems(
        self,
        match: re.Match[str],
        found: list[Citable],
        title: tuple[int, str, list[Citable]] | None,
        offset: int,
    ) -> Iterator[Problem]:
        """Yield what is wrong with a 文号: not known, or another document's."""
        start = match.start() + _head_start(match.group(), found)
        written = match.group()[start - match.start() :]
        documents = title[2] if title else []
        own = [one.number for one in documents if one.number]
        suggestion = own[0] if own else ""
        if not found:
            reason = f"知识库和本单位制度里没有文号“{written}”"
            if suggestion:
                reason += f"，{documents[0].label}的文号是{suggestion}"
        elif title is None or any(one in found for one in documents):
            return
        elif not found[0].title and documents and not suggestion:
            return  # both were entered, and neither says what the other is of
        elif documents:
            reason = f"“{written}”是{found[0].label}的文号，不是《{title[1]}》的"
        elif not found[0].title or self._forms.search(title[1]):
            return
        else:
            reason = f"“{written}”是{found[0].label}的文号，不是《{title[1]}》的"
        yield Problem(
            ViolationKind.NUMBER,
            offset + start,
            offset + match.end(),
            reason,
            suggestion=suggestion,
        )

    def _articles(
        self,
        text: str,
        sentence: Sentence,
        places: list[tuple[int, list[Citable]]],
        earlier: list[Citable],
        cited: Cited,
    ) -> None:
        """Check article numbers against the document they are cited from."""
        named: set[str] = set()
        for match in ARTICLE.finditer(text):
            cited.has_citation = True
            if cited.article_end is None:
                cited.article_end = sentence.start + match.end()
            before = [found for end, found in places if end <= match.start()]
            bare = self._index.ending(text[: match.start()])
            before += [bare] if bare else []
            documents = before[-1] if before else earlier[-1:]
            number = article_number(match.group())
            problem = self._article_problem(match, number, documents, bool(before), sentence)
            if problem is not None:
                cited.problems.append(problem)
            for document in documents:
                own = document.article(number) if number is not None else []
                cited.clauses += own
                named.add(document.label)
                rest = text[match.end() :]
                if (
                    own
                    and problem is None
                    and (better := better_clause(rest, own, document.clauses))
                ):
                    cited.problems.append(_elsewhere(match, document, better, sentence.start))
        for document in cited.documents:
            if document.label not in named:
                cited.clauses += document.clauses

    @staticmethod
    def _article_problem(
        match: re.Match[str],
        number: int | None,
        documents: list[Citable],
        is_told: bool,  # noqa: FBT001 - private, read once
        sentence: Sentence,
    ) -> Problem | None:
        """Return what is wrong with an article number, None if it is there."""
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not documents:
            reason = (
                f"“{match.group()}”前面的文件不在知识库里"
                if is_told
                else f"没有写明“{match.group()}”是哪个文件的"
            )
            return Problem(ViolationKind.ARTICLE, start, end, f"{reason}，条号无法核对")
        if number is not None and any(one.article(number) for one in documents):
            return None
        label = documents[0].label
        reason = f"知识库里的{label}没有{match.group()}"
        if not documents[0].clauses:
            reason = f"没有{label}的正文，{match.group()}无法核对"
        return Problem(ViolationKind.ARTICLE, start, end, reason)


def _elsewhere(match: re.Match[str], document: Citable, better: Clause, offset: int) -> Problem:
    """Return the problem of words that another article of the same document says."""
    return Problem(
        ViolationKind.ARTICLE,
        offset + match.start(),
        offset + match.end(),
        f"{document.label}{match.group()}没有说这件事，说这件事的是{better.article}（{better.title}）",
        suggestion=better.article,
    )


def _head_start(written: str, found: list[Citable]) -> int:
    """Return where a 文号 begins in a run of characters that may hold words before it."""
    form = number_form(written)
    for one in found:
        if form.endswith(number_form(one.number)):
            return max(len(written) - len(one.number), 0)
    head = re.split(r"[〔\[【（]", written, maxsplit=1)[0]
    ends = [match.end() for match in _HEAD_END.finditer(head) if match.end() < len(head)]
    return max([*ends, len(head) - _LONGEST_HEAD, 0])


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters."""
    return {text[at : at + 2] for at in range(len(text) - 1)}
