"""Words left over around an amount, which may make it another amount than it seems (余字)."""

from collections.abc import Iterable

from ziping.chat.tokens import Token

_HARMLESS = frozenset(
    "个一了的得地着过吧呢吗嘛啊呀哈噢哦嗯呃之其所以能可多点还就也又再很挺太块笔号"
)


def residue_of(tokens: Iterable[Token]) -> str:
    """Return what of some words says something that no list knows."""
    left = [one.text for one in tokens if one.is_rest or one.has("not_ours")]
    told = "".join(left)
    kept = "".join(one for one in told if one.isalnum() and one not in _HARMLESS)
    return kept if len(kept) > 1 or any(one.has("not_ours") for one in tokens) else ""
