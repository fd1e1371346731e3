"""Text of people and models inside labels, where Streamlit would read markup (原样文字)."""

import re

_ADDRESS = re.compile(r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
"""Where a bare address is broken: Streamlit makes links of those even when they are escaped."""
_JOINER = "\u2060"
"""Takes no room and allows no line break."""
_LIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!:$~|<>])")


def inert(text: str) -> str:
    """Return a text that a label shows as it stands: no links, no markup, no icons."""
    broken = _ADDRESS.sub(_JOINER, " ".join(text.split()))
    return _LIVE.sub(r"\\\1", broken)
