"""Statuses that say the work is not done yet (未完成的进度描述)."""

from ziping.domain.quantities import Cell

_UNFINISHED_SIGNS = ("未", "在建", "尚")
"""Signs within a status that it is not done: 未完成, 未开展, 在建, 尚在实施."""

_UNDER_WAY = "中"
"""Ending of a status under way: 建设中, 进行中."""


def is_unfinished(cell: Cell) -> bool:
    """Whether a status such as 建设中 or 未完成 says that nothing is completed so far."""
    words = cell.raw.strip().rstrip("。；;")
    return words.endswith(_UNDER_WAY) or any(sign in words for sign in _UNFINISHED_SIGNS)
