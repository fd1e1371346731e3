"""Which indicator is spoken of, by name, by kind, by what went before (指标指称)."""

from collections.abc import Sequence

from ziping.chat.clauses import Clause, Piece
from ziping.chat.hearing import LINES, Hearing
from ziping.chat.line_asks import ask_line, ask_what
from ziping.chat.line_words import POINT_FIELDS, fields_in, text_of, told_before
from ziping.chat.residue import residue_of
from ziping.chat.subjects import LineRef, Ranked
from ziping.chat.tokens import LINE, PROJECT, Token
from ziping.chat.values import Value, ValueKind

_WHEN = ("时间", "日期", "时点", "的时间", "的日期")


def note_lines(hearing: Hearing, clause: Clause) -> None:
    """Remember the indicators and columns that a clause names without a figure."""
    context = hearing.context
    lines, level1 = subject_of(hearing, clause.tokens, clause.text, None)
    if lines or level1:
        context.lines, context.level1, context.mode = lines, level1, LINES
        context.is_open, context.distributed = True, 0
    fields = fields_in(clause.tokens, None)
    if fields and not lines and not level1 and clause.ends in (":", "："):
        context.heading = fields
    elif fields and (context.lines or context.level1):
        context.fields, context.is_open = fields, True
        context.distributed = 0


def is_result(hearing: Hearing, head: Sequence[Token]) -> bool:
    """Whether a figure is a result, which the program computes."""
    is_of_level1 = any(one.has("level1") for one in head)
    if any(one.has("results", "rates") and not is_of_level1 for one in head):
        return True
    shares = [one.text for one in head if one.has("shares")]
    names = [one.line.level3 for one in hearing.scene.subjects.named]
    return bool(shares) and not any(share in name for share in shares for name in names)


def lines_of(
    hearing: Hearing, piece: Piece, clause: Clause, value: Value
) -> tuple[tuple[LineRef, ...], str]:
    """Return the indicators a figure is of, or the 一级指标; asks where several fit."""
    context = hearing.context
    told = told_before(piece, clause)
    is_of_points = set(fields_in(piece.lead, value)) & set(POINT_FIELDS)
    fitting = None if is_of_points else value
    lines, level1 = subject_of(hearing, piece.lead, told, value)
    if is_of_points and not lines and not level1:
        sure = hearing.scene.subjects.rank(told, fitting, context.projects).sure
        lines = (sure,) if sure else ()
    if not lines and not level1 and not piece.lead:
        lines, level1 = subject_of(hearing, piece.trail, told + text_of(piece.trail), value)
    if not lines and not level1 and (there := _in_other_project(hearing, piece)):
        lines = (there,)
    if lines or level1:
        return lines, level1
    return _likely_lines(hearing, piece, clause, value, fitting)


def _likely_lines(
    hearing: Hearing, piece: Piece, clause: Clause, value: Value, fitting: Value | None
) -> tuple[tuple[LineRef, ...], str]:
    """Return the indicators that no words surely name: by what went before; asks where need be."""
    context = hearing.context
    told = told_before(piece, clause)
    ranked = _candidates(hearing, told, fitting)
    if ranked.sure:
        return (ranked.sure,), ""
    if each := _one_of_each(hearing, piece, ranked.possible):
        return each, ""
    if len(ranked.possible) > 1 and context.texts:
        ranked = _candidates(hearing, "，".join([*context.texts, told]), fitting)
        if ranked.sure:
            return (ranked.sure,), ""
    suited = all(hearing.scene.subjects.suits(one, value) for one in context.lines)
    goes_on = context.mode == LINES and suited and bool(context.lines or context.level1)
    goes_on = goes_on and not _is_of_part(hearing, piece)
    if goes_on and (not ranked.possible or context.is_open or _leans_on_context(piece)):
        return context.lines, context.level1
    if len(ranked.possible) == 1 and value.kind is ValueKind.DATE:
        return ranked.possible, ""
    if ranked.possible:
        ask_line(hearing, piece, ranked.possible)
        return (), ""
    return _without_name(hearing, piece, clause, value), ""


def _in_other_project(hearing: Hearing, piece: Piece) -> LineRef | None:
    """Return the same indicator of another project, where that alone is named: 培训那块的是91%."""
    context = hearing.context
    is_named = any(one.has(PROJECT) for one in piece.lead)
    if not is_named or len(context.lines) != 1 or context.mode != LINES:
        return None
    if not all(one.has(PROJECT, "fillers", "links", "each") for one in piece.lead):
        return None
    last = context.lines[0].line.level3
    return hearing.scene.subjects.rank(last, piece.item.value, context.projects).sure


def _one_of_each(
    hearing: Hearing, piece: Piece, possible: Sequence[LineRef]
) -> tuple[LineRef, ...]:
    """Return one indicator of each project: 两个项目的满意度分别是96%和93%."""
    is_all = any(one.has("wholes") for one in piece.lead)
    is_given_out = any(one.has("respectively", "each") for one in piece.lead)
    projects = [one.project.id for one in possible]
    every = {one.id for one in hearing.scene.report.projects}
    if not is_all or not is_given_out or len(projects) != len(every) or set(projects) != every:
        return ()
    return tuple(hearing.scene.subjects.in_order({one.path for one in possible}))


def _is_of_part(hearing: Hearing, piece: Piece) -> bool:
    """Whether a rate is that of some of those spoken of: 师生满意度：学生93%，老师95%."""
    value = piece.item.value
    if value is None or value.kind is not ValueKind.PERCENT:
        return False
    said = residue_of(piece.lead)
    name = "".join(one.title for one in hearing.context.lines)
    is_named = bool(said) and piece.lead[-1].is_rest and piece.lead[-1].text.strip() == said
    return is_named and any(one not in name for one in said)


def _leans_on_context(piece: Piece) -> bool:
    """Whether the words before a figure name a column alone."""
    return all(one.has("fields", "fillers", "links", "each", "changes") for one in piece.lead)


def _candidates(hearing: Hearing, told: str, value: Value | None) -> Ranked:
    projects = hearing.context.projects
    ranked = hearing.scene.subjects.rank(told, value, projects)
    near = {one.project.id for one in hearing.context.lines}
    if not ranked.sure and len(near) == 1 and not projects:
        nearer = hearing.scene.subjects.rank(told, value, near)
        return nearer if nearer.sure and nearer.sure in ranked.possible else ranked
    return ranked


def subject_of(
    hearing: Hearing, tokens: Sequence[Token], told: str, value: Value | None
) -> tuple[tuple[LineRef, ...], str]:
    """Return the indicators or the 一级指标 that words surely name."""
    subjects = hearing.scene.subjects
    projects = hearing.context.projects
    named = [
        ref
        for one in tokens
        for ref in subjects.in_order({key for kind, key in one.roles if kind == LINE})
    ]
    if projects and any(one.project.id in projects for one in named):
        named = [one for one in named if one.project.id in projects]
    if named:
        return tuple(dict.fromkeys(named)), ""
    every = _every(hearing, tokens)
    level1 = "" if every else _level1(hearing, tokens, value)
    if every or level1:
        return every, level1
    for one in tokens:
        kind = one.key("kinds")
        below = subjects.of_kind(kind, projects) if kind else ()
        below = below or (subjects.marked(kind, projects) if kind else ())
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
    counts = [one.value.number for one in tokens if one.value and one.value.is_soft]
    if not any(one.has("each") or (counts and one.has("respectively")) for one in tokens):
        return ()
    named = next((one for one in tokens if one.has("level1", "kinds")), None)
    if named is None or any(one.has("links") for one in tokens):
        return ()
    word = (named.key("kinds") or named.key("level1") or "").removesuffix("指标")
    projects = hearing.project_ids()
    if not projects:
        return ()
    found = tuple(
        one
        for one in hearing.scene.subjects.named
        if word in one.line.level1 + one.line.level2 and one.project.id in projects
    )
    is_given_out = not any(one.has("each") for one in tokens)
    return found if not is_given_out or len(found) in counts else ()


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
        named = [one for one in listed if one.removesuffix("指标") in text_of(tokens)]
    if not named or (value is not None and value.kind not in (ValueKind.POINTS, ValueKind.NUMBER)):
        return ""
    fields = {one.key("fields") for one in tokens if one.has("fields") and len(one.text) > 1}
    own = hearing.scene.subjects.of_kind(named[-1], context.projects)
    is_scored = any(one.key("fields") == "points" for one in tokens)
    is_points = value is not None and value.kind is ValueKind.POINTS and not is_scored
    is_changed = any(one.has("level1") for one in tokens) and any(
        one.has("changes") for one in tokens
    )
    is_weight = "weight" in fields or is_marked or is_points or (is_changed and not fields)
    if fields & {"target", "actual", "points"} or (len(own) == 1 and not is_marked):
        return ""
    return named[-1] if is_weight else ""


def _tells_done(one: Token) -> bool:
    return one.has("done") or (one.key("fields") == "actual" and one.text.endswith("完成"))


def _names_time(hearing: Hearing) -> bool:
    """Whether an earlier clause of the sentence names the time of completion: 完成时间……，."""
    told = "".join(hearing.context.texts)
    words = hearing.scene.speech.words.done
    return any(f"{word}{when}" in told for word in words for when in _WHEN)


def _without_name(
    hearing: Hearing, piece: Piece, clause: Clause, value: Value
) -> tuple[LineRef, ...]:
    """Return the indicator of a figure that is told without one; asks where that may be several."""
    projects = hearing.context.projects
    fields = fields_in(piece.lead, value)
    is_done = any(_tells_done(one) for one in clause.tokens) or "完" in value.text
    is_done = is_done or _names_time(hearing)
    if value.kind is ValueKind.DATE and residue_of((*piece.lead, *piece.trail)):
        return ()
    if value.kind is ValueKind.DATE and is_done:
        timely = hearing.scene.subjects.timely(projects)
        if len(timely) == 1:
            return timely
        if timely:
            ask_line(hearing, piece, timely)
        return ()
    if value.kind is ValueKind.COUNT and not residue_of((*piece.lead, *piece.trail)):
        return hearing.scene.subjects.counted_in(value.unit, projects)
    said = residue_of((*piece.lead, *piece.trail))
    if not fields and not said:
        ask_what(hearing, piece, clause, value)
        return ()
    if said and value.kind is ValueKind.MONEY:
        hearing.context.doubt = said
    if fields and set(fields) & {"weight", "points", "target"}:
        fitting = tuple(
            one
            for one in hearing.scene.subjects.named
            if not projects or one.project.id in projects
        )
        ask_line(hearing, piece, fitting)
    return ()
