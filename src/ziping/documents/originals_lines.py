"""The lines a policy document is read into, whatever file it came in (原文的行)."""

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 6_000_000
"""More text than any policy document has; about 50 volumes of statutes."""

_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile("[ \t\u00a0]+")
_CJK = "\u4e00-\u9fff"
_SPACED_OUT = re.compile(f"(?<=[{_CJK}，。；：、]) (?=[{_CJK}，。；：、])")
_SPACED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the document, with the page it begins on (段落)."""

    text: str
    page: int = 0
    """From 1; 0 when the file does not tell."""
    level: int = 0
    """Heading level that the file itself states; 0: none."""


def tidy(text: str) -> str:
    """Return a line as it should be stored: one space at most, no unseen characters.

    PDF files often hold look-alikes of common characters (⼀ for 一), which no search would find;
    those become the common ones. Lines whose characters were spaced out are closed up.
    """
    text = _UNSEEN.sub("", text)
    text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _SPACES.sub(" ", text).strip(" \u3000\r\n")
    gaps = len(_SPACED_OUT.findall(text))
    return _SPACED_OUT.sub("", text) if gaps > _SPACED_SHARE * len(text) else text
