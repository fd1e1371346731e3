"""Holding a text against a report's facts, sentence by sentence (核对)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ziping.domain.grounding import Grounding, LinkedFact, Span, Violation
from ziping.drafting.context import DraftContext
from ziping.drafting.entered import fund_rows, row_name
from ziping.drafting.figures import to_inline
from ziping.drafting.grounding.bounds import find_wrong_sides, find_wrong_ways
from ziping.drafting.grounding.citation_index import Citable, build_citations, clause_figures
from ziping.drafting.grounding.citations import CitationCheck, Cited
from ziping.drafting.grounding.claim_facts import build_claim_facts
from ziping.drafting.grounding.claims import ClaimCheck
from ziping.drafting.grounding.date_check import DateCheck
from ziping.drafting.grounding.dates import find_dates
from ziping.drafting.grounding.fact_index import build_index
from ziping.drafting.grounding.figures import FigureCheck
from ziping.drafting.grounding.grades import GradeCheck
from ziping.drafting.grounding.masks import BLANK, without_citations, without_idioms
from ziping.drafting.grounding.mentions import Figure
from ziping.drafting.grounding.numerals import find_figures
from ziping.drafting.grounding.organisations import OrganisationCheck
from ziping.drafting.grounding.plans import Plans
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.quoted import QUOTED, QuotedNameCheck
from ziping.drafting.grounding.respective import told_alone
from ziping.drafting.grounding.rule_claims import find_rule_claims
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import Sentence, plain_text, split_sentences
from ziping.drafting.grounding.subjects import Hit, HitKind, Names
from ziping.drafting.grounding.unit_words import find_wrong_units
from ziping.drafting.grounding.user_texts import UserTexts
from ziping.drafting.grounding.verdicts import KINDS, Verdict
from ziping.drafting.grounding.whose import fund_words

_LEAD = re.compile("^”?：")
_LISTED = re.compile(
    r"\s*(?:#|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]|[①-⑳])"
)
_HEADING = 8
_MOST_STEPS = 2
"""Times a figure may follow from one that follows from others."""
_TOLD = re.compile(r"\d[^\d.,]+\d|[\u4e00-\u9fff]{4}\D*\d|\d\D*[\u4e00-\u9fff]{5}")
"""A cell that tells its figures among words: it is restated as a whole."""


class Grounder:
    """Checks any number of texts against one report."""

    def __init__(self, context: DraftContext) -> None:
        """Collect the report's facts, names, citable documents and entered texts."""
        report = context.report
        facts = context.ledger.facts
        self._several = len(report.projects) > 1
        words = context.lexicon
        self._texts = UserTexts(report, words.order_words)
        self._names = Names(report, context.sheets_by_project, words.measure_endings)
        plans = Plans(words.plan_words, report.fiscal_year)
        index = build_index(context)
        self._index = index
        self._figures = FigureCheck(index, self._texts, plans, report.fiscal_year)
        self._claims = ClaimCheck(build_claim_facts(context, index), self._texts)
        self._grades = GradeCheck(facts, context.rule_set, tuple(one.id for one in report.projects))
        self._dates = DateCheck(report, self._texts, plans)
        self._organisations = OrganisationCheck(report, dict(context.documents), self._texts)
        framework = context.framework
        known = "、".join(item.level3 for item in framework.items) if framework else ""
        self._quoted = QuotedNameCheck(report, self._texts, known)
        self._citations = CitationCheck(
            build_citations(report, context.documents.values(), self._texts.whole),
            words.form_titles,
        )
        labels = {
            key: row_name(plain_text(to_inline(row.label)))
            for project in report.projects
            for key, row in fund_rows(project)
        }
        self._funds = fund_words(labels)
        self._cells = {
            plain_text(to_inline(cell))
            for project in report.projects
            for one in project.indicators
            for cell in (one.target, one.actual)
        }
        self._worded = "\n".join(self._cells)
        told = sorted((one for one in self._cells if _TOLD.search(one)), key=len, reverse=True)
        self._told = re.compile("|".join(map(re.escape, told)) or "(?!)")

    def ground(self, text: str) -> Grounding:
        """Return what of a text does not follow from the facts, and what does."""
        plain = plain_text(text)
        blanked = without_citations(plain)
        violations: list[Violation] = []
        links: list[LinkedFact] = []
        earlier: list[Citable] = []
        lead: list[Hit] = []
        for sentence in split_sentences(blanked):
            if not sentence.paragraph:
                earlier = []
                lead = self._lead(sentence, plain, lead)
            cited = self._citations.check(sentence, plain, earlier)
            scene = self._scene(sentence, lead)
            verdicts = self._verdicts(scene, cited)
            problems = [*self._problems(scene, cited, verdicts, bool(earlier))]
            violations += self._placed(text, scene, problems)
            links += [
                LinkedFact(
                    fact_id=one.entry.fact_id,
                    span=Span(start=one.figure.start, end=one.figure.end),
                    text=text[one.figure.start : one.figure.end],
                )
                for one in verdicts.values()
                if one.entry is not None and one.entry.fact_id
            ]
            earlier += cited.documents
        violations.sort(key=lambda one: (one.span.start, one.span.end))
        return Grounding(violations=tuple(violations), links=tuple(links))

    def _lead(self, sentence: Sentence, plain: str, lead: list[Hit]) -> list[Hit]:
        """Return the project a paragraph is about: its own lead, or the one before it has."""
        if not self._several:
            return []
        found = self._names.find(sentence.text)
        if (
            found
            and found[0].kind is HitKind.PROJECT
            and _LEAD.match(sentence.text[found[0].end :])
        ):
            return found[:1]
        is_listed = _LISTED.match(plain[sentence.start :][:_HEADING])
        return [] if is_listed else lead

    def _scene(self, sentence: Sentence, lead: list[Hit]) -> Scene:
        """Return a sentence with its figures and names."""
        text = sentence.text
        for mention in find_dates(text):
            text = _blanked(text, mention.start, mention.end)
        found = self._names.find(sentence.text)
        for hit in found:
            text = _blanked(text, hit.start, hit.end)
        for match in QUOTED.finditer(sentence.text):
            if match["words"] in self._cells:
                text = _blanked(text, *match.span())
        for match in self._told.finditer(sentence.text):
            text = _blanked(text, *match.span())
        offset = sentence.start
        return Scene(
            sentence,
            [
                replace(one, start=one.start + offset, end=one.end + offset)
                for one in find_figures(without_idioms(text))
            ],
            [replace(hit, start=hit.start + offset, end=hit.end + offset) for hit in found],
            [*lead, *self._names.find(sentence.paragraph)] if self._several else [],
            self._funds,
            self._several,
        )

    def _verdicts(self, scene: Scene, cited: Cited) -> dict[int, Verdict]:
        """Return what became of each figure, by its place; one may follow from others."""
        found = {one.start: self._verdict(scene, one, cited, ()) for one in scene.figures}
        for _ in range(_MOST_STEPS):
            accepted = [one.figure for one in found.values() if not one.reason]
            refused = [one.figure for one in found.values() if one.reason]
            again = {one.start: self._verdict(scene, one, cited, accepted) for one in refused}
            found |= again
            if all(one.reason for one in again.values()):
                break
        return found

    def _verdict(
        self, scene: Scene, figure: Figure, cited: Cited, accepted: Sequence[Figure]
    ) -> Verdict:
        """Return what became of a figure; one of a list is read in a sentence of its own."""
        told = clause_figures(cited.clauses) if cited.has_citation else []
        is_quoted = cited.article_end is not None and figure.start > cited.article_end
        alone = told_alone(scene, figure)
        if alone is not None:
            own = replace(self._scene(alone.sentence, []), earlier=scene.earlier)
            for at, one in enumerate(own.figures):
                if one.start == alone.start and one.text == figure.text:
                    moved = replace(figure, start=one.start, end=one.end)
                    own.figures[at] = moved
                    verdict = self._figures.check(own, moved, told, is_quoted=is_quoted)
                    return replace(verdict, figure=figure)
        return self._figures.check(scene, figure, told, accepted, is_quoted=is_quoted)

    def _problems(
        self,
        scene: Scene,
        cited: Cited,
        verdicts: dict[int, Verdict],
        has_earlier: bool,  # noqa: FBT001
    ) -> Iterator[Problem]:
        """Yield what is wrong in a sentence."""
        sentence = scene.sentence
        yield from cited.problems
        for verdict in verdicts.values():
            if verdict.reason:
                yield _figure_problem(verdict)
        issued = frozenset(day for one in cited.documents for day in one.dates)
        yield from self._dates.check(scene, issued)
        yield from self._grades.check(scene, self._worded)
        yield from self._claims.check(scene, verdicts)
        yield from find_wrong_sides(scene, verdicts)
        yield from find_wrong_ways(scene)
        yield from find_wrong_units(scene, self._index)
        yield from self._organisations.check(sentence)
        yield from self._quoted.check(sentence)
        yield from find_rule_claims(
            sentence, has_citation=cited.has_citation, has_earlier=has_earlier
        )

    def _placed(self, text: str, scene: Scene, problems: list[Problem]) -> Iterator[Violation]:
        """Yield problems as violations, but those in words a person entered."""
        sentence = scene.sentence
        for one in problems:
            if not one.is_own and self._texts.restates(sentence.clause_at(one.start)):
                continue
            yield Violation(
                kind=one.kind,
                span=Span(start=one.start, end=one.end),
                text=text[one.start : one.end],
                reason=one.reason,
                sentence=Span(start=sentence.start, end=sentence.end),
                fact_id=one.fact_id,
                suggestion=one.suggestion,
            )


def _blanked(text: str, start: int, end: int) -> str:
    """Return a text with a stretch blanked out."""
    return text[:start] + BLANK * (end - start) + text[end:]


def _figure_problem(verdict: Verdict) -> Problem:
    """Return the problem of a figure that cannot stand."""
    figure, expected = verdict.figure, verdict.expected
    return Problem(
        KINDS[figure.dimension],
        figure.start,
        figure.end,
        verdict.reason,
        expected.fact_id if expected else "",
        expected.display if expected else "",
        is_own=verdict.is_own,
    )
