"""What people entered in words: it may be restated, figures and all (录入文字)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.drafting.grounding.cues import is_difference
from ziping.drafting.grounding.dates import find_dates
from ziping.drafting.grounding.entries import is_same_counter
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.numerals import find_figures
from ziping.drafting.grounding.segments import Part, plain_text, split_sentences

_SPACE = re.compile(r"\s+")
_CJK = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_LEAST_CLAUSE = 6
LAST_YEAR = re.compile("上一?年度?|去年|前一年")
_LONG_FIGURE = re.compile(r"\d[\d.,]{2,}|\d[\d.,]*\s?[\u4e00-\u9fff%]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年")
_DIGITS = re.compile(r"[\d.,]+|[^\u4e00-\u9fff]")
_GAP_TOLD = re.compile("[比较][^，。；]*(?:多|少|高|低|差|超)(?:[出了约建办])?$|还差$")
_LEAD = 4
_BESIDE = 2
_LEAST_SHARED = 2
_TELLING = 3
"""Characters from which a figure with its unit is hardly met by chance."""


@dataclass(frozen=True, slots=True)
class _Entered:
    """A figure of an entered text with its clause (录入数字)."""

    figure: Figure
    clause: str
    before: str
    behind: str
    lead: str
    following: str
    """The character right behind."""
    is_gap: bool = False
    """Whether it is told as a difference: 少建3个."""
    sentence: int = 0

    def is_same(self, figure: Figure) -> bool:
        """Whether another figure says the same number of the same measure."""
        own = self.figure
        if (own.dimension, own.value) != (figure.dimension, figure.value):
            return False
        return own.dimension is not Dimension.COUNT or is_same_counter(own.unit, figure.unit)


class UserTexts:
    """The texts of a report that only people know, with the figures in them."""

    def __init__(self, report: Report, orders: Iterable[str] = ()) -> None:
        """Collect them; a sentence with an order to a writer is no word of the unit's."""
        self._year = report.fiscal_year
        plain = "\n".join(plain_text(text) for text in _texts(report) if text.strip())
        self.whole = _without_orders(plain, [plain_text(one) for one in orders])
        self.squeezed = _SPACE.sub("", self.whole)
        cells = plain_text("\n".join(_cells(report)))
        self._cells = _SPACE.sub("", cells)
        self._entered: list[_Entered] = []
        self._sentences = split_sentences(self.whole)
        for sentence in self._sentences:
            for figure in find_figures(sentence.text):
                at = sentence.start + figure.start
                clause = sentence.clause_at(at)
                self._entered.append(
                    _Entered(
                        figure,
                        clause.text,
                        *_beside(clause, at, figure.text),
                        _lead(clause, at),
                        clause.text[at + len(figure.text) - clause.start :][:1],
                        is_difference(_own_words(clause, at)),
                        sentence.start,
                    )
                )
        self.dates = {mention.key for mention in find_dates(self.whole)}
        stated = (*self.dates, *(mention.key for mention in find_dates(cells)))
        self.years = {key[0] for key in stated if key[0] is not None}

    def holds(self, words: str) -> bool:
        """Whether the very words were entered."""
        squeezed = _SPACE.sub("", words)
        return bool(squeezed) and (squeezed in self.squeezed or squeezed in self._cells)

    def tells_of(self, date: str, sentence: str) -> bool:
        """Whether a year was entered with a figure, or with the next word, of a sentence."""
        behind = sentence.partition(date)[2][:_BESIDE]
        told = _digits(sentence.replace(date, " "))
        alone = re.compile(f"{date}(?!度?\\s?\\d)")
        return any(
            (behind and date + behind in one.text)
            or told & _digits(one.text)
            or len(_pairs(sentence) & _pairs(one.text)) >= _LEAST_SHARED
            for one in self._sentences
            if alone.search(one.text)
        )

    def restates(self, clause: Part) -> bool:
        """Whether a clause is entered text word for word, long enough to be no accident."""
        squeezed = _SPACE.sub("", clause.text).strip("“”")
        return len(squeezed) >= _LEAST_CLAUSE and squeezed in self.squeezed

    def knows(self, figure: Figure) -> bool:
        """Whether a figure was entered anywhere."""
        return any(one.is_same(figure) for one in self._entered)

    def names(self, figure: Figure, part: str) -> bool:
        """Whether a figure was entered of a part of the whole, by that part's name."""
        wanted = _pairs(part)
        return bool(wanted) and any(
            2 * len(wanted & _pairs(one.clause)) >= len(wanted)
            for one in self._entered
            if one.is_same(figure)
        )

    def beside(self, figure: Figure) -> list[Figure]:
        """Return the figures entered in the same sentence as a figure."""
        sentences = {one.sentence for one in self._entered if one.is_same(figure)}
        return [one.figure for one in self._entered if one.sentence in sentences]

    def knows_last_year(self, sentence: str) -> bool:
        """Whether something of the year before was entered that a sentence speaks of."""
        dates, words = (f"{self._year - 1}年", "上年", "去年"), _pairs(sentence)
        return any(
            date in one.text and (words & _pairs(one.text) or _digits(sentence) & _digits(one.text))
            for one in self._sentences
            for date in dates
        )

    def akin(self, sentence: str) -> list[Figure]:
        """Return the figures entered in sentences that share a figure or words with a sentence."""
        return [one for group in self.groups(sentence) for one in group]

    def groups(self, sentence: str) -> list[list[Figure]]:
        """Return the figures of each entered sentence that shares a figure or words with one."""
        digits, words = _digits(sentence), _pairs(sentence)
        found: dict[int, list[Figure]] = {}
        for one in self._sentences:
            if digits & _digits(one.text) or len(words & _pairs(one.text)) >= _LEAST_SHARED:
                found[one.start] = []
        for entered in self._entered:
            if entered.sentence in found:
                found[entered.sentence].append(entered.figure)
        return [*found.values()]

    def has(self, figure: Figure, clause: Part, sentence: str) -> bool:
        """Whether a figure was entered, of the thing the words around it speak of."""
        is_gap = _GAP_TOLD.search(clause.text[: figure.start - clause.start]) is not None
        same = [one for one in self._entered if one.is_same(figure) and one.is_gap >= is_gap]
        is_beside = self._is_beside(same, figure, clause)
        if is_beside is not None:
            return is_beside or self._is_alone(same, figure, clause)
        return self._is_akin(same, figure, clause, sentence)

    def _is_beside(self, same: list[_Entered], figure: Figure, clause: Part) -> bool | None:
        """Whether the words right beside a figure are those it was entered with, or another's.

        None: they do not tell.
        """
        before, behind = _beside(clause, figure.start, figure.text)
        behinds = {one.behind for one in self._entered}
        if behind and behind in behinds:
            return any(one.behind == behind for one in same)
        if self._is_of_year(same, clause):
            return True
        lead = _lead(clause, figure.start)
        own = max((_likeness(lead, one.lead) for one in same), default=0)
        best = max((_likeness(lead, one.lead) for one in self._entered), default=0)
        if best >= own + _LEAST_SHARED:
            return False
        is_alike = own == best and own >= _LEAST_SHARED
        return True if is_alike or any(before and one.before == before for one in same) else None

    def _is_akin(self, same: list[_Entered], figure: Figure, clause: Part, sentence: str) -> bool:
        """Whether a figure was entered in a clause or sentence much like the one around it."""
        is_telling = len(figure.text.strip("0.")) >= _TELLING
        if is_telling and any(_pairs(sentence) & _pairs(one.clause) for one in same):
            return True
        if is_telling and self._is_beside_another(same, figure, sentence):
            return True
        around = _pairs(clause.text.replace(figure.text, " "))
        if any(len(around & _pairs(one.clause)) >= _LEAST_SHARED for one in same):
            return True
        following = clause.text[figure.end - clause.start :][:1]
        starts = {one.sentence for one in same if one.following == following}
        return any(
            len(around & _pairs(one.text)) > _LEAST_SHARED
            for one in self._sentences
            if one.start in starts
        )

    def _is_alone(self, same: list[_Entered], figure: Figure, clause: Part) -> bool:
        """Whether a figure was entered with no other of its measure, in words much like these.

        There is none it could have been mistaken for, whatever stands right beside it.
        """
        around = _pairs(_own_words(clause, figure.start))
        return any(
            len(around & _pairs(one.clause)) >= _LEAST_SHARED
            and not any(
                other.sentence == one.sentence
                and other.figure is not one.figure
                and (other.figure.dimension, other.figure.unit)
                == (one.figure.dimension, one.figure.unit)
                for other in self._entered
            )
            for one in same
        )

    def _is_beside_another(self, same: list[_Entered], figure: Figure, sentence: str) -> bool:
        """Whether a sentence tells another figure that was entered in the same sentence too."""
        others = _digits(sentence.replace(figure.text, " "))
        starts = {one.sentence for one in same}
        return any(others & _digits(one.text) for one in self._sentences if one.start in starts)

    def _is_of_year(self, same: list[_Entered], clause: Part) -> bool:
        """Whether a figure is told of a year of which it was entered."""
        years = set(_YEAR.findall(clause.text))
        if LAST_YEAR.search(clause.text):
            years.add(f"{self._year - 1}年")
        return any(
            years & set(_YEAR.findall(one.text))
            for one in self._sentences
            if any(entered.sentence == one.start for entered in same)
        )


def _without_orders(text: str, orders: list[str]) -> str:
    """Blank out the sentences that hold an order."""
    for sentence in split_sentences(text):
        if any(one in sentence.text.lower() for one in orders):
            blank = " " * (sentence.end - sentence.start)
            text = text[: sentence.start] + blank + text[sentence.end :]
    return text


def _lead(clause: Part, at: int) -> str:
    """Return the words right before a figure."""
    return _DIGITS.sub("", clause.text[: at - clause.start])[-_LEAD:]


def _own_words(clause: Part, at: int) -> str:
    """Return the words of a clause between the figure before and a figure."""
    return re.split(r"\d", clause.text[: at - clause.start])[-1]


def _likeness(left: str, right: str) -> int:
    """Return how many characters two leads share, whatever their order: 回收 and 收回."""
    return sum((Counter(left) & Counter(right)).values())


def _beside(clause: Part, at: int, text: str) -> tuple[str, str]:
    """Return the two characters before and behind a figure, blank where they are no words."""
    place = at - clause.start
    before, behind = clause.text[:place][-_BESIDE:], clause.text[place + len(text) :][:_BESIDE]
    return (
        before if _WORD.fullmatch(before) else "",
        behind if _WORD.fullmatch(behind) else "",
    )


def _digits(text: str) -> set[str]:
    """Return the longer figures of a text."""
    return set(_LONG_FIGURE.findall(text))


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters."""
    return {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if _CJK.match(text[at]) and _CJK.match(text[at + 1])
    }


def _texts(report: Report) -> Iterator[str]:
    """Yield every text a person entered in a report."""
    yield from report.materials.values()
    for one in report.rectifications:
        yield from (one.problem, one.suggestion, one.result)
    for project in report.projects:
        yield from _project_texts(project)


def _cells(report: Report) -> Iterator[str]:
    """Yield the names and cells of a report's tables."""
    for project in report.projects:
        yield project.name
        for one in project.indicators:
            yield from (one.level3, one.target, one.actual)


def _project_texts(project: SelfEvaluation) -> Iterator[str]:
    """Yield the texts of one project."""
    yield from project.materials.values()
    yield project.adjustment_basis
    yield project.previous.reason
    yield project.approved.objective
    for objective in project.objectives:
        yield from (objective.expected, objective.achieved)
    for answer in project.checklist.values():
        yield from (answer.note, answer.evidence)
    for indicator in project.indicators:
        yield from (indicator.deviation, indicator.points_reason, indicator.previous.reason)
        yield from (one.name for one in indicator.evidence)
