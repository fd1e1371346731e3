"""Figures told by their relation to another: 比年初少了140.48万、是到位数的一半 (相对说法)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ziping.chat.clauses import Piece
from ziping.chat.tokens import Token
from ziping.chat.values import ValueKind

SELF, IT = "self", "it"
_AGAIN = ("又", "再", "还")
_SHORT = ("差", "缺")
_MOST_OF_A_VERB = 2
_UP_TO = "到至达为是成"
"""多到300: a figure that was come to, not a difference."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a figure follows from another one (相对关系)."""

    base: str
    """A fund column, a field of an indicator, `self` or `it`."""
    sign: int = 0
    """+1 or -1: so much more or less; 0: a share of the base."""
    share: Decimal | None = None
    head: tuple[Token, ...] = ()
    """The words that name what the figure is of."""


def relation_of(piece: Piece) -> Relation | None:
    """Return the relation that the words before a figure tell; None: it is told outright."""
    lead = piece.lead
    places = [at for at, one in enumerate(lead) if one.has("than")]
    if places:
        return _compared(lead[: places[0]], lead[places[0] + 1 :])
    return (
        _beyond_target(lead) or _share(piece) or _of_points(lead) or _changed(lead) or _again(lead)
    )


def _of_points(lead: Sequence[Token]) -> Relation | None:
    """Return the relation of 多给一分, 少扣两分 and 再扣一分."""
    for at in range(len(lead) - 1):
        one, verb = lead[at], lead[at + 1]
        if not (verb.has("deducting") or (verb.key("fields") == "points" and len(verb.text) == 1)):
            continue
        sign = _sign([one]) or (1 if one.text == "再" else 0)
        if sign:
            taken = -1 if verb.has("deducting") else 1
            return Relation(SELF, sign * taken, head=tuple(lead[: at + 2]))
    return None


def _again(lead: Sequence[Token]) -> Relation | None:
    """Return the relation of 又多来了3万: so much more than there was."""
    for at, one in enumerate(lead[1:], 1):
        sign = _sign([one])
        if sign and lead[at - 1].text in _AGAIN and one.text.startswith(_SHORT):
            return Relation("target", -1, head=tuple(lead[:at]))
        if sign and lead[at - 1].text in _AGAIN:
            return Relation(SELF, sign, head=tuple(lead[:at]))
    return None


def is_leaning(lead: Sequence[Token]) -> bool:
    """Whether a figure is only so much more or less than another one: 多做了3宗."""
    for at in range(len(lead) - 1, -1, -1):
        one = lead[at]
        if one.has("more", "fewer"):
            return not any(other.text[-1] in _UP_TO for other in lead[at:])
        is_verb = one.is_rest and len(one.text.strip()) <= _MOST_OF_A_VERB
        is_verb = is_verb and at > 0 and _is_short_of(lead[at - 1])
        if not is_verb and not one.has("fillers", "fields", "columns", "links", "done"):
            return False
    return False


def _is_short_of(one: Token) -> bool:
    """Whether a word is 多 or 少, which a verb may follow: 多跑了一个."""
    return one.has("more", "fewer") and len(one.text) == 1


def is_compared(lead: Sequence[Token]) -> bool:
    """Whether a figure is told by comparing it with another one: 比目标省了."""
    return any(one.has("than") for one in lead)


def _compared(head: Sequence[Token], rest: Sequence[Token]) -> Relation | None:
    """Return the relation of A 比 B 多/少."""
    sign = _sign(rest)
    base = _base(rest)
    return Relation(base, sign, head=tuple(head)) if base and sign else None


def _base(tokens: Sequence[Token]) -> str:
    """Return what is compared with."""
    for one in tokens:
        if key := one.key("columns"):
            return key
        if one.key("fields") in ("target", "actual", "weight", "points"):
            return one.key("fields") or ""
        if one.has("self_bases"):
            return SELF
        if one.has("it", "among"):
            return IT
    return ""


def _sign(tokens: Sequence[Token]) -> int:
    """Return which way the last word of more or less points."""
    for one in reversed(tokens):
        if one.has("fewer"):
            return -1
        if one.has("more"):
            return 1
    return 0


def _beyond_target(lead: Sequence[Token]) -> Relation | None:
    """Return the relation of 超目标15人次 and 差目标3个."""
    for at, one in enumerate(lead[:-1]):
        follows = lead[at + 1].key("fields")
        if follows == "target" and one.has("more", "fewer"):
            return Relation("target", 1 if one.has("more") else -1, head=tuple(lead[:at]))
    if (short := _short_of_target(lead)) is not None:
        return short
    is_actual = any(one.key("fields") == "actual" for one in lead[:-1])
    if is_actual and lead[-1].has("more", "fewer") and not any(one.has("columns") for one in lead):
        return Relation("target", 1 if lead[-1].has("more") else -1, head=tuple(lead[:-1]))
    return None


def _short_of_target(lead: Sequence[Token]) -> Relation | None:
    """Return the relation of 离目标还差4场: so many less than the target."""
    places = [at for at, one in enumerate(lead) if one.key("fields") == "target"]
    if not places:
        return None
    behind = [one for one in lead[places[-1] + 1 :] if not one.has("fillers")]
    is_short = len(behind) == 1 and behind[0].has("fewer") and behind[0].text.startswith(_SHORT)
    return Relation("target", -1, head=tuple(lead[: places[-1]])) if is_short else None


def _share(piece: Piece) -> Relation | None:
    """Return the relation of A 是 B 的一半 or 的九成."""
    value = piece.item.value
    is_share = value is not None and value.kind in (ValueKind.PERCENT, ValueKind.TIMES)
    if value is None or not is_share or value.is_bounded:
        return None
    return share_in(piece.lead, value.number)


def share_in(lead: Sequence[Token], share: Decimal | None) -> Relation | None:
    """Return the relation of A to a share of B, where the words before it name both."""
    named = [at for at, one in enumerate(lead) if _base([one])]
    if not named:
        return None
    last = named[-1]
    if any(not one.has("fillers") for one in lead[last + 1 :]):
        return None
    if not any(one.text.endswith("的") for one in lead[last:]) and "占" not in _told(lead):
        return None
    base = _base([lead[last]])
    if base not in ("target", IT) and not lead[last].has("columns"):
        return None
    return Relation(base, share=share, head=tuple(lead[:last]))


def _told(tokens: Sequence[Token]) -> str:
    return "".join(one.text for one in tokens)


def _changed(lead: Sequence[Token]) -> Relation | None:
    """Return the relation of a figure to what its own field, or 年初预算数, holds now."""
    for at in range(len(lead) - 1, -1, -1):
        one = lead[at]
        if one.has("changes") and not one.has("adding_up", "taking_off"):
            return None
        if sign := _own_sign(one):
            return _from_other(lead[:at], sign) or Relation(
                _changed_base(lead, one), sign, head=tuple(lead[: at + 1])
            )
    return None


def _from_other(before: Sequence[Token], sign: int) -> Relation | None:
    """Return the relation of A 等于 B 减去, where two columns are named and not linked."""
    places = [at for at, one in enumerate(before) if one.has("columns")]
    if len(places) < 2 or before[places[-1]].key("columns") == "budget":  # noqa: PLR2004 - A and B
        return None
    if any(one.has("links") for one in before[places[-2] : places[-1]]):
        return None
    return Relation(before[places[-1]].key("columns") or "", sign, head=tuple(before[: places[-1]]))


def _own_sign(one: Token) -> int:
    """Return which way a word says that a field is to change."""
    if one.has("less"):
        return 1
    if one.has("over"):
        return -1
    if one.has("columns"):
        return 0  # 调减后: a column, no change
    if one.has("taking_off") or one.text.startswith(("调减", "压减", "核减", "砍", "收回")):
        return -1
    return 1 if one.has("adding_up", "budget_moves") else 0


def _changed_base(lead: Sequence[Token], change: Token) -> str:
    """Return what a change starts from."""
    columns = [key for other in lead if (key := other.key("columns"))]
    is_moved = change.has("budget_moves") and not columns
    is_moved = is_moved or (bool(columns) and columns[-1] == "budget")
    return "initial_budget" if is_moved else SELF
