"""Checked texts handed to a model with tokens in place of their figures (以编号代数)."""

import re
from collections.abc import Iterable

from ziping.domain.draft import Fact, SectionText

_DIGIT = re.compile(r"\d")


def tokenised(text: SectionText, facts: Iterable[Fact]) -> str:
    """Return a section's text with each figure that names one fact only written as its token."""
    known = {fact.id: fact for fact in facts}
    by_display: dict[str, list[str]] = {}
    for fact_id, display in text.facts.items():
        if fact_id in known and _DIGIT.search(display):
            by_display.setdefault(display, []).append(fact_id)
    single = {display: ids[0] for display, ids in by_display.items() if len(ids) == 1}
    if not single:
        return text.text
    ordered = sorted(by_display, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\d.])(?:{'|'.join(map(re.escape, ordered))})(?![\d.])")

    def token(found: re.Match[str]) -> str:
        return f"{{{{{single[found[0]]}}}}}" if found[0] in single else found[0]

    return pattern.sub(token, text.text)
