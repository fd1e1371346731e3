"""Figures of an indicator that follow from another one: above target, half of it (推算指标值)."""

from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Piece
from ziping.chat.hearing import Hearing
from ziping.chat.line_words import VALUE_FIELDS, words_before
from ziping.chat.relations import SELF, Relation
from ziping.chat.titles import spoken
from ziping.chat.tokens import Token
from ziping.chat.values import Value, ValueKind
from ziping.domain.numbers import plain, shifted


def take_related(hearing: Hearing, piece: Piece, relation: Relation, path: str) -> None:
    """Take a figure that follows from another one of the same indicator."""
    base_path = path if relation.base == SELF else f"{path.rpartition('/')[0]}/{relation.base}"
    base = hearing.proposals.number(base_path)
    value = piece.item.value
    title = spoken(base_path, hearing.scene.report)
    if base is None or value is None or value.number is None:
        hearing.ask(Ask(f"{title}还没有填。{title}是多少？", expects=(base_path,)))
        return
    text, told = _related(hearing, base_path, base, relation, value)
    hearing.propose(path, text, words_before(piece), f"{told}（{title}）", corrects=True)


def _related(
    hearing: Hearing, base_path: str, base: Decimal, relation: Relation, value: Value
) -> tuple[str, str]:
    """Return a figure that follows from another one, as its cell holds it, and the sum."""
    number = value.number or Decimal(0)
    field = base_path.rpartition("/")[2]
    cell = hearing.scene.subjects.cell(base_path) if field in VALUE_FIELDS else None
    is_rate = cell is not None and cell.is_rate
    unit = (cell.unit if cell and not is_rate else "") or (
        value.unit if value.kind is ValueKind.COUNT else ""
    )
    share = relation.share
    if share is None and value.kind is ValueKind.PERCENT and not is_rate:
        share = 1 + relation.sign * number
    if share is not None:
        result, told = base * share, f"{plain(base)}×{plain(share)}"
    else:
        result = base + relation.sign * number
        told = f"{plain(base)}{'+' if relation.sign > 0 else '−'}{plain(number)}"
    text = f"{plain(shifted(result, 2))}%" if is_rate else f"{plain(result)}{unit}"
    return text, f"{told}＝{plain(result)}"


def take_share_of_target(hearing: Hearing, tokens: Sequence[Token], share: Decimal) -> bool:
    """Take what was done as a share of the target: 只完成了目标的一半."""
    taken = False
    for one in hearing.context.lines:
        base_path = f"{one.path}/target"
        base = hearing.proposals.number(base_path)
        if base is None:
            continue
        value = Value(ValueKind.PERCENT, tokens[0].start, tokens[-1].end, "", share)
        text, told = _related(hearing, base_path, base, Relation("target", share=share), value)
        title = spoken(base_path, hearing.scene.report)
        hearing.propose(f"{one.path}/actual", text, tokens, f"{told}（{title}）")
        taken = True
    return taken
