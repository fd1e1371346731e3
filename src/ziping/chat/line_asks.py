"""Questions about figures of indicators, with the ways to answer them (指标追问)."""

from collections.abc import Sequence

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.hearing import Hearing, is_blurred, is_negated, proposed
from ziping.chat.line_words import POINT_FIELDS, VALUE_FIELDS, fields_in, words_before, written_in
from ziping.chat.proposals import AMOUNTS, Proposed
from ziping.chat.subjects import LineRef, titles
from ziping.chat.values import Value, ValueKind
from ziping.domain.fields import TITLES

_RELATING = ("than", "less", "over", "adding_up", "taking_off", "deducting", "budget_moves")
_MOST_OPTIONS = 12


def ask_line(hearing: Hearing, piece: Piece, lines: Sequence[LineRef]) -> None:
    """Ask which indicator a figure is of."""
    value = piece.item.value
    if value is None:
        return
    fields = fields_in(piece.lead, value) or (
        ("points",) if value.kind is ValueKind.POINTS else ("actual",)
    )
    options = tuple(
        (
            title,
            tuple(
                proposed(
                    f"{one.path}/{field}",
                    written_in(hearing.scene.report.fiscal_year, value, field),
                    words_before(piece),
                )
                for field in fields
            ),
        )
        for one, title in zip(lines, titles(lines, hearing.scene.report), strict=True)
    )
    names = "、".join(TITLES[field] for field in fields)
    is_related = any(one.has(*_RELATING) for one in piece.lead)
    listed = () if is_related else options[:_MOST_OPTIONS]
    hearing.ask(Ask(f"{names}“{piece.item.text}”是哪一项指标的？", listed))


def ask_what(hearing: Hearing, piece: Piece, clause: Clause, value: Value) -> None:
    """Ask what a figure is of that was said with nothing else."""
    if is_negated(piece):
        return
    said = piece.item.text
    is_exact = not is_blurred(piece, clause) and not value.is_bounded
    if value.kind is ValueKind.MONEY:
        row = hearing.context.rows[0] if hearing.context.rows else "total"
        options = tuple((TITLES[one], _as_amount(hearing, piece, row, one)) for one in AMOUNTS)
        if is_exact:
            hearing.ask(Ask(f"“{said}”是哪一栏的金额？", options, is_soft=True))
        else:
            hearing.ask(Ask(f"“{said}”不是准数。是哪一栏，准确是多少？", is_soft=True))
    elif value.kind in (ValueKind.PERCENT, ValueKind.POINTS):
        hearing.ask(Ask(f"“{said}”是哪一项指标的？请连同指标名称再说一次。", is_soft=True))


def _as_amount(hearing: Hearing, piece: Piece, row: str, column: str) -> tuple[Proposed, ...]:
    """Return what an amount would be in a column of the fund grid."""
    value = piece.item.value
    paths = [f"{one}/funds/{row}/{column}" for one in hearing.project_ids()]
    return tuple(
        proposed(path, hearing.proposals.amount_text(path, value), [piece.item])
        for path in paths
        if value is not None
    )


def ask_how_many(hearing: Hearing, piece: Piece, lines: Sequence[LineRef]) -> None:
    """Ask what so many more or fewer come to."""
    names = "、".join(one.title for one in lines)
    told = f"{piece.lead[-1].text}{piece.item.text}"
    paths = tuple(f"{one.path}/actual" for one in lines[:1])
    hearing.ask(Ask(f"{names}“{told}”，那么实际完成值准确是多少？", expects=paths))


def ask_field(hearing: Hearing, piece: Piece) -> None:
    """Ask which column of an indicator a figure is of."""
    value = piece.item.value
    if value is None or not hearing.context.lines:
        return
    fields = POINT_FIELDS if value.kind is ValueKind.POINTS else VALUE_FIELDS
    one = hearing.context.lines[0]
    options = tuple(
        (
            TITLES[field],
            (
                proposed(
                    f"{one.path}/{field}",
                    written_in(hearing.scene.report.fiscal_year, value, field),
                    words_before(piece),
                ),
            ),
        )
        for field in fields
    )
    titles_told = "还是".join(TITLES[field] for field in fields)
    hearing.ask(Ask(f"{one.title}的“{piece.item.text}”是{titles_told}？", options))
