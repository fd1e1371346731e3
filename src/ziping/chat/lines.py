"""Figures of the indicator grid: which column of its indicator a figure is of (指标陈述)."""

from collections.abc import Sequence
from dataclasses import replace

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.hearing import LINES, Hearing, corrects_last, is_blurred, is_negated, proposed
from ziping.chat.line_asks import ask_field, ask_how_many
from ziping.chat.line_guards import (
    STROKE,
    is_changed,
    is_further_part,
    is_of_rate,
    is_other_money,
    is_paired,
    is_sum_of_kind,
    is_total,
    without_task,
)
from ziping.chat.line_subjects import is_result, lines_of
from ziping.chat.line_sums import take_related
from ziping.chat.line_words import fields_in, suits, text_of, words_before, written_in
from ziping.chat.relations import Relation, is_compared, is_leaning
from ziping.chat.residue import residue_of
from ziping.chat.subjects import LineRef
from ziping.chat.titles import spoken
from ziping.chat.tokens import LINE
from ziping.chat.values import Value, ValueKind

_LIKE_POINTS = 100
"""A bare figure up to this may be a weight, points or what was done."""
_BEFORE_ENDS = ("前", "前完成", "前完工", "前竣工", "之前", "以前", "以内")


def hear_figure(hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None) -> None:
    """Take a figure into its indicator, or ask about it."""
    value = piece.item.value
    if value is None:
        return
    if value.kind is ValueKind.DATE and not piece.is_last and not piece.trail:
        return  # 年底完成1239宗: when, not what
    head = relation.head if relation else piece.lead
    if is_result(hearing, head):
        hearing.skipped.append("结果")
        return
    if any(one.has("among") for one in piece.lead) and not any(one.has(LINE) for one in piece.lead):
        return  # 其中工程类450宗: a part of what was told
    if is_further_part(piece, clause):
        return
    _hear_named(hearing, piece, clause, relation, value)


def _hear_named(
    hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None, value: Value
) -> None:
    """Take a figure into the indicator it is of, once that is known."""
    context = hearing.context
    head = relation.head if relation else without_task(hearing, piece.lead, value)
    ranked = lines_of(hearing, piece, clause, value)
    lines, level1 = ranked
    fields = fields_in(head, value)
    if not lines and not level1:
        return
    if lines != context.lines:
        context.lines, context.distributed = lines, 0
    if relation is None and (is_leaning(piece.lead) or is_compared(piece.lead)):
        context.lines, context.level1, context.mode = lines, level1, LINES
        ask_how_many(hearing, piece, lines)
        return
    if relation is None and not fields and is_other_money(hearing, piece, value, lines):
        title = f"{lines[0].title}的实际完成值"
        hearing.ask(Ask(f"“{value.text}”是{title}吗？是的话请连同指标名称再说一次。", is_soft=True))
        return
    if relation is None and not fields and is_paired(piece):
        _ask_pair(hearing, piece, lines)
        return
    if relation is None and not fields:
        fields = ("weight",) if level1 else _implied_fields(hearing, piece, value, lines)
    if relation is not None and any(one.has("deducting") for one in piece.lead):
        fields = ("points",)
    if relation is not None and not fields:
        fields = ("actual",) if relation.base == "target" else context.fields or ("actual",)
    context.lines, context.level1, context.mode = lines, level1, LINES
    if is_sum_of_kind(piece, fields):
        hearing.ask(Ask(f"“{piece.item.text}”是几项合计的，每项指标的分值是多少？"))
        return
    _distribute(hearing, piece, clause, relation, fields)


def _ask_pair(hearing: Hearing, piece: Piece, lines: Sequence[LineRef]) -> None:
    """Ask what the two figures are, once."""
    hearing.context.lines, hearing.context.mode = tuple(lines), LINES
    hearing.heeded += 1
    if text_of(piece.lead).strip() != STROKE and lines:
        hearing.ask(Ask(f"{lines[0].title}的两个数，哪个是年度指标值，哪个是实际完成值？"))


def _implied_fields(
    hearing: Hearing, piece: Piece, value: Value, lines: tuple[LineRef, ...]
) -> tuple[str, ...]:
    """Return the column of a figure that is told without one."""
    context = hearing.context
    if headed := tuple(one for one in context.heading if suits(one, value)):
        return headed
    can_go_on = tuple(one for one in context.fields if suits(one, value))
    if context.distributed and can_go_on and all(one.has("links") for one in piece.lead):
        return can_go_on
    if (context.is_open or corrects_last(piece)) and can_go_on:
        return can_go_on
    if is_changed(piece) and (now := _held_by(hearing, lines, value)):
        return now
    if value.kind is ValueKind.POINTS:
        return _implied_points(hearing, piece)
    if value.is_bounded and value.kind is not ValueKind.DATE:
        return ("target",) if all(not one.line.target.strip() for one in lines) else ()
    if value.kind is ValueKind.DATE and value.text.endswith(_BEFORE_ENDS):
        if any(one.has("done") or one.text == "了" for one in piece.trail):
            return ()
        return ("target",) if all(not one.line.target.strip() for one in lines) else ()
    is_plain = value.kind is ValueKind.NUMBER and (value.number or 0) <= _LIKE_POINTS
    return () if is_plain else ("actual",)


def _implied_points(hearing: Hearing, piece: Piece) -> tuple[str, ...]:
    """Return whether so many 分 are the weight or what was earned; nothing: nobody can say."""
    context = hearing.context
    if any(one.has("deducting") for one in piece.lead):
        return ("points",)
    mine = tuple(f"{one.path}/" for one in context.lines)
    told = {path.rpartition("/")[2] for path in hearing.proposals.found if path.startswith(mine)}
    if "band" in told or "points" in context.fields:
        return ("points",)
    if told & {"target", "actual", "level3"} and "weight" not in told:
        return ("weight",)
    return ()


def _distribute(
    hearing: Hearing,
    piece: Piece,
    clause: Clause,
    relation: Relation | None,
    fields: tuple[str, ...],
) -> None:
    """Take a figure for each field it is said of."""
    context = hearing.context
    if is_negated(piece):
        told = fields or fields_in(piece.trail, piece.item.value)
        context.fields = (
            told or _held_by(hearing, context.lines, piece.item.value) or context.fields
        )
        context.is_open = True
        hearing.heeded += 1
        return
    paths = _paths(hearing, fields)
    if not fields:
        ask_field(hearing, piece)
        return
    if any(one.has("respectively") for one in piece.lead) or context.distributed:
        turn = context.distributed
        context.distributed += 1
        if turn >= len(paths):
            _ask_uneven(hearing, paths)
        paths = paths[turn : turn + 1]
    context.fields, context.is_open = fields, False
    for path in paths:
        _take(hearing, piece, clause, relation, path)


def _ask_uneven(hearing: Hearing, paths: Sequence[str]) -> None:
    """Ask again where more figures are given out than there are indicators."""
    for path in paths:
        hearing.proposals.found.pop(path, None)
    names = "、".join(spoken(one, hearing.scene.report) for one in paths)
    hearing.ask(Ask(f"{names}有 {len(paths)} 栏，说的数却更多。请一一说明哪个数是哪一项的。"))


def _held_by(hearing: Hearing, lines: Sequence[LineRef], value: Value | None) -> tuple[str, ...]:
    """Return the column that holds a figure now, the one spoken of before others."""
    spoken_of = hearing.context.fields if len(hearing.context.fields) == 1 else ()
    for one in lines:
        for field in dict.fromkeys((*spoken_of, "points", "weight", "actual", "target")):
            held = hearing.proposals.number(f"{one.path}/{field}")
            is_held = value is not None and held is not None and held == value.number
            if value is not None and is_held and suits(field, value):
                return (field,)
    return ()


def _paths(hearing: Hearing, fields: tuple[str, ...]) -> list[str]:
    """Return the paths of the columns of the indicators spoken of."""
    context = hearing.context
    if context.level1:
        ids = hearing.project_ids()
        return [f"{one}/level1_weights/{context.level1}" for one in ids]
    return [f"{one.path}/{field}" for field in fields for one in context.lines]


def _take(
    hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None, path: str
) -> None:
    """Take a figure for a field, or ask about it."""
    value = piece.item.value
    field = path.rpartition("/")[2]
    if value is None:
        return
    if value.kind is ValueKind.COUNT and is_of_rate(hearing, path):
        hearing.skipped.append("份数")
        return  # 满意度问卷500份: no figure of a rate
    title = spoken(path, hearing.scene.report)
    is_loose = value.is_bounded and field != "target" and relation is None
    is_loose = is_loose and value.kind is not ValueKind.DATE
    if (
        is_blurred(piece, clause)
        or is_loose
        or (value.kind is ValueKind.TIMES and relation is None)
        or (value.number is None and value.kind is not ValueKind.DATE)
    ):
        hearing.ask(Ask(f"“{piece.item.text}”不是准数。{title}准确是多少？", expects=(path,)))
    elif relation is not None:
        take_related(hearing, piece, relation, path)
    elif field == "points" and any(one.has("deducting") for one in piece.lead):
        take_related(hearing, piece, Relation("weight", -1), path)
    else:
        text = _written(hearing, path, value)
        said = _said_between(piece)
        if said and not _is_naming(hearing, path, said):
            made = proposed(path, text, words_before(piece))
            options = ((f"是，{title}填{text}", (made,)), ("不是", ()))
            hearing.ask(Ask(f"“{said}”的“{piece.item.text}”就是{title}吗？", options))
            return
        is_final = corrects_last(piece) or is_total(piece)
        hearing.propose(path, text, words_before(piece), corrects=is_final)


def _said_between(piece: Piece) -> str:
    """Return the words between a column and its figure that no list has: 目标下浮100宗."""
    places = [at for at, one in enumerate(piece.lead) if one.has("fields") and len(one.text) > 1]
    named = [at for at, one in enumerate(piece.lead) if one.has(LINE)]
    start = max([places[-1], *named]) if places else len(piece.lead)
    return residue_of(piece.lead[start + 1 :])


def _is_naming(hearing: Hearing, path: str, said: str) -> bool:
    """Whether words name the indicator or the 一级指标 that a path is of."""
    one = hearing.scene.subjects.line(path.rpartition("/")[0])
    return one is None or one in hearing.scene.subjects.rank(said).possible


def _written(hearing: Hearing, path: str, value: Value) -> str:
    """Return a figure as its cell holds it; 1万 is no money where the indicator counts."""
    parent, _, field = path.rpartition("/")
    one = hearing.scene.subjects.line(parent)
    if value.kind is ValueKind.MONEY and not value.unit and one is not None:
        words = hearing.scene.speech.words.money_names
        if not any(word in one.line.level2 + one.line.level3 for word in words):
            value = replace(value, kind=ValueKind.NUMBER)
    return written_in(hearing.scene.report.fiscal_year, value, field)
