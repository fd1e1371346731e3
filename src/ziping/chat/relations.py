"""Figures told by their relation to another: 比年初少了140.48万、是到位数的一半 (相对说法)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ziping.chat.clauses import Piece
from ziping.chat.tokens import Token
from ziping.chat.values import ValueKind

SELF, IT = "self", "it"


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
    return _beyond_target(lead) or _share(piece) or _changed(lead)


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
        if one.has("it"):
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
    is_actual = any(one.key("fields") == "actual" for one in lead[:-1])
    if is_actual and lead[-1].has("more", "fewer") and not any(one.has("columns") for one in lead):
        return Relation("target", 1 if lead[-1].has("more") else -1, head=tuple(lead[:-1]))
    return None


def _share(piece: Piece) -> Relation | None:
    """Return the relation of A 是 B 的一半 or 的九成."""
    value = piece.item.value
    if value is None or value.kind is not ValueKind.PERCENT or value.is_bounded:
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
    if one.has("taking_off") or one.text.startswith(("调减", "压减", "核减", "砍", "收回")):
        return -1
    return 1 if one.has("adding_up", "budget_moves") else 0


def _changed_base(lead: Sequence[Token], change: Token) -> str:
    """Return what a change starts from."""
    columns = [key for other in lead if (key := other.key("columns"))]
    is_moved = change.has("budget_moves") and not columns
    is_moved = is_moved or (bool(columns) and columns[-1] == "budget")
    return "initial_budget" if is_moved else SELF
