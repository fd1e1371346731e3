"""Columns of the indicator grid in what was said, and figures as they hold them (指标表的栏)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.clauses import Clause, Piece
from ziping.chat.tokens import Token
from ziping.chat.values import Value, ValueKind, date_text
from ziping.domain.numbers import plain, shifted

_LEVEL1_FIGURE = re.compile(
    r"(产出|效益|满意度?|成本)(?:指标)?(?:权重|分值)?[占为是:]?\s?\d+(?:\.\d+)?\s?分?(?![%\d个项条宗])"
)
POINT_FIELDS = ("weight", "points")
VALUE_FIELDS = ("target", "actual")


def fields_in(tokens: Sequence[Token], value: Value | None) -> tuple[str, ...]:
    """Return the columns that words name: those linked by 和, else the last that can hold it."""
    found: list[str] = []
    is_linked = False
    for one in tokens:
        key = one.key("fields")
        if key is None or not _can_hold(one, key, value):
            is_linked = is_linked or one.has("links")
            continue
        if key == "points" and len(one.text) == 1 and found[-1:] == ["weight"]:
            continue  # 权重给18分
        found = [*found, key] if is_linked and found else [key]
        is_linked = False
    return tuple(dict.fromkeys(found))


def _can_hold(one: Token, key: str, value: Value | None) -> bool:
    """Whether a column can hold a figure; 给 and 得 name one only right before points."""
    if value is None:
        return not one.has("fillers") or len(one.text) > 1
    is_point = value.kind in (ValueKind.POINTS, ValueKind.NUMBER)
    if key in POINT_FIELDS:
        is_share = key == "weight" and value.kind is ValueKind.PERCENT and len(one.text) > 1
        return (is_point or is_share) and not (
            len(one.text) == 1 and value.kind is ValueKind.NUMBER
        )
    return key in VALUE_FIELDS and value.kind is not ValueKind.POINTS


def lists_level1(text: str) -> bool:
    """Whether a sentence lists weights of 一级指标: 产出50、效益30、满意度10."""
    return "产出" in text and len(set(_LEVEL1_FIGURE.findall(text))) > 1


def text_of(tokens: Sequence[Token]) -> str:
    """Return the text of some tokens."""
    return "".join(one.text for one in tokens)


def told_before(piece: Piece, clause: Clause) -> str:
    """Return the words before a figure; those behind it when it stands first."""
    told = text_of(piece.lead)
    if piece.is_last and not told.strip():
        told += text_of(piece.trail)
    return told if told.strip() else clause.text


def suits(field: str, value: Value) -> bool:
    """Whether a column can hold a figure."""
    if field in POINT_FIELDS:
        return value.kind in (ValueKind.POINTS, ValueKind.NUMBER)
    return value.kind is not ValueKind.POINTS


def written_in(year: int, value: Value, field: str) -> str:
    """Return a figure as a column of the indicator grid holds it."""
    if field in POINT_FIELDS or field not in VALUE_FIELDS:
        number = value.number or Decimal(0)
        return plain(shifted(number, 2) if value.kind is ValueKind.PERCENT else number)
    if value.kind is ValueKind.DATE:
        return date_text(value, year, is_actual=field == "actual")
    return value.written


def words_before(piece: Piece) -> Sequence[Token]:
    """Return the words a figure came from."""
    return [*piece.lead[:1], piece.item]
