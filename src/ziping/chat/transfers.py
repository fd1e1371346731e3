"""Points that one indicator gives to another: 从交易宗数挪5分给质量达标率 (分值挪动)."""

import re
from collections.abc import Sequence

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause
from ziping.chat.hearing import Hearing
from ziping.chat.subjects import LineRef
from ziping.chat.tokens import Token
from ziping.chat.values import ValueKind
from ziping.domain.numbers import plain

_FROM = re.compile(r"[从把将由]")
_TO = re.compile(r"(?:给|到|加到|补到|补给|放到|转到|挪到|匀到|加给)")


def hear_transfer(hearing: Hearing, clauses: Sequence[Clause]) -> bool:
    """Take points moved within one sentence; whether it tells of any."""
    tokens = [one for clause in clauses for one in clause.tokens]
    places = [at for at, one in enumerate(tokens) if one.value is not None]
    if len(places) != 1 or any(one.skip for one in clauses):
        return False
    at = places[0]
    value = tokens[at].value
    ahead, behind = _told(tokens[:at]), _told(tokens[at + 1 :])
    moving = hearing.scene.speech.words.moving
    is_moved = ahead.rstrip("出走掉").endswith(moving)
    goes_to = _TO.search(behind)
    if value is None or not is_moved or not goes_to:
        return False
    if value.kind not in (ValueKind.POINTS, ValueKind.NUMBER) or value.number is None:
        return False
    giver = _line(hearing, tokens[:at], ahead)
    taker = _line(hearing, tokens[at + 1 :], behind[goes_to.end() :])
    if taker is None and not _FROM.search(ahead):
        return False
    if giver is None or taker is None or giver == taker:
        hearing.ask(Ask("从哪一项挪给哪一项？请说出两项指标的名称和挪动的分值。"))
        return True
    for one, sign in ((giver, -1), (taker, 1)):
        path = f"{one.path}/weight"
        before = hearing.proposals.number(path)
        after = None if before is None else before + sign * value.number
        if before is None or after is None or after < 0:
            hearing.ask(Ask(f"{one.title}的权重不够挪，或还没有填。两项的权重各是多少？"))
            return True
        note = f"{plain(before)}{'+' if sign > 0 else '−'}{plain(value.number)}＝{plain(after)}"
        hearing.propose(path, plain(after), [tokens[0], tokens[-1]], note)
    return True


def _line(hearing: Hearing, tokens: Sequence[Token], told: str) -> LineRef | None:
    """Return the indicator that words surely name."""
    subjects = hearing.scene.subjects
    named = [ref for one in tokens if (key := one.key("line")) and (ref := subjects.line(key))]
    if len(named) == 1:
        return named[0]
    return None if named else subjects.rank(told, None, hearing.context.projects).sure


def _told(tokens: Sequence[Token]) -> str:
    return "".join(one.text for one in tokens)
