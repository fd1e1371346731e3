"""What a figure near an indicator may be instead of one of its figures (指标数值的辨别)."""

from collections.abc import Sequence

from ziping.chat.clauses import Clause, Piece
from ziping.chat.hearing import Hearing
from ziping.chat.line_words import VALUE_FIELDS, text_of
from ziping.chat.residue import residue_of
from ziping.chat.subjects import LineRef
from ziping.chat.tokens import LINE, PROJECT, Token
from ziping.chat.values import Value, ValueKind

STROKE = "/"


def is_further_part(piece: Piece, clause: Clause) -> bool:
    """Whether a figure is one more part: 其中土地120宗、工程310宗."""
    ahead = [one for one in clause.tokens if one.end <= piece.item.start]
    is_linked = bool(piece.lead) and piece.lead[0].has("links")
    return is_linked and any(one.has("among") for one in ahead) and not _names_line(piece)


def _names_line(piece: Piece) -> bool:
    """Whether the words before a figure name an indicator or a kind of them."""
    return any(one.has(LINE, "kinds") for one in piece.lead)


def without_task(hearing: Hearing, lead: tuple[Token, ...], value: Value) -> tuple[Token, ...]:
    """Return the words before a date without 任务, which names what was done by then."""
    tasks = hearing.scene.speech.words.tasks
    is_date = value.kind is ValueKind.DATE
    return tuple(one for one in lead if not (is_date and one.text in tasks))


def is_other_money(hearing: Hearing, piece: Piece, value: Value, lines: Sequence[LineRef]) -> bool:
    """Whether an amount may well be another one than an indicator's: 节约成本3000万元."""
    if value.kind is not ValueKind.MONEY or not lines:
        return False
    if any(one.has(PROJECT) for one in piece.lead) and not any(one.has(LINE) for one in piece.lead):
        return not _is_of_money(hearing, lines)
    if not value.unit:
        return False
    if _names_line(piece) or not residue_of(piece.lead):
        return False
    return not hearing.scene.subjects.covers(lines[0], text_of(piece.lead))


def _is_of_money(hearing: Hearing, lines: Sequence[LineRef]) -> bool:
    """Whether the names of indicators speak of money."""
    words = hearing.scene.speech.words.money_names
    return all(any(word in one.line.level2 + one.line.level3 for word in words) for one in lines)


def is_sum_of_kind(piece: Piece, fields: tuple[str, ...]) -> bool:
    """Whether a weight is that of all indicators of a kind together: 数量指标权重一共50分."""
    is_sum = any(one.has("totals") for one in piece.lead)
    is_kind = any(one.has("kinds") for one in piece.lead)
    return fields == ("weight",) and is_sum and is_kind


def is_paired(piece: Piece) -> bool:
    """Whether a figure is one of two that a stroke parts: 1200宗/1239宗."""
    behind = not piece.is_last and text_of(piece.trail).strip() == STROKE
    return behind or text_of(piece.lead).strip() == STROKE


def is_changed(piece: Piece) -> bool:
    """Whether a figure is the one that another takes the place of: 8分改成7分."""
    return any(one.has("changes", "wrong_values") for one in piece.trail)


def is_of_rate(hearing: Hearing, path: str) -> bool:
    """Whether a column holds a rate, by its target or its name."""
    parent, _, field = path.rpartition("/")
    one = hearing.scene.subjects.line(parent)
    cell = hearing.scene.subjects.cell(f"{parent}/target")
    if one is None or field not in VALUE_FIELDS:
        return False
    is_rate = cell is not None and cell.is_rate
    return is_rate or one.line.level3.strip().endswith(("率", "满意度"))


def is_total(piece: Piece) -> bool:
    """Whether a figure is what those before come to: 总共186场."""
    is_alone = all(one.has("totals", "fillers") for one in piece.lead)
    return is_alone and any(one.has("totals") for one in piece.lead)
