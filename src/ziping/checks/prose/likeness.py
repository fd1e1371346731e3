"""How alike two stretches of Chinese text are, by pairs of neighbouring characters (相似)."""

import re
from collections.abc import Iterable

_OTHER = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
_LISTED = re.compile(r"^[（(]?[\d一二三四五六七八九十①-⑳]{1,3}[)）、.．]\s*")


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters, punctuation left out."""
    plain = _OTHER.sub("", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1."""
    first, second = pairs(one), pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def coverage(part: str, whole: str) -> float:
    """Return how much of a text is found in another, from 0 to 1."""
    wanted = pairs(part)
    return len(wanted & pairs(whole)) / len(wanted) if wanted else 0.0


def has_common_run(part: str, whole: str, length: int) -> bool:
    """Whether any run of so many characters of a text stands in another."""
    plain, there = _OTHER.sub("", part), _OTHER.sub("", whole)
    return any(plain[at : at + length] in there for at in range(len(plain) - length + 1))


def without(text: str, words: Iterable[str]) -> str:
    """Return a text without words, the longest taken out first; gaps stay as spaces."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return text


def normalised(text: str) -> str:
    """Return what two copies of a paragraph have in common: no number, no punctuation."""
    return _OTHER.sub("", _LISTED.sub("", text.strip()))
