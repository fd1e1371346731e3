"""The difference of two texts, marked by line and by colour."""

from html import escape

from ziping.domain.diff import DiffKind, diff_text


def diff_html(old: str, new: str) -> str:
    """Return the difference of two texts as HTML."""
    tags = {DiffKind.REMOVED: "del", DiffKind.ADDED: "ins"}
    parts = []
    for part in diff_text(old, new):
        text = escape(part.text).replace("\n", "<br>")
        tag = tags.get(part.kind)
        parts.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return f"<p>{''.join(parts)}</p>"
