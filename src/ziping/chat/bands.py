"""Bands of qualitative indicators: 可持续影响评成部分达成 (定性档次)."""

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.hearing import LINES, Hearing, corrects_last, is_negated, proposed
from ziping.chat.line_subjects import subject_of
from ziping.chat.line_words import told_before, words_before
from ziping.chat.residue import residue_of
from ziping.chat.subjects import titles


def hear_band(hearing: Hearing, piece: Piece, clause: Clause) -> None:
    """Take a band for the indicators spoken of."""
    context = hearing.context
    band = piece.item.key("bands") or ""
    lines, _ = subject_of(hearing, piece.lead, told_before(piece, clause), None)
    if not lines and context.mode == LINES and not residue_of((*piece.lead, *piece.trail)):
        lines = context.lines
    if not lines:
        possible = hearing.scene.subjects.rank(
            told_before(piece, clause), None, context.projects
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
        hearing.propose(
            f"{one.path}/band", band, words_before(piece), corrects=corrects_last(piece)
        )
