"""What people entered in words: it may be restated, figures and all (录入文字)."""

import re
from collections.abc import Iterable, Iterator

from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.drafting.grounding.cues import is_difference
from ziping.drafting.grounding.dates import find_dates
from ziping.drafting.grounding.entered import (
    BESIDE,
    Entered,
    beside_of,
    lead_of,
    likeness_of,
    long_figures_of,
    own_words,
    pairs_of,
)
from ziping.drafting.grounding.mentions import Figure
from ziping.drafting.grounding.numerals import find_figures
from ziping.drafting.grounding.segments import Part, plain_text, split_sentences

_SPACE = re.compile(r"\s+")
_LEAST_CLAUSE = 6
LAST_YEAR = re.compile("上一?年度?|去年|前一年")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年")
_GAP_TOLD = re.compile("[比较][^，。；]*(?:多|少|高|低|差|超)(?:[出了约建办])?$|还差$")
_LEAST_SHARED = 2
_TELLING = 3
"""Characters from which a figure with its unit is hardly met by chance."""


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
        self._entered: list[Entered] = []
        self._sentences = split_sentences(self.whole)
        for sentence in self._sentences:
            for figure in find_figures(sentence.text):
                at = sentence.start + figure.start
                clause = sentence.clause_at(at)
                self._entered.append(
                    Entered(
                        figure,
                        clause.text,
                        *beside_of(clause, at, figure.text),
                        lead_of(clause, at),
                        clause.text[at + len(figure.text) - clause.start :][:1],
                        is_difference(own_words(clause, at)),
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
        behind = sentence.partition(date)[2][:BESIDE]
        told = long_figures_of(sentence.replace(date, " "))
        alone = re.compile(f"{date}(?!度?\\s?\\d)")
        return any(
            (behind and date + behind in one.text)
            or told & long_figures_of(one.text)
            or len(pairs_of(sentence) & pairs_of(one.text)) >= _LEAST_SHARED
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
        wanted = pairs_of(part)
        alike = [(len(wanted & pairs_of(one.clause)), one) for one in self._entered]
        own = max((shared for shared, one in alike if one.is_same(figure)), default=0)
        best = max((shared for shared, _ in alike), default=0)
        return bool(wanted) and 2 * own >= len(wanted) and own == best

    def beside(self, figure: Figure) -> list[Figure]:
        """Return the figures entered in the same sentence as a figure."""
        sentences = {one.sentence for one in self._entered if one.is_same(figure)}
        return [one.figure for one in self._entered if one.sentence in sentences]

    def knows_last_year(self, sentence: str) -> bool:
        """Whether something of the year before was entered that a sentence speaks of."""
        dates, words = (f"{self._year - 1}年", "上年", "去年"), pairs_of(sentence)
        return any(
            date in one.text
            and (
                words & pairs_of(one.text) or long_figures_of(sentence) & long_figures_of(one.text)
            )
            for one in self._sentences
            for date in dates
        )

    def akin(self, sentence: str) -> list[Figure]:
        """Return the figures entered in sentences that share a figure or words with a sentence."""
        return [one for group in self.groups(sentence) for one in group]

    def groups(self, sentence: str) -> list[list[Figure]]:
        """Return the figures of each entered sentence that shares a figure or words with one."""
        digits, words = long_figures_of(sentence), pairs_of(sentence)
        found: dict[int, list[Figure]] = {}
        for one in self._sentences:
            if (
                digits & long_figures_of(one.text)
                or len(words & pairs_of(one.text)) >= _LEAST_SHARED
            ):
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

    def _is_beside(self, same: list[Entered], figure: Figure, clause: Part) -> bool | None:
        """Whether the words right beside a figure are those it was entered with, or another's.

        None: they do not tell.
        """
        before, behind = beside_of(clause, figure.start, figure.text)
        behinds = {one.behind for one in self._entered}
        if behind and behind in behinds:
            return any(one.behind == behind for one in same)
        if self._is_of_year(same, clause):
            return True
        lead = lead_of(clause, figure.start)
        own = max((likeness_of(lead, one.lead) for one in same), default=0)
        best = max((likeness_of(lead, one.lead) for one in self._entered), default=0)
        if best >= own + _LEAST_SHARED:
            return False
        is_alike = own == best and own >= _LEAST_SHARED
        return True if is_alike or any(before and one.before == before for one in same) else None

    def _is_akin(self, same: list[Entered], figure: Figure, clause: Part, sentence: str) -> bool:
        """Whether a figure was entered in a clause or sentence much like the one around it."""
        written = len(figure.text.strip("0."))
        if written > _TELLING and any(pairs_of(sentence) & pairs_of(one.clause) for one in same):
            return True
        following = clause.text[figure.end - clause.start :][:1]
        alike = [one for one in same if one.following == following]
        if written >= _TELLING and self._is_beside_another(alike, figure, sentence):
            return True
        around = pairs_of(clause.text.replace(figure.text, " "))
        if any(len(around & pairs_of(one.clause)) >= _LEAST_SHARED for one in same):
            return True
        starts = {one.sentence for one in alike}
        return any(
            len(around & pairs_of(one.text)) > _LEAST_SHARED
            for one in self._sentences
            if one.start in starts
        )

    def _is_alone(self, same: list[Entered], figure: Figure, clause: Part) -> bool:
        """Whether a figure was entered with no other of its measure, in words much like these.

        There is none it could have been mistaken for, whatever stands right beside it.
        """
        around = pairs_of(own_words(clause, figure.start))
        return any(
            len(around & pairs_of(one.clause)) > _LEAST_SHARED
            and not any(
                other.sentence == one.sentence
                and other.figure is not one.figure
                and (other.figure.dimension, other.figure.unit)
                == (one.figure.dimension, one.figure.unit)
                for other in self._entered
            )
            for one in same
        )

    def _is_beside_another(self, same: list[Entered], figure: Figure, sentence: str) -> bool:
        """Whether a sentence tells another figure that was entered in the same sentence too."""
        others = long_figures_of(sentence.replace(figure.text, " "))
        starts = {one.sentence for one in same}
        return any(
            others & long_figures_of(one.text) for one in self._sentences if one.start in starts
        )

    def _is_of_year(self, same: list[Entered], clause: Part) -> bool:
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
