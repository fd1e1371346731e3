"""Figures of the indicator grid: which indicator and which column a figure is of (指标陈述)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.proposals import AMOUNTS
from ziping.chat.hearing import LINES, Hearing, corrects_last, is_blurred, is_negated, proposed
from ziping.chat.relations import SELF, Relation
from ziping.chat.residue import residue_of
from ziping.chat.subjects import LineRef, Ranked, titles
from ziping.chat.tokens import LINE, Token
from ziping.chat.values import Value, ValueKind, date_text
from ziping.chat.titles import spoken
from ziping.domain.fields import TITLES
from ziping.domain.numbers import plain, shifted

_LEVEL1_FIGURE = re.compile(
    r"(产出|效益|满意度?|成本)(?:指标)?(?:权重|分值)?[占为是:]?\s?\d+(?:\.\d+)?\s?分?(?![%\d个项条宗])"
)
_POINT_FIELDS = ("weight", "points")
_VALUE_FIELDS = ("target", "actual")
_RELATING = ("than", "less", "over", "adding_up", "taking_off", "deducting", "budget_moves")
_MOST_OPTIONS = 12
_LIKE_POINTS = 100
"""A bare figure up to this may be a weight, points or what was done."""
_BEFORE_ENDS = ("前", "前完成", "前完工", "前竣工", "之前", "以前", "以内")


def fields_in(tokens: Sequence[Token], value: Value | None) -> tuple[str, ...]:
    """Return the columns that words name: those linked by 和, else the last that can hold it."""
    found: list[str] = []
    is_linked = False
    for one in tokens:
        key = one.key("fields")
        if key is None or not _can_hold(one, key, value):
            is_linked = is_linked or one.has("links")
            continue
        found = [*found, key] if is_linked and found else [key]
        is_linked = False
    return tuple(dict.fromkeys(found))


def _can_hold(one: Token, key: str, value: Value | None) -> bool:
    """Whether a column can hold a figure; 给 and 得 name one only right before points."""
    if value is None:
        return not one.has("fillers") or len(one.text) > 1
    is_point = value.kind in (ValueKind.POINTS, ValueKind.NUMBER)
    if key in _POINT_FIELDS:
        is_share = key == "weight" and value.kind is ValueKind.PERCENT
        return (is_point or is_share) and not (
            len(one.text) == 1 and value.kind is ValueKind.NUMBER
        )
    return key in _VALUE_FIELDS and value.kind is not ValueKind.POINTS


def lists_level1(text: str) -> bool:
    """Whether a sentence lists weights of 一级指标: 产出50、效益30、满意度10."""
    return "产出" in text and len(set(_LEVEL1_FIGURE.findall(text))) > 1


def note_lines(hearing: Hearing, clause: Clause) -> None:
    """Remember the indicators and columns that a clause names without a figure."""
    context = hearing.context
    lines, level1 = _subject(hearing, clause.tokens, clause.text, None)
    if lines or level1:
        context.lines, context.level1, context.mode = lines, level1, LINES
        context.is_open, context.distributed = True, 0
    fields = fields_in(clause.tokens, None)
    if fields and not lines and not level1 and clause.ends in (":", "："):
        context.heading = fields
    elif fields and (context.lines or context.level1):
        context.fields, context.is_open = fields, True
        context.distributed = 0


def hear_figure(hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None) -> None:
    """Take a figure into its indicator, or ask about it."""
    context = hearing.context
    value = piece.item.value
    if value is None:
        return
    head = relation.head if relation else piece.lead
    if _is_result(hearing, head):
        hearing.skipped.append("结果")
        return
    ranked = _ranked(hearing, piece, clause, value)
    lines, level1 = ranked
    fields = fields_in(head, value)
    if not lines and not level1:
        return
    if lines != context.lines:
        context.lines, context.distributed = lines, 0
    if relation is None and piece.lead and piece.lead[-1].has("more", "fewer"):
        context.lines, context.level1, context.mode = lines, level1, LINES
        _ask_how_many(hearing, piece, lines)
        return
    if relation is None and not fields:
        fields = ("weight",) if level1 else _implied_fields(hearing, piece, value, lines)
    if relation is not None and not fields:
        fields = ("actual",) if relation.base == "target" else context.fields or ("actual",)
    context.lines, context.level1, context.mode = lines, level1, LINES
    _distribute(hearing, piece, clause, relation, fields)


def _is_result(hearing: Hearing, head: Sequence[Token]) -> bool:
    """Whether a figure is a result, which the program computes."""
    if any(one.has("results", "rates") for one in head):
        return True
    shares = [one.text for one in head if one.has("shares")]
    names = [one.line.level3 for one in hearing.scene.subjects.named]
    return bool(shares) and not any(share in name for share in shares for name in names)


def _ranked(
    hearing: Hearing, piece: Piece, clause: Clause, value: Value
) -> tuple[tuple[LineRef, ...], str]:
    """Return the indicators a figure is of, or the 一级指标; asks where several fit."""
    context = hearing.context
    told = _told(piece, clause)
    is_of_points = set(fields_in(piece.lead, value)) & set(_POINT_FIELDS)
    fitting = None if is_of_points else value
    lines, level1 = _subject(hearing, piece.lead, told, value)
    if is_of_points and not lines and not level1:
        sure = hearing.scene.subjects.rank(told, fitting, context.projects).sure
        lines = (sure,) if sure else ()
    if not lines and not level1 and not piece.lead:
        lines, level1 = _subject(hearing, piece.trail, told + _text(piece.trail), value)
    if lines or level1:
        return lines, level1
    ranked = _candidates(hearing, told, fitting)
    if len(ranked.possible) > 1 and context.texts:
        ranked = _candidates(hearing, "，".join([*context.texts, told]), fitting)
        if ranked.sure:
            return (ranked.sure,), ""
    suited = all(hearing.scene.subjects.suits(one, value) for one in context.lines)
    goes_on = context.mode == LINES and suited and bool(context.lines or context.level1)
    if goes_on and (not ranked.possible or context.is_open or _leans_on_context(piece)):
        return context.lines, context.level1
    if len(ranked.possible) == 1 and value.kind is ValueKind.DATE:
        return ranked.possible, ""
    if ranked.possible:
        _ask_line(hearing, piece, ranked.possible)
        return (), ""
    return _without_name(hearing, piece, clause, value), ""


def _leans_on_context(piece: Piece) -> bool:
    """Whether the words before a figure name a column alone."""
    return all(one.has("fields", "fillers", "links", "each", "changes") for one in piece.lead)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(one.text for one in tokens)


def _told(piece: Piece, clause: Clause) -> str:
    """Return the words before a figure; those behind it when it stands first."""
    told = _text(piece.lead)
    if piece.is_last and not told.strip():
        told += _text(piece.trail)
    return told if told.strip() else clause.text


def _candidates(hearing: Hearing, told: str, value: Value | None) -> Ranked:
    projects = hearing.context.projects
    return hearing.scene.subjects.rank(told, value, projects)


def _subject(
    hearing: Hearing, tokens: Sequence[Token], told: str, value: Value | None
) -> tuple[tuple[LineRef, ...], str]:
    """Return the indicators or the 一级指标 that words surely name."""
    subjects = hearing.scene.subjects
    projects = hearing.context.projects
    exact = [key for one in tokens for kind, key in one.roles if kind == LINE]
    named = [ref for key in exact if (ref := subjects.line(key))]
    if projects and any(one.project.id in projects for one in named):
        named = [one for one in named if one.project.id in projects]
    if named:
        return tuple(dict.fromkeys(named)), ""
    level1 = _level1(hearing, tokens, value)
    if level1:
        return (), level1
    if every := _every(hearing, tokens):
        return every, ""
    for one in tokens:
        kind = one.key("kinds")
        below = subjects.of_kind(kind, projects) if kind else ()
        if len(below) == 1:
            return below, ""
    parts = _linked_parts(tokens)
    if len(parts) > 1:
        sure = [subjects.rank(part, value, projects).sure for part in parts]
        if all(sure):
            return tuple(one for one in sure if one), ""
    sure_one = subjects.rank(told, value, projects).sure
    return ((sure_one,), "") if sure_one else ((), "")


def _every(hearing: Hearing, tokens: Sequence[Token]) -> tuple[LineRef, ...]:
    """Return all indicators of a kind that 都 speaks of: 三个效益指标都是达成."""
    if not any(one.has("each") for one in tokens):
        return ()
    named = next((one for one in tokens if one.has("level1", "kinds")), None)
    if named is None or any(one.has("links") for one in tokens):
        return ()
    word = (named.key("kinds") or named.key("level1") or "").removesuffix("指标")
    projects = hearing.project_ids()
    if not projects:
        return ()
    return tuple(
        one
        for one in hearing.scene.subjects.named
        if word in one.line.level1 + one.line.level2 and one.project.id in projects
    )


def _linked_parts(tokens: Sequence[Token]) -> list[str]:
    """Return the words between 和, which may name an indicator each."""
    parts = [""]
    for one in tokens:
        if one.has("links") and len(one.text) == 1:
            parts.append("")
        else:
            parts[-1] += one.text
    return [part for part in parts if part.strip()]


def _level1(hearing: Hearing, tokens: Sequence[Token], value: Value | None) -> str:
    """Return the 一级指标 whose weight is spoken of."""
    context = hearing.context
    named = [one.key("level1") or "" for one in tokens if one.has("level1")]
    is_marked = any(one.has("level1_marks") for one in tokens) or bool(context.level1)
    is_marked = is_marked or context.is_level1_listed
    if is_marked and not named:
        listed = hearing.scene.speech.words.level1
        named = [one for one in listed if one.removesuffix("指标") in _text(tokens)]
    if not named or (value is not None and value.kind not in (ValueKind.POINTS, ValueKind.NUMBER)):
        return ""
    fields = {one.key("fields") for one in tokens if one.has("fields") and len(one.text) > 1}
    own = hearing.scene.subjects.of_kind(named[-1], context.projects)
    is_scored = any(one.key("fields") == "points" for one in tokens)
    is_points = value is not None and value.kind is ValueKind.POINTS and not is_scored
    is_weight = "weight" in fields or is_marked or is_points
    if fields & {"target", "actual", "points"} or (len(own) == 1 and not is_marked):
        return ""
    return named[-1] if is_weight else ""


def _without_name(
    hearing: Hearing, piece: Piece, clause: Clause, value: Value
) -> tuple[LineRef, ...]:
    """Return the indicator of a figure that is told without one; asks where that may be several."""
    projects = hearing.context.projects
    fields = fields_in(piece.lead, value)
    is_done = any(one.has("done") for one in clause.tokens) or "完" in value.text
    if value.kind is ValueKind.DATE and residue_of((*piece.lead, *piece.trail)):
        return ()
    if value.kind is ValueKind.DATE and is_done:
        timely = hearing.scene.subjects.timely(projects)
        if len(timely) == 1:
            return timely
        if timely:
            _ask_line(hearing, piece, timely)
        return ()
    if value.kind is ValueKind.COUNT and not residue_of((*piece.lead, *piece.trail)):
        return hearing.scene.subjects.counted_in(value.unit, projects)
    said = residue_of((*piece.lead, *piece.trail))
    if not fields and not said:
        _ask_what(hearing, piece, clause, value)
        return ()
    if said and value.kind is ValueKind.MONEY:
        hearing.context.doubt = said
    if fields and set(fields) & {"weight", "points", "target"}:
        fitting = tuple(
            one
            for one in hearing.scene.subjects.named
            if not projects or one.project.id in projects
        )
        _ask_line(hearing, piece, fitting)
    return ()


def _implied_fields(
    hearing: Hearing, piece: Piece, value: Value, lines: tuple[LineRef, ...]
) -> tuple[str, ...]:
    """Return the column of a figure that is told without one."""
    context = hearing.context
    if headed := tuple(one for one in context.heading if _suits(one, value)):
        return headed
    can_go_on = tuple(one for one in context.fields if _suits(one, value))
    if context.distributed and can_go_on and all(one.has("links") for one in piece.lead):
        return can_go_on
    if (context.is_open or corrects_last(piece)) and can_go_on:
        return can_go_on
    if _is_changed(piece) and (now := _held_by(hearing, lines, value)):
        return now
    if value.kind is ValueKind.POINTS:
        return _implied_points(hearing, piece)
    if value.is_bounded and value.kind is not ValueKind.DATE:
        return ("target",) if all(not one.line.target.strip() for one in lines) else ()
    if value.kind is ValueKind.DATE and value.text.endswith(_BEFORE_ENDS):
        return ("target",) if all(not one.line.target.strip() for one in lines) else ()
    is_plain = value.kind is ValueKind.NUMBER and (value.number or 0) <= _LIKE_POINTS
    return () if is_plain else ("actual",)


def _suits(field: str, value: Value) -> bool:
    """Whether a column can hold a figure."""
    if field in _POINT_FIELDS:
        return value.kind in (ValueKind.POINTS, ValueKind.NUMBER)
    return value.kind is not ValueKind.POINTS


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
        context.fields = told or _held_by(hearing, context.lines, piece.item.value) or context.fields
        context.is_open = True
        hearing.heeded += 1
        return
    paths = _paths(hearing, fields)
    if not fields:
        _ask_field(hearing, piece)
        return
    if any(one.has("respectively") for one in piece.lead) or context.distributed:
        turn = context.distributed
        context.distributed += 1
        paths = paths[turn : turn + 1]
    context.fields, context.is_open = fields, False
    for path in paths:
        _take(hearing, piece, clause, relation, path)


def _is_changed(piece: Piece) -> bool:
    """Whether a figure is the one that another takes the place of: 8分改成7分."""
    return any(one.has("changes", "wrong_values") for one in piece.trail)


def _held_by(hearing: Hearing, lines: Sequence[LineRef], value: Value | None) -> tuple[str, ...]:
    """Return the column that holds a figure now."""
    for one in lines:
        for field in ("points", "weight", "actual", "target"):
            held = hearing.proposals.number(f"{one.path}/{field}")
            is_held = value is not None and held is not None and held == value.number
            if value is not None and is_held and _suits(field, value):
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
    title = spoken(path, hearing.scene.report)
    is_loose = value.is_bounded and field != "target" and relation is None
    is_loose = is_loose and not (value.kind is ValueKind.DATE)
    if (
        is_blurred(piece, clause)
        or is_loose
        or (value.number is None and value.kind is not ValueKind.DATE)
    ):
        hearing.ask(Ask(f"“{piece.item.text}”不是准数。{title}准确是多少？", expects=(path,)))
    elif relation is not None:
        _take_related(hearing, piece, relation, path)
    elif field == "points" and any(one.has("deducting") for one in piece.lead):
        _take_related(hearing, piece, Relation("weight", -1), path)
    else:
        text = _written(hearing, value, field)
        hearing.propose(path, text, _words(piece), corrects=corrects_last(piece))


def _written(hearing: Hearing, value: Value, field: str) -> str:
    return written_in(hearing.scene.report.fiscal_year, value, field)


def written_in(year: int, value: Value, field: str) -> str:
    """Return a figure as a column of the indicator grid holds it."""
    if field in _POINT_FIELDS or field not in _VALUE_FIELDS:
        number = value.number or Decimal(0)
        return plain(shifted(number, 2) if value.kind is ValueKind.PERCENT else number)
    if value.kind is ValueKind.DATE:
        return date_text(value, year, is_actual=field == "actual")
    return value.written


def _words(piece: Piece) -> Sequence[Token]:
    """Return the words a figure came from."""
    return [*piece.lead[:1], piece.item]


def _take_related(hearing: Hearing, piece: Piece, relation: Relation, path: str) -> None:
    """Take a figure that follows from another one of the same indicator."""
    base_path = path if relation.base == SELF else f"{path.rpartition('/')[0]}/{relation.base}"
    base = hearing.proposals.number(base_path)
    value = piece.item.value
    title = spoken(base_path, hearing.scene.report)
    if base is None or value is None or value.number is None:
        hearing.ask(Ask(f"{title}还没有填。{title}是多少？", expects=(base_path,)))
        return
    text, told = _related(hearing, base_path, base, relation, value)
    hearing.propose(path, text, _words(piece), f"{told}（{title}）", corrects=True)


def _related(
    hearing: Hearing, base_path: str, base: Decimal, relation: Relation, value: Value
) -> tuple[str, str]:
    """Return a figure that follows from another one, as its cell holds it, and the sum."""
    number = value.number or Decimal(0)
    field = base_path.rpartition("/")[2]
    cell = hearing.scene.subjects.cell(base_path) if field in _VALUE_FIELDS else None
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


# ---- bands -------------------------------------------------------------------------------------


def hear_band(hearing: Hearing, piece: Piece, clause: Clause) -> None:
    """Take a band for the indicators spoken of."""
    context = hearing.context
    band = piece.item.key("bands") or ""
    lines, _ = _subject(hearing, piece.lead, _told(piece, clause), None)
    if not lines and context.mode == LINES:
        lines = context.lines
    if not lines:
        possible = hearing.scene.subjects.rank(
            _told(piece, clause), None, context.projects
        ).possible
        if possible:
            options = tuple(
                (title, (proposed(f"{one.path}/band", band, [piece.item]),))
                for one, title in zip(possible, titles(possible, hearing.scene.report), strict=True)
            )
            hearing.ask(Ask(f"“{band}”说的是哪一项指标？", options))
        return
    context.lines, context.level1, context.mode = lines, "", LINES
    if is_negated(piece):
        return
    context.distributed = 0
    for one in lines:
        hearing.propose(f"{one.path}/band", band, _words(piece), corrects=corrects_last(piece))


# ---- questions ---------------------------------------------------------------------------------


def _ask_line(hearing: Hearing, piece: Piece, lines: Sequence[LineRef]) -> None:
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
                proposed(f"{one.path}/{field}", _written(hearing, value, field), _words(piece))
                for field in fields
            ),
        )
        for one, title in zip(lines, titles(lines, hearing.scene.report), strict=True)
    )
    names = "、".join(TITLES[field] for field in fields)
    is_related = any(one.has(*_RELATING) for one in piece.lead)
    listed = () if is_related else options[:_MOST_OPTIONS]
    hearing.ask(Ask(f"{names}“{piece.item.text}”是哪一项指标的？", listed))


def _ask_what(hearing: Hearing, piece: Piece, clause: Clause, value: Value) -> None:
    """Ask what a figure is of that was said with nothing else."""
    if is_negated(piece):
        return
    said = piece.item.text
    is_exact = not is_blurred(piece, clause) and not value.is_bounded
    if value.kind is ValueKind.MONEY:
        options = tuple(
            (
                TITLES[column],
                tuple(
                    proposed(path, hearing.proposals.amount_text(path, value), [piece.item])
                    for one in hearing.project_ids()
                    for path in [
                        f"{one}/funds/{hearing.context.rows[0] if hearing.context.rows else 'total'}/{column}"
                    ]
                ),
            )
            for column in AMOUNTS
        )
        told = (
            f"“{said}”是哪一栏的金额？" if is_exact else f"“{said}”不是准数。是哪一栏，准确是多少？"
        )
        hearing.ask(Ask(told, options if is_exact else (), is_soft=True))
    elif value.kind in (ValueKind.PERCENT, ValueKind.POINTS):
        hearing.ask(Ask(f"“{said}”是哪一项指标的？请连同指标名称再说一次。", is_soft=True))


def _ask_how_many(hearing: Hearing, piece: Piece, lines: Sequence[LineRef]) -> None:
    """Ask what so many more or fewer come to."""
    names = "、".join(one.title for one in lines)
    told = f"{piece.lead[-1].text}{piece.item.text}"
    paths = tuple(f"{one.path}/actual" for one in lines[:1])
    hearing.ask(Ask(f"{names}“{told}”，那么实际完成值准确是多少？", expects=paths))


def _ask_field(hearing: Hearing, piece: Piece) -> None:
    """Ask which column of an indicator a figure is of."""
    value = piece.item.value
    if value is None or not hearing.context.lines:
        return
    fields = _POINT_FIELDS if value.kind is ValueKind.POINTS else _VALUE_FIELDS
    one = hearing.context.lines[0]
    options = tuple(
        (
            TITLES[field],
            (proposed(f"{one.path}/{field}", _written(hearing, value, field), _words(piece)),),
        )
        for field in fields
    )
    titles_told = "还是".join(TITLES[field] for field in fields)
    hearing.ask(Ask(f"{one.title}的“{piece.item.text}”是{titles_told}？", options))
