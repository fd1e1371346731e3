"""Amounts that follow from other amounts: more, less, a share, what was left (推算金额)."""

from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.fund_words import AMBIGUOUS, columns_in, words_of
from ziping.chat.hearing import (
    Hearing,
    is_blurred,
    proposed,
)
from ziping.chat.relations import IT, SELF, Relation
from ziping.chat.titles import spoken
from ziping.chat.tokens import Token
from ziping.chat.values import ValueKind
from ziping.domain.evaluation import FundSource
from ziping.domain.numbers import plain

_SPENDABLE = ("received", "annual_budget")


def hear_unspent(hearing: Hearing, piece: Piece, clause: Clause) -> None:
    """Take what was left over as 全年执行数, or ask what it was left over from."""
    value = piece.item.value
    for project in hearing.project_ids():
        for row in hearing.context.rows or (FundSource.TOTAL.value,):
            parent = f"{project}/funds/{row}"
            named = [one for one in columns_in(piece.lead) if one in _SPENDABLE]
            bases = named[-1:] or _SPENDABLE
            figures = {hearing.proposals.number(f"{parent}/{one}") for one in bases}
            figures -= {None}
            path = f"{parent}/executed"
            base = figures.pop() if len(figures) == 1 else None
            if base is None or value is None or value.number is None or is_blurred(piece, clause):
                text = f"结余“{piece.item.text}”，那么全年执行数是多少？"
                hearing.ask(Ask(text, expects=(path,)))
                continue
            left = Decimal(hearing.proposals.amount_text(path, value))
            note = f"{plain(base)}−{plain(left)}＝{plain(base - left)}（预算或到位数减结余）"
            hearing.propose(path, plain(base - left), words_of(piece), note)


def take_related(hearing: Hearing, piece: Piece, relation: Relation, path: str) -> None:
    """Take an amount that follows from another one."""
    if _two_starts(hearing, piece, relation, path):
        hearing.ask(_which_start(hearing, piece, relation, path))
        return
    base_path = _base_path(hearing, relation, path)
    base = hearing.proposals.number(base_path)
    title = spoken(base_path, hearing.scene.report)
    if base is None:
        text = f"{title}还没有填，算不出{spoken(path, hearing.scene.report)}。{title}是多少？"
        hearing.ask(Ask(text, expects=(base_path,)))
        return
    result, told = _related(hearing, piece, relation, base)
    if result is None:
        hearing.ask(
            Ask(f"没有听明白，{spoken(path, hearing.scene.report)}准确是多少？", expects=(path,))
        )
        return
    note = f"{told}＝{plain(result)}（{title}）"
    hearing.propose(path, plain(result), words_of(piece), note, corrects=True)


def _related(
    hearing: Hearing, piece: Piece, relation: Relation, base: Decimal
) -> tuple[Decimal | None, str]:
    """Return the amount that follows from another one, and the sum in words."""
    value = piece.item.value
    if value is None or not value.number or "成" in value.text:
        return None, ""
    share = relation.share
    if share is None and value.kind is ValueKind.PERCENT:
        share = 1 + relation.sign * value.number
    if share is not None:
        return base * share, f"{plain(base)}×{plain(share)}"
    change = Decimal(hearing.proposals.amount_text(hearing.context.paths[0], value))
    told = f"{plain(base)}{'+' if relation.sign > 0 else '−'}{plain(change)}"
    return base + relation.sign * change, told


def _two_starts(hearing: Hearing, piece: Piece, relation: Relation, path: str) -> bool:
    """Whether a budget was changed already, so that a further change may start from either."""
    if relation.base != "initial_budget" or not path.endswith("/annual_budget"):
        return False
    if relation.head and columns_in(relation.head) not in ((), (AMBIGUOUS,)):
        return False
    now = hearing.proposals.number(path)
    start = hearing.proposals.number(f"{path.rpartition('/')[0]}/initial_budget")
    if now is None or start is None or now == start:
        return False
    result, _ = _related(hearing, piece, relation, start)
    return result != now


def _which_start(hearing: Hearing, piece: Piece, relation: Relation, path: str) -> Ask:
    options = []
    for base_path in (f"{path.rpartition('/')[0]}/initial_budget", path):
        base = hearing.proposals.number(base_path) or Decimal(0)
        result, told = _related(hearing, piece, relation, base)
        if result is not None:
            one = proposed(path, plain(result), words_of(piece), told)
            options.append((f"全年预算数＝{told}＝{plain(result)}", (one,)))
    now = plain(hearing.proposals.number(path) or Decimal(0))
    text = f"全年预算数现在是 {now}，与年初预算数不同。“{piece.item.text}”从哪个数算起？"
    return Ask(text, tuple(options))


def _base_path(hearing: Hearing, relation: Relation, path: str) -> str:
    """Return the field that an amount is told from."""
    parent, _, column = path.rpartition("/")
    if relation.base == SELF:
        is_unfilled = column == "annual_budget" and hearing.proposals.number(path) is None
        return f"{parent}/initial_budget" if is_unfilled else path
    if relation.base == IT:
        last = [one for one in hearing.proposals.found if one != path]
        return last[-1] if last else path
    return f"{parent}/{relation.base}"


def take_equal(
    hearing: Hearing, words: Sequence[Token], column: str, base: str, share: Decimal
) -> None:
    """Take a column that is told as another one, or as a share of it; asks for that if need be."""
    for project in hearing.project_ids():
        for row in hearing.context.rows or (FundSource.TOTAL.value,):
            parent = f"{project}/funds/{row}"
            found = hearing.proposals.number(f"{parent}/{base}")
            title = spoken(f"{parent}/{base}", hearing.scene.report)
            if found is None:
                question = f"{title}还没有填。{title}是多少？"
                hearing.ask(Ask(question, expects=(f"{parent}/{base}",), is_soft=True))
                continue
            note = f"按{title} {plain(found)}" + ("" if share == 1 else f"×{plain(share)}")
            hearing.propose(f"{parent}/{column}", plain(found * share), words, note)
