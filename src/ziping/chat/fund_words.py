"""Rows and columns of the fund grid in what was said (资金表的行与栏)."""

from collections.abc import Sequence
from itertools import pairwise

from ziping.chat.clauses import Piece
from ziping.chat.hearing import (
    FUNDS,
    Hearing,
)
from ziping.chat.proposals import AMOUNTS
from ziping.chat.residue import residue_of
from ziping.chat.tokens import Token

AMBIGUOUS = "budget"
_OF_ALL = ("总的", "总", "合计", "总计")


def columns_in(tokens: Sequence[Token], *, before_figure: bool = True) -> tuple[str, ...]:
    """Return the columns that words name: those linked by 和, else the last one."""
    found: list[str] = []
    is_linked = False
    for at, one in enumerate(tokens):
        key = one.key("columns")
        if one.has("all_columns"):
            return AMOUNTS
        if key is None and one.has("annual_short") and before_figure:
            key = "annual_budget" if _is_column(tokens[at + 1 :]) else None
        if key is None:
            is_linked = is_linked or one.has("links")
            continue
        if key == AMBIGUOUS and found:
            continue
        found = [*found, key] if is_linked and found != [AMBIGUOUS] else [key]
        is_linked = False
    return tuple(dict.fromkeys(found))


def _is_column(behind: Sequence[Token]) -> bool:
    """Whether 全年 with these words behind it stands for 全年预算数."""
    if behind and behind[0].has("links"):
        return any(one.has("columns") for one in behind)
    return all(one.text in "是为也改到:" or one.has("changes", "each") for one in behind)


def rows_in(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the rows that words name: those linked by 和, else the last one."""
    found: list[str] = []
    is_linked = False
    for at, one in enumerate(tokens):
        key = one.key("rows")
        if key is None or (at and tokens[at - 1].has("excepting")):
            is_linked = is_linked or one.has("links")
        else:
            found = [*found, key] if is_linked else [key]
            is_linked = False
    return tuple(dict.fromkeys(found))


def note_funds(hearing: Hearing, tokens: Sequence[Token]) -> None:
    """Remember rows and columns that are named without a figure."""
    context = hearing.context
    columns = columns_in(tokens, before_figure=False)
    if columns or not residue_of(tokens):
        note_rows(hearing, tokens)
    if columns:
        context.columns, context.mode = columns, FUNDS
        context.is_open = True
        context.distributed = 0


def note_rows(hearing: Hearing, tokens: Sequence[Token]) -> None:
    """Remember the rows that are named; 其中 names them for its own clause only."""
    context = hearing.context
    if (_is_of_total(tokens) or _is_sum(tokens)) and context.rows:
        context.rows, context.is_row_local = ("total",), False
    elif rows := rows_in(tokens):
        is_among = any(one.has("among") for one in tokens)
        goes_on = context.is_row_local and not columns_in(tokens)
        context.rows = rows
        context.is_row_local = goes_on or (is_among and bool(context.columns))
    elif context.is_row_local and columns_in(tokens):
        context.rows, context.is_row_local = (), False


def _is_of_total(tokens: Sequence[Token]) -> bool:
    """Whether a column is named as that of all the money: 总的执行数."""
    return not rows_in(tokens) and any(
        one.text in _OF_ALL and behind.has("columns") for one, behind in pairwise(tokens)
    )


def _is_sum(tokens: Sequence[Token]) -> bool:
    """Whether words tell nothing but that a figure is what those before come to: 合计."""
    return any(one.has("totals") for one in tokens) and all(
        one.has("totals", "fillers") for one in tokens
    )


def tells_unspent(piece: Piece) -> bool:
    """Whether a figure is what was left over: 还结余5万."""
    behind = piece.trail if piece.is_last else ()
    return any(one.has("unspent") for one in (*piece.lead, *behind))


def trailing_column(piece: Piece) -> str:
    """Return the column named behind a figure: 760万的年初预算."""
    if not piece.is_last:
        return ""
    for one in piece.trail:
        if key := one.key("columns"):
            return key
        if not one.has("fillers"):
            return ""
    return ""


def named_behind(piece: Piece) -> tuple[str, ...]:
    """Return the column named behind a figure, if any."""
    column = trailing_column(piece)
    return (column,) if column else ()


def words_of(piece: Piece) -> Sequence[Token]:
    """Return the words a figure came from: its own, and the ones that name it."""
    named = [one for one in piece.lead if one.has("columns", "rows", "annual_short")]
    return [*named[:1], piece.item]
