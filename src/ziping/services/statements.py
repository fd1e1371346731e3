"""Which sentences of a report state which figure, and whether they agree with it (正文表述)."""

import re
from collections.abc import Iterator, Mapping

from ziping.content.library import Content
from ziping.domain.draft import Fact, SectionText
from ziping.domain.grounding import Grounding, ViolationKind
from ziping.domain.reconciliation import TextStatement
from ziping.services.drafted import draft_context
from ziping.services.grounding import open_grounder
from ziping.services.scored import ScoredReport

_STOPS = "。；！？\n"
_SHORTEST = 2
"""Characters a stated name must have to be looked for in sentences."""
_RESULTS: Mapping[str, str] = {
    "total": "printed/total",
    "grade": "printed/grade",
    "execution_rate": "funds/total/printed/rate",
    "execution.points": "funds/total/printed/points",
}
"""Field path of the results of a project, by the rest of the fact's id."""
_ON_BASE = {"rate_on_annual": "annual_budget", "rate_on_initial": "initial_budget"}
_EXECUTION = "预算执行率 得分"
"""Title of the points of the dimension that is the execution rate alone."""
_LINE = re.compile(r"(?P<line>[a-z][a-z0-9_-]*)\.(?P<what>points|weight)")


def statements_of(
    content: Content, scored: ScoredReport, sections: Mapping[str, SectionText]
) -> tuple[TextStatement, ...]:
    """Return every sentence that states a figure of the tables, in document order."""
    facts = draft_context(content, scored).ledger.facts
    grounder = open_grounder(content, scored)
    return tuple(
        found
        for section in scored.outline.sections
        if section.id in sections
        for found in _in_section(
            section.heading,
            sections[section.id],
            grounder.ground(sections[section.id].text),
            facts,
            scored,
        )
    )


def path_of(fact: Fact, scored: ScoredReport) -> str:
    """Return the field path of the figure that a fact states; blank where no cell shows it."""
    project_id, _, rest = fact.id.partition(".")
    project = scored.report.project(project_id)
    if project is None or fact.source.startswith(f"{project_id}/"):
        return "" if project is None else fact.source
    field = _RESULTS.get(rest, "")
    if _ON_BASE.get(rest) == scored.choice.rule_set.execution.denominator:
        field = _RESULTS["execution_rate"]
    elif fact.title == _EXECUTION:
        field = _RESULTS["execution.points"]
    elif (found := _LINE.fullmatch(rest)) and project.indicator(found["line"]):
        what = "printed/points" if found["what"] == "points" else "weight"
        field = f"indicators/{found['line']}/{what}"
    return f"{project_id}/{field}" if field else ""


def _in_section(
    heading: str,
    section: SectionText,
    grounding: Grounding,
    facts: Mapping[str, Fact],
    scored: ScoredReport,
) -> Iterator[TextStatement]:
    """Yield the statements of one section in the order of its text."""
    found: list[tuple[int, str, str, bool]] = []
    for link in grounding.links:
        if link.fact_id in facts:
            path = path_of(facts[link.fact_id], scored)
            found.append((link.span.start, path, link.text, True))
    for violation in grounding.violations:
        path = ""
        if violation.fact_id in facts:
            path = path_of(facts[violation.fact_id], scored)
        elif violation.kind is ViolationKind.GRADE and len(scored.report.projects) == 1:
            path = f"{scored.report.projects[0].id}/printed/grade"
        found.append((violation.span.start, path, violation.text, False))
    linked = {path for _, path, _, _ in found}
    found += [one for one in _named(section, facts, scored) if one[1] not in linked]
    for start, path, said, holds in sorted(found):
        if path:
            yield TextStatement(
                path=path,
                section_id=section.section_id,
                heading=heading,
                sentence=sentence_at(section.text, start),
                said=said,
                holds=holds,
            )


def _named(
    section: SectionText, facts: Mapping[str, Fact], scored: ScoredReport
) -> Iterator[tuple[int, str, str, bool]]:
    """Yield where the words stand that a writer has recorded as a fact: 等级, entered texts."""
    for fact_id, display in section.facts.items():
        fact = facts.get(fact_id)
        if fact is None or fact.value is not None:
            continue
        path = path_of(fact, scored)
        word = f"等级为{display}" if path.endswith("/grade") else display
        start = section.text.find(word) if len(word) >= _SHORTEST else -1
        if start >= 0 and display == fact.display:
            yield start, path, display, True


def sentence_at(text: str, start: int) -> str:
    """Return the sentence in which a place of a text lies."""
    begin = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    ends = [place for stop in _STOPS if (place := text.find(stop, start)) >= 0]
    end = min(ends) + 1 if ends else len(text)
    return text[begin:end].strip()
