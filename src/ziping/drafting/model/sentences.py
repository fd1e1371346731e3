"""Parting text into sentences while it comes, and cleaning them of what prose has not (分句)."""

import re
from dataclasses import dataclass

_ENDS = "。！？"
_OPENING, _CLOSING = "“（《【‘", "”）》】’"
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w\-.~:/?#@!$&'*+,;=%]+", re.IGNORECASE | re.ASCII)
_MARKUP = re.compile(r"\*\*|__|`+|^#{1,6}\s*|^[-*•]\s+", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE_BESIDE_CJK = re.compile(
    r"(?P<title>《[^《》]*》)|(?<=[\u3000-\u9fff])[ \t]+|[ \t]+(?=[\u3000-\u9fff])"
)
"""A space that Chinese does not want; titles keep theirs, as in 《中共中央 国务院…》."""
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_TOKEN = re.compile(r"\{\{[^{}]*\}\}|\[\[[^\[\]]*\]\]")
_FEW_LETTERS = 12


@dataclass(frozen=True, slots=True)
class RawSentence:
    """A sentence as the model wrote it, cleaned, its tokens not yet filled in."""

    text: str
    opens_paragraph: bool


class SentenceParter:
    """Takes text in pieces and gives whole sentences."""

    def __init__(self) -> None:
        """Begin a paragraph."""
        self._held = ""
        self._at_start = True

    @property
    def pending(self) -> int:
        """How many characters wait for the end of their sentence."""
        return len(self._held)

    def feed(self, piece: str) -> list[RawSentence]:
        """Return the sentences that a piece completes."""
        found: list[RawSentence] = []
        for one in piece:
            self._held += one
            if one == "\n":
                found += self._taken()
                self._at_start = True
            elif one in _ENDS and self._is_whole():
                found += self._taken()
        return found

    def close(self) -> list[RawSentence]:
        """Return what is left: a sentence that its writer did not close."""
        return self._taken()

    def drop(self) -> None:
        """Forget what is pending."""
        self._held = ""

    def _is_whole(self) -> bool:
        """Whether a stop stands outside all quotes and brackets."""
        opened = sum(self._held.count(mark) for mark in _OPENING)
        closed = sum(self._held.count(mark) for mark in _CLOSING)
        return opened <= closed

    def _taken(self) -> list[RawSentence]:
        text, self._held = cleaned(self._held), ""
        if not text:
            return []
        found = RawSentence(text, self._at_start)
        self._at_start = False
        return [found]


def cleaned(text: str) -> str:
    """Return text without tags, links, markup and characters that cannot be seen."""
    text = _CONTROL.sub("", text)
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _ADDRESS.sub("", text)
    while (plain := _TAG.sub("", text)) != text:
        text = plain
    text = _MARKUP.sub("", text.strip())
    return _SPACE_BESIDE_CJK.sub(lambda found: found["title"] or "", text).strip()


def is_foreign(text: str) -> bool:
    """Whether text is not Chinese; tokens do not count."""
    plain = _TOKEN.sub("", text)
    letters = len(_LETTER.findall(plain))
    return letters > _FEW_LETTERS and letters > 2 * len(_CJK.findall(plain))
