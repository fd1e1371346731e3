"""Shortening a text without a model: parts are left out, no word is changed (压缩)."""

import re
from collections.abc import Iterator

_ITEM = re.compile(r"^\s*(\d{1,2})[.．、]")
_MEASURE = re.compile(r"^\s*[①②③④⑤⑥⑦⑧⑨]")
_ASIDE = re.compile(r"（[^（）【】]*）")
_KEPT_MEASURES = 2
_KEPT_CLAUSES = 2


def shortened(text: str, item: int = 0) -> str:
    """Return a text with its numbered item, or all of it, made shorter.

    Asides in brackets go, of several measures the first two stay, and a sentence keeps its first
    clauses. Nothing is put in other words.
    """
    blocks = []
    for block in _blocks(text):
        is_meant = not item or _number(block[0]) == item
        blocks += _short(block) if is_meant else block
    return "\n".join(blocks)


def has_item(text: str, item: int) -> bool:
    """Whether a text has an item of a number."""
    return any(_number(block[0]) == item for block in _blocks(text))


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the paragraphs of each numbered item, and those before the first."""
    held: list[str] = []
    for line in text.splitlines():
        if _ITEM.match(line) and held:
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _number(line: str) -> int:
    found = _ITEM.match(line)
    return int(found[1]) if found else 0


def _short(block: list[str]) -> list[str]:
    """Return the paragraphs of an item made shorter."""
    measures = [one for one in block if _MEASURE.match(one)]
    kept = [one for one in block if one not in measures[_KEPT_MEASURES:]]
    return [_clipped(one) for one in kept]


def _clipped(line: str) -> str:
    """Return a paragraph with its asides gone, and its first sentences with their first clauses."""
    plain = _ASIDE.sub("", line)
    head = _ITEM.match(plain)
    sentences = [one for one in plain[head.end() if head else 0 :].split("。") if one.strip()]
    half = sentences[: max(1, (len(sentences) + 1) // 2)]
    if len(half) == len(sentences) == 1 and "【" not in half[0]:
        clauses = half[0].split("；")[0].split("，")
        half = ["，".join(clauses[:_KEPT_CLAUSES])]
    told = "。".join(half).rstrip("，；") + "。"
    return (head[0] if head else "") + told
