"""Amounts of the fund grid: which row and column a figure is of (资金陈述)."""

from collections.abc import Sequence
from decimal import Decimal

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.hearing import (
    FUNDS,
    LINES,
    Hearing,
    corrects_last,
    is_blurred,
    is_negated,
    proposed,
)
from ziping.chat.proposals import AMOUNTS, Proposed
from ziping.chat.relations import IT, SELF, Relation
from ziping.chat.titles import spoken
from ziping.chat.residue import residue_of
from ziping.chat.tokens import Token
from ziping.chat.values import ValueKind
from ziping.domain.evaluation import FUND_SOURCE_TITLES, FundSource, FundUnit
from ziping.domain.fields import TITLES
from ziping.domain.numbers import plain

_AMBIGUOUS = "budget"
_SPENDABLE = ("received", "annual_budget")
_BUDGET_CHOICES = ("initial_budget", "annual_budget")
_FROM_HERE_YUAN = Decimal(100_000)
"""So many 万元 without a unit are more likely 元."""
_TO_HERE_TEN_THOUSAND = Decimal(1_000)
"""So few 元 without a unit are more likely 万元."""


def columns_in(tokens: Sequence[Token], *, before_figure: bool = True) -> tuple[str, ...]:
    """Return the columns that words name: those linked by 和, else the last one."""
    found: list[str] = []
    is_linked = False
    for at, one in enumerate(tokens):
        key = one.key("columns")
        if one.has("all_columns"):
            return AMOUNTS
        if key is None and one.has("annual_short") and before_figure:
            key = "annual_budget" if _is_column(tokens[at + 1 :]) else None
        if key is None:
            is_linked = is_linked or one.has("links")
            continue
        if key == _AMBIGUOUS and found:
            continue
        found = [*found, key] if is_linked and found != [_AMBIGUOUS] else [key]
        is_linked = False
    return tuple(dict.fromkeys(found))


def _is_column(behind: Sequence[Token]) -> bool:
    """Whether 全年 with these words behind it stands for 全年预算数."""
    if behind and behind[0].has("links"):
        return any(one.has("columns") for one in behind)
    return all(one.text in "是为也改到:" or one.has("changes", "each") for one in behind)


def rows_in(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the rows that words name: those linked by 和, else the last one."""
    found: list[str] = []
    is_linked = False
    for one in tokens:
        key = one.key("rows")
        if key is None:
            is_linked = is_linked or one.has("links")
        else:
            found = [*found, key] if is_linked else [key]
            is_linked = False
    return tuple(dict.fromkeys(found))


def note_funds(hearing: Hearing, tokens: Sequence[Token]) -> None:
    """Remember rows and columns that are named without a figure."""
    context = hearing.context
    if all(one.has("rows", "columns", "fillers", "among", "links", "budget") for one in tokens):
        _note_rows(hearing, tokens)
    if columns := columns_in(tokens, before_figure=False):
        context.columns, context.mode = columns, FUNDS
        context.is_open = True
        context.distributed = 0


def _note_rows(hearing: Hearing, tokens: Sequence[Token]) -> None:
    """Remember the rows that are named; 其中 names them for its own clause only."""
    context = hearing.context
    if rows := rows_in(tokens):
        is_among = any(one.has("among") for one in tokens)
        goes_on = context.is_row_local and not columns_in(tokens)
        context.rows = rows
        context.is_row_local = goes_on or (is_among and bool(context.columns))
    elif context.is_row_local and columns_in(tokens):
        context.rows, context.is_row_local = (), False


def is_of_funds(hearing: Hearing, piece: Piece, relation: Relation | None) -> bool:
    """Whether a figure is an amount of the fund grid."""
    value = piece.item.value
    if value is None or "/" in value.unit:
        return False
    if value.kind is ValueKind.PERCENT:
        return _is_share_of_funds(hearing, relation)
    if value.kind not in (ValueKind.MONEY, ValueKind.NUMBER):
        return False
    if _speaks_of_lines(piece.lead) or _is_cost_told(hearing, piece):
        return False
    if columns_in(piece.lead) or _trailing_column(piece) or tells_unspent(piece):
        return True
    context = hearing.context
    is_moved = relation is not None and relation.base == "initial_budget"
    if is_moved and value.kind is ValueKind.MONEY:
        return context.mode != LINES
    if residue_of(piece.lead):
        return False
    if rows_in(piece.lead) and not context.columns:
        return value.kind is ValueKind.MONEY
    goes_on = context.is_open or corrects_last(piece) or bool(rows_in(piece.lead))
    goes_on = goes_on or (context.distributed > 0 and any(one.has("links") for one in piece.lead))
    return context.mode == FUNDS and bool(context.columns) and goes_on


def _is_share_of_funds(hearing: Hearing, relation: Relation | None) -> bool:
    """Whether a percentage tells an amount from another one: 是到位数的95%."""
    if relation is None or relation.base == "target":
        return False
    if relation.base in (SELF, IT):
        return bool(columns_in(relation.head)) or (
            hearing.context.mode == FUNDS and relation.share is not None
        )
    return bool(columns_in(relation.head)) or hearing.context.mode == FUNDS


def tells_unspent(piece: Piece) -> bool:
    """Whether a figure is what was left over: 还结余5万."""
    return any(one.has("unspent") for one in (*piece.lead, *piece.trail))


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


def _trailing_column(piece: Piece) -> str:
    """Return the column named behind a figure: 760万的年初预算."""
    if not piece.is_last:
        return ""
    for one in piece.trail:
        if key := one.key("columns"):
            return key
        if not one.has("fillers"):
            return ""
    return ""


def hear_amount(hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None) -> None:
    """Take an amount into its fields, or ask about it."""
    context = hearing.context
    head = relation.head if relation else piece.lead
    _note_rows(hearing, head)
    if tells_unspent(piece):
        _hear_unspent(hearing, piece, clause)
        return
    if relation is not None and rows_in(piece.lead[len(head) :]):
        hearing.ask(Ask("两行资金之间的差额没有听明白，请直接说出金额，如“财政拨款执行600万元”。"))
        return
    columns = columns_in(head, before_figure=relation is None) or _named_behind(piece)
    if not columns and relation and relation.base == "initial_budget" and not context.is_open:
        columns = ("annual_budget",)
    if columns == (_AMBIGUOUS,) and relation and relation.base == "initial_budget":
        columns = ("annual_budget",)
    if _is_adjustment(hearing, piece, columns):
        columns = ("annual_budget",)
    if columns:
        context.columns, context.distributed = columns, 0
    context.mode = FUNDS
    _distribute(hearing, piece, clause, relation)


def _hear_unspent(hearing: Hearing, piece: Piece, clause: Clause) -> None:
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
            hearing.propose(path, plain(base - left), _words(piece), note)


def _is_adjustment(hearing: Hearing, piece: Piece, columns: tuple[str, ...]) -> bool:
    """Whether a budget is told as adjusted within the year: 年初760万，后来调减到619.52万."""
    if not any(one.has("adjusting") for one in piece.lead):
        return False
    if columns:
        return columns == (_AMBIGUOUS,)
    return bool(hearing.context.columns) and set(hearing.context.columns) <= {
        _AMBIGUOUS,
        "initial_budget",
    }


def _named_behind(piece: Piece) -> tuple[str, ...]:
    column = _trailing_column(piece)
    return (column,) if column else ()


def _distribute(hearing: Hearing, piece: Piece, clause: Clause, relation: Relation | None) -> None:
    """Take an amount for each field it is said of."""
    context = hearing.context
    rows = context.rows or (FundSource.TOTAL.value,)
    columns = context.columns
    if not columns:
        _ask_column(hearing, piece, rows)
        return
    context.is_open = False
    projects = hearing.project_ids()
    if not projects:
        _ask_project(hearing, piece, rows, columns)
        return
    slots = [(one, row, column) for one in projects for row in rows for column in columns]
    if any(one.has("respectively") for one in piece.lead) or context.distributed:
        turn = context.distributed
        context.distributed += 1
        slots = slots[turn : turn + 1]
    elif len(projects) > 1 and not any(one.has("each") for one in piece.lead):
        _ask_project(hearing, piece, rows, columns)
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
    words = _words(piece)
    if is_blurred(piece, clause) or value.is_bounded or value.number is None:
        hearing.ask(_exact_figure(hearing, path, piece))
    elif path.endswith(f"/{_AMBIGUOUS}"):
        hearing.ask(_which_budget(hearing, piece, path, relation))
    elif relation is not None:
        _take_related(hearing, piece, relation, path)
    elif said := _doubt(hearing, piece):
        hearing.context.doubt = said
        hearing.ask(_confirmed(hearing, piece, path, said))
    elif value.kind is ValueKind.NUMBER and _unit_unlikely(hearing, path, value.number):
        hearing.ask(_which_unit(hearing, piece, path))
    else:
        note = "" if value.kind is ValueKind.MONEY else f"没有写单位，按{_unit(hearing, path)}"
        text = hearing.proposals.amount_text(path, value)
        hearing.propose(path, text, words, note, corrects=corrects_last(piece))


def _doubt(hearing: Hearing, piece: Piece) -> str:
    """Return the words that may make an amount another one than it seems; blank: none."""
    said = residue_of([*piece.lead, *_near(piece)])
    if said or any(one.has("totals") for one in piece.lead):
        return said
    return hearing.context.doubt


def _words(piece: Piece) -> Sequence[Token]:
    """Return the words a figure came from: its own, and the ones that name it."""
    named = [one for one in piece.lead if one.has("columns", "rows", "annual_short")]
    return [*named[:1], piece.item]


def _near(piece: Piece) -> Sequence[Token]:
    """Return the word right behind a figure, when the clause ends with it."""
    return piece.trail[:2] if piece.is_last else ()


def _unit(hearing: Hearing, path: str) -> str:
    return hearing.proposals.unit_of(path).value


def _take_related(hearing: Hearing, piece: Piece, relation: Relation, path: str) -> None:
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
    hearing.propose(path, plain(result), _words(piece), note, corrects=True)


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
    if relation.head and columns_in(relation.head) not in ((), (_AMBIGUOUS,)):
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
            one = proposed(path, plain(result), _words(piece), told)
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


# ---- questions ---------------------------------------------------------------------------------


def _option(hearing: Hearing, piece: Piece, path: str) -> Proposed:
    value = piece.item.value
    text = hearing.proposals.amount_text(path, value) if value else ""
    return proposed(path, text, _words(piece))


def _exact_figure(hearing: Hearing, path: str, piece: Piece) -> Ask:
    is_open = path.endswith(f"/{_AMBIGUOUS}")
    title = "预算" if is_open else spoken(path, hearing.scene.report)
    expects = () if is_open else (path,)
    return Ask(f"“{piece.item.text}”不是准数。{title}准确是多少？", expects=expects)


def _which_budget(hearing: Hearing, piece: Piece, path: str, relation: Relation | None) -> Ask:
    parent = path.rpartition("/")[0]
    if relation is not None:
        return Ask("说的是年初预算数，还是全年（调整后）预算数？请说出准确的金额。")
    options = tuple(
        (TITLES[column], (_option(hearing, piece, f"{parent}/{column}"),))
        for column in _BUDGET_CHOICES
    )
    return Ask(f"“{piece.item.text}”是年初预算数，还是全年（调整后）预算数？", options)


def _which_unit(hearing: Hearing, piece: Piece, path: str) -> Ask:
    value = piece.item.value
    number = plain(value.number or Decimal(0)) if value else ""
    words = _words(piece)
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


def _ask_column(hearing: Hearing, piece: Piece, rows: Sequence[str]) -> None:
    """Ask which column of a row an amount is of."""
    if any(one.has("than", "adding_up", "taking_off", "more", "fewer") for one in piece.lead):
        hearing.ask(Ask("两行资金之间的差额没有听明白，请直接说出金额，如“财政拨款执行600万元”。"))
        return
    project = hearing.project_ids()[:1]
    options = tuple(
        (
            TITLES[column],
            tuple(
                _option(hearing, piece, f"{one}/funds/{row}/{column}")
                for one in project
                for row in rows
            ),
        )
        for column in AMOUNTS
    )
    titles = "、".join(FUND_SOURCE_TITLES[FundSource(row)].removeprefix("其中：") for row in rows)
    hearing.ask(Ask(f"{titles}的“{piece.item.text}”是哪一栏？", options))


def _unit_unlikely(hearing: Hearing, path: str, number: Decimal) -> bool:
    """Whether a bare figure is of a size that its grid's unit makes unlikely."""
    unit = hearing.proposals.unit_of(path)
    if unit is FundUnit.TEN_THOUSAND_YUAN:
        return number >= _FROM_HERE_YUAN
    return unit is FundUnit.YUAN and 0 < number < _TO_HERE_TEN_THOUSAND


def _confirmed(hearing: Hearing, piece: Piece, path: str, said: str) -> Ask:
    title = spoken(path, hearing.scene.report)
    options = ((f"是，填到{title}", (_option(hearing, piece, path),)), ("不是", ()))
    return Ask(f"“{said}”的“{piece.item.text}”就是{title}吗？", options)


def _ask_project(
    hearing: Hearing, piece: Piece, rows: Sequence[str], columns: Sequence[str]
) -> None:
    """Ask which project an amount is of."""
    options = []
    for project in hearing.scene.report.projects:
        paths = [f"{project.id}/funds/{row}/{column}" for row in rows for column in columns]
        known = [path for path in paths if not path.endswith(f"/{_AMBIGUOUS}")]
        options.append(
            (project.name or project.id, tuple(_option(hearing, piece, path) for path in known))
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
