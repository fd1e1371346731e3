"""What was said in one plain form, character for character, so that spans stay true (规整)."""

import unicodedata

_KEPT = frozenset("，。；：？！（）、“”‘’《》【】…～—")
_SAME = {"﹪": "%", "：": ":", "（": "(", "）": ")", "“": '"', "”": '"', "‘": "'", "’": "'"}
_SAME |= {"「": '"', "」": '"', "『": '"', "』": '"', "\u3000": " ", "\t": " ", "〇": "零"}


def normal(text: str) -> str:
    """Return the text with full-width digits and signs made plain; its length stays the same."""
    return "".join(_plain(one) for one in text)


def _plain(one: str) -> str:
    """Return one character in its plain form."""
    if one in _SAME:
        return _SAME[one]
    if one in _KEPT or one.isascii():
        return one.lower() if one.isalpha() else one
    plain = unicodedata.normalize("NFKC", one)
    return plain if len(plain) == 1 else one
