"""What people entered in words: it may be restated, figures and all (录入文字)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.drafting.grounding.dates import find_dates
from ziping.drafting.grounding.entries import is_same_counter
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.numerals import find_figures
from ziping.drafting.grounding.segments import Part, plain_text, split_sentences

_SPACE = re.compile(r"\s+")
_CJK = re.compile("[\u4e00-\u9fff]")
_LEAST_CLAUSE = 6
_BESIDE = 2
_LEAST_SHARED = 2


class UserTexts:
    """The texts of a report that only people know, with the figures in them."""

    def __init__(self, report: Report) -> None:
        """Collect them."""
        self.whole = "\n".join(plain_text(text) for text in _texts(report) if text.strip())
        self.squeezed = _SPACE.sub("", self.whole)
        cells = plain_text("\n".join(_cells(report)))
        self._cells = _SPACE.sub("", cells)
        self._figures: dict[tuple[Dimension, Decimal], list[tuple[str, str]]] = defaultdict(list)
        for sentence in split_sentences(self.whole):
            for figure in find_figures(sentence.text):
                clause = sentence.clause_at(sentence.start + figure.start)
                key = (figure.dimension, figure.value)
                self._figures[key].append((figure.unit, clause.text))
        self.dates = {mention.key for mention in find_dates(self.whole)}
        stated = (*self.dates, *(mention.key for mention in find_dates(cells)))
        self.years = {key[0] for key in stated if key[0] is not None}

    def holds(self, words: str) -> bool:
        """Whether the very words were entered."""
        squeezed = _SPACE.sub("", words)
        return bool(squeezed) and (squeezed in self.squeezed or squeezed in self._cells)

    def restates(self, clause: Part) -> bool:
        """Whether a clause is entered text word for word, long enough to be no accident."""
        squeezed = _SPACE.sub("", clause.text).strip("“”")
        return len(squeezed) >= _LEAST_CLAUSE and squeezed in self.squeezed

    def has(self, figure: Figure, clause: Part) -> bool:
        """Whether a figure was entered, with the same words around it."""
        found = self._figures.get((figure.dimension, figure.value), ())
        around = _pairs(clause.text.replace(figure.text, " "))
        at = figure.start - clause.start
        beside = (
            clause.text[max(at - _BESIDE, 0) : at],
            clause.text[at + len(figure.text) :][:_BESIDE],
        )
        return any(
            (figure.dimension is not Dimension.COUNT or is_same_counter(unit, figure.unit))
            and (
                len(around & _pairs(text)) >= _LEAST_SHARED
                or any(len(one) == _BESIDE and one in text for one in beside)
            )
            for unit, text in found
        )


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
    yield project.approved.objective
    for objective in project.objectives:
        yield from (objective.expected, objective.achieved)
    for answer in project.checklist.values():
        yield from (answer.note, answer.evidence)
    for indicator in project.indicators:
        yield from (indicator.deviation, indicator.points_reason)
        yield from (one.name for one in indicator.evidence)
