"""Statements without a figure that still fix one: 全部花完, 和目标一样, 刚好完成 (无数字陈述)."""

from decimal import Decimal
from itertools import pairwise

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause
from ziping.chat.fund_asks import ask_row_zero
from ziping.chat.fund_sums import take_equal
from ziping.chat.fund_words import columns_in, note_funds, note_rows, rows_in
from ziping.chat.given import hear_belonging
from ziping.chat.hearing import FUNDS, Hearing, note_taken_back
from ziping.chat.line_subjects import note_lines
from ziping.chat.line_sums import take_share_of_target
from ziping.chat.proposals import AMOUNTS
from ziping.chat.relations import IT, SELF, share_in
from ziping.chat.tokens import LINE, Token
from ziping.domain.evaluation import FundSource
from ziping.domain.fields import TITLES
from ziping.domain.numbers import plain

_HALF = Decimal("0.5")
_WHOLE = Decimal(1)
_MOST_OF_A_SIGH = 4
"""哎呀、咯哟: so much may stand beside 打反了."""
_FULL = "满分"
_SOME_LEFT = ("没花完", "没用完", "还剩", "剩了")
_NOT_ERASED = "对话里不清空已填的数。要改成多少？确实要清空，请到“填报”页删去。"


def hear_wordless(hearing: Hearing, clause: Clause) -> None:
    """Take what a clause without a figure fixes, else remember what it names."""
    tokens = clause.tokens
    _note_exception(hearing, clause)
    if _is_erasing(hearing, clause):
        hearing.ask(Ask(_NOT_ERASED))
        return
    if _takes_back(tokens):
        note_taken_back(hearing)
    elif _is_left(clause):
        _ask_left(hearing)
        return
    elif any(one in clause.text for one in hearing.scene.speech.words.unchanged):
        _note_unchanged(hearing, clause)
        return
    elif any(one.has("negations") for one in tokens):
        _hear_denied(hearing, clause)
        return
    if _same_row(hearing, clause):
        return
    if _full_points(hearing, clause):
        return
    if hear_belonging(hearing, clause) or _all_of(hearing, clause) or _equal(hearing, clause):
        return
    note_funds(hearing, tokens)
    if not any(one.has("columns", "rows") for one in tokens):
        note_lines(hearing, clause)


def _note_exception(hearing: Hearing, clause: Clause) -> None:
    """Remember that what follows is told without some of it: 除去结转，……."""
    if any(one.has("excepting") for one in clause.tokens) and not rows_in(clause.tokens):
        hearing.context.doubt = clause.text.strip()


def _hear_denied(hearing: Hearing, clause: Clause) -> None:
    """Take what is not there: ask whether a row is to be 0, else remember what is named."""
    tokens = clause.tokens
    if rows_in(tokens) and not columns_in(tokens, before_figure=False):
        ask_row_zero(hearing, tokens)
        note_rows(hearing, tokens)
    elif any(one.has(LINE) for one in tokens):
        note_lines(hearing, clause)
    elif rows_in(tokens):
        note_rows(hearing, tokens)


def _is_erasing(hearing: Hearing, clause: Clause) -> bool:
    """Whether a figure of the report is to be removed."""
    words = hearing.scene.speech.words
    names = any(one.has("columns", "rows", LINE, "kinds", "fields") for one in clause.tokens)
    return names and any(one in clause.text for one in words.erasing)


def _is_left(clause: Clause) -> bool:
    """Whether some money is said to be left, and not how much: 钱没花完."""
    return any(one.has("unspent") and one.text in _SOME_LEFT for one in clause.tokens)


def _note_unchanged(hearing: Hearing, clause: Clause) -> None:
    """Remember what is said to be the same, its figure still to come: 年初和全年没变."""
    note_funds(hearing, clause.tokens)
    if not columns_in(clause.tokens, before_figure=False):
        note_lines(hearing, clause)


def _ask_left(hearing: Hearing) -> None:
    """Ask what was spent."""
    row = (hearing.context.rows or (FundSource.TOTAL.value,))[0]
    paths = tuple(f"{one}/funds/{row}/executed" for one in hearing.project_ids()[:1])
    hearing.ask(Ask("没花完的话，全年执行数准确是多少？", expects=paths, is_soft=True))


def _takes_back(tokens: tuple[Token, ...]) -> bool:
    """Whether a clause takes the last figure back: 哦不对."""
    telling = [one for one in tokens if not one.has("fillers") or one.has("self_corrections")]
    if telling and all(one.has("self_corrections") for one in telling):
        return True
    is_wrong = any(one.has("wrong_values", "self_corrections") for one in telling)
    others = [one for one in telling if not one.has("wrong_values", "self_corrections")]
    left = sum(len(one.text.strip()) for one in others)
    return is_wrong and left <= _MOST_OF_A_SIGH and all(one.is_rest for one in others)


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


def _full_points(hearing: Hearing, clause: Clause) -> bool:
    """Take 可持续影响给满分: the points are the weight."""
    tokens = clause.tokens
    is_full = any(
        one.key("fields") == "points" and behind.text == _FULL for one, behind in pairwise(tokens)
    )
    if not is_full:
        return False
    note_lines(hearing, clause)
    for one in hearing.context.lines:
        weight = hearing.proposals.number(f"{one.path}/weight")
        if weight is not None:
            hearing.propose(f"{one.path}/points", plain(weight), tokens, "按分值给满")
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
            question = f"{title}是多少？预算数和到位数都还没有填。"
            hearing.ask(Ask(question, expects=(path,), is_soft=True))
            hearing.context.columns, hearing.context.is_open = (column,), True
            hearing.context.mode = FUNDS
        elif column == "executed" and len({*known.values()}) > 1 and "received" not in known:
            path = f"{project}/funds/{row}/{column}"
            hearing.ask(Ask("年初和全年预算数不同，花完的是哪个数？请说出金额。", expects=(path,)))
        else:
            take_equal(hearing, [word], column, next(iter(known)), _WHOLE)
            hearing.context.columns, hearing.context.mode = (column,), FUNDS


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
    if base == IT:
        last = next(reversed(hearing.proposals.found), "").rpartition("/")[2]
        base = last if last in AMOUNTS else IT
    own = own or (hearing.context.columns[0] if hearing.context.columns else "")
    if not own or base in (SELF, IT, "budget") or own in (base, "budget"):
        return False
    hearing.context.rows = rows_in(tokens) or hearing.context.rows
    hearing.context.mode = FUNDS
    take_equal(hearing, tokens, own, base, share)
    return True
