"""Texts that were given for fields: the table's head, objectives, materials, reasons (文字写入)."""

import re

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.freetext import BECAUSE
from ziping.chat.hearing import LINES, Hearing, proposed
from ziping.chat.line_subjects import subject_of
from ziping.chat.numerals import number_of
from ziping.chat.tokens import Token
from ziping.domain.evaluation import FundUnit
from ziping.domain.fields import TITLES

_OF_REPORT = ("unit", "place", "fiscal_year")
_YEAR = re.compile(r"((?:19|20)\d{2})年?度?")


def hear_text(hearing: Hearing, piece: Piece) -> None:
    """Take a text for its field, or ask about it."""
    category, key = next(iter(piece.item.roles))
    match category:
        case "heads":
            _hear_head(hearing, piece.item, key)
        case "texts":
            for project in _one_project(hearing, TITLES[key]):
                hearing.propose(f"{project}/objectives/1/{key}", piece.item.free, [piece.item])
        case "materials":
            _hear_material(hearing, piece.item, key)
        case "cells":
            _hear_cell(hearing, piece, key)
        case _:
            _hear_reason(hearing, piece, key)


def _hear_cell(hearing: Hearing, piece: Piece, key: str) -> None:
    """Take a target or an actual value in words for the indicator spoken of."""
    context = hearing.context
    told = "".join(one.text for one in piece.lead)
    lines, _ = subject_of(hearing, piece.lead, told, None)
    if not lines and context.mode == LINES:
        lines = context.lines
    context.lines, context.mode = lines, LINES
    for one in lines:
        hearing.propose(f"{one.path}/{key}", piece.item.free, [*piece.lead[-1:], piece.item])


def _one_project(hearing: Hearing, title: str) -> tuple[str, ...]:
    """Return the projects a text is of; asks where that may be any of several."""
    projects = hearing.project_ids()
    if not projects:
        hearing.ask(Ask(f"{title}是哪个项目的？请连同项目名称再说一次。"))
    return projects


def _hear_head(hearing: Hearing, item: Token, key: str) -> None:
    """Take a text of the table's head."""
    text = item.free.strip()
    if key in _OF_REPORT:
        if key == "fiscal_year":
            found = _YEAR.fullmatch(text)
            if found is None:
                return
            text = str(int(number_of(found[1]) or 0))
        hearing.propose(key, text, [item])
        return
    if key == "fund_kind":
        kind = _fund_kind(hearing, text)
        if not kind:
            kinds = list(hearing.scene.speech.words.fund_kinds)
            _ask_kind(hearing, item, kinds)
            return
        text = kind
    if key == "fund_unit" and text not in set(FundUnit):
        return
    for project in _one_project(hearing, TITLES[key]):
        hearing.propose(f"{project}/{key}", text, [item])


def hear_belonging(hearing: Hearing, clause: Clause) -> bool:
    """Take the kind of money that a clause says it belongs to: 这钱属于政府性基金."""
    words = hearing.scene.speech.words
    said = next((one for one in words.belongs if one in clause.text), "")
    kind = _fund_kind(hearing, clause.text.partition(said)[2]) if said else ""
    if not kind:
        return False
    for project in _one_project(hearing, TITLES["fund_kind"]):
        hearing.propose(f"{project}/fund_kind", kind, clause.tokens)
    return True


def _fund_kind(hearing: Hearing, text: str) -> str:
    """Return the kind of money that words name; blank: none, or several."""
    kinds = {
        kind
        for kind, phrases in hearing.scene.speech.words.fund_kinds.items()
        for phrase in phrases
        if phrase in text
    }
    return kinds.pop() if len(kinds) == 1 else ""


def _ask_kind(hearing: Hearing, item: Token, kinds: list[str]) -> None:
    options = tuple(
        (
            kind,
            tuple(
                proposed(f"{project}/fund_kind", kind, [item]) for project in hearing.project_ids()
            ),
        )
        for kind in kinds
    )
    hearing.ask(Ask("资金性质是哪一种？", options))


def _hear_material(hearing: Hearing, item: Token, key: str) -> None:
    """Take a text of the report that only the unit knows."""
    spec = next((one for one in hearing.scene.outline.materials if one.id == key), None)
    if spec is None:
        return
    if not spec.per_project:
        hearing.propose(f"materials/{key}", item.free, [item])
        return
    for project in _one_project(hearing, spec.title):
        hearing.propose(f"{project}/materials/{key}", item.free, [item])


def _hear_reason(hearing: Hearing, piece: Piece, key: str) -> None:
    """Take the reason of a deviation or of points for the indicator spoken of."""
    context = hearing.context
    told = "".join(one.text for one in piece.lead)
    lines, _ = subject_of(hearing, piece.lead, told, None)
    if not lines and context.mode == LINES:
        lines = context.lines
    if key == BECAUSE:
        if not lines:
            return
        key = "deviation"
    if not lines:
        ranked = hearing.scene.subjects.rank(told, None, context.projects)
        names = "、".join(one.title for one in ranked.possible[:4])
        hearing.ask(Ask(f"{TITLES[key]}是哪一项指标的？" + (f"如：{names}。" if names else "")))
        return
    context.lines, context.mode = lines, LINES
    for one in lines:
        hearing.propose(f"{one.path}/{key}", piece.item.free, [piece.item])
