"""The scene of a conversation: the report, the words, and the last turns (对话情景)."""

from functools import lru_cache

from ziping.chat.scene import Scene
from ziping.chat.tokens import Speech
from ziping.content.library import Content
from ziping.domain.conversation import Turn
from ziping.domain.evaluation import Report
from ziping.services.scored import ScoredReport, score_report

REMEMBERED = 6
"""Turns that a reply may look back on."""


@lru_cache(maxsize=4)
def speech_of(content: Content) -> Speech:
    """Return the word list, ready to be looked up; made once."""
    return Speech(content.chat_words())


def scene_of(content: Content, scored: ScoredReport, turns: tuple[Turn, ...] = ()) -> Scene:
    """Return what a reply may be made from.

    A report without a project is spoken of as if it had an empty one.
    """
    if not scored.report.projects:
        started = with_project(scored.report)
        scored = score_report(content, started)
    last = turns[-1].reply if turns else None
    return Scene(
        report=scored.report,
        speech=speech_of(content),
        lexicon=content.lexicon(),
        outline=scored.outline,
        sheets=scored.sheets,
        findings=scored.findings,
        missing=scored.missing,
        turns=turns,
        skipped=frozenset(last.skipped) if last else frozenset(),
    )


def with_project(report: Report) -> Report:
    """Return a report with an empty project, when it has none."""
    if report.projects:
        return report
    from ziping.services.reports import blank_project  # noqa: PLC0415 - `say` needs no database

    return report.model_copy(update={"projects": (blank_project(unit=report.unit),)})
