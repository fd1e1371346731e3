"""What was said in one plain form, character for character, so that spans stay true (规整)."""

import re
import unicodedata
from collections.abc import Mapping

_KEPT = frozenset("，。；：？！（）、“”‘’《》【】…～—")
_SAME = {"﹪": "%", "：": ":", "（": "(", "）": ")", "“": '"', "”": '"', "‘": "'", "’": "'"}
_SAME |= {"「": '"', "」": '"', "『": '"', "』": '"', "\u3000": " ", "\t": " ", "〇": "零"}


_MARKUP = re.compile(r"<!--.*?(?:-->|$)|</?[a-zA-Z][^<>]{0,200}>", re.DOTALL)
"""Tags, and comments, which nobody sees who reads the page that they were copied from."""


_ARROW = re.compile("[-=]>")


def normal(text: str) -> str:
    """Return the text with full-width digits and signs made plain; its length stays the same."""
    shown = _MARKUP.sub(lambda found: " " * len(found[0]), text)
    return _ARROW.sub(" →", "".join(_plain(one) for one in shown))


def spelled(text: str, typos: Mapping[str, str]) -> str:
    """Return a plain text with common typing errors mended; its length stays the same."""
    for wrong, right in typos.items():
        text = text.replace(wrong, right)
    return text


def _plain(one: str) -> str:
    """Return one character in its plain form."""
    if one in _SAME:
        return _SAME[one]
    if one in _KEPT or one.isascii():
        return one.lower() if one.isalpha() else one
    plain = unicodedata.normalize("NFKC", one)
    return plain if len(plain) == 1 else one
