"""Text of people and models inside labels, where Streamlit would read markup (原样文字)."""

import re

_LIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!:$~|<>&])")
_SEEN_LATER = re.compile(
    r"(?:(?<=:)(?=[a-z/])"  # :material/home: and the slashes of an address
    r"|(?<=@)(?=[\w-])|(?<=www)(?=\.)"
    r"|(?<=[<>~=-])(?=[<>=-]))",  # arrows and comparisons
    re.IGNORECASE,
)
"""Where the browser's second pass, which knows no escapes, makes links, icons and signs."""

_JOINER = "\u2060"
"""WORD JOINER: shows nothing and breaks no line."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Controls and marks of direction: a name could make the words behind it read backwards."""


def inert(text: str) -> str:
    """Return a text that a label shows as it stands: no links, no markup, no icons."""
    shown = " ".join(_UNSEEN.sub("", text).split())
    return _LIVE.sub(r"\\\1", _SEEN_LATER.sub(_JOINER, shown))
