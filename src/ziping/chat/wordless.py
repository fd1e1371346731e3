"""Statements without a figure that still fix one: 全部花完, 和目标一样, 刚好完成 (无数字陈述)."""

from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause
from ziping.chat.fund_asks import ask_row_zero
from ziping.chat.fund_sums import take_equal
from ziping.chat.fund_words import columns_in, note_funds, rows_in
from ziping.chat.given import hear_belonging
from ziping.chat.hearing import FUNDS, Hearing
from ziping.chat.line_subjects import note_lines
from ziping.chat.line_sums import take_share_of_target
from ziping.chat.relations import IT, SELF, share_in
from ziping.chat.tokens import LINE, Token
from ziping.domain.evaluation import FundSource
from ziping.domain.fields import TITLES

_HALF = Decimal("0.5")
_WHOLE = Decimal(1)


def hear_wordless(hearing: Hearing, clause: Clause) -> None:
    """Take what a clause without a figure fixes, else remember what it names."""
    tokens = clause.tokens
    if _takes_back(tokens):
        hearing.context.is_corrected = hearing.context.is_open = True
    elif any(one.has("negations") for one in tokens):
        if rows_in(tokens) and not columns_in(tokens, before_figure=False):
            ask_row_zero(hearing, tokens)
        elif any(one.has(LINE) for one in tokens):
            note_lines(hearing, clause)
        return
    if _same_row(hearing, clause):
        return
    if hear_belonging(hearing, clause) or _all_of(hearing, clause) or _equal(hearing, clause):
        return
    note_funds(hearing, tokens)
    if not any(one.has("columns", "rows") for one in tokens):
        note_lines(hearing, clause)


def _takes_back(tokens: tuple[Token, ...]) -> bool:
    """Whether a clause takes the last figure back: 哦不对."""
    telling = [one for one in tokens if not one.has("fillers") or one.has("self_corrections")]
    return bool(telling) and telling[0].has("self_corrections") and len(telling) == 1


def _same_row(hearing: Hearing, clause: Clause) -> bool:
    """Take 全部为财政拨款: the row has what was just said of the total."""
    rows = rows_in(clause.tokens)
    is_all = any(one.has("each") or one.text == "全部" for one in clause.tokens)
    if len(rows) != 1 or not is_all or columns_in(clause.tokens, before_figure=False):
        return False
    total = f"/funds/{FundSource.TOTAL.value}/"
    for path in hearing.context.paths:
        one = hearing.proposals.found.get(path)
        if one is not None and total in path:
            same = path.replace(total, f"/funds/{rows[0]}/")
            hearing.propose(same, one.text, clause.tokens, "全部是这一项")
    return True


def _all_of(hearing: Hearing, clause: Clause) -> bool:
    """Take 全部花完 and 全部到位."""
    for one in clause.tokens:
        if one.has("all_received"):
            _take_all(hearing, one, "received", ("annual_budget", "initial_budget"))
            return True
        if one.has("all_spent"):
            _take_all(hearing, one, "executed", ("received", "annual_budget", "initial_budget"))
            return True
    return False


def _take_all(hearing: Hearing, word: Token, column: str, bases: tuple[str, ...]) -> None:
    """Take a column as all of what there was; asks where the bases do not agree."""
    for project in hearing.project_ids():
        row = (hearing.context.rows or (FundSource.TOTAL.value,))[0]
        figures = {
            base: hearing.proposals.number(f"{project}/funds/{row}/{base}") for base in bases
        }
        known = {base: figure for base, figure in figures.items() if figure is not None}
        if not known:
            title = TITLES[column]
            path = f"{project}/funds/{row}/{column}"
            hearing.ask(Ask(f"{title}是多少？预算数和到位数都还没有填。", expects=(path,)))
        elif column == "executed" and len({*known.values()}) > 1 and "received" not in known:
            path = f"{project}/funds/{row}/{column}"
            hearing.ask(Ask("年初和全年预算数不同，花完的是哪个数？请说出金额。", expects=(path,)))
        else:
            take_equal(hearing, [word], column, next(iter(known)), _WHOLE)


def _equal(hearing: Hearing, clause: Clause) -> bool:
    """Take A 和 B 一样, and A 是 B 的一半."""
    tokens = clause.tokens
    half = next((at for at, one in enumerate(tokens) if one.has("half")), None)
    if half is not None:
        relation = share_in(tokens[:half], _HALF)
        if relation is not None and relation.base == "target":
            note_lines(hearing, clause)
            return take_share_of_target(hearing, tokens, _HALF)
        return relation is not None and _take_share(
            hearing, tokens, relation.head, relation.base, _HALF
        )
    if not any(one.has("same_as") for one in tokens):
        return False
    columns = [key for one in tokens if (key := one.key("columns"))]
    if len(columns) == 2 and "budget" not in columns:  # noqa: PLR2004 - A and B
        hearing.context.columns, hearing.context.is_open = tuple(columns), True
        return _take_share(hearing, tokens, tokens[:1], columns[1], _WHOLE, columns[0])
    return False


def _take_share(  # noqa: PLR0913, PLR0917 - what is a share of what
    hearing: Hearing,
    tokens: tuple[Token, ...],
    head: tuple[Token, ...],
    base: str,
    share: Decimal,
    column: str = "",
) -> bool:
    """Take a column as a share of another one."""
    named = columns_in(head, before_figure=False)
    own = column or (named[0] if named else "")
    own = own or (hearing.context.columns[0] if hearing.context.columns else "")
    if not own or base in (SELF, IT, "budget") or own in (base, "budget"):
        return False
    hearing.context.rows = rows_in(tokens) or hearing.context.rows
    hearing.context.mode = FUNDS
    take_equal(hearing, tokens, own, base, share)
    return True
