"""What was said, cut into clauses, with what keeps a clause from being taken as a fact (分句)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ziping.chat.tokens import Speech, Token
from ziping.domain.chat_words import ChatWords

_A_NOT_A = re.compile(r"([\u4e00-\u9fff])[不没]\1(?![\u4e00-\u9fff]{0,3}(?:[那这][条项个一]|指标))")
"""算不算, 够不够: verbs that ask."""
_DIGIT = re.compile(r"\d")
_HEADING_ENDS = (":", "：")
_HARD_ENDS = frozenset("。！？!?\n")
_THIS_YEAR = ("今年", "本年", "当年", "本年度")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence (小句)."""

    tokens: tuple[Token, ...]
    sentence: int
    """Number of its sentence."""
    text: str
    """As said, made plain."""
    skip: str = ""
    """Why nothing in it is a fact of this report: 提问, 别的年份, 别的单位, 打算, 假设."""
    is_blurred: bool = False
    """Whether a word in it says that the figure is not exact."""
    ends: str = ""
    """The mark it ends with."""
    sentence_text: str = ""
    """The whole sentence."""

    @property
    def items(self) -> tuple[Token, ...]:
        """The figures, bands and texts in it."""
        return tuple(one for one in self.tokens if is_item(one))


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure, band or text with the words before and behind it (数值及其前后文)."""

    item: Token
    lead: tuple[Token, ...]
    trail: tuple[Token, ...]
    is_last: bool


def is_item(token: Token) -> bool:
    """Whether a token is something that may be written into a field."""
    return token.value is not None or token.has("bands") or bool(token.free)


def clauses_of(text: str, tokens: Sequence[Token], speech: Speech, year: int) -> list[Clause]:
    """Return the clauses of what was said, in order."""
    clauses: list[Clause] = []
    for number, sentence in enumerate(_split(tokens, _HARD_ENDS)):
        told = text[sentence[0].start : sentence[-1].end]
        whole = _sentence_skip(told, speech.words)
        elsewhere = ""
        for part in _split(sentence, None):
            elsewhere = _elsewhere(part, year, _back_home(part, elsewhere, speech.words))
            body = tuple(one for one in part if not one.is_pause)
            if not body:
                continue
            said = text[part[0].start : part[-1].end]
            skip = whole or elsewhere or ("打算" if _is_planned(body) else "")
            blurred = any(one.has("hedges") for one in body) or _is_hedged(said, speech.words)
            ends = part[-1].text if part[-1].is_pause else ""
            clauses.append(Clause(body, number, said, skip, blurred, ends, told))
    return clauses


def pieces_of(clause: Clause) -> list[Piece]:
    """Return the figures of a clause, each with the words around it."""
    pieces: list[Piece] = []
    places = [
        at
        for at, one in enumerate(clause.tokens)
        if is_item(one) and not _is_idle(one, clause.tokens[:at])
    ]
    for number, at in enumerate(places):
        before = places[number - 1] + 1 if number else 0
        after = places[number + 1] if number + 1 < len(places) else len(clause.tokens)
        is_last = number + 1 == len(places)
        lead, trail = clause.tokens[before:at], clause.tokens[at + 1 : after]
        if is_last and clause.ends in _HEADING_ENDS:
            trail = ()  # 619.52 全年执行数：…… heads the next figure
        pieces.append(Piece(clause.tokens[at], lead, trail, is_last))
    return pieces


def _is_idle(token: Token, before: Sequence[Token]) -> bool:
    """Whether a figure only counts what is spoken of: 两条, 一项, 两个项目."""
    if token.value is None or not token.value.is_soft:
        return False
    telling = ("than", "more", "fewer", "fields", "changes", "line")
    return not any(
        one.has(*telling) and (len(one.text) > 1 or not one.has("fillers")) for one in before
    )


def _split(tokens: Sequence[Token], ends: frozenset[str] | None) -> Iterator[list[Token]]:
    """Yield the stretches of tokens up to each end, with it."""
    held: list[Token] = []
    for one in tokens:
        held.append(one)
        is_end = one.is_pause if ends is None else one.text in ends
        if is_end:
            yield held
            held = []
    if held:
        yield held


def _is_hedged(text: str, words: ChatWords) -> bool:
    """Whether a clause holds words that blur its figure together: 应该是年底吧."""
    return any(all(one in text for one in pair) for pair in words.hedge_pairs)


def is_question(text: str, words: ChatWords) -> bool:
    """Whether a sentence asks."""
    told = text.rstrip(' "”').replace("不对吧", "不对").replace("不对不对", "不对")
    if told.endswith(words.question_ends) or any(one in told for one in words.questions):
        return True
    is_vague = any(one in told for one in words.hedges) or _DIGIT.search(told) is not None
    is_choice = any(one in told for one in words.either) and not is_vague
    return is_choice or _A_NOT_A.search(told) is not None


def supposes(text: str, words: ChatWords) -> bool:
    """Whether a text supposes something: 要是……; 主要是 supposes nothing."""
    for one in words.not_ifs:
        text = text.replace(one, "|")
    return any(one in text for one in words.ifs)


def _sentence_skip(text: str, words: ChatWords) -> str:
    """Return why no clause of a sentence states a fact; blank when they may."""
    if is_question(text, words):
        return "提问"
    if any(one in text for one in words.references):
        return "别的单位"
    if supposes(text, words):
        return "假设"
    return ""


def _elsewhere(part: Sequence[Token], year: int, before: str) -> str:
    """Return which other year or unit a clause speaks of, which goes on until it is taken back."""
    found = before
    for one in part:
        named = one.year if one.year is not None else None
        if one.has("other_units"):
            found = "别的单位"
        elif one.has("other_times") or (named is not None and named != year):
            found = found or "别的年份"
        elif (named == year or one.text in _THIS_YEAR) and found == "别的年份":
            found = ""
    return found


def _back_home(part: Sequence[Token], before: str, words: ChatWords) -> str:
    """Return where a clause starts: at one's own unit again where it says so first."""
    told = "".join(one.text for one in part).lstrip()
    return "" if before == "别的单位" and told.startswith(words.our_own) else before


def _is_planned(body: Sequence[Token]) -> bool:
    """Whether a clause tells of something still to come."""
    return any(one.has("plans") for one in body)
