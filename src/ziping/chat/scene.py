"""What a conversation may know: one report, the words, and what was said before (情景)."""

from dataclasses import dataclass, field
from functools import cached_property

from ziping.chat.subjects import Subjects
from ziping.chat.tokens import Speech
from ziping.domain.conversation import Question, Turn
from ziping.domain.draft import Outline
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.findings import Finding, MissingItem
from ziping.domain.rules import Lexicon
from ziping.domain.scores import ScoreSheet


@dataclass(frozen=True)
class Scene:
    """Everything a reply may be made from (情景)."""

    report: Report
    speech: Speech
    lexicon: Lexicon
    outline: Outline
    sheets: tuple[ScoreSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    missing: tuple[MissingItem, ...] = ()
    turns: tuple[Turn, ...] = ()
    """The last turns, the newest last."""
    skipped: frozenset[str] = field(default=frozenset())
    """Fields the person does not want to be asked for now."""

    @cached_property
    def subjects(self) -> Subjects:
        """The projects and indicators, and the ways of naming them."""
        return Subjects(self.report, self.speech.words, self.lexicon)

    @property
    def pending(self) -> Question | None:
        """The question that still waits for an answer."""
        reply = self.turns[-1].reply if self.turns else None
        return reply.question if reply else None

    @property
    def focus(self) -> str:
        """The project that the last turn spoke of; blank: none, or several."""
        reply = self.turns[-1].reply if self.turns else None
        paths = [one.path for one in reply.patches] if reply else []
        if reply and reply.question:
            paths += [*reply.question.expects]
        found = {path.partition("/")[0] for path in paths}
        ids = {one.id for one in self.report.projects}
        return found.pop() if len(found) == 1 and found <= ids else ""

    def project(self, project_id: str) -> SelfEvaluation | None:
        """Return a project of the report."""
        return self.report.project(project_id)
