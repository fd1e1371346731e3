"""Printing answers: JSON with exact decimals, and tables that line up with wide characters."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel

from ziping.cli.echoing import echo
from ziping.domain.numbers import plain

Side = Literal["<", ">"]


def echo_json(answer: BaseModel) -> None:
    """Print an answer as JSON."""
    echo(to_json(answer))


def to_json(answer: BaseModel) -> str:
    """Return an answer as indented JSON; a Decimal is written as the plain number it is."""
    return _written(answer.model_dump(mode="python"), "")


def _written(value: Any, indent: str) -> str:  # noqa: ANN401 - a JSON tree has no narrower type
    """Return a value as JSON."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Enum):
        return json.dumps(value.value, ensure_ascii=False)
    deeper = f"{indent}  "
    if isinstance(value, Mapping):
        parts = [
            f"{json.dumps(str(getattr(key, 'value', key)), ensure_ascii=False)}: "
            f"{_written(one, deeper)}"
            for key, one in value.items()
        ]
        return _enclosed("{", parts, "}", indent)
    if isinstance(value, list | tuple):
        return _enclosed("[", [_written(one, deeper) for one in value], "]", indent)
    return json.dumps(value, ensure_ascii=False, default=str)


def _enclosed(left: str, parts: Sequence[str], right: str, indent: str) -> str:
    """Return parts one a line between brackets."""
    if not parts:
        return left + right
    lines = ",\n".join(f"{indent}  {part}" for part in parts)
    return f"{left}\n{lines}\n{indent}{right}"


def width(text: str) -> int:
    """Return how many columns a terminal gives a text."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def padded(text: str, columns: int, side: Side = "<") -> str:
    """Return a text filled with spaces to a number of columns."""
    gap = " " * max(columns - width(text), 0)
    return text + gap if side == "<" else gap + text


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], sides: Sequence[Side] = ()
) -> str:
    """Return rows under headings as aligned columns; `sides` says where each column leans."""
    lines = [tuple(headings), *(tuple(_one_line(cell) for cell in row) for row in rows)]
    leans = [*sides, *("<" for _ in range(len(headings) - len(sides)))]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headings))]
    told = [
        "  ".join(
            padded(cell, columns, side)  # type: ignore[arg-type]  # the rest of `leans` are "<"
            for cell, columns, side in zip(line, widths, leans, strict=True)
        ).rstrip()
        for line in lines
    ]
    rule = "─" * min(sum(widths) + 2 * (len(widths) - 1), 100)
    return "\n".join([told[0], rule, *told[1:]])


def _one_line(text: str) -> str:
    """Return a cell's text without line breaks."""
    return " ".join(text.split())


def number(value: Decimal | None, absent: str = "—") -> str:
    """Return a number as people read it."""
    return absent if value is None else plain(value)
