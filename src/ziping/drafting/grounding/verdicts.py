"""What became of a figure: the fact it equals, or why it cannot stand (数字判定)."""

from dataclasses import dataclass

from ziping.domain.grounding import ViolationKind
from ziping.drafting.grounding.entries import Entry
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.reading import Reading

KINDS = {
    Dimension.MONEY: ViolationKind.AMOUNT,
    Dimension.RATE: ViolationKind.RATE,
    Dimension.PERCENT_POINTS: ViolationKind.RATE,
    Dimension.TIMES: ViolationKind.RATE,
    Dimension.POINTS: ViolationKind.POINTS,
    Dimension.COUNT: ViolationKind.COUNT,
    Dimension.BARE: ViolationKind.COUNT,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a figure: the fact it equals, or why it cannot stand (判定)."""

    figure: Figure
    entry: Entry | None = None
    reason: str = ""
    expected: Entry | None = None
    is_own: bool = False
    """The ledger alone may say it: an entered text that says otherwise is no excuse."""
    reading: Reading = Reading()  # noqa: RUF009 - frozen, so one may serve all


def refused(
    figure: Figure,
    reading: Reading,
    equal: list[Entry],
    expected: list[Entry],
    *,
    is_own: bool = False,
) -> Verdict:
    """Return why a figure cannot stand."""
    wanted = min(expected, key=lambda one: abs(one.value - figure.value), default=None)
    return Verdict(
        figure,
        reason=_reason(figure, reading, equal, wanted),
        expected=wanted,
        is_own=is_own,
        reading=reading,
    )


def _reason(figure: Figure, reading: Reading, equal: list[Entry], wanted: Entry | None) -> str:
    """Return why a figure cannot stand, in Chinese; `wanted` is what the writer likely meant."""
    if equal and wanted:
        reason = f"“{figure.text}”是{equal[0].title}，这里说的是{wanted.title}"
        return f"{reason}（{wanted.display}）" if wanted.display else reason
    if equal:
        told = "、".join(sorted(role.value for role in reading.roles))
        return f"“{figure.text}”是{equal[0].title}，数据台账里没有可以对应的{told}"
    if wanted and wanted.display:
        return f"数据台账里没有“{figure.text}”；{wanted.title}是{wanted.display}"
    return f"数据台账里没有“{figure.text}”，也不是录入文字里的数"
