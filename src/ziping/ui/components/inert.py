"""Text of people and models inside labels, where Streamlit would read markup (原样文字)."""

import re

_LIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!:$~|<>])")


def inert(text: str) -> str:
    """Return a text that a label shows as it stands: no links, no markup, no icons."""
    return _LIVE.sub(r"\\\1", " ".join(text.split()))
