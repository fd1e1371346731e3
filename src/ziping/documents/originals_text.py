"""Plain text and Markdown in the encodings people have (纯文本)."""

import re

from ziping.documents.originals_lines import MAX_CHARACTERS, Line, tidy
from ziping.documents.originals_refusals import damaged, too_much_text, without_text
from ziping.domain.errors import InputError

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_QUOTE = re.compile(r"^>\s?")
_COMMON = re.compile(
    "[\t\n\r\u0020-\u007e‘’“”…—·×÷≥≤‰\u2150-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3000-\u30ff"
    "\u3200-\u4dbf\u4e00-\u9fff\uff00-\uffef]"
)
_MIN_COMMON = 0.85
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_UNMARKED = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("utf-16-le", "UTF-16"))
_UTF16 = (("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return a file's text and the name of its encoding; InputError when it is no text."""
    for mark, codec, title in _BOMS:
        if data.startswith(mark):
            text = _decoded(data, codec)
            if text is None:
                raise damaged(name)
            return text, title
    for codec, title in _UTF16 if b"\x00" in data else _UNMARKED:
        text = _decoded(data, codec)
        if text is not None and _is_plausible(text):
            return text, title
    raise InputError(
        "认不出文件的文字编码",
        where=name,
        why="按 UTF-8、GB18030、UTF-16 都读不成正常的中文",
        remedy="请用记事本打开，另存为 UTF-8 编码的 .txt 再添加",
    )


def _decoded(data: bytes, codec: str) -> str | None:
    """Return the text in an encoding, or None when the bytes do not fit it."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_plausible(text: str) -> bool:
    """Whether nearly all characters are those of Chinese official prose."""
    sample = text[:20_000]
    return len(_COMMON.findall(sample)) >= _MIN_COMMON * len(sample)


def read_text(data: bytes, name: str, *, markdown: bool) -> tuple[list[Line], list[str]]:
    """Return the lines of a text file, and what to say about the reading."""
    text, encoding = decode(data, name)
    if len(text) > MAX_CHARACTERS:
        raise too_much_text(name)
    if markdown:
        text = _COMMENT.sub("", text)
    lines = [one for raw in text.splitlines() if (one := _line(raw, markdown=markdown)).text]
    if not lines:
        raise without_text(name)
    return lines, [] if encoding == "UTF-8" else [f"文字编码按 {encoding} 读取"]


def _line(raw: str, *, markdown: bool) -> Line:
    """Return one line; in Markdown its marks are read as levels or taken off."""
    if not markdown:
        return Line(tidy(raw))
    raw = _EMPHASIS.sub(lambda found: found[1] or found[2], _QUOTE.sub("", raw.strip()))
    heading = _HEADING.fullmatch(raw)
    return Line(tidy(heading[2]), level=len(heading[1])) if heading else Line(tidy(raw))
