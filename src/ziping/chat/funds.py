"""Amounts of the fund grid: which row and column a figure is of (资金陈述)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.fund_asks import (
    ask_column,
    ask_project,
    confirmed,
    exact_figure,
    how_much_now,
    which_budget,
    which_unit,
    whole_year,
)
from ziping.chat.fund_sums import hear_unspent, take_related
from ziping.chat.fund_words import (
    AMBIGUOUS,
    columns_in,
    named_behind,
    note_rows,
    rows_in,
    tells_unspent,
    trailing_column,
    words_of,
)
from ziping.chat.hearing import (
    FUNDS,
    LINES,
    Hearing,
    corrects_last,
    is_blurred,
    is_negated,
)
from ziping.chat.relations import IT, SELF, Relation, is_compared, is_leaning
from ziping.chat.residue import residue_of
from ziping.chat.tokens import PROJECT, Token
from ziping.chat.values import ValueKind
from ziping.domain.evaluation import FundSource, FundUnit

_YEAR_END = re.compile("12月|十二月|年底|年末|年内|四季度末")
_BUDGETS = ("initial_budget", "annual_budget")
_FROM_HERE_YUAN = Decimal(100_000)
"""So many 万元 without a unit are more likely 元."""
_TO_HERE_TEN_THOUSAND = Decimal(1_000)
"""So few 元 without a unit are more likely 万元."""


def is_of_funds(hearing: Hearing, piece: Piece, relation: Relation | None) -> bool:
    """Whether a figure is an amount of the fund grid."""
    value = piece.item.value
    if value is None or "/" in value.unit:
        return False
    if value.kind in (ValueKind.PERCENT, ValueKind.TIMES):
        return _is_share_of_funds(hearing, relation)
    if value.kind not in (ValueKind.MONEY, ValueKind.NUMBER):
        return False
    if _speaks_of_lines(piece.lead) or _is_cost_told(hearing, piece):
        return False
    if columns_in(piece.lead) or trailing_column(piece) or tells_unspent(piece):
        return True
    context = hearing.context
    is_moved = relation is not None and relation.base == "initial_budget"
    if is_moved and (value.kind is ValueKind.MONEY or context.mode == FUNDS):
        return context.mode != LINES
    if _goes_on_by_project(hearing, piece) or _adds_up(hearing, piece):
        return True
    if residue_of(piece.lead):
        return False
    if rows_in(piece.lead) and not context.columns:
        return value.kind is ValueKind.MONEY
    goes_on = context.is_open or corrects_last(piece) or bool(rows_in(piece.lead))
    goes_on = goes_on or (context.distributed > 0 and any(one.has("links") for one in piece.lead))
    return context.mode == FUNDS and bool(context.columns) and goes_on


def _goes_on_by_project(hearing: Hearing, piece: Piece) -> bool:
    """Whether a figure is the same column of another project: 到位：演出298.5万，宣传186万."""
    context = hearing.context
    if context.mode != FUNDS or not context.columns or residue_of(piece.lead):
        return False
    if piece.item.value is None or piece.item.value.kind is not ValueKind.MONEY:
        return False
    return any(one.has(PROJECT) for one in piece.lead)


def _adds_up(hearing: Hearing, piece: Piece) -> bool:
    """Whether a figure is added to the last one, or is what those before come to: 合计291万."""
    if hearing.context.mode != FUNDS or not hearing.context.columns or residue_of(piece.lead):
        return False
    telling = [one for one in piece.lead if not one.has("fillers") or one.has("totals")]
    return bool(telling) and all(one.has("adding_up", "totals") for one in telling)


def _is_share_of_funds(hearing: Hearing, relation: Relation | None) -> bool:
    """Whether a percentage tells an amount from another one: 是到位数的95%."""
    if relation is None or relation.base == "target":
        return False
    if relation.base in (SELF, IT):
        return bool(columns_in(relation.head)) or (
            hearing.context.mode == FUNDS and relation.share is not None
        )
    return bool(columns_in(relation.head)) or hearing.context.mode == FUNDS


def _is_cost_told(hearing: Hearing, piece: Piece) -> bool:
    """Whether an amount spent is what an indicator of cost, just spoken of, came to."""
    context = hearing.context
    if context.mode != LINES or context.fields != ("target",) or rows_in(piece.lead):
        return False
    is_cost = any("成本" in one.line.level2 for one in context.lines)
    return is_cost and columns_in(piece.lead) == ("executed",)


def _speaks_of_lines(tokens: Sequence[Token]) -> bool:
    """Whether words name an indicator or a column of the indicator grid alone."""
    strong = ("target", "weight", "points", "deviation", "points_reason")
    has_column = any(one.has("columns") for one in tokens)
    for one in tokens:
        if one.has("line", "kinds"):
            return True
        if one.key("fields") in strong and not has_column and not one.has("fillers"):
            return True
    return False


def hear_amount(hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None) -> None:
    """Take an amount into its fields, or ask about it."""
    context = hearing.context
    head = relation.head if relation else piece.lead
    note_rows(hearing, head)
    if tells_unspent(piece):
        hear_unspent(hearing, piece, clause)
        return
    if relation is not None and relation.base == "target":
        hearing.ask(Ask(f"还差“{piece.item.text}”，那么现在一共是多少？请说出是哪一栏和金额。"))
        return
    if relation is not None and rows_in(piece.lead[len(head) :]):
        hearing.ask(Ask("两行资金之间的差额没有听明白，请直接说出金额，如“财政拨款执行600万元”。"))
        return
    columns = columns_in(head, before_figure=relation is None) or named_behind(piece)
    if not columns and relation and relation.base == "initial_budget" and not context.is_open:
        columns = ("annual_budget",)
    if columns == (AMBIGUOUS,) and relation and relation.base == "initial_budget":
        columns = ("annual_budget",)
    is_named = len(context.columns) == 1 and context.columns[0] in _BUDGETS
    if columns == (AMBIGUOUS,) and context.is_open and is_named and context.mode == FUNDS:
        columns = context.columns  # 全年预算看颠倒了，批复上写的691.52万
    if _is_adjustment(hearing, piece, columns):
        columns = ("annual_budget",)
    if columns:
        context.columns, context.distributed = columns, 0
    context.mode = FUNDS
    _distribute(hearing, piece, clause, relation)


def _is_adjustment(hearing: Hearing, piece: Piece, columns: tuple[str, ...]) -> bool:
    """Whether a budget is told as adjusted within the year: 年初760万，后来调减到619.52万."""
    if not any(one.has("adjusting") for one in piece.lead):
        return False
    if columns:
        return columns == (AMBIGUOUS,)
    return bool(hearing.context.columns) and set(hearing.context.columns) <= {
        AMBIGUOUS,
        "initial_budget",
    }


def _distribute(hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None) -> None:
    """Take an amount for each field it is said of."""
    context = hearing.context
    rows = context.rows or (FundSource.TOTAL.value,)
    columns = context.columns
    if not columns:
        ask_column(hearing, piece, rows)
        return
    context.is_open = False
    projects = hearing.project_ids()
    if not projects:
        ask_project(hearing, piece, rows, columns)
        return
    slots = [(one, row, column) for one in projects for row in rows for column in columns]
    if any(one.has("respectively") for one in piece.lead) or context.distributed:
        turn = context.distributed
        context.distributed += 1
        slots = slots[turn : turn + 1]
    elif len(projects) > 1 and not any(one.has("each") for one in piece.lead):
        ask_project(hearing, piece, rows, columns)
        return
    if is_negated(piece):
        context.is_open = True
        hearing.heeded += 1
        return
    for project, row, column in slots:
        _take(hearing, piece, clause, relation, f"{project}/funds/{row}/{column}")


def _take(
    hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None, path: str
) -> None:
    """Take an amount for a field, or ask about it."""
    value = piece.item.value
    if value is None:
        return
    hearing.context.paths = (path,)
    words = words_of(piece)
    if is_blurred(piece, clause) or value.is_bounded or value.number is None:
        hearing.ask(exact_figure(hearing, path, piece))
    elif path.endswith(f"/{AMBIGUOUS}"):
        hearing.ask(which_budget(hearing, piece, path, relation))
    elif path.endswith("/executed") and _is_of_part_year(clause):
        hearing.ask(whole_year(hearing, path, piece))
    elif relation is None and (is_leaning(piece.lead) or is_compared(piece.lead)):
        hearing.ask(how_much_now(hearing, path, piece))
    elif relation is not None:
        take_related(hearing, piece, relation, path)
    elif said := _doubt(hearing, piece):
        hearing.context.doubt = said
        hearing.ask(confirmed(hearing, piece, path, said))
    elif value.kind is ValueKind.NUMBER and _unit_unlikely(hearing, path, value.number):
        hearing.ask(which_unit(hearing, piece, path))
    else:
        note = "" if value.kind is ValueKind.MONEY else f"没有写单位，按{_unit(hearing, path)}"
        text = hearing.proposals.amount_text(path, value)
        hearing.propose(path, text, words, note, corrects=corrects_last(piece))


def _is_of_part_year(clause: Clause) -> bool:
    """Whether an amount was spent by some month, not by the end of the year: 截至9月底."""
    dates = [one.text for one in clause.tokens if one.value and one.value.kind is ValueKind.DATE]
    return any(not _YEAR_END.search(one) for one in dates)


def _doubt(hearing: Hearing, piece: Piece) -> str:
    """Return the words that may make an amount another one than it seems; blank: none."""
    said = residue_of([*piece.lead, *_near(piece)]) or _strange_verb(piece)
    if said or any(one.has("totals") for one in piece.lead):
        return said
    return hearing.context.doubt


def _strange_verb(piece: Piece) -> str:
    """Return a verb that no list has right before an amount: 退了9万."""
    if len(piece.lead) > 1 and piece.lead[-1].text == "了" and piece.lead[-2].is_rest:
        return f"{piece.lead[-2].text}了"
    return ""


def _near(piece: Piece) -> Sequence[Token]:
    """Return the word right behind a figure, when the clause ends with it."""
    return piece.trail[:2] if piece.is_last else ()


def _unit(hearing: Hearing, path: str) -> str:
    return hearing.proposals.unit_of(path).value


def _unit_unlikely(hearing: Hearing, path: str, number: Decimal) -> bool:
    """Whether a bare figure is of a size that its grid's unit makes unlikely."""
    unit = hearing.proposals.unit_of(path)
    if unit is FundUnit.TEN_THOUSAND_YUAN:
        return number >= _FROM_HERE_YUAN
    return unit is FundUnit.YUAN and 0 < number < _TO_HERE_TEN_THOUSAND
