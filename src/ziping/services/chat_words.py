"""A model's words in conversation: cleaned, cited, and held against the data (核对答复)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ziping.content.library import Content
from ziping.domain.grounding import ViolationKind
from ziping.drafting.model.sentences import cleaned
from ziping.services.citing import citation_of
from ziping.services.grounding import open_grounder
from ziping.services.scored import ScoredReport

_CITED = re.compile(r"\[\[\s*([^\[\]]{1,120}?)\s*\]\]")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")
_SPACES = re.compile(r"\s+")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_LONGEST = 3_000
_HELD = frozenset(
    {
        ViolationKind.AMOUNT,
        ViolationKind.RATE,
        ViolationKind.POINTS,
        ViolationKind.COUNT,
        ViolationKind.DATE,
        ViolationKind.GRADE,
        ViolationKind.NUMBER,
        ViolationKind.TITLE,
        ViolationKind.ARTICLE,
    }
)
"""What a sentence of a model may not state of its own."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is kept of a model's words (可用的答复)."""

    text: str
    clauses: tuple[str, ...]
    notices: tuple[str, ...]


def spoken_by_model(
    content: Content,
    scored: ScoredReport,
    words: str,
    allowed: tuple[Sequence[str], Sequence[str]],
) -> Spoken:
    """Return a model's words without markup, without links, without what does not hold.

    Args:
        content: Where clauses are named.
        scored: The report with everything proposed so far.
        words: What the model said.
        allowed: Texts whose figures may be repeated, and clauses that may be cited.
    """
    shown, citable = allowed
    clauses: list[str] = []
    wrong: list[str] = []

    def cited(found: re.Match[str]) -> str:
        if found[1] not in citable:
            wrong.append(found[1])
            return ""
        clauses.append(found[1])
        return f"（{citation_of(content, found[1])}）"

    told = _CITED.sub(cited, _THOUGHT.sub("", words))[:_LONGEST]
    plain = "\n".join(line for line in map(cleaned, told.splitlines()) if line)
    named = [citation_of(content, one) for one in clauses]
    text, dropped = _held(content, scored, plain, " ".join([*shown, *named]))
    notices = []
    if dropped:
        notices.append(f"模型的答复里有 {dropped} 句与数据对不上，已略去")
    if wrong:
        notices.append("模型引用了没有检索到的条款，已略去")
    return Spoken(text, tuple(dict.fromkeys(clauses)), tuple(notices))


def _held(content: Content, scored: ScoredReport, text: str, shown: str) -> tuple[str, int]:
    """Return a text without the sentences that do not hold, and how many those were."""
    if not text:
        return "", 0
    known = _SPACES.sub("", shown)
    grounding = open_grounder(content, scored).ground(text)
    bad = {
        (one.sentence.start, one.sentence.end)
        for one in grounding.violations
        if one.kind in _HELD and _SPACES.sub("", one.text) not in known
    }
    kept, dropped = [], 0
    for found in _SENTENCE.finditer(text):
        if not found[0]:
            continue
        if any(start < found.end() and found.start() < end for start, end in bad):
            dropped += 1
        else:
            kept.append(found[0])
        if text[found.end() : found.end() + 1] == "\n":
            kept.append("\n")
    return "".join(kept).strip(), dropped
