"""All rules for running text, and their findings in order (正文校验)."""

from collections.abc import Callable, Iterator

from ziping.checks.prose import (
    citations,
    closure,
    completeness,
    conclusions,
    figures,
    framework,
    money,
    names,
    objectives,
    repeated,
    wording,
)
from ziping.checks.prose.subject import ProseSubject
from ziping.domain.findings import Finding, Severity

RULES: tuple[Callable[[ProseSubject], Iterator[Finding]], ...] = (
    *conclusions.RULES,
    *figures.RULES,
    *money.RULES,
    *objectives.RULES,
    *framework.RULES,
    *closure.RULES,
    *repeated.RULES,
    *names.RULES,
    *citations.RULES,
    *completeness.RULES,
    *wording.RULES,
)

_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def check_prose(subject: ProseSubject) -> tuple[Finding, ...]:
    """Return every finding on a report's text, the gravest first, then in the text's order."""
    found = {one.id: one for rule in RULES for one in rule(subject)}
    sources = {one.source: at for at, one in enumerate(subject.prose.passages)}
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (_ORDER[one.severity], sources.get(one.where.source, len(sources))),
        )
    )
