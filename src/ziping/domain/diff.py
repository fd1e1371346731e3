"""What changed between two texts, for people to read (差异)."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

from ziping.domain.model import Record

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+$")
_TOKEN = re.compile(
    r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
    r"(?:[%％‰]|个百分点|亿元|万元|元|分|宗|个|家|次|人|年|月|日|条|项)?|.",
    re.DOTALL,
)
"""A figure with its unit stays whole: nobody reads 60|59|0 as two figures."""
_FINE_LIMIT = 2_000


class DiffKind(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class DiffPart(Record):
    """A stretch of text and what happened to it."""

    kind: DiffKind
    text: str


def changed_sentences(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return what was changed, each place as the whole sentences before and after."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        ("".join(before[i1:i2]).strip(), "".join(after[j1:j2]).strip())
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    )


def diff_text(old: str, new: str) -> tuple[DiffPart, ...]:
    """Return the parts whose SAME and REMOVED give `old`, whose SAME and ADDED give `new`.

    Short texts are compared character by character, each figure with its unit as a whole; long
    ones sentence by sentence.
    """
    fine = len(old) <= _FINE_LIMIT and len(new) <= _FINE_LIMIT
    before = _TOKEN.findall(old) if fine else _SENTENCE.findall(old)
    after = _TOKEN.findall(new) if fine else _SENTENCE.findall(new)
    parts: list[DiffPart] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(DiffPart(kind=DiffKind.SAME, text="".join(before[i1:i2])))
            continue
        if i2 > i1:
            parts.append(DiffPart(kind=DiffKind.REMOVED, text="".join(before[i1:i2])))
        if j2 > j1:
            parts.append(DiffPart(kind=DiffKind.ADDED, text="".join(after[j1:j2])))
    return tuple(parts)
