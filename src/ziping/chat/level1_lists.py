"""Weights of 一级指标 given out in order: 产出、效益、满意度分别占50、30、10 (一级指标权重)."""

from collections.abc import Sequence

from ziping.chat.clauses import Clause
from ziping.chat.hearing import Hearing
from ziping.chat.tokens import Token
from ziping.chat.values import ValueKind
from ziping.domain.numbers import plain

_SUFFIX = "指标"


def hear_level1_list(hearing: Hearing, clauses: Sequence[Clause]) -> bool:
    """Take the weights of several 一级指标 from one sentence; whether it tells of any."""
    tokens = [one for clause in clauses for one in clause.tokens]
    at = next((at for at, one in enumerate(tokens) if one.has("respectively")), None)
    if at is None or any(one.skip or one.is_blurred for one in clauses):
        return False
    listed = hearing.scene.speech.words.level1
    named = _in_order("".join(one.text for one in tokens[:at]), listed)
    values = [one for one in tokens[at:] if one.value is not None]
    is_points = all(_is_points(one) for one in values)
    projects = hearing.project_ids()
    if len(named) < 2 or len(named) != len(values) or not is_points or not projects:  # noqa: PLR2004 - several
        return False
    for name, one in zip(named, values, strict=True):
        number = one.value.number if one.value else None
        for project in projects:
            if number is not None:
                hearing.propose(f"{project}/level1_weights/{name}", plain(number), [one])
    return True


def _in_order(text: str, listed: Sequence[str]) -> list[str]:
    """Return the 一级指标 that a text lists, and nothing else, in order."""
    found: list[tuple[int, str]] = []
    rest = text
    for name in listed:
        short = name.removesuffix(_SUFFIX)
        at = text.find(short)
        if at >= 0:
            found.append((at, name))
            rest = rest.replace(name, "").replace(short, "")
    kept = "".join(one for one in rest if one.isalnum())
    return [name for _, name in sorted(found)] if all(one in _IDLE for one in kept) else []


_IDLE = "指标的权重分值一级总类和与及度占"


def _is_points(one: Token) -> bool:
    value = one.value
    if value is None or value.is_bounded or value.is_about:
        return False
    return value.kind in (ValueKind.POINTS, ValueKind.NUMBER)
