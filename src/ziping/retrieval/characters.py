"""The one plain form in which texts and queries are compared (检索规范化)."""

import unicodedata

_LOOK_ALIKES = str.maketrans(
    {
        "﹝": "〔",
        "﹞": "〕",
        "［": "〔",
        "］": "〕",
        "[": "〔",
        "]": "〕",
        "【": "〔",
        "】": "〕",
        "—": "-",
        "–": "-",
        "－": "-",
        "～": "~",
        "○": "零",
        "〇": "零",
        "０": "0",
        "\x00": " ",
    }
)


def normalise(text: str) -> str:
    """Return text in NFKC, lower case, with look-alike brackets and zeros made one.

    Lone surrogates, which no file can hold, become spaces.
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(_LOOK_ALIKES)
    try:
        plain.encode("utf-8")
    except UnicodeEncodeError:
        plain = "".join(" " if "\ud800" <= one <= "\udfff" else one for one in plain)
    return plain


def is_word(one: str) -> bool:
    """Return whether a character of normalised text carries meaning (letter, digit, 汉字)."""
    return one.isalnum()
