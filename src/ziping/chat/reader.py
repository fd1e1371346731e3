"""The deterministic reader: what was said, as proposals and questions (读取)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ziping.chat.asks import Ask
from ziping.chat.bands import hear_band
from ziping.chat.clauses import Clause, Piece, clauses_of, pieces_of
from ziping.chat.freetext import find_texts
from ziping.chat.funds import hear_amount, is_of_funds
from ziping.chat.given import hear_text
from ziping.chat.hearing import FUNDS, Hearing, is_denied, note_taken_back
from ziping.chat.level1_lists import hear_level1_list
from ziping.chat.line_subjects import note_lines
from ziping.chat.line_words import lists_level1
from ziping.chat.lines import hear_figure
from ziping.chat.new_lines import (
    NewLine,
    as_said,
    find_new_lines,
    leaves_unnamed,
    levels_of,
    with_new_lines,
)
from ziping.chat.normal import normal, spelled
from ziping.chat.numbered import numbered
from ziping.chat.proposals import Proposals, Proposed
from ziping.chat.relations import relation_of
from ziping.chat.scene import Scene
from ziping.chat.titles import spoken
from ziping.chat.tokens import LINE, Token, tokens_of
from ziping.chat.transfers import hear_transfer
from ziping.chat.values import ValueKind
from ziping.chat.wordless import hear_wordless
from ziping.domain.conversation import Choice, Question
from ziping.domain.patches import Patch

_LABEL = re.compile(r"【[^】\d年]{1,8}】")
_ADDRESSED = re.compile(r"@[\u4e00-\u9fff]{1,6}(?=[\s，,:：])")
_TELLING = ("annual_short", "columns", "rows", "totals", "changes", "self_corrections")
_MOVED = ("received", "executed")
_OF_A_ROW = ("/target", "/actual", "/weight", "/points")
_WHICH_NEW_LINE = (
    "新增的指标没有听全。请连同二级指标和名称再说一次，如“加一个数量指标：开标场次，目标200场”。"
)
_MARKS = " ，,。；;！!、"
_SUPPOSED = ("假设", "提问")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of one thing said (听懂的内容)."""

    patches: tuple[Patch, ...] = ()
    questions: tuple[Question, ...] = ()
    same: tuple[str, ...] = ()
    """Fields that hold what was said already."""
    skipped: tuple[str, ...] = ()
    """Why parts were left alone: 提问, 别的年份……"""
    unread: tuple[str, ...] = ()
    """Clauses with a figure or a reason in them of which nothing was taken, nor asked."""
    is_order: bool = False
    """It poses as an order to the program."""


def hear(scene: Scene, said: str, *, supposing: bool = False) -> Heard:
    """Return what a statement proposes and what it leaves open; nothing is written.

    Args:
        scene: The report and what was said before.
        said: What was said.
        supposing: Take suppositions for facts, to see what would follow.
    """
    text = _unlabelled(scene, spelled(normal(said), scene.speech.words.typos))
    told = text.replace(" ", "")
    if any(one in text or one in told for one in scene.speech.words.injections):
        return Heard(is_order=True)
    lines = as_said(find_new_lines(scene, text), said)
    there = with_new_lines(scene, lines)
    hearing = Hearing(there, Proposals(scene.report, scene.lexicon, said))
    for one in lines:
        _put_levels(hearing, one)
    clauses = _clauses(there, text, said, lines)
    for _, group in groupby(clauses, key=lambda one: one.sentence):
        sentence = [
            replace(one, skip="") if supposing and one.skip in _SUPPOSED else one for one in group
        ]
        if not hear_transfer(hearing, sentence) and not hear_level1_list(hearing, sentence):
            for clause in sentence:
                _hear_clause(hearing, clause)
    _settle_retracted(hearing)
    if leaves_unnamed(text, lines):
        _ask_new_line(hearing)
    heard = _heard(hearing)
    if heard.patches or heard.questions or heard.same or "提问" in heard.skipped:
        return heard
    vague = _exactness(scene, text, clauses)
    return replace(heard, questions=(vague,)) if vague else heard


def _unlabelled(scene: Scene, text: str) -> str:
    """Return a text without 【回单】, @小李 and the like; its length stays the same."""
    words = scene.speech.words
    telling = (*words.other_times, *words.other_units, *words.references, *words.plans)

    def blanked(found: re.Match[str]) -> str:
        is_telling = any(one in found[0] for one in telling)
        return found[0] if is_telling else " " * len(found[0])

    text = _ADDRESSED.sub(blanked, text)
    return _LABEL.sub(blanked, text)


def _put_levels(hearing: Hearing, one: NewLine) -> None:
    """Propose the levels of a new indicator."""
    for path, text in levels_of(one):
        hearing.proposals.put(Proposed(path, text, one.start, one.end))


def _clauses(scene: Scene, text: str, said: str, lines: Sequence[NewLine] = ()) -> list[Clause]:
    """Return the clauses of what was said; `lines` are the indicators it adds."""
    words = scene.speech.words
    texts = [
        replace(one, free=_as_written(one, said)) for one in find_texts(text, words, scene.lexicon)
    ]
    added = [_name_token(one, text) for one in lines]
    given = [*added, *(one for one in texts if not any(_overlap(one, name) for name in added))]
    subjects = scene.subjects
    names = {**subjects.nicknames(text), **subjects.names, **numbered(subjects, text)}
    tokens = tokens_of(text, scene.speech, names, given)
    return clauses_of(text, tokens, scene.speech, scene.report.fiscal_year)


def _as_written(one: Token, said: str) -> str:
    """Return a given text as it was said, not made plain."""
    if one.key("heads") == "fiscal_year":
        return one.free
    return said[one.start : one.end].strip()


def _name_token(one: NewLine, text: str) -> Token:
    """Return the name of a new indicator where it was said."""
    roles = frozenset({(LINE, one.path)})
    return Token(one.start, one.end, text[one.start : one.end], roles)


def _overlap(one: Token, other: Token) -> bool:
    return one.start < other.end and other.start < one.end


def _hear_clause(hearing: Hearing, clause: Clause) -> None:
    """Take in one clause."""
    context = hearing.context
    if clause.sentence != context.sentence:
        context.sentence = clause.sentence
        context.texts, context.doubt = [], ""
        context.is_level1_listed = False
        context.is_open = context.is_open and context.mode != FUNDS
    context.is_level1_listed = context.is_level1_listed or lists_level1(clause.sentence_text)
    if clause.skip:
        hearing.skipped.append(clause.skip)
        if clause.skip in ("别的单位", "别的年份"):
            note_lines(hearing, clause)
        return
    hearing.note_projects(clause.tokens)
    pieces = pieces_of(clause)
    before = hearing.heeded, len(hearing.skipped)
    if not pieces:
        hear_wordless(hearing, clause)
        context.texts.append(clause.text)
    for piece in pieces:
        _hear_piece(hearing, piece, clause)
    if (hearing.heeded, len(hearing.skipped)) == before and _says_something(
        hearing, clause, pieces
    ):
        hearing.unread.append(clause)
    _hear_all_spent(hearing, clause, pieces)
    _note_heading(hearing, clause, pieces)
    if pieces and pieces[-1].trail and pieces[-1].trail[-1].has("self_corrections"):
        note_taken_back(hearing)


def _says_something(hearing: Hearing, clause: Clause, pieces: Sequence[Piece]) -> bool:
    """Whether a person expects a clause to be written down: it tells a count or a reason."""
    if not pieces:
        return clause.text.startswith(hearing.scene.speech.words.reasons)
    return any(
        one.item.value is not None
        and one.item.value.kind is not ValueKind.DATE
        and not is_denied(one)
        for one in pieces
    )


def _hear_piece(hearing: Hearing, piece: Piece, clause: Clause) -> None:
    """Take in one figure, band or text."""
    if piece.item.free:
        hear_text(hearing, piece)
    elif piece.item.has("bands"):
        hear_band(hearing, piece, clause)
    elif piece.is_last and piece.trail and piece.trail[0].has("not_values"):
        hearing.ask(Ask(f"“{piece.item.text}”是哪一项的数？请连名称再说一次。"))
    elif not is_denied(piece):
        relation = relation_of(piece)
        if relation is None and (before := _in_place_of(hearing, piece, clause)):
            hearing.ask(Ask(f"前面说“{before}”，后面又说“{piece.item.text}”，以哪个为准？"))
        elif is_of_funds(hearing, piece, relation):
            hear_amount(hearing, piece, clause, relation)
        else:
            hear_figure(hearing, piece, clause, relation)


def _in_place_of(hearing: Hearing, piece: Piece, clause: Clause) -> str:
    """Return the amount that a bare one behind unknown words may replace: 600，错咯，619.52.

    It is left out of what is proposed.
    """
    context = hearing.context
    is_bare = len(clause.items) == 1 and not any(
        one.has(*_TELLING) or not one.has("fillers") for one in piece.lead
    )
    value = piece.item.value
    is_amount = value is not None and value.kind in (ValueKind.MONEY, ValueKind.NUMBER)
    is_told = context.is_open or context.is_corrected or not context.texts
    path = context.paths[0] if context.paths and context.mode == FUNDS else ""
    if not is_bare or not is_amount or is_told or path not in hearing.proposals.found:
        return ""
    return hearing.proposals.found.pop(path).text


def _hear_all_spent(hearing: Hearing, clause: Clause, pieces: Sequence[Piece]) -> None:
    """Take 都花完了 behind a clause's last figure: 到位298.5万都花完了."""
    behind = pieces[-1].trail if pieces else ()
    if any(one.has("all_spent") for one in behind):
        text = "".join(one.text for one in behind)
        hear_wordless(hearing, replace(clause, tokens=behind, text=text))


def _note_heading(hearing: Hearing, clause: Clause, pieces: Sequence[Piece]) -> None:
    """Remember what the words behind a clause's last figure head: 619.52 全年执行数：……."""
    if not pieces or clause.ends not in (":", "："):
        return
    behind = tuple(one for one in clause.tokens if one.start >= pieces[-1].item.end)
    if behind:
        text = "".join(one.text for one in behind)
        hear_wordless(hearing, replace(clause, tokens=behind, text=text))


def _ask_new_line(hearing: Hearing) -> None:
    """Ask what the new indicator is, rather than give its figures to another one."""
    found = hearing.proposals.found
    mine = [one for one in found if "/indicators/" in one and one.endswith(_OF_A_ROW)]
    for path in mine:
        del found[path]
    if mine:
        hearing.asks.clear()
        hearing.ask(Ask(_WHICH_NEW_LINE))


def _settle_retracted(hearing: Hearing) -> None:
    """Leave a figure out that was taken back and that nothing took the place of; ask for it."""
    path = hearing.context.retracted
    if hearing.context.is_taken_back and hearing.proposals.found.pop(path, None) is not None:
        title = spoken(path, hearing.scene.report)
        hearing.ask(Ask(f"{title}说错了的话，准确是多少？", expects=(path,)))


def _heard(hearing: Hearing) -> Heard:
    """Return the outcome."""
    patches = hearing.proposals.patches()
    asks = [one for one in hearing.asks if not (one.is_soft and patches)]
    clashes = [
        Ask(
            f"前后说了两个数：“{old.text}”和“{new.text}”，以哪个为准？",
            ((old.text, (old,)), (new.text, (new,))),
        )
        for old, new in hearing.proposals.clashes
    ]
    return Heard(
        patches=patches,
        questions=tuple(_question(hearing, one) for one in [*asks, *clashes]),
        same=tuple(hearing.proposals.same),
        skipped=tuple(dict.fromkeys(hearing.skipped)),
        unread=tuple(one.text.strip(_MARKS) for one in hearing.unread),
    )


def _exactness(scene: Scene, text: str, clauses: list[Clause]) -> Question | None:
    """Return the question about a vague statement of which nothing was understood."""
    is_vague = any(one in text for one in scene.speech.words.hedges)
    has_figure = any(
        one.items or any(x.key("columns") in _MOVED for x in one.tokens) for one in clauses
    )
    if not is_vague or not has_figure:
        return None
    return Question(text="说不准的先不写。请查一下，准确的数或日期是多少，是哪一项的？")


def _question(hearing: Hearing, ask: Ask) -> Question:
    """Return a question whose answers carry their patches."""
    choices = []
    for label, proposals in ask.options:
        made = Proposals(hearing.proposals.report, hearing.scene.lexicon, hearing.proposals.said)
        for one in proposals:
            made.put(one, corrects=True)
        choices.append(Choice(label=label, patches=made.patches()))
    return Question(text=ask.text, choices=tuple(choices), expects=ask.expects)
