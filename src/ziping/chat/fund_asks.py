"""Questions about amounts, with the ways to answer them (金额追问)."""

from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Piece
from ziping.chat.fund_words import AMBIGUOUS, rows_in, words_of
from ziping.chat.hearing import (
    Hearing,
    proposed,
)
from ziping.chat.proposals import AMOUNTS, Proposed
from ziping.chat.relations import Relation
from ziping.chat.titles import spoken
from ziping.chat.tokens import Token
from ziping.domain.evaluation import FUND_SOURCE_TITLES, FundSource, FundUnit
from ziping.domain.fields import TITLES
from ziping.domain.numbers import plain

_BUDGET_CHOICES = ("initial_budget", "annual_budget")


def option(hearing: Hearing, piece: Piece, path: str) -> Proposed:
    """Return what choosing a field for an amount would propose."""
    value = piece.item.value
    text = hearing.proposals.amount_text(path, value) if value else ""
    return proposed(path, text, words_of(piece))


def exact_figure(hearing: Hearing, path: str, piece: Piece) -> Ask:
    """Return the question for the exact amount."""
    is_open = path.endswith(f"/{AMBIGUOUS}")
    title = "预算" if is_open else spoken(path, hearing.scene.report)
    expects = () if is_open else (path,)
    return Ask(f"“{piece.item.text}”不是准数。{title}准确是多少？", expects=expects)


def which_budget(hearing: Hearing, piece: Piece, path: str, relation: Relation | None) -> Ask:
    """Return the question whether an amount is 年初 or 全年预算数."""
    parent = path.rpartition("/")[0]
    if relation is not None:
        return Ask("说的是年初预算数，还是全年（调整后）预算数？请说出准确的金额。")
    options = tuple(
        (TITLES[column], (option(hearing, piece, f"{parent}/{column}"),))
        for column in _BUDGET_CHOICES
    )
    return Ask(f"“{piece.item.text}”是年初预算数，还是全年（调整后）预算数？", options)


def which_unit(hearing: Hearing, piece: Piece, path: str) -> Ask:
    """Return the question for the unit of a bare figure."""
    value = piece.item.value
    number = plain(value.number or Decimal(0)) if value else ""
    words = words_of(piece)
    unit = hearing.proposals.unit_of(path)
    in_yuan, in_wan = number, number
    if value and value.number is not None:
        in_wan = plain(value.number * 10_000) if unit is FundUnit.YUAN else number
        in_yuan = number if unit is FundUnit.YUAN else plain(value.number / 10_000)
    options = (
        (f"{number}元", (proposed(path, in_yuan, words),)),
        (f"{number}万元", (proposed(path, in_wan, words),)),
    )
    return Ask(f"“{number}”没有写单位，是元还是万元？", options)


def ask_column(hearing: Hearing, piece: Piece, rows: Sequence[str]) -> None:
    """Ask which column of a row an amount is of."""
    if any(one.has("than", "adding_up", "taking_off", "more", "fewer") for one in piece.lead):
        hearing.ask(Ask("两行资金之间的差额没有听明白，请直接说出金额，如“财政拨款执行600万元”。"))
        return
    project = hearing.project_ids()[:1]
    options = tuple(
        (
            TITLES[column],
            tuple(
                option(hearing, piece, f"{one}/funds/{row}/{column}")
                for one in project
                for row in rows
            ),
        )
        for column in AMOUNTS
    )
    titles = "、".join(FUND_SOURCE_TITLES[FundSource(row)].removeprefix("其中：") for row in rows)
    hearing.ask(Ask(f"{titles}的“{piece.item.text}”是哪一栏？", options))


def confirmed(hearing: Hearing, piece: Piece, path: str, said: str) -> Ask:
    """Return the question whether an amount is what it seems, in spite of other words."""
    title = spoken(path, hearing.scene.report)
    options = ((f"是，填到{title}", (option(hearing, piece, path),)), ("不是", ()))
    return Ask(f"“{said}”的“{piece.item.text}”就是{title}吗？", options)


def ask_project(
    hearing: Hearing, piece: Piece, rows: Sequence[str], columns: Sequence[str]
) -> None:
    """Ask which project an amount is of."""
    options = []
    for project in hearing.scene.report.projects:
        paths = [f"{project.id}/funds/{row}/{column}" for row in rows for column in columns]
        known = [path for path in paths if not path.endswith(f"/{AMBIGUOUS}")]
        options.append(
            (project.name or project.id, tuple(option(hearing, piece, path) for path in known))
        )
    titles = "、".join(TITLES.get(one, "预算") for one in columns)
    hearing.ask(Ask(f"{titles}“{piece.item.text}”是哪个项目的？", tuple(options)))


def ask_row_zero(hearing: Hearing, words: Sequence[Token]) -> None:
    """Ask whether a row that is said not to be there is to be filled with 0."""
    for project in hearing.project_ids()[:1]:
        for row in rows_in(words):
            title = FUND_SOURCE_TITLES[FundSource(row)].removeprefix("其中：")
            paths = [f"{project}/funds/{row}/{column}" for column in ("annual_budget", "executed")]
            zeros = tuple(proposed(path, "0", words) for path in paths)
            options = ((f"{title}的全年预算数、执行数填 0", zeros), ("不填", ()))
            hearing.ask(Ask(f"是说没有{title}吗？要填 0，还是留空？", options, is_soft=True))
