"""What the rules for running text look at: the text by its parts, the tables beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ziping.checks.prose.outline import parts_of, section_ids
from ziping.checks.subject import Subject
from ziping.domain.draft import Outline
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding, Place
from ziping.domain.grounding import Grounding
from ziping.domain.numbers import read_number
from ziping.domain.policy import PolicyDocument
from ziping.domain.prose import Passage, Prose, sentences
from ziping.domain.prose_words import ProseWords
from ziping.domain.rules import Lexicon, RuleSet
from ziping.domain.scores import ScoreSheet


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its place (句子)."""

    passage: int
    """Which of the text's passages it stands in."""
    number: int
    """Which sentence of the passage it is, from 1."""
    start: int
    """Where in the passage it begins."""
    text: str


@dataclass(frozen=True)
class ProseSubject:
    """A report's text with everything it is held against (正文校验对象)."""

    prose: Prose
    report: Report
    """Without projects where there is neither a table nor a file of figures."""
    sheets: tuple[ScoreSheet, ...]
    rule_set: RuleSet
    lexicon: Lexicon
    words: ProseWords
    outline: Outline
    documents: tuple[PolicyDocument, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those on the tables."""
    groundings: Mapping[int, Grounding] = field(default_factory=dict)
    """By number of the passage."""

    # ---- the tables -----------------------------------------------------------------------

    @cached_property
    def projects(self) -> tuple[Subject, ...]:
        """The self-evaluations, read, each with its score sheet."""
        sheets = {one.project_id: one for one in self.sheets}
        return tuple(
            Subject(one, sheets[one.id], self.rule_set, self.lexicon, self.report.fiscal_year)
            for one in self.report.projects
            if one.id in sheets
        )

    @cached_property
    def total(self) -> Decimal | None:
        """The total that stands for the only project: as printed, else as scored."""
        if len(self.projects) != 1:
            return None
        one = self.projects[0]
        printed = read_number(one.evaluation.printed.total).value
        return one.sheet.total if printed is None else printed

    # ---- the text -------------------------------------------------------------------------

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every sentence in document order, headings included."""
        return tuple(
            Said(at, number, start, text)
            for at, passage in enumerate(self.prose.passages)
            for number, (start, text) in enumerate(sentences(passage.text), 1)
        )

    @cached_property
    def whole(self) -> str:
        """All of the text."""
        return "\n".join(one.text for one in self.prose.passages)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The part each heading stands for; blank where nothing says."""
        return parts_of(self.prose.headings, self.words)

    @cached_property
    def _sections(self) -> tuple[str, ...]:
        """Key of each heading in paths: the outline's section, else its place."""
        return section_ids(self.prose.headings, self.outline)

    def part_of(self, passage: int) -> str:
        """Return the part a passage belongs to; blank where no heading says."""
        above = self.prose.parents(self.prose.passages[passage].heading)
        return next((self._parts[one] for one in above if self._parts[one]), "")

    def part_of_heading(self, heading: int) -> str:
        """Return the part a heading itself names; blank where it names none."""
        return self._parts[heading]

    def headings_of(self, part: str) -> tuple[int, ...]:
        """Return the outermost headings of a part, those of other parts above them left aside."""
        found = [at for at, one in enumerate(self._parts) if one == part]
        inner = {below for at in found for below in self.prose.below(at) if below != at}
        return tuple(at for at in found if at not in inner)

    def passages_of(self, part: str) -> tuple[int, ...]:
        """Return the passages of a part, headings included."""
        return tuple(at for at in range(len(self.prose.passages)) if self.part_of(at) == part)

    def passages_below(self, heading: int) -> tuple[int, ...]:
        """Return the passages under a heading and all headings below it."""
        wanted = set(self.prose.below(heading))
        return tuple(at for at, one in enumerate(self.prose.passages) if one.heading in wanted)

    # ---- places ---------------------------------------------------------------------------

    def at(self, said: Said, mark: str = "") -> Place:
        """Return the place of a sentence; `mark` tells apart two findings in it."""
        passage = self.prose.passages[said.passage]
        return self._place(passage, f"{passage.number}.{said.number}{mark}", said.text)

    def at_passage(self, number: int, quote: str = "") -> Place:
        """Return the place of a whole passage."""
        passage = self.prose.passages[number]
        return self._place(passage, str(passage.number), quote or passage.text)

    def at_heading(self, heading: int) -> Place:
        """Return the place of a heading."""
        for number, passage in enumerate(self.prose.passages):
            if passage.heading == heading:
                one = self.prose.headings[heading]
                return self.at_passage(number, f"{one.number}{one.title}")
        return self.at_text()

    def at_text(self, mark: str = "") -> Place:
        """Return the place of the text as a whole; `mark` tells what of it is meant."""
        path = f"text/{mark}" if mark else "text"
        return Place(path=path, label="正文", source="全文")

    def _place(self, passage: Passage, below: str, quote: str) -> Place:
        return Place(
            path=f"text/{self._sections[passage.heading]}/{below}",
            label=self._label(passage.heading),
            source=passage.source,
            line=passage.line,
            quote=quote,
        )

    def _label(self, heading: int) -> str:
        """Return the chapter a passage stands in, and its own heading."""
        above = [self.prose.headings[one] for one in self.prose.parents(heading)]
        titles = [f"{one.number}{one.title}" for one in reversed(above) if one.title]
        return " · ".join(["正文", *dict.fromkeys([*titles[:1], *titles[-1:]])])
