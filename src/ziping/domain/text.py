"""Cleaning the text of a value cell before it is read (文本清理)."""

import re
import unicodedata

MAX_VALUE_LENGTH = 500
"""A longer text is no figure; readers say so without looking further."""

_AS_WRITTEN = "²³¹½¼¾⅓⅔⅛…"
"""Characters whose NFKC form would change a figure: 10² is not 102."""

_TO_NORMALISE = re.compile(f"[^{_AS_WRITTEN}①-⓿㎀-㏟]+")
_SPACES = re.compile(r"\s+")
_CJK = "\u2e80-\u3029\u3030-\u3098\u309b-\u9fff\uf900-\ufaff"
_SPACE_BESIDE_CJK = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")
_SPACE_INSIDE_NUMBER = re.compile(r"(?<=[0-9]\.) (?=[0-9])|(?<=[0-9]) (?=\.[0-9])")
_SPACE_BESIDE_SIGN = re.compile(r" (?=[%‰)/])|(?<=[≥≤≧≦<>=═(/]) ")
_NOTHING = re.compile(r"[-/\\—–―─‐‑‒−_.·…\s]*")
_MARKS = frozenset({"无", "暂无", "不适用", "空", "无此项"})


def clean(raw: str) -> str:
    """Return value text in one plain form: NFKC, no control characters, no stray spaces."""
    text = raw
    if not text.isprintable():
        text = "".join(one for one in text if one.isprintable() or one.isspace())
    if not text.isascii():
        text = _TO_NORMALISE.sub(lambda part: unicodedata.normalize("NFKC", part.group()), text)
    if text.isprintable() and " " not in text:
        return text
    text = _SPACES.sub(" ", text).strip()
    if " " not in text:
        return text
    text = _SPACE_BESIDE_CJK.sub("", text)
    text = _SPACE_INSIDE_NUMBER.sub("", text)
    return _SPACE_BESIDE_SIGN.sub("", text)


def is_blank(raw: str) -> bool:
    """Return whether nothing visible was entered."""
    return not raw or raw.isspace() or not clean(raw[: 2 * MAX_VALUE_LENGTH])


def is_mark(text: str) -> bool:
    """Return whether cleaned text is only a mark for "nothing here": — / - … or 无."""
    return text in _MARKS or _NOTHING.fullmatch(text) is not None


def shorten(raw: str, length: int = 30) -> str:
    """Return the text as quoted in a message, cut when long."""
    text = " ".join(raw[: 4 * length].split())
    return text if len(text) <= length else text[:length] + "…"
